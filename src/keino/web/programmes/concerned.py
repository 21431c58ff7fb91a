"""Whom a change of an edition concerns, over all parts: those named in it, those who apply, those who take part.

A part registers a function here (in its app's ``apps.py``); apps on the left never import apps on the right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.programmes.models import Edition

Finder = Callable[["Edition"], Iterable["Person"]]
_FINDERS: list[Finder] = []


def concerned_known_by(finder: Finder) -> Finder:
    """Register a function edition → the people whom a change of its dates concerns."""
    _FINDERS.append(finder)
    return finder


def concerned_by(edition: Edition) -> list[Person]:
    """Everyone whom a change of dates concerns, each once, by name."""
    found = {person.pk: person for finder in _FINDERS for person in finder(edition) if person.erased_at is None}
    return sorted(found.values(), key=lambda person: (str(person), person.pk))
