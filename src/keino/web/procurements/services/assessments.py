"""Writing an ex-ante assessment: its four steps, the approver's word, leaving it out, and later its results."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, changed, locked
from keino.web.base.errors import NotAllowedNow
from keino.web.base.templatetags.keino import day as day_text
from keino.web.procurements.assessment_choices import ASSESSMENT_MOVES, AssessmentState, Level
from keino.web.procurements.assessment_errors import (
    AssessmentCannotBeSkipped,
    AssessmentIncomplete,
    TenderedAlready,
)
from keino.web.procurements.choices import ProcurementState
from keino.web.procurements.errors import NotInTheFuture, ReasonMissing
from keino.web.procurements.models import AssessedEffect, EffectResult, ImpactAssessment, Procurement
from keino.web.procurements.queries.assessments import lacks_of, reasons_to_assess

if TYPE_CHECKING:
    from keino.web.base.models import Person

#: States in which the tender isn't out: what is assessed beforehand can still be changed.
BEFORE_TENDER = frozenset(
    {
        ProcurementState.IDEA,
        ProcurementState.PLANNED,
        ProcurementState.DIALOGUE,
        ProcurementState.TENDER_PREP,
        ProcurementState.FAILED_COMPETITION,
    }
)


@dataclass(frozen=True)
class EffectFields:
    """What people say of an effect that is wished for."""

    perspective: str
    goal: str
    shows_after_years: int
    indicator: str = ""
    unit: str = ""
    baseline: str = ""
    target: str = ""

    def values(self) -> dict[str, object]:
        """The fields by name, as the row has them."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@transaction.atomic
def begin_assessment(procurement: Procurement) -> ImpactAssessment:
    """The procurement's assessment; an empty one where none was begun."""
    return ImpactAssessment.objects.get_or_create(procurement=procurement)[0]


@contextmanager
def _open(assessment: ImpactAssessment, *, by: Person, act: str, seen: int | None = None) -> Iterator[ImpactAssessment]:
    """Hold an assessment that is being made. Raises Conflict, NotAllowedNow, TenderedAlready."""
    with transaction.atomic():
        kept = locked(assessment) if seen is None else as_seen(assessment, seen)
        if kept.state != AssessmentState.DRAFT:
            raise NotAllowedNow(state=str(kept.get_state_display()))
        _check_before_tender(kept)
        with acting(by, act=act):
            yield kept


def _check_before_tender(assessment: ImpactAssessment) -> None:
    procurement = Procurement.objects.get(pk=assessment.procurement_id)
    if procurement.state not in BEFORE_TENDER:
        raise TenderedAlready(state=str(procurement.get_state_display()))


def answer_need(
    assessment: ImpactAssessment, *, level: str, legal_bases: Sequence[str], need: str, by: Person, seen: int
) -> None:
    """Step 1: at which level, by which act, whom it affects and how."""
    with _open(assessment, by=by, act="assessment_changed", seen=seen) as kept:
        values = {"level": Level(level), "legal_bases": sorted(set(legal_bases)), "need": need}
        changed(kept, values | {"need_answered_at": kept.need_answered_at or timezone.now()})


def answer_use(assessment: ImpactAssessment, *, use: str, by: Person, seen: int) -> None:
    """Step 4: where the goals and indicators stand in the tender's documents."""
    with _open(assessment, by=by, act="assessment_changed", seen=seen) as kept:
        changed(kept, {"use": use})


def add_effect(assessment: ImpactAssessment, fields: EffectFields, *, by: Person, key: uuid.UUID) -> AssessedEffect:
    """Steps 2 and 3: an effect and its indicator. ``key`` comes with the form: pressing twice adds one."""
    found = AssessedEffect.objects.filter(public_id=key, assessment=assessment).first()
    if found is not None:
        return found
    with _open(assessment, by=by, act="effect_added") as kept:
        return AssessedEffect.objects.create(assessment=kept, public_id=key, **fields.values())


def change_effect(effect: AssessedEffect, fields: EffectFields, *, by: Person, seen: int) -> None:
    """Change an effect as it was seen in version ``seen``."""
    with _open(effect.assessment, by=by, act="effect_changed"):
        changed(as_seen(effect, seen), fields.values())


