"""Plans side by side, and looks at other numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.errors import as_data, said
from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.plans.choices import ReductionPlanState as State
from keino.web.plans.errors import PlansToCompare
from keino.web.plans.forms.reduction_plans import WhatIfForm
from keino.web.plans.plan_json import is_readable
from keino.web.plans.queries.reduction_plans import computed_plans
from keino.web.plans.queries.what_if import AsPlanned, changed_wishes, look
from keino.web.plans.reduction_words import broken_words, headline, names_of, targets_in
from keino.web.plans.services.reduction_plans import ask_plan, copy_plan
from keino.web.plans.tasks.reduction import start
from keino.web.plans.views.reduction_plans import one_plan

if TYPE_CHECKING:
    from keino.web.plans.models import ReductionPlan

MOST_COMPARED = 4


@require_GET
@organisation_page("plans.see")
def scenarios(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """From two to four computed plans side by side; differences are from the first."""
    keys = [key for text in request.GET.getlist("plan") if (key := _uuid(text)) is not None]
    found = [plan for plan in computed_plans(organisation).filter(public_id__in=keys) if is_readable(plan.result)]
    is_wrong = not 2 <= len(found) <= MOST_COMPARED
    context: dict[str, Any] = {"organisation": organisation, "step": "plan", "compared": found}
    if is_wrong:
        problem = said(as_data(PlansToCompare())) if request.GET else ""
        context |= {"problem": problem, "plans": computed_plans(organisation)[:25]}
        return render(request, "plans/scenarios.html", context, status=422 if problem else 200)
    return render(request, "plans/scenarios.html", context | _side_by_side(found))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _side_by_side(plans: list[ReductionPlan]) -> dict[str, Any]:
    results = [plan.result or {} for plan in plans]
    names: dict[str, str] = {}
    starts = []
    for result in results:
        names |= names_of(result)
        starts.append({each["measure"]: each["start_year"] for each in result["chosen"]})
    codes = sorted({code for each in starts for code in each}, key=lambda code: names[code])
    years = sorted({year["year"] for result in results for year in result["years"]})
    paths = [{year["year"]: year["footprint_kgco2e"] for year in result["years"]} for result in results]
    first = results[0]
    return {
        "columns": [
            {
                "plan": plan,
                "headline": headline(result),
                "cost_eur": result["cost_eur"],
                "reduction_kgco2e": result["reduction_kgco2e"],
                "cost_difference": result["cost_eur"] - first["cost_eur"],
                "reduction_difference": (result["reduction_kgco2e"] - first["reduction_kgco2e"]) / 1000,
                "target_met": result["target_met"] if targets_in(result) else None,
                "probability": result["met_probability"],
                "measures": len(result["chosen"]),
            }
            for plan, result in zip(plans, results, strict=True)
        ],
        "measure_rows": [(names[code], [each.get(code) for each in starts]) for code in codes],
        "year_rows": [(year, [path.get(year) for path in paths]) for year in years],
        "runs_differ": len({plan.run_id for plan in plans}) > 1,
    }


@require_GET
@organisation_page("plans.see")
def what_if(request: HttpRequest, organisation: Organisation, plan: UUID) -> HttpResponse:
    """The chosen measures under other numbers, at once; nothing is saved."""
    found = one_plan(organisation, plan)
    if found.state != State.DONE or not is_readable(found.result):
        return redirect("plans:reduction_plan", slug=organisation.slug, plan=plan)
    planned = AsPlanned.of(found)
    form = WhatIfForm(request.GET or None, initial=planned.form_values())
    context: dict[str, Any] = {
        "organisation": organisation,
        "step": "plan",
        "plan": found,
        "form": form,
        "planned": planned,
        "may_work": request.user.has_perm("plans.work", organisation),
    }
    if form.is_bound and form.is_valid():
        try:
            seen = look(found, form.cleaned_data)
        except KeinoError as error:
            context["problem"] = said(as_data(error))
        else:
            context |= {"seen": seen, "broken": broken_words(seen.broken), "query": request.GET.urlencode()}
    wrong = bool(form.is_bound and form.errors) or "problem" in context
    return render(request, "plans/what_if.html", context, status=422 if wrong else 200)


@require_POST
@organisation_page("plans.work")
def what_if_compute(request: HttpRequest, organisation: Organisation, plan: UUID) -> HttpResponse:
    """Optimise again with the other numbers: a new plan beside this one."""
    found = one_plan(organisation, plan)
    form = WhatIfForm(request.POST)
    if found.state != State.DONE or not is_readable(found.result) or not form.is_valid():
        messages.error(request, _("These numbers can't be planned with. Nothing was computed; correct them first."))
        return redirect("plans:what_if", slug=organisation.slug, plan=plan)
    by = the_person(request)
    changes = changed_wishes(found, form.cleaned_data)
    title = _("{title}, other numbers").format(title=found.title[:170])
    try:
        with transaction.atomic():
            made = copy_plan(plan=found, title=title, by=by, changes=changes, same_run=True)
            start(ask_plan(plan=made, by=by), by=by)
    except KeinoError as error:
        tell(request, error)
        return redirect("plans:what_if", slug=organisation.slug, plan=plan)
    return redirect("plans:reduction_plan", slug=organisation.slug, plan=made.public_id)
