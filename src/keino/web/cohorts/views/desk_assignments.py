"""Defining what an edition asks of its participants: assignments, wanted deliverables."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from keino.web.base.who_asks import the_person
from keino.web.cohorts.choices.deliverables import DeliverableKind
from keino.web.cohorts.forms.desk import AssignmentForm, WantedForm
from keino.web.cohorts.models import Assignment, WantedDeliverable
from keino.web.cohorts.services.assignments import add_assignment, change_assignment, withdraw_assignment
from keino.web.cohorts.services.deliverables import want_deliverable
from keino.web.cohorts.views.desk import to_edition
from keino.web.organisations.views.editing import saved, status_of
from keino.web.programmes.choices import Act
from keino.web.programmes.edition_pages import edition_page
from keino.web.programmes.models import Edition
from keino.web.programmes.not_now import time_for


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("cohorts.define")
def assignment_new(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Give an assignment to everybody in the edition, or to one organisation."""
    form = AssignmentForm(request.POST or None, edition=edition)
    by = the_person(request)
    if saved(
        request,
        form,
        lambda: add_assignment(
            edition, form.assignment(), by=by, key=form.new_key, only_for=form.cleaned_data["only_for"]
        ),
    ):
        messages.success(request, _("The assignment is given, and those concerned get a mail."))
        return to_edition(edition, "assignments")
    return _form(
        request,
        edition,
        form,
        title=_("New assignment"),
        button=_("Give the assignment"),
        lead=time_for(edition, Act.HAND_IN),
    )


def _assignment(edition: Edition, key: UUID) -> Assignment:
    found = Assignment.objects.select_related("form_version", "only_for")
    return get_object_or_404(found, edition=edition, public_id=key)


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("cohorts.define")
def assignment_edit(request: HttpRequest, edition: Edition, assignment: UUID) -> HttpResponse:
    """Change an assignment. A time that has passed stays."""
    found = _assignment(edition, assignment)
    form = AssignmentForm(request.POST or None, edition=edition, thing=found)
    by = the_person(request)
    if saved(request, form, lambda: change_assignment(found, form.assignment(), by=by, seen=form.version_seen)):
        messages.success(request, _("Saved. A new time is told to those who haven't handed in."))
        return to_edition(edition, "assignments")
    return _form(request, edition, form, title=_("Change: {title}").format(title=found.title), assignment=found)


@require_POST
@edition_page("cohorts.define")
def assignment_withdraw(request: HttpRequest, edition: Edition, assignment: UUID) -> HttpResponse:
    """Take an assignment back; what was written stays to be read."""
    withdraw_assignment(_assignment(edition, assignment), by=the_person(request))
    messages.success(request, _("The assignment is taken back. Nobody is reminded of it any more."))
    return to_edition(edition, "assignments")


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("cohorts.define")
def wanted(request: HttpRequest, edition: Edition, kind: str) -> HttpResponse:
    """Want a deliverable of everybody in the edition, with its time and words."""
    if kind not in DeliverableKind.values:
        raise Http404
    there = WantedDeliverable.objects.filter(edition=edition, kind=kind).first()
    form = WantedForm(
        request.POST or None,
        due_at=there.due_at if there else None,
        initial={"note": there.note} if there else None,
    )
    if saved(
        request,
        form,
        lambda: want_deliverable(
            edition, kind, due_at=form.cleaned_data["due_at"], note=form.cleaned_data["note"], by=the_person(request)
        ),
    ):
        messages.success(request, _("Every participant has this deliverable now."))
        return to_edition(edition, "deliverables")
    return _form(
        request,
        edition,
        form,
        title=_("Deliverable: {kind}").format(kind=DeliverableKind(kind).label),
        button=_("Ask everybody for it"),
        lead=time_for(edition, Act.HAND_IN),
    )


def _form(
    request: HttpRequest, edition: Edition, form: Any, *, title: str, button: str = "", **more: Any
) -> HttpResponse:
    context = {
        "edition": edition,
        "form": form,
        "title": title,
        "button": button or pgettext("button", "Save"),
    }
    return render(request, "cohorts/desk/form.html", context | more, status=status_of(form))
