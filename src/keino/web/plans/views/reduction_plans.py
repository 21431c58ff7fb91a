"""Pages of plans to the target: all of them, a new one step by step, one with its result, choosing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.errors import Conflict, said
from keino.web.base.who_asks import the_person
from keino.web.measurement.names import category_name
from keino.web.measurement.queries.runs import current_run
from keino.web.organisations.forms.fields import refuse
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.plans.choices import ReductionPlanState as State
from keino.web.plans.forms.conflicts import seen_now
from keino.web.plans.forms.reduction_plans import LimitsForm, MeasuresForm, NewPlanForm
from keino.web.plans.models import ReductionPlan
from keino.web.plans.plan_json import is_readable
from keino.web.plans.queries.offers import offers_of
from keino.web.plans.queries.reduction_plans import has_newer_footprint, plans_of
from keino.web.plans.reduction_words import REASONS, headline, missing_words
from keino.web.plans.services.reduction_plans import (
    ask_plan,
    begin_plan,
    choose_plan,
    copy_plan,
    delete_plan,
    stop_plan,
    write_plan,
)
from keino.web.plans.tasks.reduction import job_of, start
from keino.web.plans.views.reduction_result import result_context

if TYPE_CHECKING:
    from keino.web.plans.queries.offers import Offer

PLANS_PER_PAGE = 25


@require_GET
@organisation_page("plans.see")
def reduction_plans(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Every plan, the chosen one first."""
    page = Paginator(plans_of(organisation), PLANS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "organisation": organisation,
        "step": "plan",
        "page_obj": page,
        "rows": [
            {"plan": plan, "headline": headline(plan.result) if is_readable(plan.result) else ""} for plan in page
        ],
        "run": current_run(organisation),
        "may_work": request.user.has_perm("plans.work", organisation),
    }
    return render(request, "plans/reduction_plans.html", context)


def _headline(plan: ReductionPlan) -> str:
    result = plan.result
    return headline(result) if is_readable(result) else ""