def remove_effect(effect: AssessedEffect, *, by: Person) -> None:
    """Take an effect out again; doing it twice is harmless."""
    with _open(effect.assessment, by=by, act="effect_removed"):
        for each in AssessedEffect.objects.filter(pk=effect.pk):
            each.delete()


@contextmanager
def _moving(assessment: ImpactAssessment, to: AssessmentState, *, by: Person) -> Iterator[ImpactAssessment]:
    """Move an assessment along the table of moves; what is set inside is saved with it."""
    with transaction.atomic():
        kept = locked(assessment)
        if to not in ASSESSMENT_MOVES[kept.state]:
            raise NotAllowedNow(state=str(kept.get_state_display()))
        _check_before_tender(kept)
        with acting(by, act=f"assessment_{to}"):
            yield kept
            kept.state, kept.version = to, kept.version + 1
            kept.save()


def say_ready(assessment: ImpactAssessment, *, by: Person) -> None:
    """The four steps are done: an approver looks at it. Raises AssessmentIncomplete. Doing it twice is harmless."""
    assessment.refresh_from_db()
    if assessment.state == AssessmentState.READY:
        return
    with _moving(assessment, AssessmentState.READY, by=by) as kept:
        if lacks := lacks_of(kept):
            raise AssessmentIncomplete(missing=tuple(lacks))
        kept.sent_back_because = ""


def approve_assessment(assessment: ImpactAssessment, *, by: Person, seen: int) -> None:
    """An approver finds the assessment enough. Raises Conflict when it was changed since they saw it."""
    _check_decides(assessment, by)
    with _moving(assessment, AssessmentState.FINISHED, by=by) as kept:
        as_seen(kept, seen)
        kept.decided_by, kept.decided_at = by, timezone.now()


def send_back(assessment: ImpactAssessment, *, reason: str, by: Person, seen: int) -> None:
    """An approver asks for something to be mended."""
    _check_decides(assessment, by)
    if not reason.strip():
        raise ReasonMissing(wanted=str(AssessmentState.DRAFT.label))
    with _moving(assessment, AssessmentState.DRAFT, by=by) as kept:
        as_seen(kept, seen)
        kept.sent_back_because = reason


def skip_assessment(assessment: ImpactAssessment, *, reason: str, by: Person) -> None:
    """Leave the assessment out, where no rule demands it. Raises AssessmentCannotBeSkipped, ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing(wanted=str(AssessmentState.SKIPPED.label))
    with transaction.atomic():
        procurement = Procurement.objects.select_for_update().get(pk=assessment.procurement_id)
        if reasons := reasons_to_assess(procurement):
            raise AssessmentCannotBeSkipped(reasons=tuple(reasons))
        assessment.refresh_from_db()
        if assessment.state == AssessmentState.READY:
            open_again(assessment, by=by)
        with _moving(assessment, AssessmentState.SKIPPED, by=by) as kept:
            kept.skipped_because = reason
            kept.decided_by, kept.decided_at = by, timezone.now()


def open_again(assessment: ImpactAssessment, *, by: Person) -> None:
    """Go on with an assessment that was ready, approved or left out; it has to be approved anew."""
    assessment.refresh_from_db()
    if assessment.state == AssessmentState.DRAFT:
        return
    with _moving(assessment, AssessmentState.DRAFT, by=by) as kept:
        kept.skipped_because, kept.decided_by, kept.decided_at = "", None, None


@transaction.atomic
def record_result(effect: AssessedEffect, *, measured_on: dt.date, value: str, note: str, by: Person) -> EffectResult:
    """Write down what an indicator showed; a second result of the same day takes the first one's place."""
    if measured_on > timezone.localdate():
        raise NotInTheFuture(day=day_text(measured_on))
    with acting(by, act="result_recorded"):
        return EffectResult.objects.update_or_create(
            effect=effect,
            measured_on=measured_on,
            defaults={"value": value, "note": note, "recorded_by": by, "recorded_at": timezone.now()},
        )[0]


def _check_decides(assessment: ImpactAssessment, by: Person) -> None:
    if not by.has_perm("procurements.decide", assessment.procurement.organisation):
        raise PermissionDenied
