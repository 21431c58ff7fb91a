"""Editions of programmes with a small calendar, criteria and people, for tests."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from keino.web.programmes.choices import CriterionKind, EditionPersonKind, EditionState
from keino.web.programmes.models import (
    Criterion,
    Edition,
    EditionDate,
    EditionPerson,
    EditionPhase,
    EligibilityRule,
    TeamRoleWanted,
)
from tests.factories.web import an_organisation, someone_who_is

_number = itertools.count(1)
#: (kind, days from today to its beginning, hours it lasts)
CALENDAR = (
    ("call_opens", -7, 0),
    ("form_deadline", 14, 0),
    ("booking_deadline", 14, 0),
    ("discussions", -2, 29 * 24),
    ("application_deadline", 28, 0),
    ("interviews", 29, 5 * 24),
    ("selection_published", 42, 0),
    ("kick_off", 60, 6),
    ("workshop", 90, 3),
    ("sparring", 100, 60 * 24),
    ("closing", 200, 6),
    ("alumni_meeting", 300, 2),
)
#: (code, opens with, closes with, allows)
PHASES = (
    ("call", "call_opens", "form_deadline", ["express_interest"]),
    ("booking", "call_opens", "booking_deadline", ["book_discussion"]),
    ("discussions", "discussions", "discussions", ["hold_discussion"]),
    ("application", "call_opens", "application_deadline", ["apply"]),
    ("review", "call_opens", "selection_published", ["interview", "review", "decide"]),
    ("confirming", "call_opens", "kick_off", ["confirm"]),
    ("programme", "kick_off", "closing", ["hand_in", "spar"]),
    ("alumni", "closing", "", ["spar"]),
)
#: By how many days the calendar lies earlier in other states than an open call: today is in that part of it.
EARLIER = {EditionState.RUNNING: 100, EditionState.COMPLETED: 210}


def an_edition(
    organisation: Organisation | None = None, *, state: str = EditionState.OPEN, parts: bool = True, **fields: Any
) -> Edition:
    """An edition of a centre; ``parts``: with phases, criteria, rules, roles, and a calendar that suits its state."""
    number = next(_number)
    organisation = organisation or an_organisation(f"Centre {number}", kind="competence_centre")
    fields = {"slug": f"edition-{number}", "theme": "circular", "name_fi": f"Akatemia {number}"} | fields
    edition = Edition.objects.create(organisation=organisation, state=state, **fields)
    if parts:
        for kind, days, hours in CALENDAR:
            a_date(edition, kind, days=days - EARLIER.get(EditionState(state), 0), hours=hours)
        for position, (code, opens, closes, allows) in enumerate(PHASES):
            EditionPhase.objects.create(
                edition=edition, position=position, code=code, opens_with=opens, closes_with=closes, allows=allows
            )
        a_criterion(edition, "eligible", kind=CriterionKind.PASS_FAIL, weight=0)
        a_criterion(edition, "will", weight=2)
        a_criterion(edition, "capacity")
        EligibilityRule.objects.create(
            edition=edition,
            code="kind",
            kind="organisation_kind",
            values=["municipality", "state_agency", "parish"],
            question_fi="Olemme kunta, valtion virasto tai seurakunta",
            why_not_fi="Ohjelma on julkisille ostajille. Kysy kuitenkin meiltä.",
        )
        TeamRoleWanted.objects.create(
            edition=edition, code="responsible", name_fi="Hankinnoista vastaava", is_required=True, is_responsible=True
        )
    return edition


def a_date(edition: Edition, kind: str, *, days: int = 0, hours: float = 0, **fields: Any) -> EditionDate:
    """A date so many days from now, at the full hour."""
    starts = timezone.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(days=days)
    fields = {"starts_at": starts, "ends_at": starts + dt.timedelta(hours=hours)} | fields
    return EditionDate.objects.create(edition=edition, kind=kind, **fields)


def a_criterion(edition: Edition, code: str, **fields: Any) -> Criterion:
    fields = {"kind": CriterionKind.SCORED, "weight": 1, "name_fi": code.capitalize()} | fields
    return Criterion.objects.create(edition=edition, code=code, **fields)


def named_in(edition: Edition, kind: str = EditionPersonKind.REVIEWER, person: Person | None = None) -> Person:
    """Somebody of the centre who is named in the edition; a mentor at the centre unless given."""
    person = person or someone_who_is("expert", edition.organisation)
    EditionPerson.objects.create(edition=edition, person=person, kind=kind)
    return person
