"""Writing what the phases of a procurement leave behind: records, the award decision, the evaluation."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, locked
from keino.web.base.errors import NotAllowedNow
from keino.web.base.models import Person
from keino.web.base.templatetags.keino import day as shown_day
from keino.web.organisations.codes import checked_business_id
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.procurements.choices import NEVER_SKIPPED, ProcurementState, RecordKind
from keino.web.procurements.errors import NeverSkipped, NotInTheFuture
from keino.web.procurements.models import AssessedEffect, AwardDecision, ExitRecord, Lesson, Procurement
from keino.web.procurements.services.assessments import record_result
from keino.web.procurements.services.moves import go, require_move, require_what_is_missing
from keino.web.procurements.services.open import require_open
from keino.web.procurements.services.procurements import require_category

S = ProcurementState

#: Records that people write by themselves; the decision and the evaluation have forms and rules of their own.
PLAIN_KINDS = tuple(kind for kind in RecordKind if kind not in NEVER_SKIPPED)
#: States in which there is something to evaluate; what failed and what was given up teach, too.
EVALUATED = frozenset({S.AWARDED, S.CONTRACT, S.CLOSED, S.FAILED_COMPETITION, S.CANCELLED})


@dataclass(frozen=True)
class Written:
    """What every record says: its day, its text, and where the original is."""

    dated_on: dt.date
    text: str
    reference: str = ""
    link: str = ""


@transaction.atomic
def add_record(
    procurement: Procurement, *, by: Person, kind: str, key: uuid.UUID, written: Written, is_skip: bool = False
) -> ExitRecord:
    """Add the record with which a phase ends, or the reason why the phase was skipped. Sent twice, it is there once."""
    row = locked(procurement)
    there = row.records.filter(made_with=key).first()
    if there is not None:
        return there
    require_open(row)
    if kind not in PLAIN_KINDS:
        raise (
            NeverSkipped(record=str(RecordKind(kind).label))
            if is_skip
            else NotAllowedNow(state=row.get_state_display())
        )
    return _write(row, by, RecordKind(kind), key, written, is_skip=is_skip)


@transaction.atomic
def change_record(record: ExitRecord, *, by: Person, seen: int, written: Written, is_skip: bool = False) -> ExitRecord:
    """Mend a record as it was seen in version ``seen``. Decisions and evaluations stay as they are: add a newer one."""
    procurement = locked(record.procurement)
    row = locked(record)
    if (row.is_skip, Written(row.dated_on, row.text, row.reference, row.link)) == (is_skip, written):
        return row  # a second press of the button
    row = as_seen(record, seen)
    require_open(procurement)
    if row.kind not in PLAIN_KINDS:
        raise NotAllowedNow(state=row.get_kind_display())
    _require_past(written.dated_on)
    row.dated_on, row.text, row.reference, row.link = written.dated_on, written.text, written.reference, written.link
    row.is_skip, row.version = is_skip, row.version + 1
    with acting(by, on_behalf_of=on_behalf_of(by, procurement.organisation), act="procurement_record_changed"):
        row.save()
    return row


@dataclass(frozen=True)
class Award:
    """Who was chosen, for how much, among how many tenders, on what basis."""

    supplier: str
    value_eur: Decimal
    tenders_received: int
    basis: str
    business_id: str = ""


@transaction.atomic
def decide_award(
    procurement: Procurement, *, by: Person, seen: int, key: uuid.UUID, written: Written, award: Award
) -> ExitRecord:
    """Record the award decision and move the procurement to awarded. Sent twice, one decision is there."""
    there = locked(procurement).records.filter(made_with=key).first()
    if there is not None:
        return there
    row = as_seen(procurement, seen)
    require_move(row, S.AWARDED)
    business_id = checked_business_id(award.business_id)
    record = _write(row, by, RecordKind.AWARD_DECISION, key, written, act="award_decided")
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="award_decided"):
        AwardDecision.objects.create(
            record=record,
            supplier=award.supplier,
            business_id=business_id,
            value_eur=award.value_eur,
            tenders_received=award.tenders_received,
            basis=award.basis,
            decided_by=by,
        )
    require_what_is_missing(row, S.AWARDED)
    go(row, S.AWARDED, by=by, reason="", act="award_decided")
    return record


@dataclass(frozen=True)
class Learnt:
    """What an evaluation feeds back to a category's plan."""

    category: str
    lesson: str
    indicator: str = ""
    result: str = ""


@transaction.atomic
def evaluate_procurement(
    procurement: Procurement,
    *,
    by: Person,
    key: uuid.UUID,
    written: Written,
    learnt: Learnt,
    results: Mapping[AssessedEffect, str] = MappingProxyType({}),
) -> ExitRecord:
    """Record an evaluation with its lesson for the category. Sent twice, it is there once.

    ``results``: what the indicators showed that were promised before the tender, as of the evaluation's day.
    """
    row = locked(procurement)
    there = row.records.filter(made_with=key).first()
    if there is not None:
        return there
    if row.state not in EVALUATED:
        raise NotAllowedNow(state=row.get_state_display())
    require_category(learnt.category)
    record = _write(row, by, RecordKind.EVALUATION, key, written)
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="procurement_evaluated"):
        Lesson.objects.create(
            record=record,
            category=learnt.category,
            lesson=learnt.lesson,
            indicator=learnt.indicator,
            result=learnt.result,
        )
    for effect, value in results.items():
        record_result(effect, measured_on=written.dated_on, value=value, note="", by=by)
    return record


def _write(
    row: Procurement,
    by: Person,
    kind: RecordKind,
    key: uuid.UUID,
    written: Written,
    *,
    is_skip: bool = False,
    act: str = "procurement_record_added",
) -> ExitRecord:
    _require_past(written.dated_on)
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act=act):
        return ExitRecord.objects.create(
            procurement=row,
            kind=kind,
            is_skip=is_skip,
            dated_on=written.dated_on,
            text=written.text,
            reference=written.reference,
            link=written.link,
            recorded_by=by,
            made_with=key,
        )


def _require_past(day: dt.date) -> None:
    if day > timezone.localdate():
        raise NotInTheFuture(day=shown_day(day))
