"""Pages of one category plan: reading and writing it, what people say of it, its versions."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keino.web.base.who_asks import the_person
from keino.web.measurement.names import category_name
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.plans.category_words import lacks_with_links, numbers_words
from keino.web.plans.choices import CategoryPlanState
from keino.web.plans.forms.category_plan import SECTIONS, CommentForm
from keino.web.plans.forms.sections import SectionForm
from keino.web.plans.models import CategoryPlan, CategoryPlanVersion
from keino.web.plans.queries.category_numbers import CategoryNumbers, current_numbers
from keino.web.plans.queries.category_plans import comments_of, content_of, plan_lacks, plans_of
from keino.web.plans.services.category_plans import WRITTEN_ON, change_plan, comment
from keino.web.plans.views.document_pages import PER_PAGE, deeds, section_page, with_links
from keino.web.plans.word_diff import changes
from keino.web.plans.written import Part, category_parts
from keino.web.procurements.queries.procurements import lessons_of

LESSONS = 10


def one_plan(organisation: Organisation, category: str) -> CategoryPlan:
    """The organisation's plan of a category, else 404."""
    found = plans_of(organisation).filter(category=category).first()
    if found is None:
        raise Http404
    return found


def plan_url(plan: CategoryPlan, name: str = "category_plan", **more: Any) -> str:
    """The address of a page of a plan."""
    return reverse(f"plans:{name}", kwargs={"slug": plan.organisation.slug, "category": plan.category, **more})


def edit_url(plan: CategoryPlan) -> Callable[[str], str]:
    """Where each section is written."""
    return lambda section: plan_url(plan, "category_plan_section", section=section)


def parts_of(plan: CategoryPlan) -> list[Part]:
    """The living text."""
    return category_parts(content_of(plan), str(plan.owner or ""))


def version_parts(version: CategoryPlanVersion) -> list[Part]:
    """The text as it was approved."""
    return category_parts(version.content, str(version.owner or ""))


def frame(request: HttpRequest, organisation: Organisation, plan: CategoryPlan) -> dict[str, Any]:
    """What every page of a plan knows."""
    return {
        "organisation": organisation,
        "step": "plan",
        "plan": plan,
        "name": category_name(plan.category),
        "may_work": request.user.has_perm("plans.work", organisation),
        "may_approve": request.user.has_perm("plans.approve", organisation),
        "may_publish": request.user.has_perm("plans.publish", organisation),
    }


def lacks_of(plan: CategoryPlan) -> list[dict[str, str]]:
    """What keeps the plan from being approved, with links."""
    return lacks_with_links(plan_lacks(plan, timezone.localdate()), edit_url(plan))


@require_safe
@organisation_page("plans.see")
def category_plan(request: HttpRequest, organisation: Organisation, category: str) -> HttpResponse:
    """The plan with the numbers of today, what is missing, what was learned, what people say."""
    return plan_page(request, organisation, one_plan(organisation, category), _comment_form())


def plan_page(
    request: HttpRequest, organisation: Organisation, plan: CategoryPlan, form: CommentForm, status: int = 200
) -> HttpResponse:
    """The page of a plan, with a form for a comment."""
    context = frame(request, organisation, plan)
    numbers = current_numbers(organisation).get(plan.category)
    version: CategoryPlanVersion | None = next(iter(plan.versions.all()), None)
    is_written = plan.state in WRITTEN_ON
    context |= {
        "numbers": numbers,
        "sentences": numbers_words(numbers) if numbers else [],
        "version": version,
        "then": numbers_words(then) if version and (then := CategoryNumbers.from_json(version.numbers)) else [],
        "published": next((each for each in plan.versions.all() if each.published_at), None),
        "parts": with_links(parts_of(plan), edit_url(plan) if context["may_work"] and is_written else None),
        "lacks": lacks_of(plan) if is_written else [],
        "lessons": lessons_of(organisation, plan.category)[:LESSONS],
        "page_obj": Paginator(comments_of(plan), PER_PAGE).get_page(request.GET.get("page")),
        "form": form if request.user.has_perm("plans.comment", organisation) else None,
    }
    return render(request, "plans/category/plan.html", context, status=status)


