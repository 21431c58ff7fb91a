"""The selection's own pages: where it stands, how it is done, who scores what, one application with all its scores."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.organisations.forms.fields import refuse
from keino.web.organisations.views.editing import did_save
from keino.web.programmes.choices import EditionPersonKind
from keino.web.programmes.choices.applications import ApplicationState
from keino.web.programmes.choices.selection import UNDER_REVIEW
from keino.web.programmes.forms.reviews import AssignForm, SelectionForm
from keino.web.programmes.models import DeclaredTie, Edition, Review
from keino.web.programmes.not_now import not_now
from keino.web.programmes.queries.acquaintance import acquainted_with
from keino.web.programmes.queries.application_questions import shown_answers
from keino.web.programmes.queries.decisions_seen import decisions_seen, is_tied_to_decided
from keino.web.programmes.queries.offered_places import offered_places
from keino.web.programmes.queries.selection import (
    applications_in,
    by_application,
    draft_of,
    interviews_in,
    people_named,
    reserve_of,
    reviews_in,
    selection_of,
)
from keino.web.programmes.queries.selection_parts import application_parts
from keino.web.programmes.queries.summary import Summary, summary
from keino.web.programmes.queries.ties import tied_from, ties_of
from keino.web.programmes.services.decisions import MOVING_UP
from keino.web.programmes.services.reviews import assign, change_selection, give_back, share_out, unassign
from keino.web.programmes.views.common import form_answer
from keino.web.programmes.views.selection_common import (
    DECIDE,
    MANAGE,
    OVERSEE,
    REVIEW,
    criterion_name,
    open_application,
    selection_page,
)


@require_GET
@selection_page(*OVERSEE, REVIEW)
def selection(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Where the selection stands, and the next step. Who only scores is led to their applications."""
    person = the_person(request)
    if not any(person.has_perm(permission, edition) for permission in OVERSEE):
        return redirect("programmes:reviews", edition=edition.slug)
    found = summary(edition, person)
    reserve = _open_to(person, edition)
    undecided = [row for row in found.rows if row.application.state in UNDER_REVIEW]
    context = {
        "edition": edition,
        "selection": selection_of(edition),
        "found": found,
        "undecided": len(undecided),
        "interviewed": sum(row.interviewed for row in undecided),
        "scored": sum(not row.scores.missing for row in undecided),
        "draft": draft_of(edition),
        "decisions": decisions_seen(person, edition),
        "reserve": reserve,
        "not_now": not_now(edition, *MOVING_UP) if reserve else "",
        "waiting": _waiting_places(found),
        "taken": found.taken,
        "is_tied": bool(reserve) and is_tied_to_decided(person, edition),
        "is_reviewer": person.has_perm(REVIEW, edition),
        "may_manage": person.has_perm(MANAGE, edition),
        "may_decide": person.has_perm(DECIDE, edition),
    }
    return render(request, "programmes/selection/home.html", context)


def _waiting_places(found: Summary) -> list[dict[str, Any]]:
    """Places that wait for the word of those whom the reader may see: the one that was asked first on top."""
    selected = [row.application.pk for row in found.rows if row.application.state == ApplicationState.SELECTED]
    rows = offered_places().filter(pk__in=selected).order_by("confirm_by", "organisation__name") if selected else ()
    today = timezone.localdate()
    return [{"application": each, "is_late": each.confirm_by is not None and each.confirm_by < today} for each in rows]


def _open_to(person: Any, edition: Edition) -> list[Any]:
    lines = reserve_of(edition)
    closed = tied_from(person, [line.application for line in lines])
    return [line for line in lines if line.application_id not in closed]


