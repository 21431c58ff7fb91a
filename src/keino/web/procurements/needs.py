"""What of ``procurements`` needs a person, and its coming dates, for the homes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from keino.web.organisations.needs import ComingDate, Need
from keino.web.procurements import needs_contracts, needs_hub

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation


def needs(person: Person, organisations: Sequence[Organisation]) -> Iterator[Need]:
    """What waits for the person in these organisations."""
    yield from needs_hub.needs(person, organisations)
    yield from needs_contracts.needs(person, organisations)


def coming_dates(person: Person, organisation: Organisation) -> Iterator[ComingDate]:
    """Dates of this organisation that the person may see."""
    yield from needs_hub.coming_dates(person, organisation)
    yield from needs_contracts.coming_dates(person, organisation)
