"""What of ``cohorts`` needs a person, and its coming dates, for the homes. Each part has a module here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import TYPE_CHECKING

from keino.web.cohorts.needs import effect, sparring, taking_part

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation
    from keino.web.organisations.needs import ComingDate, Need

#: Parts of this app that say what of theirs needs a person.
PARTS: tuple[ModuleType, ...] = (taking_part, sparring, effect)


def needs(person: Person, organisations: Sequence[Organisation]) -> Iterator[Need]:
    """What waits for the person in these organisations."""
    for part in PARTS:
        yield from part.needs(person, organisations)


def coming_dates(person: Person, organisation: Organisation) -> Iterator[ComingDate]:
    """Dates of this organisation that the person may see."""
    for part in PARTS:
        yield from part.coming_dates(person, organisation)
