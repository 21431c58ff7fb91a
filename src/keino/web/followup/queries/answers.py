"""Answers to read: which question is asked where nobody chose, what was answered, which runs wait for an answer."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from keino.web.followup.answer_json import SHAPE, answer_from_json
from keino.web.followup.models import FollowUpResult
from keino.web.followup.queries.planned import chosen_plan
from keino.web.followup.questions import Question, question_from
from keino.web.measurement.choices import RunState
from keino.web.measurement.models import Run
from keino.web.measurement.queries.runs import run_result
from keino.web.organisations.models import Organisation

if TYPE_CHECKING:
    from keino.engine.followup import FollowUpResult as Answer


def years_with_purchases(run: Run) -> tuple[int, ...]:
    """The years of a run, the earliest first."""
    return tuple(sorted(run_result(run).years))


def usual_question(run: Run) -> Question | None:
    """The last two years, with the measures of the chosen plan; None where there is a single year."""
    years = years_with_purchases(run)
    if len(years) < 2:
        return None
    assert run.organisation is not None
    plan = chosen_plan(run.organisation)
    return Question(years[-2], years[-1], plan=str(plan.public_id) if plan else "")


def answer_kept(run: Run, question: Question) -> FollowUpResult | None:
    """The row of a question, answered or waiting; None where nobody asked it yet."""
    return FollowUpResult.objects.filter(run=run, question_key=question.key, shape=SHAPE).first()


def answers_of(organisation: Organisation) -> QuerySet[FollowUpResult]:
    """All rows of an organisation, with their runs but without the runs' results."""
    found = FollowUpResult.objects.filter(run__organisation=organisation).select_related("run__organisation")
    return found.defer("run__result", "run__manifest")


def question_of(kept: FollowUpResult) -> Question:
    """What was asked."""
    return question_from(kept.question)


def answer_of(kept: FollowUpResult) -> Answer:
    """What was answered. Kept in the process, since it never changes."""
    return _answer(kept.public_id)


@lru_cache(maxsize=64)
def _answer(public_id: UUID) -> Answer:
    found = FollowUpResult.objects.select_related("run").defer("run__result", "run__manifest").get(public_id=public_id)
    return answer_from_json(found.content or {}, run_result(found.run))


def unanswered_runs(most: int = 5) -> QuerySet[Run]:
    """Newest runs of organisations with at least two years of purchases that nobody asked anything yet."""
    done = Run.objects.filter(organisation=OuterRef("organisation"), state=RunState.DONE)
    newest = done.order_by("-finished_at", "-pk").values("pk")[:1]
    asked = FollowUpResult.objects.filter(run=OuterRef("pk"), shape=SHAPE)
    found = Run.objects.filter(pk=Subquery(newest), state=RunState.DONE).exclude(organisation=None)
    found = found.annotate(years=Count("totals", filter=Q(totals__category="*")))
    found = found.filter(~Exists(asked), years__gt=1).defer("result", "manifest").select_related("organisation")
    return found.order_by("-finished_at", "-pk")[:most]


def reported_choices(run: Run, most: int = 20) -> list[Run]:
    """Other finished runs of the organisation, by which a year may have been reported; newest first."""
    others = Run.objects.filter(organisation=run.organisation).done().exclude(pk=run.pk)
    return list(others.defer("result", "manifest").select_related("organisation")[:most])