def one_plan(organisation: Organisation, public_id: UUID) -> ReductionPlan:
    """The organisation's plan; 404 for anybody else's."""
    return get_object_or_404(plans_of(organisation), public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def reduction_plan_new(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Begin a plan: its name, then its measures, then its limits."""
    form = NewPlanForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            plan = begin_plan(organisation=organisation, by=the_person(request), title=form.cleaned_data["title"])
        except KeinoError as error:
            refuse(form, error)
        else:
            return redirect("plans:reduction_plan_measures", slug=organisation.slug, plan=plan.public_id)
    context = {
        "organisation": organisation,
        "step": "plan",
        "form": form,
        "run": current_run(organisation),
    }
    return render(request, "plans/reduction_plan_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def reduction_plan_measures(request: HttpRequest, organisation: Organisation, plan: UUID) -> HttpResponse:
    """Which measures the plan may choose, and what the organisation knows of them."""
    found = one_plan(organisation, plan)
    if found.state not in (State.DRAFT, State.FAILED):
        return redirect("plans:reduction_plan", slug=organisation.slug, plan=plan)
    usable, rest = offers_of(found)
    form = MeasuresForm(request.POST if request.method == "POST" else None, offers=usable, version=found.version)
    if request.method == "POST" and form.is_valid():
        left_out, measures = form.said()
        wishes = _with_measures(found, left_out, measures)
        try:
            write_plan(plan=found, seen=form.cleaned_data["seen"] or 0, by=the_person(request), wishes=wishes)
        except KeinoError as error:
            _refused(form, error, found)
        else:
            if "draft" in request.POST:
                messages.success(request, _("The draft is saved."))
                return redirect("plans:reduction_plans", slug=organisation.slug)
            return redirect("plans:reduction_plan_limits", slug=organisation.slug, plan=plan)
    context = {
        "organisation": organisation,
        "step": "plan",
        "plan": found,
        "steps": _steps(found, "measures"),
        "form": form,
        "groups": _by_category(form.rows()),
        "rest": _rest(rest),
    }
    return render(request, "plans/reduction_plan_measures.html", context, status=422 if form.errors else 200)


def _with_measures(plan: ReductionPlan, left_out: list[str], measures: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The plan's wishes with what the form says; a range that was kept stays where its middle is unchanged."""
    before = plan.wishes.get("measures", {})
    for code, words in measures.items():
        for name, value in words.items():
            kept = before.get(code, {}).get(name)
            if isinstance(kept, list) and abs(kept[len(kept) // 2] - value) < 1e-9:
                words[name] = kept
    general = dict(plan.wishes.get("plan", {})) | {"leave_out": sorted(left_out)}
    return dict(plan.wishes) | {"plan": general, "measures": measures}


def _refused(form: MeasuresForm | LimitsForm, error: KeinoError, plan: ReductionPlan) -> None:
    """Show an error in the form; after a conflict saving again is a choice, made with the text in view."""
    if isinstance(error, Conflict):
        plan.refresh_from_db()
        seen_now(form, plan.version)
    refuse(form, error)


def _by_category(rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        offer: Offer = row["offer"]
        waiting = {"missing": offer.missing, "waits_for": offer.waits_for}
        row["missing"] = missing_words(waiting, {each["offer"].code: each["offer"].name for each in rows})
        row["reason"] = REASONS[offer.reason] if offer.reason else ""
        groups.setdefault(category_name(offer.measure.category), []).append(row)
    return list(groups.items())


def _rest(offers: list[Offer]) -> list[tuple[str, list[Offer]]]:
    groups: dict[str, list[Offer]] = {}
    for offer in offers:
        groups.setdefault(str(REASONS[offer.reason]), []).append(offer)
    return list(groups.items())


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def reduction_plan_limits(request: HttpRequest, organisation: Organisation, plan: UUID) -> HttpResponse:
    """Targets, budgets, days and probability; then the plan is computed."""
    found = one_plan(organisation, plan)
    if found.state not in (State.DRAFT, State.FAILED):
        return redirect("plans:reduction_plan", slug=organisation.slug, plan=plan)
    form = LimitsForm(request.POST if request.method == "POST" else None, plan=found)
    if request.method == "POST" and form.is_valid():
        try:
            _write_limits(found, form, request)
        except KeinoError as error:
            _refused(form, error, found)
        else:
            if "draft" in request.POST:
                messages.success(request, _("The draft is saved."))
                return redirect("plans:reduction_plans", slug=organisation.slug)
            return redirect("plans:reduction_plan", slug=organisation.slug, plan=plan)
    context = {
        "organisation": organisation,
        "step": "plan",
        "plan": found,
        "steps": _steps(found, "limits"),
        "form": form,
    }
    return render(request, "plans/reduction_plan_limits.html", context, status=422 if form.errors else 200)


def _write_limits(plan: ReductionPlan, form: LimitsForm, request: HttpRequest) -> None:
    """Save what the form says and, unless only a draft is wanted, have it computed: both or neither."""
    by, given = the_person(request), form.cleaned_data
    with transaction.atomic():
        written = write_plan(
            plan=plan,
            seen=given["seen"] or 0,
            by=by,
            wishes=form.wishes(plan.wishes),
            title=given["title"],
            time_limit_s=given["time_limit_s"],
        )
        if "draft" not in request.POST:
            start(ask_plan(plan=written, by=by), by=by)


def _steps(plan: ReductionPlan, current: str) -> list[dict[str, str]]:
    from django.urls import reverse

    arguments = [plan.organisation.slug, plan.public_id]
    steps = (
        ("measures", _("Measures"), reverse("plans:reduction_plan_measures", args=arguments)),
        ("limits", _("Targets and limits"), reverse("plans:reduction_plan_limits", args=arguments)),
        ("result", _("Result"), ""),
    )
    order = [key for key, _title, _url in steps]
    return [
        {
            "title": title,
            "url": url,
            "state": "current" if key == current else "done" if order.index(key) < order.index(current) else "todo",
        }
        for key, title, url in steps
    ]


@require_GET
@organisation_page("plans.see")
def reduction_plan(request: HttpRequest, organisation: Organisation, plan: UUID) -> HttpResponse:
    """One plan: its result, or how far its computing is, or what to do with the draft."""
    found = one_plan(organisation, plan)
    context: dict[str, Any] = {
        "organisation": organisation,
        "step": "plan",
        "plan": found,
        "newer": has_newer_footprint(found),
        "may_work": request.user.has_perm("plans.work", organisation),
    }
    if found.state == State.DONE and is_readable(found.result):
        return render(request, "plans/reduction_plan.html", context | result_context(found))
    job = job_of(found) if found.state in (State.WAITING, State.COMPUTING) else None
    context |= {"job": job, "error": said(found.error), "whole": found.time_limit_s}
    response = render(request, "plans/reduction_plan_open.html", context)
    if job is not None:
        response["Refresh"] = "5"  # also without JavaScript the page shows the end
    return response


@require_POST
@organisation_page("plans.work")
def reduction_plan_compute(request: HttpRequest, organisation: Organisation, plan: UUID) -> HttpResponse:
    """Have a draft computed; pressing twice asks once."""
    found = one_plan(organisation, plan)
    by = the_person(request)
    try:
        with transaction.atomic():
            start(ask_plan(plan=found, by=by), by=by)
    except KeinoError as error:
        tell(request, error)
    return redirect("plans:reduction_plan", slug=organisation.slug, plan=plan)


@require_POST
@organisation_page("plans.work")
def reduction_plan_stop(request: HttpRequest, organisation: Organisation, plan: UUID) -> HttpResponse:
    """Stop the search."""
    stop_plan(plan=one_plan(organisation, plan), by=the_person(request))
    messages.success(request, _("The search is stopped. The draft is as you left it."))
    return redirect("plans:reduction_plan", slug=organisation.slug, plan=plan)


@require_POST
@organisation_page("plans.work")
def reduction_plan_choose(request: HttpRequest, organisation: Organisation, plan: UUID) -> HttpResponse:
    """Follow this plan from now on."""
    found = one_plan(organisation, plan)
    try:
        choose_plan(plan=found, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("Your organisation follows this plan now."))
    return redirect("plans:reduction_plan", slug=organisation.slug, plan=plan)


@require_POST
@organisation_page("plans.work")
def reduction_plan_copy(request: HttpRequest, organisation: Organisation, plan: UUID) -> HttpResponse:
    """A new draft with the same wishes, from the current footprint."""
    found = one_plan(organisation, plan)
    title = _("{title} (copy)").format(title=found.title[:180])
    try:
        made = copy_plan(plan=found, title=title, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
        return redirect("plans:reduction_plan", slug=organisation.slug, plan=plan)
    messages.success(request, _("A copy is made. Change what should be different."))
    return redirect("plans:reduction_plan_limits", slug=organisation.slug, plan=made.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def reduction_plan_delete(request: HttpRequest, organisation: Organisation, plan: UUID) -> HttpResponse:
    """Delete a plan that nobody follows, after a question; pressing twice is harmless."""
    found = plans_of(organisation).filter(public_id=plan).first()
    if found is None and request.method == "POST":
        return redirect("plans:reduction_plans", slug=organisation.slug)
    found = found or one_plan(organisation, plan)
    if request.method == "POST":
        try:
            delete_plan(plan=found, by=the_person(request))
        except KeinoError as error:
            tell(request, error)
            return redirect("plans:reduction_plan", slug=organisation.slug, plan=plan)
        messages.success(request, _("The plan is deleted."))
        return redirect("plans:reduction_plans", slug=organisation.slug)
    context = {"organisation": organisation, "step": "plan", "plan": found}
    return render(request, "plans/reduction_plan_delete.html", context)
