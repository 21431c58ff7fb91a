"""Procurements that wait for somebody, and the days on which procedures start: one query each, for the homes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from keino.web.organisations.needs import of_organisations
from keino.web.procurements.choices import OVER, ProcurementState, RecordKind
from keino.web.procurements.models import ExitRecord, Procurement
from keino.web.procurements.queries.steps import Missing, facts_missing, next_state, records_missing

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

#: States in which the procedure hasn't started.
BEFORE_START = (
    ProcurementState.IDEA,
    ProcurementState.PLANNED,
    ProcurementState.DIALOGUE,
    ProcurementState.TENDER_PREP,
)
#: More than anybody reads on a home.
MOST = 50


def waiting_for(
    person: Person, *, worked: Collection[Organisation], decided: Collection[Organisation]
) -> list[Procurement]:
    """What the person leads where they work, and what waits for a decision where they decide.

    Each row says by ``has_<kind>`` which records it has.
    """
    own = Q(owner=person, organisation__in=[each.pk for each in worked])
    to_decide = Q(state=ProcurementState.EVALUATION, organisation__in=[each.pk for each in decided])
    kinds = {
        f"has_{kind}": Exists(ExitRecord.objects.filter(procurement=OuterRef("pk"), kind=kind)) for kind in RecordKind
    }
    found = Procurement.objects.filter(own | to_decide).exclude(state__in=OVER)
    rows = found.annotate(**kinds).order_by("procedure_starts_on", "pk")[:MOST]
    return of_organisations(rows, [*worked, *decided])


def lacks(procurement: Procurement) -> list[Missing]:
    """What a row of ``waiting_for`` lacks for its next state, without asking the database."""
    wanted = next_state(procurement)
    if wanted is None:
        return []
    there = {kind.value for kind in RecordKind if getattr(procurement, f"has_{kind.value}")}
    return facts_missing(procurement, wanted) + records_missing(procurement.state, wanted, there)


def starts_of(organisations: Sequence[Organisation], today: dt.date) -> list[Procurement]:
    """Procurements whose procedure starts today or later, the soonest first."""
    found = Procurement.objects.filter(
        organisation__in=[each.pk for each in organisations], procedure_starts_on__gte=today, state__in=BEFORE_START
    )
    columns = ("public_id", "title", "procedure_starts_on", "organisation_id")
    return of_organisations(found.only(*columns).order_by("procedure_starts_on", "pk")[:MOST], organisations)