@require_http_methods(["GET", "HEAD", "POST"])
@selection_page(MANAGE)
def settings(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Until when scores are given, and how they become one."""
    kept = selection_of(edition)
    form = SelectionForm(request.POST or None, thing=kept)
    by = the_person(request)

    def save() -> None:
        values = form.cleaned_data
        change_selection(
            edition,
            reviews_due_on=values["reviews_due_on"],
            middle=values["middle"],
            by=by,
            seen=form.version_seen,
        )

    if did_save(request, form, save):
        return redirect("programmes:selection", edition=edition.slug)
    return form_page(request, edition, form, title=_("How scores are given"))


# ---- who scores what


@require_GET
@selection_page(MANAGE)
def reviewers(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Each application with its reviewers: who has sent scores, who is late, who has a tie."""
    person = the_person(request)
    applications = list(applications_in(edition))
    closed = tied_from(person, applications)
    reviews = by_application([each for each in reviews_in(edition) if each.reviewer_id is not None])
    people = {each.reviewer_id: each.reviewer for found in reviews.values() for each in found}
    ties = ties_of([each for each in people.values() if each is not None], applications)
    reasons = {
        (each.person_id, each.application_id): each.reason
        for each in DeclaredTie.objects.filter(application__in=applications)
    }
    due_on = selection_of(edition).reviews_due_on
    is_late = due_on is not None and due_on < timezone.localdate()
    rows: list[dict[str, Any]] = []
    for application in applications:
        if application.pk in closed:
            continue
        found = [
            {
                "review": each,
                "tie": ties.get((each.reviewer_id or 0, application.pk), ""),
                "why": reasons.get((each.reviewer_id or 0, application.pk), ""),
                "is_late": is_late and not each.is_sent and application.state in UNDER_REVIEW,
            }
            for each in reviews.get(application.pk, ())
        ]
        counted = sum(not each["tie"] for each in found)
        rows.append(
            {
                "application": application,
                "reviews": found,
                "lacks": max(0, edition.reviewers_min - counted),
                "is_open": application.state in UNDER_REVIEW,
            }
        )
    context = {
        "edition": edition,
        "rows": rows,
        "closed": len(closed),
        "due_on": due_on,
        "is_late": is_late,
        "lacking": sum(row["lacks"] > 0 and row["is_open"] for row in rows),
        "named": people_named(edition, EditionPersonKind.REVIEWER).count(),
    }
    return render(request, "programmes/selection/reviewers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@selection_page(MANAGE)
def reviewer_new(request: HttpRequest, edition: Edition, application: UUID) -> HttpResponse:
    """Give an application to one more reviewer."""
    found = open_application(request, edition, application)
    named = people_named(edition, EditionPersonKind.REVIEWER)
    barred = {person for person, _application in ties_of(list(named), [found])}
    if edition.hides_applicants:
        barred |= {person for person, _application in acquainted_with([found])}
    there = found.reviews.exclude(reviewer=None).values("reviewer")
    form = AssignForm(request.POST or None, people=named.exclude(pk__in=barred).exclude(pk__in=there))
    if request.method == "POST" and form.is_valid():
        try:
            assign(found, form.cleaned_data["reviewer"], by=the_person(request))
        except KeinoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("programmes:reviewers", edition=edition.slug)
    title = _("Reviewer of {name}").format(name=found.organisation)
    return form_page(request, edition, form, title=title, back="programmes:reviewers")


@require_POST
@selection_page(MANAGE)
def reviewers_share_out(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Give every application as many reviewers as the edition wants."""
    try:
        made = share_out(edition, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    else:
        said = ngettext("{count} review was given out.", "{count} reviews were given out.", made)
        messages.success(request, said.format(count=made))
    return redirect("programmes:reviewers", edition=edition.slug)


@require_POST
@selection_page(MANAGE)
def reviewer_off(request: HttpRequest, edition: Edition, review: UUID) -> HttpResponse:
    """Take an application from a reviewer who hasn't sent scores."""
    found = Review.objects.filter(application__edition=edition, public_id=review).first()
    if found is not None:
        open_application(request, edition, found.application.public_id)
        try:
            unassign(found, by=the_person(request))
        except KeinoError as error:
            tell(request, error)
    return redirect("programmes:reviewers", edition=edition.slug)


@require_POST
@selection_page(MANAGE)
def review_give_back(request: HttpRequest, edition: Edition, review: UUID) -> HttpResponse:
    """Let a reviewer mend a sent review."""
    found = get_object_or_404(
        Review.objects.select_related("application"), application__edition=edition, public_id=review
    )
    application = open_application(request, edition, found.application.public_id)
    try:
        give_back(found, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    return redirect("programmes:selection_application", edition=edition.slug, application=application.public_id)


# ---- one application


@require_GET
@selection_page(*OVERSEE)
def application(request: HttpRequest, edition: Edition, application: UUID) -> HttpResponse:
    """One application as deciders see it: what it says, its scores with reasons, its interviews."""
    found = open_application(request, edition, application)
    person = the_person(request)
    whole = summary(edition, person)
    row = next((each for each in whole.rows if each.application.pk == found.pk), None)
    if row is None:
        raise Http404
    cells = [
        {"name": criterion_name(criterion), "criterion": criterion, "cell": cell, "given": _given(row, criterion.pk)}
        for criterion, cell in zip(whole.criteria, row.cells, strict=True)
    ]
    context = {
        "edition": edition,
        "application": found,
        "row": row,
        "cells": cells,
        "reviews": [each for each in row.reviews if each.is_sent],
        "waiting": [each for each in row.reviews if not each.is_sent],
        "parts": application_parts(found, is_anonymous=False),
        "answers": shown_answers(found, is_anonymous=False)[0],
        "interviews": [each for each in interviews_in(edition) if each.application_id == found.pk],
        "may_manage": person.has_perm(MANAGE, edition),
        "is_open": found.state in UNDER_REVIEW,
    }
    return render(request, "programmes/selection/application.html", context)


def _given(row: Any, criterion: int) -> list[dict[str, Any]]:
    """What each reviewer gave for a criterion, in the order of the reviews."""
    found = []
    for review in row.reviews:
        if review.is_sent:
            score = next((each for each in review.scores.all() if each.criterion_id == criterion), None)
            found.append({"reviewer": review.reviewer, "score": score})
    return found


# ---- shared


def form_page(
    request: HttpRequest,
    edition: Edition,
    form: Any,
    *,
    title: str,
    back: str = "programmes:selection",
    cancel_url: str = "",
    lead: str = "",
    button: str = "",
    not_now: str = "",
) -> HttpResponse:
    """The page of a form of the selection; 422 where something must be mended. ``not_now``: why there is no form."""
    return form_answer(
        request,
        form,
        title=title,
        cancel_url=cancel_url or reverse(back, args=[edition.slug]),
        edition=edition,
        lead=lead,
        button=button,
        template="programmes/selection/form.html",
        not_now=not_now,
    )
