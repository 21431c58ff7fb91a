"""Texts of forms and studies: language → text, shown in the reader's language or, marked so, in another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from keino.web.base.translated import LANGUAGES, reader_language


@dataclass(frozen=True)
class Said:
    """A text as one reader gets it. ``other_language`` is set where it isn't theirs, for the ``lang`` of the page."""

    text: str
    other_language: str = ""

    def __str__(self) -> str:
        return self.text


def in_reader_language(texts: Mapping[str, str], language: str = "") -> Said:
    """The text in a reader's language (of this page, unless named), else in the first one that there is."""
    language = language or reader_language()
    if texts.get(language):
        return Said(texts[language])
    for other in LANGUAGES:
        if texts.get(other):
            return Said(texts[other], other)
    return Said("")
