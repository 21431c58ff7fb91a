"""Presenting to the management group: planned, changed, decided."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keino.web.base.who_asks import the_person
from keino.web.cohorts.forms.presentations import DecisionForm, PresentationForm
from keino.web.cohorts.models import Participation, Presentation
from keino.web.cohorts.queries.documents import changed_since, name_of, reference_words
from keino.web.cohorts.services.presentations import change_presentation, plan_presentation, record_decision
from keino.web.cohorts.views.common import form_page, frame, space_page, to_page, url_of
from keino.web.organisations.views.editing import did_save, saved


def one_presentation(participation: Participation, key: UUID) -> Presentation:
    """A presentation of this participation, or 404."""
    found = Presentation.objects.select_related("follow_up__owner", "decided_by", "created_by")
    presentation = get_object_or_404(found, participation=participation, public_id=key)
    presentation.participation = participation
    return presentation


@require_http_methods(["GET", "HEAD", "POST"])
@space_page("cohorts.work")
def new(request: HttpRequest, participation: Participation) -> HttpResponse:
    """Plan a presentation."""
    form = PresentationForm(request.POST or None, participation=participation)
    made = saved(
        request,
        form,
        lambda: plan_presentation(participation, form.presented(), by=the_person(request), key=form.new_key),
    )
    if made is not None:
        messages.success(request, _("The presentation is planned. An approver records the decision afterwards."))
        return to_page(participation, "presentation", presentation=made.public_id)
    return form_page(
        request,
        participation,
        form,
        title=_("Present to the management group"),
        button=_("Plan the presentation"),
        cancel_url=url_of(participation),
    )


@require_safe
@space_page("cohorts.see")
def presentation(request: HttpRequest, participation: Participation, presentation: UUID) -> HttpResponse:
    """What is shown to whom when, the decision, and what follows from it."""
    found = one_presentation(participation, presentation)
    shown = found.shown.select_related(
        "deliverable__category_plan", "deliverable__procurement__market_dialogue", "deliverable__development_plan"
    )
    rows = []
    for each in shown.order_by("deliverable_id", "number"):
        each.deliverable.participation = participation
        is_later = bool(changed_since(each))
        rows.append(
            {"submission": each, "name": name_of(each.deliverable), "which": reference_words(each), "later": is_later}
        )
    context = frame(request, participation) | {
        "presentation": found,
        "shown": rows,
        "is_past": found.held_on <= timezone.localdate(),
    }
    return render(request, "cohorts/space/presentation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@space_page("cohorts.work")
def edit(request: HttpRequest, participation: Participation, presentation: UUID) -> HttpResponse:
    """Change when and what is shown, until the group has decided."""
    found = one_presentation(participation, presentation)
    form = PresentationForm(request.POST or None, participation=participation, thing=found)
    if did_save(
        request,
        form,
        lambda: change_presentation(found, form.presented(), by=the_person(request), seen=form.version_seen),
    ):
        return to_page(participation, "presentation", presentation=found.public_id)
    return form_page(
        request,
        participation,
        form,
        title=_("Change the presentation"),
        cancel_url=url_of(participation, "presentation", presentation=found.public_id),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@space_page("cohorts.decide")
def decide(request: HttpRequest, participation: Participation, presentation: UUID) -> HttpResponse:
    """Record what the management group decided."""
    found = one_presentation(participation, presentation)
    form = DecisionForm(request.POST or None, participation=participation, thing=found)
    if saved(
        request, form, lambda: record_decision(found, form.decided(), by=the_person(request), seen=form.version_seen)
    ):
        messages.success(request, _("The decision is recorded."))
        return to_page(participation, "presentation", presentation=found.public_id)
    return form_page(
        request,
        participation,
        form,
        title=_("What did the management group decide?"),
        lead=_("A decision isn't changed afterwards. If the group decides anew, another presentation follows."),
        button=_("Record the decision"),
        cancel_url=url_of(participation, "presentation", presentation=found.public_id),
    )
