"""Why the footprint changed between two years, what of it was planned, and what was done."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from keino.errors import KeinoError
from keino.web.base.errors import as_data, said
from keino.web.base.who_asks import the_person
from keino.web.followup import shown
from keino.web.followup.forms import QuestionForm
from keino.web.followup.models import FollowUpResult
from keino.web.followup.queries.answers import (
    answer_kept,
    answer_of,
    answers_of,
    question_of,
    reported_choices,
    usual_question,
)
from keino.web.followup.queries.planned import actions_done, chosen_plan, contract_evidence, plan_called, target_for
from keino.web.followup.queries.reports import reports_of
from keino.web.followup.services.answers import ask
from keino.web.followup.tasks import job_of, start_answer
from keino.web.measurement.names import category_name
from keino.web.measurement.queries.runs import current_run, run_result
from keino.web.organisations.choices import OrganisationKind
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page

if TYPE_CHECKING:
    from keino.web.followup.questions import Question
    from keino.web.measurement.models import Run

#: On this day health, social and rescue services went from municipalities to wellbeing services counties.
COUNTIES_BEGAN = dt.date(2023, 1, 1)
#: What of the categories went with them.
WENT_TO_COUNTIES = ("MED", "CARE.HEALTH", "CARE.SOCIAL")


@require_GET
@organisation_page("plans.see")
def follow_up(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The last two years of the newest result; other years are asked for below."""
    run = current_run(organisation)
    question = usual_question(run) if run else None
    context: dict[str, Any] = {"organisation": organisation, "step": "follow-up", "run": run, "question": question}
    kept = answer_kept(run, question) if run and question else None
    return _page(request, organisation, run, kept, context)


@require_GET
@organisation_page("plans.see")
def change(request: HttpRequest, organisation: Organisation, answer: UUID) -> HttpResponse:
    """The answer to a question that somebody asked, or how far it is."""
    kept = get_object_or_404(answers_of(organisation), public_id=answer)
    context = {"organisation": organisation, "step": "follow-up", "run": kept.run, "question": question_of(kept)}
    return _page(request, organisation, kept.run, kept, context)


@require_POST
@organisation_page("plans.see")
def ask_change(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Ask why the footprint changed between two years; the answer is worked out in the background."""
    run = current_run(organisation)
    if run is None:
        return redirect("followup:follow_up", slug=organisation.slug)
    form = _form(run, request.POST)
    problem = ""
    if form.is_valid():
        try:
            with transaction.atomic():
                kept = ask(run=run, question=form.question())
                start_answer(kept, by=the_person(request))
        except KeinoError as error:
            problem = said(as_data(error))
        else:
            return redirect("followup:change", slug=organisation.slug, answer=kept.public_id)
    context = {"organisation": organisation, "step": "follow-up", "form": form, "problem": problem}
    return render(request, "followup/ask.html", context, status=422)


def _form(run: Run, data: Any = None, initial: dict[str, Any] | None = None) -> QuestionForm:
    assert run.organisation is not None
    plan = chosen_plan(run.organisation)
    return QuestionForm(
        data,
        initial=initial,
        result=run_result(run),
        earlier=reported_choices(run),
        plan=str(plan.public_id) if plan else "",
    )


def _page(
    request: HttpRequest,
    organisation: Organisation,
    run: Run | None,
    kept: FollowUpResult | None,
    context: dict[str, Any],
) -> HttpResponse:
    newest = current_run(organisation)
    question = context["question"]
    if newest is not None and question is not None:
        context["form"] = _form(newest, initial=_initial(request, question))
        context["is_newest"] = run is not None and newest.pk == run.pk
    context["reports"] = list(reports_of(organisation).defer("content")[:3])
    context["may_work"] = request.user.has_perm("plans.work", organisation)
    if kept is None or run is None:
        return render(request, "followup/follow_up.html", context)
    if not kept.is_ready:
        job = job_of(kept.subject)
        context |= {"kept": kept, "job": job}
        response = render(request, "followup/waiting.html", context)
        if job is not None and not job.is_over:
            response["Refresh"] = "3"  # also without JavaScript the page shows the end
        return response
    return render(request, "followup/follow_up.html", context | _answered(organisation, run, kept))


def _initial(request: HttpRequest, question: Question) -> dict[str, Any]:
    """The form as it was asked; an address may name categories that moved."""
    asked = request.GET.getlist("moved")
    return {
        "year_from": question.year_from,
        "year_to": question.year_to,
        "reported_by": question.reported_by,
        "moved_categories": asked or list(question.moved_categories),
        "moved_units": "\n".join(question.moved_units),
    }


def _answered(organisation: Organisation, run: Run, kept: FollowUpResult) -> dict[str, Any]:
    answer, question = answer_of(kept), question_of(kept)
    plan = plan_called(organisation, question.plan)
    years = {int(part.keys["year"]): part for part in answer.result.by_year}
    path = shown.path_years(answer, plan, run)
    rows = shown.categories(answer, run)
    return {
        "kept": kept,
        "answer": answer,
        "total": answer.effects.total,
        "sentences": shown.sentences(answer),
        "first": years[answer.year_from],
        "last": years[answer.year_to],
        "parts": shown.parts(answer),
        "part_names": shown.part_names(answer),
        "figure": shown.change_figure(answer),
        "rows": rows[: shown.CATEGORIES],
        "more_rows": rows[shown.CATEGORIES :],
        "moved": [*(category_name(code) for code in question.moved_categories), *question.moved_units],
        "counties_moved": _counties(organisation, question, run),
        "plan": plan,
        "target": target_for(organisation, answer.year_to),
        "path_figure": shown.path_figure(path),
        "measures": shown.measures(answer, plan, run),
        "own_factors": shown.own_factor_words(answer),
        "done": actions_done(organisation, question.years),
        "evidence": [(category_name(each.category), each) for each in contract_evidence(organisation, answer.year_to)],
    }


def _counties(organisation: Organisation, question: Question, run: Run) -> list[str]:
    """Categories that went to the county between the years, where nobody said yet what moved."""
    began = COUNTIES_BEGAN.year
    is_asked = question.moved_categories or question.moved_units
    if organisation.kind != OrganisationKind.MUNICIPALITY or is_asked:
        return []
    if not question.year_from < began <= question.year_to:
        return []
    leaves = {str(part.keys["category"]) for part in run_result(run).by_category}
    known = leaves | {leaf.partition(".")[0] for leaf in leaves}
    return [code for code in WENT_TO_COUNTIES if code in known]
