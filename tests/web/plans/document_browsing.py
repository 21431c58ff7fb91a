"""People at the pages of documents, in English."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from tests.factories.web import someone_who_is


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    client.cookies["keino_language"] = "en"
    return client


def as_a(kind: str, organisation: Organisation) -> Client:
    return client_of(someone_who_is(kind, organisation))


def page(name: str, organisation: Organisation, **more: Any) -> str:
    return reverse(f"plans:{name}", kwargs={"slug": organisation.slug, **more})


def text_of(answer: Any) -> str:
    """What a page says, without its markup."""
    main = answer.content.decode().partition("<main")[2] or answer.content.decode()
    plain = unescape(re.sub(r"<[^>]+>", " ", main))
    return " ".join(plain.replace("\u202f", " ").replace("\xa0", " ").split())


def hidden(answer: Any, name: str) -> str:
    """A hidden value of the page's form."""
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    assert found is not None, name
    return found.group(1)


def rows_data(rows: list[dict[str, str]], initial: int = 0) -> dict[str, str]:
    """Rows as the form sends them."""
    data = {"rows-TOTAL_FORMS": str(len(rows)), "rows-INITIAL_FORMS": str(initial)}
    return data | {f"rows-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
