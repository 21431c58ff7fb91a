"""A category plan's way: review, approval, in force, closed; and showing it to everyone."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.deeds import done, tell
from keino.web.base.errors import as_data, said
from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.plans.category_words import lacks_with_links, numbers_words
from keino.web.plans.choices import CategoryPlanState
from keino.web.plans.document_errors import ChangedSinceRead, NumbersOnTheWay, PlanLacks
from keino.web.plans.forms.category_plan import CloseForm
from keino.web.plans.forms.sections import seen_version
from keino.web.plans.models import CategoryPlan
from keino.web.plans.queries.category_numbers import current_numbers
from keino.web.plans.services.category_approval import (
    approve_plan,
    numbers_are_on_the_way,
    publish_version,
    withdraw_publication,
)
from keino.web.plans.services.category_plans import close_plan, put_in_force, reopen_plan, review_plan
from keino.web.plans.views.category_plans import (
    edit_url,
    frame,
    lacks_of,
    one_plan,
    parts_of,
    plan_url,
    version_parts,
)
from keino.web.plans.views.document_pages import with_links
from keino.web.plans.word_diff import changes


def _done(request: HttpRequest, plan: CategoryPlan, act: Callable[[], object], success: str) -> HttpResponse:
    """Do it, say how it went, go back to the plan."""
    done(request, act, success)
    return redirect(plan_url(plan))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def category_plan_review(request: HttpRequest, organisation: Organisation, category: str) -> HttpResponse:
    """Read the whole text through, and say that it may go to an approver."""
    plan = one_plan(organisation, category)
    if request.method == "POST":
        seen = seen_version(request.POST)
        success = _("The plan is reviewed. An approver of your organisation reads it next.")
        return _done(request, plan, lambda: review_plan(plan, by=the_person(request), seen=seen), success)
    if plan.state != CategoryPlanState.DRAFT:
        return redirect(plan_url(plan))
    context = _preview(plan) | {"lacks": lacks_of(plan)}
    return render(request, "plans/category/review.html", frame(request, organisation, plan) | context)


def _preview(plan: CategoryPlan) -> dict[str, object]:
    """The text that is about to count, and what differs from the version approved last."""
    before, parts = plan.versions.first(), parts_of(plan)
    return {
        "parts": with_links(parts, None),
        "before": before,
        "changes": changes(version_parts(before), parts) if before else [],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.approve")
def category_plan_approve(request: HttpRequest, organisation: Organisation, category: str) -> HttpResponse:
    """Read what will count with the numbers that will be kept, and approve it; a refusal names all that is missing."""
    plan = one_plan(organisation, category)
    problem, missing, status = "", None, 200
    if request.method == "POST":
        try:
            version = approve_plan(plan, by=the_person(request), seen=seen_version(request.POST))
        except PlanLacks as error:
            missing, status = error.codes, 422
        except (ChangedSinceRead, NumbersOnTheWay) as error:
            problem, status = said(as_data(error)), 409
        except KeinoError as error:
            tell(request, error)
            return redirect(plan_url(plan))
        else:
            messages.success(request, _("Version {number} of the plan is approved.").format(number=version.number))
            return redirect(plan_url(plan))
        plan = one_plan(organisation, category)
    elif plan.state != CategoryPlanState.REVIEWED:
        return redirect(plan_url(plan))
    numbers = current_numbers(organisation).get(plan.category)
    context = _preview(plan) | {
        "lacks": lacks_of(plan) if missing is None else lacks_with_links(missing, edit_url(plan)),
        "was_refused": missing is not None,
        "problem": problem,
        "numbers": numbers,
        "sentences": numbers_words(numbers) if numbers else [],
        "on_the_way": numbers_are_on_the_way(organisation),
    }
    return render(request, "plans/category/approve.html", frame(request, organisation, plan) | context, status=status)


@require_POST
@organisation_page("plans.see")
def category_plan_reopen(request: HttpRequest, organisation: Organisation, category: str) -> HttpResponse:
    """Write on: take a review back (also an approver may), or begin the next version."""
    plan = one_plan(organisation, category)
    returns = request.user.has_perm("plans.approve", organisation) and plan.state == CategoryPlanState.REVIEWED
    if not returns and not request.user.has_perm("plans.work", organisation):
        raise PermissionDenied
    success = _("The plan is a draft. What was approved before stays as it was.")
    return _done(request, plan, lambda: reopen_plan(plan, by=the_person(request)), success)


@require_POST
@organisation_page("plans.work")
def category_plan_in_force(request: HttpRequest, organisation: Organisation, category: str) -> HttpResponse:
    """The approved plan takes effect."""
    plan = one_plan(organisation, category)
    return _done(request, plan, lambda: put_in_force(plan, by=the_person(request)), _("The plan is in force."))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def category_plan_close(request: HttpRequest, organisation: Organisation, category: str) -> HttpResponse:
    """End the plan, with what came of it."""
    plan = one_plan(organisation, category)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["closing_note"]
        return _done(
            request, plan, lambda: close_plan(plan, note=note, by=the_person(request)), _("The plan is closed.")
        )
    if plan.state != CategoryPlanState.IN_FORCE:
        return redirect(plan_url(plan))
    context = frame(request, organisation, plan) | {"form": form}
    return render(request, "plans/category/close.html", context, status=422 if form.errors else 200)


@require_POST
@organisation_page("plans.publish")
def category_plan_publish(request: HttpRequest, organisation: Organisation, category: str) -> HttpResponse:
    """Show what was approved to everyone, or stop showing it."""
    plan = one_plan(organisation, category)
    if request.POST.get("publish") == "no":
        success = _("The plan is no longer shown to everyone.")
        return _done(request, plan, lambda: withdraw_publication(plan, by=the_person(request)), success)
    return _done(
        request, plan, lambda: publish_version(plan, by=the_person(request)), _("The approved plan is published.")
    )
