"""Ask a question to a run and keep the answer."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from keino.web.followup.answer_json import SHAPE, answer_as_json
from keino.web.followup.errors import LinesMissing
from keino.web.followup.models import FollowUpResult
from keino.web.followup.queries.planned import plan_called, planned_reductions
from keino.web.followup.questions import Question, question_from
from keino.web.measurement.models import Run
from keino.web.measurement.queries.runs import run_result
from keino.web.measurement.store import folder_of, has_lines


def ask(*, run: Run, question: Question) -> FollowUpResult:
    """Note a question to a finished run; asked twice, it is one. Raises SameYear and YearWithoutPurchases."""
    from keino.engine.followup import FollowUpQuestion, require_answerable

    require_answerable(FollowUpQuestion(*question.years), run_result(run))
    with transaction.atomic():
        kept, _ = FollowUpResult.objects.get_or_create(
            run=run, question_key=question.key, shape=SHAPE, defaults={"question": question.as_json()}
        )
    return kept


def answer(kept: FollowUpResult) -> None:
    """Work an answer out and keep it; one that is there stays. Raises KeinoError."""
    if kept.is_ready:
        return
    content = answer_as_json(_worked_out(kept.run, question_from(kept.question)))
    waiting = FollowUpResult.objects.filter(pk=kept.pk, finished_at=None)
    waiting.update(content=content, error=None, finished_at=timezone.now())


def _worked_out(run: Run, question: Question) -> Any:
    from keino.engine.followup import FollowUpQuestion, StoredRun, follow_stored

    if not has_lines(run):
        raise LinesMissing
    assert run.organisation is not None
    earlier = None
    if question.reported_by:
        earlier = Run.objects.filter(organisation=run.organisation, public_id=question.reported_by).first()
    return follow_stored(
        FollowUpQuestion(*question.years, question.moved_units, question.moved_categories),
        StoredRun(run_result(run), folder_of(run)),
        reported=StoredRun(run_result(earlier), folder_of(earlier)) if earlier else None,
        plan=planned_reductions(plan_called(run.organisation, question.plan), *question.years),
    )


def note_failure(kept: FollowUpResult, error: dict[str, Any] | None) -> None:
    """Say why there is no answer."""
    FollowUpResult.objects.filter(pk=kept.pk, finished_at=None).update(error=error)
