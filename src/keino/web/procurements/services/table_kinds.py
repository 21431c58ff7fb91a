"""What the tables that can be sent are made of: columns, which rows there are, and how a row becomes a change."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django.utils import timezone

from keino.web.organisations.queries.people import people_of

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation
    from keino.web.procurements.table_cells import Column

Values = Mapping[str, Any]


class Row(Protocol):
    """A thing that a row of a table stands for."""

    pk: int
    public_id: uuid.UUID
    version: int


@dataclass
class Known:
    """What rows may point at, asked of the database once for a whole table."""

    organisation: Organisation
    people: dict[str, Person] = field(default_factory=dict)
    procurements: dict[uuid.UUID, Any] = field(default_factory=dict)
    #: What each thing is told by, so that a new row isn't an old one again.
    there: dict[tuple[object, ...], str] = field(default_factory=dict)

    @classmethod
    def of(cls, organisation: Organisation) -> Known:
        """The people of an organisation by their addresses."""
        people = people_of(organisation, timezone.localdate())
        return cls(organisation, {person.email.casefold(): person for person in people})


class TableOf(Protocol):
    """One kind of table. ``columns`` begin with the id and the version."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns in the order of the file."""

    def rows(self, organisation: Organisation) -> Iterable[Any]:
        """Everything that the export holds."""

    def by_id(self, organisation: Organisation, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Any]:
        """The organisation's own rows among these."""

    def known(self, organisation: Organisation) -> Known:
        """What rows may point at."""

    def values_of(self, row: Any) -> Values:
        """The values of a row, as the columns write them."""

    def told_by(self, values: Values) -> tuple[object, ...]:
        """What tells a new row from those that are there."""

    def check(self, values: Values, known: Known, *, row: Any | None) -> None:
        """Raise the ProcurementError that saving these values would raise."""

    def save(self, values: Values, known: Known, *, row: Any | None, by: Person, key: uuid.UUID) -> None:
        """Add a row, or change the one that is given."""
