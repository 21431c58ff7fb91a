"""What a person owns in an organisation, over all apps: the list of a hand-over, and how each thing changes hands.

An app with owners registers a function here (in its ``apps.py``); apps on the left never import apps on the right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Model

    from keino.web.base.models import Person


@dataclass(frozen=True)
class Owned:
    """One thing that needs an owner: its stable key, what kind of thing it is, its name, its page, who gets it how."""

    key: str
    kind: str
    title: str
    url: str
    give_to: Callable[[Person], None]
    #: The permission to read its title and open its page; who keeps the organisation's people need not have it.
    seen_with: str = ""


#: (person, organisation) → what the person owns there; the organisation's model lies to the right of here.
Finder = Callable[["Person", Any], Iterable[Owned]]
_FINDERS: list[Finder] = []


def owners_known_by(finder: Finder) -> Finder:
    """Register a function (person, organisation) → the things that person owns there."""
    _FINDERS.append(finder)
    return finder


def owned_by(person: Person, organisation: Model) -> list[Owned]:
    """Everything that needs a new owner when this person leaves this organisation."""
    return [thing for finder in _FINDERS for thing in finder(person, organisation)]
