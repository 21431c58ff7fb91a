"""What is left of the demo's programme that is over: development plans that were approved, and self-assessments.

Who took part, and neighbours that didn't, assessed themselves before it and at its end. So "Does the programme help?"
has something to tell: an invented difference as a real one may look, moderate and with a wide interval.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.web.base.models import Mail
from keino.web.cohorts.choices.assignments import Verdict
from keino.web.cohorts.choices.deliverables import DeliverableKind, DeliverableState
from keino.web.cohorts.models import EditionClosing, Participation
from keino.web.cohorts.queries.effect.groups import calendar_of
from keino.web.cohorts.services.deliverables import hand_in_deliverable, judge_deliverable, want_deliverable
from keino.web.cohorts.services.development_plans import write_development_plan
from keino.web.cohorts.services.mentors import name_mentor
from keino.web.operations.demo.applying import Applicant, holder
from keino.web.operations.demo.cast import CENTRE
from keino.web.operations.demo.clock import clock_at, in_office
from keino.web.operations.demo.past_applicants import SOCIAL
from keino.web.operations.demo.past_towns import people_of
from keino.web.operations.demo.programmes import COMPLETED
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Organisation, Role
from keino.web.programmes.models import Edition
from keino.web.surveys.choices import RoundKind
from keino.web.surveys.instruments import instrument
from keino.web.surveys.models import Round
from keino.web.surveys.services.rounds import close_round, open_round
from keino.web.surveys.services.sheets import keep_answers

if TYPE_CHECKING:
    from keino.web.base.models import Person

#: What each area was answered with, in the order of the questions: before the programme and at its end.
LEVELS = {
    # who took part
    "aavistusjoki": ("22322232222", "33332333322"),
    "kangastuslahti": ("33233223222", "33333223332"),
    "sepitelampi": ("22223222222", "33233333332"),
    "taruvaara": ("32322322323", "33323323333"),
    "unelmajarvi": ("23222322322", "33333333433"),
    "utuniemi": ("22232222222", "23232322222"),
    # who didn't
    "arvoituskoski": ("32232223222", "32232323222"),
    "haavelaakso": ("22322232222", "23323232223"),
    "kuvitelmaranta": ("33232322322", "33232222322"),
    "luulosalmi": ("22223222322", "33233223332"),
    "satuniemi": ("32322332222", "32322332222"),
    "tarinaharju": ("23232222323", "23332223323"),
}
#: A round is open for so long; the first closes before the kick-off, the last after the closing, a day apart by town.
OPEN_FOR, BEFORE, AFTER = dt.timedelta(days=14), dt.timedelta(days=-20), dt.timedelta(days=25)
#: Days after the kick-off on which plans are asked for, and before the closing: due, handed in, approved.
WANTED, DUE, HANDED_IN, APPROVED = 1, -7, -21, -14
#: They went on writing when the programme closed.
GO_ON = ("inkopsvik", "esimerkkivirasto")
NOTE = "Nykytila, tavoite, askeleet ja resurssit."
FEEDBACK = "Selkeä suunnitelma. Sopikaa vielä, kuka seuraa ehtoa sopimuskokouksissa."


def fill(places: Mapping[str, Organisation]) -> None:
    """Add it all; what is there already is left as it is."""
    coordinator = holder(places[CENTRE], RoleKind.COORDINATOR)
    edition = Edition.objects.select_related("organisation").filter(slug=COMPLETED).first()
    days = calendar_of(edition) if edition is not None else None
    if coordinator is None or edition is None or days is None:
        return
    with transaction.atomic():
        last = Mail.objects.order_by("pk").last()
        if not EditionClosing.objects.filter(edition=edition).exists():
            _plans(edition, days, by=coordinator)
        for number, town in enumerate(Organisation.objects.filter(slug__in=LEVELS, is_example=True).order_by("slug")):
            _assess(town, days, dt.timedelta(days=number % 6))
        Mail.objects.filter(pk__gt=last.pk if last else 0).delete()  # nobody is told of what is past


def _morning(day: dt.date) -> dt.datetime:
    return in_office(timezone.make_aware(dt.datetime.combine(day, dt.time(12))))


# ---- development plans


def _plans(edition: Edition, days: tuple[dt.date, dt.date], *, by: Person) -> None:
    """Ask everybody for a development plan; most hand theirs in, and their mentors approve it."""
    kick_off, closing = days
    told = {said.slug: said for said in SOCIAL.applicants}
    with clock_at(_morning(kick_off + dt.timedelta(days=WANTED))):
        due = _morning(closing + dt.timedelta(days=DUE))
        want_deliverable(edition, DeliverableKind.DEVELOPMENT_PLAN, due_at=due, note=NOTE, by=by)
        for ours in _cohort(edition):
            _give_mentor(ours, by=by)
    for ours in _cohort(edition):
        if ours.organisation.slug in told and ours.organisation.slug not in GO_ON:
            _plan(ours, told[ours.organisation.slug], closing)


def _cohort(edition: Edition) -> list[Participation]:
    found = Participation.objects.filter(edition=edition).select_related("edition", "organisation", "mentor")
    return list(found.active().order_by("pk"))


def _give_mentor(ours: Participation, *, by: Person) -> None:
    helper = Role.objects.filter(about=ours.organisation).order_by("pk").first()
    mentor = helper.person if helper else holder(ours.edition.organisation, RoleKind.MENTOR)
    if ours.mentor is None and mentor is not None:
        name_mentor(ours, mentor, by=by, seen=ours.version)


def _plan(ours: Participation, said: Applicant, closing: dt.date) -> None:
    """The plan says what the application said; it went on from there."""
    by, mentor = ours.responsible, ours.mentor
    if by is None or mentor is None:
        return
    with clock_at(_morning(closing + dt.timedelta(days=HANDED_IN))):
        words = {
            "as_is": said.motivation,
            "target": said.interest,
            "steps": [{"what": said.pilot, "who": said.team[0][2].capitalize(), "by": ""}],
            "resources": said.capacity,
        }
        write_development_plan(ours, words, by=by, seen=0)
        plan = ours.deliverables.get(kind=DeliverableKind.DEVELOPMENT_PLAN)
        hand_in_deliverable(plan, words="", by=by, seen=plan.version)
    with clock_at(_morning(closing + dt.timedelta(days=APPROVED))):
        plan.refresh_from_db()
        if plan.state == DeliverableState.SUBMITTED:
            judge_deliverable(plan, number=1, verdict=Verdict.ACCEPTED, feedback=FEEDBACK, by=mentor)


# ---- self-assessments


def _assess(town: Organisation, days: tuple[dt.date, dt.date], later: dt.timedelta) -> None:
    """A round before the programme and one at its end."""
    by = holder(town, RoleKind.RESPONSIBLE_PERSON)
    if by is None or Round.objects.filter(organisation=town).exists():
        return
    (kick_off, closing), (before, after) = days, LEVELS[town.slug]
    _round(town, "Lähtötaso", RoundKind.BASELINE, before, kick_off + BEFORE + later, by=by)
    _round(town, "Kehittämisjakson loppu", RoundKind.END, after, closing + AFTER + later, by=by)


def _round(town: Organisation, name: str, kind: str, levels: str, closes_on: dt.date, *, by: Person) -> None:
    opens_on = closes_on - OPEN_FOR
    with clock_at(_morning(opens_on)):
        round_ = open_round(
            organisation=town, kind=kind, name=name, opens_on=opens_on, closes_on=closes_on, today=opens_on, by=by
        )
        codes = instrument(round_.edition).codes
        emails = [email for _name, email in people_of(town.slug)]
        people = {role.person.email: role.person for role in town.roles.select_related("person")}
        for number, person in enumerate(people[email] for email in emails if email in people):
            # people differ by a level here and there, alike in both rounds, so the change is that of the levels
            answers = {
                code: int(level) + (turn == 0) - (turn == 4)
                for place, (code, level) in enumerate(zip(codes, levels, strict=True))
                for turn in [(3 * number + 5 * place) % 7]
            }
            keep_answers(round_=round_, group=None, answers=answers, send=True, seen=0, today=opens_on, by=person)
    with clock_at(_morning(closes_on)):
        close_round(round_=round_, today=closes_on, by=by)
