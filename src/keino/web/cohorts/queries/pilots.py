"""Pilots: how far the procurement of a pilot deliverable is, and what its publication still lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keino.web.cohorts.choices.deliverables import DeliverableKind
from keino.web.cohorts.models import Deliverable
from keino.web.procurements.choices import PATH, ProcurementState, RecordKind
from keino.web.procurements.queries.steps import path_of, place

if TYPE_CHECKING:
    from keino.web.cohorts.models import Participation


@dataclass(frozen=True)
class Pilot:
    """A pilot: its six phases, and what of the dialogue stands between it and its publication.

    ``dialogue``: "reported", "skipped" (with ``reason``), or empty, which keeps it from being published.
    """

    deliverable: Deliverable
    steps: Sequence[dict[str, Any]]
    dialogue: str
    reason: str = ""

    @property
    def is_published(self) -> bool:
        """Whether the tender is out."""
        assert self.deliverable.procurement is not None
        return place(self.deliverable.procurement.state) >= PATH.index(ProcurementState.PUBLISHED)

    @property
    def waits_for_dialogue(self) -> bool:
        """Whether the tender may not be published yet: the dialogue has neither an outcome nor a written reason."""
        return not self.is_published and not self.dialogue


def pilots_of(participation: Participation) -> list[Pilot]:
    """The organisation's pilots in this programme; by two questions to the database."""
    found = Deliverable.objects.filter(participation=participation, kind=DeliverableKind.PILOT_PROCUREMENT)
    rows = found.exclude(procurement=None).select_related("procurement").prefetch_related("procurement__records")
    return [pilot_of(row) for row in rows]


def pilot_of(deliverable: Deliverable) -> Pilot:
    """How far one pilot is."""
    procurement = deliverable.procurement
    assert procurement is not None
    records = list(procurement.records.all())
    told = [each for each in records if each.kind == RecordKind.DIALOGUE_REPORT]
    held = any(not each.is_skip for each in told)
    reason = next((each.text for each in told if each.is_skip), "")
    dialogue = "reported" if held else "skipped" if told else ""
    return Pilot(deliverable, path_of(procurement, records), dialogue, "" if held else reason)
