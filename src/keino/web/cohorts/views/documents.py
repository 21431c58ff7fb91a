"""Choosing the document of a deliverable, and reading what was handed in beside what stands there now."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keino.errors import KeinoError
from keino.web.base.who_asks import the_person
from keino.web.cohorts.choices.deliverables import DeliverableKind
from keino.web.cohorts.forms.deliverables import ChooseForm, NewPilotForm
from keino.web.cohorts.models import Deliverable, Participation, Submission
from keino.web.cohorts.queries.documents import (
    changed_since,
    name_of,
    parts_of,
    pilots_to_choose,
    plans_to_choose,
    reference_words,
)
from keino.web.cohorts.services.deliverables import add_category_plan, link_category_plan, link_pilot
from keino.web.cohorts.views.common import form_page, frame, space_page, to_page, url_of
from keino.web.cohorts.views.deliverables import one_deliverable
from keino.web.measurement.names import category_name
from keino.web.organisations.forms.fields import refuse
from keino.web.organisations.views.editing import status_of
from keino.web.plans.models import CategoryPlan
from keino.web.plans.views.document_pages import with_links
from keino.web.procurements.models import Procurement
from keino.web.procurements.services.procurements import create_procurement

if TYPE_CHECKING:
    from keino.web.base.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
@space_page("cohorts.work")
def choose(request: HttpRequest, participation: Participation, deliverable: UUID) -> HttpResponse:
    """Choose the category plan or the procurement that is delivered."""
    found = one_deliverable(participation, deliverable)
    if found.kind == DeliverableKind.CATEGORY_PLAN:
        return _choose_plan(request, participation, found)
    if found.kind == DeliverableKind.PILOT_PROCUREMENT:
        return _choose_pilot(request, participation, found)
    raise Http404


def _plans(participation: Participation) -> dict[str, CategoryPlan]:
    taken = list(participation.deliverables.values_list("category_plan_id", flat=True))
    return {str(each.public_id): each for each in plans_to_choose(participation.organisation, taken)}


def _plan_form(request: HttpRequest, plans: dict[str, CategoryPlan]) -> ChooseForm:
    choices = [(key, category_name(each.category)) for key, each in plans.items()]
    return ChooseForm(request.POST or None, label=_("Category plan"), choices=choices)


def _choose_plan(request: HttpRequest, participation: Participation, found: Deliverable) -> HttpResponse:
    plans = _plans(participation)
    form = _plan_form(request, plans)
    if request.method == "POST" and form.is_valid():
        try:
            link_category_plan(found, plans[form.cleaned_data["document"]], by=the_person(request))
        except KeinoError as error:
            refuse(form, error)
        else:
            return to_page(participation, "deliverable", deliverable=found.public_id)
    return form_page(
        request,
        participation,
        form,
        title=_("Which category plan?"),
        lead=_("It stays where it is and is written there; here your mentor follows it."),
        cancel_url=url_of(participation, "deliverable", deliverable=found.public_id),
        template="cohorts/space/choose.html",
        begin="plan",
        is_empty=not plans,
    )


def _choose_pilot(request: HttpRequest, participation: Participation, found: Deliverable) -> HttpResponse:
    taken = list(participation.deliverables.values_list("procurement_id", flat=True))
    pilots = {str(each.public_id): each for each in pilots_to_choose(participation.organisation, taken)}
    choices = [(key, f"{each.title} ({each.get_state_display()})") for key, each in pilots.items()]
    is_new = request.method == "POST" and "title" in request.POST
    form = ChooseForm(None if is_new else request.POST or None, label=_("Procurement"), choices=choices)
    new_form = NewPilotForm(request.POST if is_new else None)
    if is_new and new_form.is_valid():
        try:
            _begin_pilot(participation, found, title=new_form.cleaned_data["title"], by=the_person(request))
        except KeinoError as error:
            refuse(new_form, error)
        else:
            messages.success(request, _("The pilot is added among your procurements. Write its need there first."))
            return to_page(participation, "deliverable", deliverable=found.public_id)
    elif request.method == "POST" and not is_new and form.is_valid():
        try:
            link_pilot(found, pilots[form.cleaned_data["document"]], by=the_person(request))
        except KeinoError as error:
            refuse(form, error)
        else:
            return to_page(participation, "deliverable", deliverable=found.public_id)
    answer = form_page(
        request,
        participation,
        form,
        title=_("Which procurement is your pilot?"),
        lead=_("It goes its way among your procurements, from the need to the follow-up; here your mentor follows it."),
        cancel_url=url_of(participation, "deliverable", deliverable=found.public_id),
        template="cohorts/space/choose.html",
        begin="pilot",
        is_empty=not pilots,
        new_form=new_form,
    )
    if new_form.errors:
        answer.status_code = status_of(new_form)
    return answer


@transaction.atomic
def _begin_pilot(participation: Participation, found: Deliverable, *, title: str, by: Person) -> None:
    """Add the pilot as an idea among the procurements. The deliverable is its key: pressed twice, there is one."""
    if not by.has_perm("procurements.work", participation.organisation):
        raise PermissionDenied
    key = uuid.UUID(str(found.public_id))
    made: Procurement = create_procurement(organisation=participation.organisation, by=by, key=key, title=title)
    link_pilot(found, made, by=by)


@require_http_methods(["GET", "HEAD", "POST"])
@space_page("cohorts.work")
def add_plan(request: HttpRequest, participation: Participation) -> HttpResponse:
    """Deliver one more category plan than was asked for."""
    plans = _plans(participation)
    form = _plan_form(request, plans)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_category_plan(participation, plans[form.cleaned_data["document"]], by=the_person(request))
        except KeinoError as error:
            refuse(form, error)
        else:
            return to_page(participation, "deliverable", deliverable=made.public_id)
    return form_page(
        request,
        participation,
        form,
        title=_("One more category plan"),
        lead=_("It stays where it is and is written there; here your mentor follows it."),
        cancel_url=url_of(participation),
        template="cohorts/space/choose.html",
        begin="plan",
        is_empty=not plans,
    )


@require_safe
@space_page("cohorts.see")
def submission(request: HttpRequest, participation: Participation, deliverable: UUID, number: int) -> HttpResponse:
    """What was handed in, as it was, and what the document says otherwise today."""
    found = one_deliverable(participation, deliverable)
    one = get_object_or_404(
        Submission.objects.select_related("submitted_by", "judged_by"), deliverable=found, number=number
    )
    one.deliverable = found
    context = frame(request, participation) | {
        "deliverable": found,
        "name": name_of(found),
        "submission": one,
        "which": reference_words(one),
        "parts": with_links(parts_of(one), None),
        "changes": changed_since(one),
    }
    return render(request, "cohorts/space/submission.html", context)
