"""Actions and money: sums by step of the budget, what lacks a decision, on which days the steps are."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from keino.errors import KeinoError
from keino.report.plain_sheet import TYPES
from keino.web.base.who_asks import the_person
from keino.web.measurement.names import category_name
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.plans.action_choices import BudgetStep
from keino.web.plans.forms.actions import BudgetDaysForm
from keino.web.plans.queries import actions as asked
from keino.web.plans.services.action_reviews import set_budget_days
from keino.web.plans.services.improvement_files import undecided_workbook
from keino.web.plans.views.actions import PER_PAGE, page, put_error


@require_GET
@organisation_page("plans.see")
def budget(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Sums of the actions' money by budget year and step."""
    days = asked.budget_days(organisation)
    years = [
        {
            "year": year,
            "whole": asked.whole_of(sums),
            "sums": [(each, asked.day_of(each.step, year, days) if year and each.step else None) for each in sums],
        }
        for year, sums in asked.budget_sums(organisation).items()
    ]
    return page(request, organisation, "budget", years=years)


@require_GET
@organisation_page("plans.see")
def undecided(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The climate actions without a budget decision."""
    found = Paginator(asked.undecided(organisation), PER_PAGE).get_page(request.GET.get("page"))
    days = asked.budget_days(organisation)
    rows = [
        {
            "action": each,
            "category": category_name(each.category_code) if each.category_code else "",
            "step": each.get_budget_step_display() if each.budget_step else "",
            "day": asked.day_of(each.budget_step, each.budget_year, days) if each.budget_year else None,
        }
        for each in found
    ]
    return page(
        request, organisation, "undecided",
        page_obj=found, rows=rows, standing=asked.standing(organisation, timezone.localdate()),
    )  # fmt: skip


@require_GET
@organisation_page("plans.see")
def undecided_xlsx(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The same as a workbook."""
    return as_file(undecided_workbook(organisation), organisation, "actions-without-decision", "xlsx")


def as_file(content: bytes, organisation: Organisation, what: str, kind: str) -> HttpResponse:
    """An answer that is saved: whose, what, of which day, with plain letters only."""
    stem = "-".join(part for part in ("keino", slugify(organisation.shown_name)[:60], what) if part)
    name = f"{stem}-{timezone.localdate().isoformat()}.{kind}"
    answer = HttpResponse(content, content_type=TYPES.get(kind, "application/pdf"))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def budget_days(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The organisation's annual clock: on which day each step of the budget is reached."""
    form = BudgetDaysForm(request.POST or None, days=asked.budget_days(organisation))
    if request.method == "POST" and form.is_valid():
        days = {step: form.cleaned_data[step] for step in BudgetStep.values}
        try:
            set_budget_days(organisation=organisation, days=days, by=the_person(request))
        except KeinoError as error:
            put_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("plans:action_budget", slug=organisation.slug)
    return page(request, organisation, "budget_days", 400 if form.is_bound else 200, form=form)
