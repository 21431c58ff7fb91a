"""Walking through an edition: the cast with their browser and the clock, and the words that they read.

Words on pages are named by their English source and looked for in Finnish, so that a missing translation fails too.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from keino.web.programmes.on_record import recorded
from tests.web.browser import OpenPage
from tests.web.cohorts.edition_cast import Cast, Clock
from tests.web.finnish import fi
from tests.web.pointer import press

#: In which the walk reads; "en" helps to look at what goes wrong.
LANGUAGE = "fi"


def said(text: str, context: str = "", **values: Any) -> str:
    """An English text of the site as the walk reads it."""
    if LANGUAGE == "fi":
        return fi(text, context, **values)
    return text % values if values else text


def label_of(choice: Any) -> str:
    """What a choice is called on pages."""
    with translation.override(LANGUAGE):
        return str(choice.label)


def named(kind: str, of: str) -> str:
    """What a part of the programme on record is called."""
    (name,) = (part["name"][LANGUAGE] for part in getattr(recorded("circular-2023"), of) if part["code"] == kind)
    return str(name)


class Walk:
    """The cast with their browser and the clock."""

    def __init__(self, open_page: OpenPage, patch: pytest.MonkeyPatch) -> None:
        self._open = open_page
        self.clock = Clock(patch)
        self.cast = Cast()
        self.pages: list[Any] = []

    def home_of(self, person: Any) -> Any:
        return self.visit("/home/", person)

    def visit(self, path: str, person: Any = None) -> Any:
        page = self._open(path, person, language=LANGUAGE)
        self.pages.append(page)
        return page

    @property
    def programme(self) -> str:
        return str(getattr(self.cast.edition, f"name_{LANGUAGE}"))

    def desk_of(self, person: Any) -> Any:
        """The edition's page on the desk, found from the home."""
        page = self.home_of(person)
        press(page, said("Programmes on the desk"))
        press(page, self.programme)
        return page

    def space_of(self, person: Any) -> Any:
        """The town's page of the programme, found from the home."""
        page = self.home_of(person)
        press(page, str(self.cast.walker))
        page.locator(".organisation-band").get_by_role("link", name=said("Programmes"), exact=True).click()
        press(page, self.programme)
        return page
