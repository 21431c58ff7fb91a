"""Procurements of the demo, made by the services that pages use."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from keino.web.base.models import Person
from keino.web.operations.demo.procurement_case import Case
from keino.web.operations.demo.procurement_cases import CASES
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Organisation, Role
from keino.web.procurements.choices import ProcurementState, RecordKind
from keino.web.procurements.models import Procurement
from keino.web.procurements.queries.steps import next_state
from keino.web.procurements.services.criteria import add_criterion
from keino.web.procurements.services.moves import move_procurement
from keino.web.procurements.services.procurements import change_procurement, create_procurement
from keino.web.procurements.services.records import Written, add_record, decide_award, evaluate_procurement
from keino.web.procurements.services.risks import add_risk

S = ProcurementState


def fill(places: Mapping[str, Organisation]) -> None:
    """Add the towns' procurements; those that are there already are left as they are."""
    for slug, cases in CASES.items():
        organisation = places[slug]
        leader = _holder(organisation, RoleKind.MEMBER) or _holder(organisation, RoleKind.RESPONSIBLE_PERSON)
        approver = _holder(organisation, RoleKind.APPROVER)
        if leader is None or approver is None:
            continue
        for case in cases:
            if not Procurement.objects.filter(organisation=organisation, made_with=_key(slug, case.title)).exists():
                with transaction.atomic():
                    _make(organisation, case, by=leader, approver=approver)


def _key(*names: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("https://keino.example/procurements", *names)))


def _holder(organisation: Organisation, kind: str) -> Person | None:
    role = Role.objects.on(timezone.localdate()).filter(organisation=organisation, kind=kind).first()
    return role.person if role else None


def _make(organisation: Organisation, case: Case, *, by: Person, approver: Person) -> None:
    names = (organisation.slug, case.title)
    made = create_procurement(
        organisation=organisation,
        by=by,
        key=_key(*names),
        themes=case.themes,
        title=case.title,
        need=case.need,
        category=case.category,
        owner=by,
    )
    starts = case.starts
    if isinstance(starts, int):
        starts = timezone.localdate() + dt.timedelta(days=starts)
    made = change_procurement(made, by=by, seen=made.version, procedure_starts_on=starts, **case.facts)
    for number, criterion in enumerate(case.criteria):
        add_criterion(made, by=by, key=_key(*names, "criterion", str(number)), **criterion)
    for number, risk in enumerate(case.risks):
        add_risk(made, by=by, key=_key(*names, "risk", str(number)), owner=by, **risk)
    for kind, record in case.records.items():
        if kind not in {RecordKind.AWARD_DECISION, RecordKind.EVALUATION}:
            add_record(
                made, by=by, kind=kind, key=_key(*names, kind), written=_written(case, kind), is_skip=record.is_skip
            )
    _go_on(made, case, by=by, approver=approver)


def _go_on(made: Procurement, case: Case, *, by: Person, approver: Person) -> None:
    """Move it on state by state until it is where the case says."""
    names = (made.organisation.slug, case.title)
    while made.state != case.state and (wanted := next_state(made)):
        if wanted == S.AWARDED and case.award is not None:
            key = _key(*names, RecordKind.AWARD_DECISION)
            written = _written(case, RecordKind.AWARD_DECISION)
            decide_award(made, by=approver, seen=made.version, key=key, written=written, award=case.award)
        else:
            if wanted == S.CLOSED and case.learnt is not None:
                key = _key(*names, RecordKind.EVALUATION)
                written = _written(case, RecordKind.EVALUATION)
                evaluate_procurement(made, by=by, key=key, written=written, learnt=case.learnt)
            move_procurement(made, by=by, to=wanted, seen=made.version)
        made.refresh_from_db()


def _written(case: Case, kind: str) -> Written:
    record = case.records[kind]
    return Written(timezone.localdate() - dt.timedelta(days=record.days_ago), record.text, record.reference)
