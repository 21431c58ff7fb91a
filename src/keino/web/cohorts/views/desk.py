"""The centre's side of cohorts: whom one mentors and how they stand, an edition's participants, mentors, states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keino.errors import KeinoError
from keino.web.base.who_asks import the_person
from keino.web.cohorts.choices.deliverables import DeliverableKind
from keino.web.cohorts.forms.desk import MentorForm, MoveForm
from keino.web.cohorts.forms.desk_filter import DeskFilter
from keino.web.cohorts.forms.team import MaterialForm
from keino.web.cohorts.models import Assignment, Deliverable, Participation, SharedMaterial, WantedDeliverable, Work
from keino.web.cohorts.queries.documents import name_of
from keino.web.cohorts.queries.due import due_of
from keino.web.cohorts.queries.standing import desk_list, seen_by, waiting_for, with_standing
from keino.web.cohorts.services.materials import share_material, take_back_material
from keino.web.cohorts.services.mentors import name_mentor
from keino.web.cohorts.services.participations import move_participation
from keino.web.cohorts.views.common import url_of
from keino.web.organisations.forms.fields import refuse
from keino.web.organisations.pages import permitted_page
from keino.web.organisations.views.editing import saved, status_of
from keino.web.programmes.edition_pages import edition_page
from keino.web.programmes.models import Edition

if TYPE_CHECKING:
    from django import forms

PER_PAGE = 50
#: What waits for feedback and is shown on the desk; the list below it has the rest.
WAITING = 20


def to_edition(edition: Edition, section: str = "") -> HttpResponse:
    """Lead on to the edition's page, to one of its sections."""
    url = reverse("cohorts:desk_edition", args=[edition.slug])
    return redirect(f"{url}#{section}" if section else url)


@require_safe
@permitted_page("programmes.work")
def desk(request: HttpRequest) -> HttpResponse:
    """Those whom one mentors (coordinators: all), with what is overdue, due, not begun, and waiting for feedback."""
    person, now = the_person(request), timezone.now()
    editions = list(Edition.objects.filter(participations__in=seen_by(person)).distinct().order_by("-pk"))
    form = DeskFilter(request.GET, editions=editions)
    wishes = form.wishes()
    edition = next((each for each in editions if each.slug == wishes["edition"]), None)
    found = desk_list(person, now, edition=edition, only=wishes["only"], state=wishes["state"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "rows": [_row(each, person) for each in page],
        "waiting": [_waiting(each) for each in waiting_for(person, WAITING)],
        "editions": [each for each in editions if person.has_perm("cohorts.define", each)],
    }
    return render(request, "cohorts/desk/desk.html", context)


def _row(participation: Participation, person: Any) -> dict[str, Any]:
    sees = person.has_perm("cohorts.see", participation.organisation)
    return {"participation": participation, "url": url_of(participation) if sees else ""}


def _waiting(thing: Work | Deliverable) -> dict[str, Any]:
    participation = thing.participation
    page = "work" if isinstance(thing, Work) else "deliverable"
    title = thing.assignment.title if isinstance(thing, Work) else name_of(thing)
    url = url_of(participation, page, **{page: thing.public_id})
    return {"kind": "you", "title": f"{title} – {participation.organisation}", "url": url}


@require_safe
@edition_page("cohorts.define")
def edition(request: HttpRequest, edition: Edition) -> HttpResponse:
    """What is asked of the edition's participants, and how they stand."""
    now = timezone.now()
    wanted = {each.kind: each for each in WantedDeliverable.objects.filter(edition=edition)}
    assignments = Assignment.objects.filter(edition=edition).select_related("only_for__organisation")
    found = Participation.objects.filter(edition=edition).select_related("organisation", "edition", "mentor")
    context = {
        "edition": edition,
        "assignments": list(assignments.order_by("due_at", "pk")),
        "wanted": [{"kind": kind, "wanted": wanted.get(kind.value)} for kind in DeliverableKind],
        "participations": list(with_standing(found, now)),
        "now": now,
    }
    return render(request, "cohorts/desk/edition.html", context)


def _participation(edition: Edition, key: UUID) -> Participation:
    found = Participation.objects.select_related("organisation", "edition", "mentor", "responsible", "application")
    return get_object_or_404(found, edition=edition, public_id=key)


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("cohorts.define")
def participant(request: HttpRequest, edition: Edition, participation: UUID) -> HttpResponse:
    """One participant: how it stands, who mentors it. What it writes is shown to its mentors only."""
    found = _participation(edition, participation)
    may_manage = the_person(request).has_perm("programmes.manage")
    if request.method == "POST" and not may_manage:
        raise PermissionDenied
    form = MentorForm(request.POST or None, thing=found)
    if saved(
        request,
        form,
        lambda: name_mentor(found, form.cleaned_data["mentor"], by=the_person(request), seen=form.version_seen),
    ):
        messages.success(request, _("Saved."))
        return redirect("cohorts:desk_participant", edition=edition.slug, participation=found.public_id)
    is_asked = may_manage and (found.is_in_cohort or form.is_bound)
    return _participant_page(request, found, form if is_asked else None)


def _participant_page(
    request: HttpRequest, found: Participation, form: MentorForm | None, move_form: MoveForm | None = None
) -> HttpResponse:
    can_move = form is not None and found.state in {"active", "completed"}
    context = {
        "edition": found.edition,
        "participation": found,
        "things": due_of([found], timezone.now()),
        "form": form,
        "move_form": move_form or (MoveForm(participation=found) if can_move else None),
        "space_url": url_of(found) if the_person(request).has_perm("cohorts.see", found.organisation) else "",
    }
    shown: forms.Form | None = move_form or form
    return render(request, "cohorts/desk/participant.html", context, status=status_of(shown) if shown else 200)


@require_POST
@permitted_page("programmes.manage")
def move(request: HttpRequest, edition: str, participation: UUID) -> HttpResponse:
    """Complete a participation, let it leave, or make it alumni."""
    found = _participation(get_object_or_404(Edition, slug=edition), participation)
    form = MoveForm(request.POST, participation=found)
    if form.is_valid():
        try:
            move_participation(
                found, to=form.cleaned_data["to"], by=the_person(request), note=form.cleaned_data["note"]
            )
        except KeinoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("cohorts:desk_participant", edition=edition, participation=found.public_id)
    return _participant_page(request, found, MentorForm(thing=found), form)


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("cohorts.define")
def materials(request: HttpRequest, edition: Edition) -> HttpResponse:
    """What the centre shares with everybody in the edition."""
    if "take_back" in request.POST:
        kept = SharedMaterial.objects.filter(edition=edition, participation=None)
        one = get_object_or_404(kept, public_id=_uuid(request.POST["take_back"]))
        take_back_material(one, by=the_person(request))
        return redirect("cohorts:desk_materials", edition=edition.slug)
    form = MaterialForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        share_material(edition, participation=None, by=the_person(request), **form.cleaned_data)
        messages.success(request, _("Everybody in the programme can see it now."))
        return redirect("cohorts:desk_materials", edition=edition.slug)
    shared = SharedMaterial.objects.filter(edition=edition, participation=None)
    page = Paginator(shared, PER_PAGE).get_page(request.GET.get("page"))
    context = {"edition": edition, "form": form, "page_obj": page}
    return render(request, "cohorts/desk/materials.html", context, status=status_of(form))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
