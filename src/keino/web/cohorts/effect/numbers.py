"""The numbers of a programme's effect in no language: what is worked out, kept as JSON, and frozen in a report.

Pages, PDF and workbook are made of these values by ``words``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from keino.domain.programmes.effect import Effect
from keino.report.names import Names

if TYPE_CHECKING:
    from pydantic import TypeAdapter

#: The shape of these values; kept with them, so that a later keino knows what it reads.
VERSION = 1


@dataclass(frozen=True)
class Part:
    """How many of one code (a kind, a region, a state)."""

    code: str
    organisations: int
    people: int = 0


@dataclass(frozen=True)
class Hours:
    """Work of one kind: quarters of an hour and rows of the log."""

    kind: str
    quarters: int
    entries: int


@dataclass(frozen=True)
class Delivered:
    """One kind of deliverable: how many were handed in, how many approved, in how many organisations."""

    kind: str
    name: Names
    handed_in: int
    approved: int
    organisations: int


@dataclass(frozen=True)
class OutcomeNumbers:
    """One outcome with what it was looked at between: days or years, as text in no language ("2022", "2023-09-12").

    ``worth_telling`` is the smallest difference that would matter, in the outcome's own unit. ``kept_from``: the day of
    these numbers where newer ones would give single organisations away; empty where these are the newest.
    """

    code: str
    before: str
    after: str
    effect: Effect
    worth_telling: float
    source: str = ""
    kept_from: str = ""


@dataclass(frozen=True)
class ProgrammeNumbers:
    """One edition: its work, whom it reached, what came of it."""

    slug: str
    names: Names
    kickoff: str  # ISO date; empty = no kick-off in its calendar
    closing: str
    hours: tuple[Hours, ...]
    workers: int
    states: tuple[Part, ...]
    kinds: tuple[Part, ...]
    regions: tuple[Part, ...]
    delivered: tuple[Delivered, ...]
    outcomes: tuple[OutcomeNumbers, ...]

    @property
    def quarters(self) -> int:
        """All work."""
        return sum(each.quarters for each in self.hours)

    @property
    def organisations(self) -> int:
        """Organisations that took part."""
        return sum(each.organisations for each in self.kinds)

    @property
    def people(self) -> int:
        """People in their teams."""
        return sum(each.people for each in self.kinds)

    @property
    def approved(self) -> int:
        """Deliverables that were approved."""
        return sum(each.approved for each in self.delivered)


@dataclass(frozen=True)
class Content:
    """What a page or report tells of: one edition, or several with their totals.

    ``distinct_organisations`` counts an organisation once that took part in several.
    """

    counted_on: str  # ISO date
    programmes: tuple[ProgrammeNumbers, ...]
    distinct_organisations: int
    #: Work that belongs to no programme; only where all editions are told of.
    other_hours: tuple[Hours, ...]
    other_organisations: int
    is_example: bool
    code_version: str
    version: int = field(default=VERSION)

    @property
    def quarters(self) -> int:
        """All work."""
        return sum(each.quarters for each in self.programmes) + sum(each.quarters for each in self.other_hours)


@cache
def _adapter() -> TypeAdapter[Content]:
    from pydantic import TypeAdapter

    return TypeAdapter(Content)


def content_as_json(content: Content) -> dict[str, Any]:
    """The numbers as JSON values. Who is in a comparison is not among them."""
    kept: dict[str, Any] = _adapter().dump_python(
        content, mode="json", exclude={"programmes": {"__all__": {"outcomes": {"__all__": {"effect": {"members"}}}}}}
    )
    return kept


@cache
def _adapter_of_outcome() -> TypeAdapter[OutcomeNumbers]:
    from pydantic import TypeAdapter

    return TypeAdapter(OutcomeNumbers)


def outcome_as_json(outcome: OutcomeNumbers) -> dict[str, Any]:
    """One outcome as JSON values, without who is in it."""
    kept: dict[str, Any] = _adapter_of_outcome().dump_python(outcome, mode="json", exclude={"effect": {"members"}})
    return kept


def outcome_from_json(kept: dict[str, Any]) -> OutcomeNumbers:
    """The outcome that ``outcome_as_json`` kept."""
    return _adapter_of_outcome().validate_python(kept)


def content_from_json(kept: dict[str, Any]) -> Content:
    """The numbers that ``content_as_json`` kept."""
    return _adapter().validate_python(kept)
