"""Which categories have a plan and which don't, and beginning one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.measurement.names import category_name
from keino.web.measurement.queries.runs import current_run
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.plans.category_words import potential_cell
from keino.web.plans.forms.category_plan import BeginForm
from keino.web.plans.models import CategoryPlan, CategoryPlanVersion
from keino.web.plans.queries.category_numbers import CategoryNumbers, numbers_of
from keino.web.plans.queries.category_plans import plans_of
from keino.web.plans.services.category_plans import begin_plan

if TYPE_CHECKING:
    from collections.abc import Sequence

PER_PAGE = 50
#: Categories that together make this share of the footprint are the ones to plan first.
MOST = 0.8
#: Categories named in the sentence on top.
NAMED = 3


@dataclass(frozen=True)
class Row:
    """One category with its numbers and its plan, where it has them."""

    category: str
    name: str
    numbers: CategoryNumbers | None
    potential: str
    plan: CategoryPlan | None
    version: CategoryPlanVersion | None


@require_safe
@organisation_page("plans.see")
def category_plans(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Every category with purchases or a plan, the largest footprint first."""
    run = current_run(organisation)
    rows = _rows(numbers_of(run) if run else {}, list(plans_of(organisation)))
    only_without = request.GET.get("show") == "without"
    shown = [row for row in rows if row.plan is None] if only_without else rows
    context = {
        "organisation": organisation,
        "step": "plan",
        "run": run,
        "page_obj": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "plans": sum(row.plan is not None for row in rows),
        "only_without": only_without,
        "year": next((str(row.numbers.year) for row in rows if row.numbers), ""),
        "covered": sum(row.numbers.share or 0 for row in rows if row.numbers and row.version),
        "first_without": _first_without(rows),
        "may_work": request.user.has_perm("plans.work", organisation),
    }
    return render(request, "plans/category/list.html", context)


def _rows(numbers: dict[str, CategoryNumbers], plans: Sequence[CategoryPlan]) -> list[Row]:
    by_category = {plan.category: plan for plan in plans}
    order = [*numbers, *(code for code in by_category if code not in numbers)]
    return [_row(code, numbers.get(code), by_category.get(code)) for code in order]


def _row(code: str, numbers: CategoryNumbers | None, plan: CategoryPlan | None) -> Row:
    return Row(
        category=code,
        name=category_name(code),
        numbers=numbers,
        potential=potential_cell(numbers) if numbers else "",
        plan=plan,
        version=next(iter(plan.versions.all()), None) if plan else None,
    )


def _first_without(rows: Sequence[Row]) -> list[Row]:
    """The largest categories without a plan among those that make most of the footprint."""
    found, before = [], 0.0
    for row in rows:
        if before >= MOST or row.numbers is None:
            break
        before += row.numbers.share or 0
        if row.plan is None:
            found.append(row)
    return found[:NAMED]


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def category_plan_begin(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Begin the plan of a category that has none."""
    taken = frozenset(CategoryPlan.objects.filter(organisation=organisation).values_list("category", flat=True))
    wanted = request.POST.get("category", "")
    if request.method == "POST" and wanted in taken:  # pressed twice, or a colleague was quicker
        messages.info(request, _("This category has a plan already."))
        return redirect("plans:category_plan", slug=organisation.slug, category=wanted)
    initial = {"category": request.GET.get("category", "")}
    form = BeginForm(request.POST if request.method == "POST" else None, taken=taken, initial=initial)
    if request.method == "POST" and form.is_valid():
        language = (get_language() or "fi")[:2]
        try:
            plan = begin_plan(
                organisation=organisation,
                category=form.cleaned_data["category"],
                language=language,
                by=the_person(request),
            )
        except KeinoError as error:
            tell(request, error)
            return redirect("plans:category_plans", slug=organisation.slug)
        return redirect("plans:category_plan", slug=organisation.slug, category=plan.category)
    context = {"organisation": organisation, "step": "plan", "form": form}
    return render(request, "plans/category/begin.html", context, status=422 if form.errors else 200)
