"""Pages of the bank of measures: published ones to read, one's own to write."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.errors import Conflict
from keino.web.base.who_asks import the_person
from keino.web.measurement.names import category_name
from keino.web.organisations.forms.fields import refuse
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.plans.forms.conflicts import seen_now
from keino.web.plans.forms.measures import BankFilter, OwnMeasureForm
from keino.web.plans.models import OwnMeasure
from keino.web.plans.queries.measures import (
    BankMeasure,
    bank_of,
    measures_edition,
    publications,
    published_measure,
)
from keino.web.plans.services.own_measures import add_own_measure, change_own_measure, end_own_measure

MEASURES_PER_PAGE = 25


@require_GET
@organisation_page("plans.see")
def measures(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """All measures, one's own first."""
    form = BankFilter(request.GET or None)
    found = [each for each in bank_of(organisation) if _is_shown(each, form)]
    page = Paginator(found, MEASURES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "organisation": organisation,
        "step": "plan",
        "form": form,
        "page_obj": page,
        "rows": [{"measure": each, "category": _category(each)} for each in page],
        "edition": measures_edition(),
        "may_work": request.user.has_perm("plans.work", organisation),
    }
    return render(request, "plans/measures.html", context)


def _category(each: BankMeasure) -> str:
    return category_name(each.category) if each.category else _("every category")


def _is_shown(each: BankMeasure, form: BankFilter) -> bool:
    if not form.is_valid():
        return True
    wanted = form.cleaned_data
    category = wanted["category"]
    if category and each.category != category and not each.category.startswith(f"{category}."):
        return False
    if wanted["search"].casefold() not in each.name.casefold():
        return False
    return {
        "own": each.own is not None,
        "effect": each.has_effect,
        "not_worked": bool(each.not_worked),
    }.get(wanted["only"], True)


@require_GET
@organisation_page("plans.see")
def measure(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    """One published measure with everything that is known of it."""
    found = published_measure(code)
    if found is None:
        raise Http404
    context = {
        "organisation": organisation,
        "step": "plan",
        "measure": found,
        "category": _category(found),
        "sources": publications(found.sources),
    }
    return render(request, "plans/measure.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def own_measure_new(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Add a measure of one's own."""
    form = OwnMeasureForm(request.POST if request.method == "POST" else None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            add_own_measure(organisation=organisation, by=the_person(request), **form.values())
        except KeinoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The measure is added. New plans can choose it."))
            return redirect("plans:measures", slug=organisation.slug)
    return _page(request, organisation, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def own_measure(request: HttpRequest, organisation: Organisation, measure: UUID) -> HttpResponse:
    """Change a measure of one's own."""
    found = get_object_or_404(OwnMeasure, organisation=organisation, public_id=measure, ended_at=None)
    data = request.POST if request.method == "POST" else None
    form = OwnMeasureForm(data, organisation=organisation, measure=found)
    if data is not None and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        try:
            change_own_measure(measure=found, seen=seen, by=the_person(request), **form.values())
        except Conflict as error:
            found.refresh_from_db()
            seen_now(form, found.version)
            refuse(form, error)
        except KeinoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The measure is saved. Plans that are computed already stay as they are."))
            return redirect("plans:measures", slug=organisation.slug)
    return _page(request, organisation, form, found)


def _page(
    request: HttpRequest, organisation: Organisation, form: OwnMeasureForm, measure: OwnMeasure | None
) -> HttpResponse:
    context: dict[str, Any] = {"organisation": organisation, "step": "plan", "form": form, "measure": measure}
    return render(request, "plans/own_measure.html", context, status=422 if form.errors else 200)


@require_POST
@organisation_page("plans.work")
def own_measure_end(request: HttpRequest, organisation: Organisation, measure: UUID) -> HttpResponse:
    """Offer a measure to new plans no more."""
    found = get_object_or_404(OwnMeasure, organisation=organisation, public_id=measure)
    end_own_measure(measure=found, by=the_person(request))
    messages.success(request, _("The measure is no longer offered. Plans that count with it stay as they are."))
    return redirect("plans:measures", slug=organisation.slug)
