"""The development plan: reading it, writing it, its versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keino.errors import KeinoError
from keino.web.base.errors import Conflict
from keino.web.base.who_asks import the_person
from keino.web.cohorts.choices.deliverables import DeliverableKind
from keino.web.cohorts.forms.deliverables import DevelopmentPlanForm, steps_form, steps_of
from keino.web.cohorts.models import DevelopmentPlan, DevelopmentPlanVersion, Participation
from keino.web.cohorts.queries.documents import development_content, development_parts, differences
from keino.web.cohorts.services.development_plans import write_development_plan
from keino.web.cohorts.views.common import frame, space_page, to_page
from keino.web.organisations.forms.fields import refuse
from keino.web.plans.views.document_pages import with_links

PER_PAGE = 25


def _plan(participation: Participation) -> DevelopmentPlan | None:
    return DevelopmentPlan.objects.filter(participation=participation).first()


@require_safe
@space_page("cohorts.see")
def plan(request: HttpRequest, participation: Participation) -> HttpResponse:
    """The plan as it is now, and its versions."""
    found = _plan(participation)
    versions = DevelopmentPlanVersion.objects.filter(plan__participation=participation).select_related("saved_by")
    context = frame(request, participation) | {
        "plan": found,
        "parts": with_links(development_parts(development_content(found)), None) if found and found.version else [],
        "page_obj": Paginator(versions.defer("content"), PER_PAGE).get_page(request.GET.get("page")),
        "deliverable": participation.deliverables.filter(kind=DeliverableKind.DEVELOPMENT_PLAN).first(),
        "may_write": the_person(request).has_perm("cohorts.work", participation.organisation),
    }
    return render(request, "cohorts/space/development_plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@space_page("cohorts.work")
def edit(request: HttpRequest, participation: Participation) -> HttpResponse:
    """Write the plan. Who comes second keeps their text and sees what is saved now."""
    found = _plan(participation) or DevelopmentPlan(participation=participation)
    form = DevelopmentPlanForm(request.POST or None, thing=found)
    steps = steps_form(request.POST or None, found.steps)
    saved_now: list[Any] = []
    if request.method == "POST" and form.is_valid() and steps.is_valid():
        values = form.values() | {"steps": steps_of(steps)}
        try:
            write_development_plan(participation, values, by=the_person(request), seen=form.version_seen)
        except Conflict as error:
            form.show_newest()
            refuse(form, error)
            saved_now = development_parts(development_content(found))
        except KeinoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved as a new version."))
            return to_page(participation, "development_plan_edit" if "more" in request.POST else "development_plan")
    context = frame(request, participation) | {"form": form, "steps": steps, "saved_now": saved_now}
    is_wrong = form.is_bound and (form.errors or not steps.is_valid())
    return render(request, "cohorts/space/development_plan_edit.html", context, status=422 if is_wrong else 200)


@require_safe
@space_page("cohorts.see")
def version(request: HttpRequest, participation: Participation, number: int) -> HttpResponse:
    """One version, and what the plan says otherwise today."""
    versions = DevelopmentPlanVersion.objects.filter(plan__participation=participation).select_related(
        "plan", "saved_by"
    )
    one = get_object_or_404(versions, number=number)
    parts = development_parts(one.content)
    context = frame(request, participation) | {
        "version": one,
        "parts": with_links(parts, None),
        "changes": differences(parts, development_parts(development_content(one.plan))),
    }
    return render(request, "cohorts/space/development_plan_version.html", context)
