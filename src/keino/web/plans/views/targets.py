"""Pages of an organisation's own targets."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.errors import Conflict
from keino.web.base.who_asks import the_person
from keino.web.measurement.queries.runs import current_run
from keino.web.organisations.forms.fields import refuse
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.plans.forms.conflicts import seen_now
from keino.web.plans.forms.targets import TargetForm
from keino.web.plans.models import ClimateTarget
from keino.web.plans.queries.targets import newest_year
from keino.web.plans.services.targets import add_target, change_target, remove_target


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def target_new(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Set a target, or an interim one on the way."""
    run = current_run(organisation)
    form = TargetForm(
        request.POST if request.method == "POST" else None,
        initial={"baseline_year": newest_year(run) if run else None},
    )
    if request.method == "POST" and form.is_valid():
        try:
            add_target(organisation=organisation, by=the_person(request), **form.values())
        except KeinoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The target is set."))
            return redirect("plans:plan", slug=organisation.slug)
    return _page(request, organisation, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("plans.work")
def target(request: HttpRequest, organisation: Organisation, target: UUID) -> HttpResponse:
    """Change a target."""
    found = get_object_or_404(ClimateTarget, organisation=organisation, public_id=target)
    form = TargetForm(request.POST) if request.method == "POST" else TargetForm.showing(found)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        try:
            change_target(target=found, seen=seen, by=the_person(request), **form.values())
        except Conflict as error:
            found.refresh_from_db()
            seen_now(form, found.version)
            refuse(form, error)
        except KeinoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The target is saved."))
            return redirect("plans:plan", slug=organisation.slug)
    return _page(request, organisation, form, found)


def _page(
    request: HttpRequest, organisation: Organisation, form: TargetForm, target: ClimateTarget | None
) -> HttpResponse:
    context = {"organisation": organisation, "step": "plan", "form": form, "target": target}
    return render(request, "plans/target.html", context, status=422 if form.errors else 200)


@require_POST
@organisation_page("plans.work")
def target_remove(request: HttpRequest, organisation: Organisation, target: UUID) -> HttpResponse:
    """Remove a target; pressing twice is harmless."""
    found = ClimateTarget.objects.filter(organisation=organisation, public_id=target).first()
    if found is not None:
        remove_target(target=found, by=the_person(request))
    messages.success(request, _("The target is removed. Plans that were made for it are as they were."))
    return redirect("plans:plan", slug=organisation.slug)