def _comment_form(data: Any = None) -> CommentForm:
    return CommentForm(data, initial={"key": uuid.uuid4()})


@require_POST
@organisation_page("plans.comment")
def category_plan_comment(request: HttpRequest, organisation: Organisation, category: str) -> HttpResponse:
    """Say something of the plan."""
    plan, form = one_plan(organisation, category), _comment_form(request.POST)
    if not form.is_valid():
        return plan_page(request, organisation, plan, form, status=422)
    comment(plan, text=form.cleaned_data["text"], key=form.cleaned_data["key"], by=the_person(request))
    messages.success(request, _("Your comment is saved."))
    return redirect(f"{plan_url(plan)}#comments")


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def category_plan_section(
    request: HttpRequest, organisation: Organisation, category: str, section: str
) -> HttpResponse:
    """Write a section of the plan."""
    plan = one_plan(organisation, category)
    if plan.state not in WRITTEN_ON and request.method != "POST":
        return redirect(plan_url(plan))

    def save(form: SectionForm, seen: int) -> None:
        values, tenders = form.values(), None
        if form.rows is not None and form.section.rows == "tenders":
            tenders = form.rows.rows()
        elif form.rows is not None:
            values[form.section.rows] = form.rows.rows()
        was_reviewed = plan.state == CategoryPlanState.REVIEWED
        change_plan(plan, values=values, tenders=tenders, by=the_person(request), seen=seen)
        if was_reviewed:
            messages.info(request, _("The plan is a draft again, since the reviewed text was changed."))

    return section_page(
        request,
        organisation,
        document=plan,
        sections=SECTIONS,
        key=section,
        save=save,
        parts=lambda: parts_of(one_plan(organisation, category)),
        page_url=plan_url(plan),
        name=category_name(category),
    )


@require_safe
@organisation_page("plans.see")
def category_plan_history(request: HttpRequest, organisation: Organisation, category: str) -> HttpResponse:
    """The approved versions, and who did what."""
    plan = one_plan(organisation, category)
    versions = Paginator(plan.versions.all(), PER_PAGE).get_page(request.GET.get("versions"))
    context = {"versions": versions, "page_obj": deeds(request, plan)}
    return render(request, "plans/category/history.html", frame(request, organisation, plan) | context)


def one_version(plan: CategoryPlan, number: int) -> CategoryPlanVersion:
    """A version of the plan, else 404."""
    found: CategoryPlanVersion | None = (
        plan.versions.select_related("owner", "approved_by", "reviewed_by").filter(number=number).first()
    )
    if found is None:
        raise Http404
    return found


@require_safe
@organisation_page("plans.see")
def category_plan_version(request: HttpRequest, organisation: Organisation, category: str, number: int) -> HttpResponse:
    """The plan as it was approved, with the numbers of that day."""
    plan = one_plan(organisation, category)
    version = one_version(plan, number)
    numbers = CategoryNumbers.from_json(version.numbers)
    context = {
        "version": version,
        "numbers": numbers,
        "sentences": numbers_words(numbers) if numbers else [],
        "parts": with_links(version_parts(version), None),
    }
    return render(request, "plans/category/version.html", frame(request, organisation, plan) | context)


@require_safe
@organisation_page("plans.see")
def category_plan_comparison(
    request: HttpRequest, organisation: Organisation, category: str, number: int
) -> HttpResponse:
    """An approved version beside the text of today, or beside another version (``with``)."""
    plan = one_plan(organisation, category)
    old, other = one_version(plan, number), request.GET.get("with", "")
    is_number = other.isascii() and other.isdigit() and len(other) < 6
    new = one_version(plan, int(other)) if is_number else None
    found = changes(version_parts(old), version_parts(new) if new else parts_of(plan))
    context = {"old": old, "new": new, "changes": found}
    return render(request, "plans/category/comparison.html", frame(request, organisation, plan) | context)
