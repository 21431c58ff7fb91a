"""What the participants of the demo's running academy have done so far, made by the services that pages use."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils import timezone

from keino.web.cohorts.choices.assignments import AssignmentKind, Verdict
from keino.web.cohorts.choices.deliverables import DeliverableKind
from keino.web.cohorts.models import Assignment, Deliverable, Participation, Work
from keino.web.cohorts.services.assignments import AssignmentValues, add_assignment
from keino.web.cohorts.services.deliverables import (
    comment_deliverable,
    hand_in_deliverable,
    judge_deliverable,
    link_pilot,
    want_deliverable,
)
from keino.web.cohorts.services.development_plans import write_development_plan
from keino.web.cohorts.services.materials import share_material
from keino.web.cohorts.services.mentors import name_mentor
from keino.web.cohorts.services.participations import add_to_team, show_contact, take_in
from keino.web.cohorts.services.presentations import PresentationValues, plan_presentation
from keino.web.cohorts.services.works import hand_in, judge_work, save_draft
from keino.web.operations.demo import cohort_texts as texts
from keino.web.operations.demo.cast import CENTRE
from keino.web.operations.demo.clock import clock_at
from keino.web.operations.demo.programmes import RUNNING
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Organisation, Role
from keino.web.procurements.models import Procurement
from keino.web.programmes.models import Edition
from keino.web.programmes.queries.calendar import moment_of

if TYPE_CHECKING:
    from keino.web.base.models import Person

#: The pilot of Ostoniemi: its market dialogue goes on.
PILOT = "Koulujen ja päiväkotien ateriapalvelut"
TAKE_PART = ("ostoniemi", "inkopsvik", "esimerkkivirasto")


def fill(places: Mapping[str, Organisation]) -> None:
    """Add them; what is there already is left as it is."""
    coordinator = _holder(places[CENTRE], RoleKind.COORDINATOR)
    edition = Edition.objects.filter(slug=RUNNING).first()
    if coordinator is None or edition is None or Assignment.objects.filter(edition=edition).exists():
        return
    ours = {slug: _take_in(edition, places[slug], by=coordinator) for slug in TAKE_PART}
    _ask(edition, by=coordinator)
    _ostoniemi(ours["ostoniemi"])
    _inkopsvik(ours["inkopsvik"])


def _holder(organisation: Organisation, kind: str) -> Person | None:
    role = Role.objects.on(timezone.localdate()).filter(organisation=organisation, kind=kind).first()
    return role.person if role else None


def _key(*names: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("https://keino.example/cohorts", *names)))


def _take_in(edition: Edition, organisation: Organisation, *, by: Person) -> Participation:
    """The organisation with its responsible person, its team and its mentor."""
    responsible = _holder(organisation, RoleKind.RESPONSIBLE_PERSON)
    kick_off = moment_of(edition, "kick_off")
    with clock_at(min(kick_off or timezone.now(), timezone.now())):
        ours = take_in(edition, organisation, by=by, responsible=responsible)
    if responsible is not None:
        member = add_to_team(ours, by=responsible, person=responsible, part=texts.PARTS[organisation.slug])
        show_contact(member, by=responsible, shows=True)
    helper = Role.objects.on(timezone.localdate()).filter(about=organisation).order_by("pk").first()
    mentor = helper.person if helper else _holder(edition.organisation, RoleKind.MENTOR)
    ours.refresh_from_db()
    if ours.mentor is None and mentor is not None:
        name_mentor(ours, mentor, by=by, seen=ours.version)
    ours.refresh_from_db()
    return ours


def _days(number: float) -> dt.datetime:
    day = timezone.localtime() + dt.timedelta(days=number)
    return day.replace(hour=16, minute=0, second=0, microsecond=0)


def _ask(edition: Edition, *, by: Person) -> None:
    """Assignments: one whose time is over, one due next week, one later; and what everybody delivers."""
    for name, kind, due in (
        ("pre", AssignmentKind.PRE, -30),
        ("next", AssignmentKind.BETWEEN, 6),
        ("end", "final", 34),
    ):
        title, instructions = texts.ASSIGNMENTS[name]
        values = AssignmentValues(kind, title, instructions, _days(due))
        add_assignment(edition, values, by=by, key=_key("assignment", name), now=_days(min(due, 0) - 20))
    closing = moment_of(edition, "closing")
    for deliverable, due_at in (
        (DeliverableKind.OPERATING_MODEL, _days(30)),
        (DeliverableKind.DEVELOPMENT_PLAN, _days(20)),
        (DeliverableKind.PILOT_PROCUREMENT, closing and closing - dt.timedelta(days=1)),
    ):
        want_deliverable(edition, deliverable, due_at=due_at, note=texts.WANTED[deliverable], by=by)
    share_material(
        edition, participation=None, title=texts.MATERIAL[0], text=texts.MATERIAL[1], link="", by=by,
        key=_key("material"),
    )  # fmt: skip


def _work(ours: Participation, name: str) -> Work:
    return Work.objects.get(participation=ours, assignment__made_with=_key("assignment", name))


def _deliverable(ours: Participation, kind: str) -> Deliverable:
    return Deliverable.objects.get(participation=ours, kind=kind)


def _ostoniemi(ours: Participation) -> None:
    """The first assignment accepted, the second returned; the model returned; the pilot in its dialogue."""
    by, mentor = ours.responsible, ours.mentor
    if by is None or mentor is None:
        return
    first = _work(ours, "pre")
    hand_in(first, texts.ANSWERS["ostoniemi"], by=by, seen=first.version, now=_days(-32))
    judge_work(first, number=1, verdict=Verdict.ACCEPTED, feedback=texts.ACCEPTED, by=mentor)
    second = _work(ours, "next")
    hand_in(second, texts.CATEGORIES, by=by, seen=second.version)
    judge_work(second, number=1, verdict=Verdict.RETURNED, feedback=texts.RETURNED, by=mentor)
    model = _deliverable(ours, DeliverableKind.OPERATING_MODEL)
    if ours.organisation.operating_models.exists():
        shown = hand_in_deliverable(model, words=texts.LOOK_AT, by=by, seen=model.version)
        judge_deliverable(model, number=1, verdict=Verdict.RETURNED, feedback=texts.MODEL_FEEDBACK, by=mentor)
        comment_deliverable(model, texts.COMMENT, by=by, key=_key("comment"))
        held_on = timezone.localdate() + dt.timedelta(days=30)
        values = PresentationValues(held_on, "Kaupungin johtoryhmä", texts.PRESENTATION, [shown])
        plan_presentation(ours, values, by=by, key=_key("presentation"))
    pilot = Procurement.objects.filter(organisation=ours.organisation, title=PILOT).first()
    if pilot is not None:
        link_pilot(_deliverable(ours, DeliverableKind.PILOT_PROCUREMENT), pilot, by=by)


def _inkopsvik(ours: Participation) -> None:
    """The first assignment late, the next one begun, the development plan with the mentor."""
    by = ours.responsible
    if by is None:
        return
    first = _work(ours, "pre")
    hand_in(first, texts.ANSWERS["inkopsvik"], by=by, seen=first.version, now=_days(-28))
    second = _work(ours, "next")
    save_draft(second, texts.DRAFT, by=by, seen=second.version)
    write_development_plan(ours, texts.PLAN, by=by, seen=0)
    plan = _deliverable(ours, DeliverableKind.DEVELOPMENT_PLAN)
    hand_in_deliverable(plan, words="", by=by, seen=plan.version)
