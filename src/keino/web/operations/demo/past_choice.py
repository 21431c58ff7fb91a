"""How the participants of the demo's programmes that have begun were chosen: each step with the clock of its day."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils import timezone

from keino.web.cohorts.services.participations import begin_on_kick_off
from keino.web.operations.demo.applying import apply, holder, interview, score
from keino.web.operations.demo.clock import clock_at
from keino.web.operations.demo.past_applicants import Call
from keino.web.organisations.choices import RoleKind
from keino.web.programmes.models import Application, Edition
from keino.web.programmes.queries.calendar import moment_of
from keino.web.programmes.services.decisions import begin_decision, make_decision
from keino.web.programmes.services.interviews import add_question
from keino.web.programmes.services.places import confirm_place, publish_selected

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

#: Days after the deadline (before it: the applications), and after the day on which the choice is told.
APPLIED, INTERVIEWED, SCORED = -9, 4, 7
DECIDED, CONFIRMED = -2, 2


def apply_all(edition: Edition, call: Call, places: Mapping[str, Organisation], deadline: dt.datetime) -> None:
    """Send every application some days before the deadline."""
    with clock_at(deadline + dt.timedelta(days=APPLIED)):
        for said in call.applicants:
            if said.slug in places:
                apply(edition, places[said.slug], said)


def choose(edition: Edition, call: Call, deadline: dt.datetime, *, by: Person) -> None:
    """Interview, score and select those who applied; they confirm their places. Nothing where nobody applied."""
    found = {each.organisation.slug: each for each in _applications(edition)}
    told = moment_of(edition, "selection_published")
    if not found or told is None:
        return
    with clock_at(_day(deadline, INTERVIEWED)):
        add_question(edition, text=call.question, hint="", by=by, key=uuid.uuid4())
        for said in call.applicants:
            if said.slug in found:
                interview(found[said.slug], said.said[:1], at=timezone.now() - dt.timedelta(hours=2), by=by)
    with clock_at(_day(deadline, SCORED)):
        for said in call.applicants:
            if said.slug in found:
                score(edition, found[said.slug], said, by)
    with clock_at(_day(told, DECIDED)):
        proposal = begin_decision(edition, by=by)
        make_decision(proposal, by=by, seen=proposal.version)
    with clock_at(_day(told, 0)):
        publish_selected(edition, by=by)
    with clock_at(_day(told, CONFIRMED)):
        for application in _applications(edition):
            answers = holder(application.organisation, RoleKind.RESPONSIBLE_PERSON)
            if answers is not None:
                confirm_place(application, by=answers)


def begin(kick_off: dt.datetime) -> None:
    """Let those with a confirmed place take part from the kick-off on."""
    with clock_at(kick_off):
        begin_on_kick_off(kick_off)


def _applications(edition: Edition) -> list[Application]:
    found = Application.objects.filter(edition=edition).select_related("organisation", "edition")
    return list(found.order_by("pk"))


def _day(moment: dt.datetime, days: int) -> dt.datetime:
    """Two in the afternoon, so many days after a moment."""
    day = timezone.localtime(moment) + dt.timedelta(days=days)
    return day.replace(hour=14, minute=0, second=0, microsecond=0)
