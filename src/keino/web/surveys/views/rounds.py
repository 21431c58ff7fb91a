"""The room of the self-assessment: what is open, what was; opening, changing, closing and cancelling a round."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.jobs import ask_for
from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.surveys.choices import RoundKind
from keino.web.surveys.forms.rounds import RoundChangeForm, RoundForm
from keino.web.surveys.queries.results import results_of, with_scores
from keino.web.surveys.queries.rounds import collecting, progress, rounds_that_were, sheet_of, shown_rounds
from keino.web.surveys.services.rounds import cancel_round, change_round, close_round, open_round
from keino.web.surveys.tasks import KEEP
from keino.web.surveys.views.common import page, round_of, show_error

ROUNDS_PER_PAGE = 20
#: A round is open for so long where nobody says otherwise.
USUAL_TIME = dt.timedelta(days=20)


@require_safe
@organisation_page("surveys.see")
def maturity(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What is open, where the organisation stands, and the rounds that were."""
    today, asked = timezone.localdate(), collecting(organisation)
    may_answer = request.user.has_perm("surveys.answer", organisation)
    page_obj = Paginator(rounds_that_were(organisation), ROUNDS_PER_PAGE).get_page(request.GET.get("page"))
    rounds = list(page_obj)
    prefetch_related_objects(rounds, "scores", "groups")
    newest = with_scores(shown_rounds(organisation)).first()
    context = page(
        organisation,
        asked=asked,
        has_begun=asked is not None and asked.opens_on <= today,
        progress=progress(asked, today) if asked else None,
        sheet=sheet_of(asked, the_person(request)) if asked and may_answer else None,
        may_answer=may_answer,
        may_manage=request.user.has_perm("surveys.manage", organisation),
        newest=results_of(newest) if newest else None,
        page_obj=page_obj,
        rows=[(each, results_of(each).overall if each.is_shown else None) for each in rounds],
    )
    return render(request, "surveys/maturity.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("surveys.manage")
def open_(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Open a round."""
    today = timezone.localdate()
    is_first = not shown_rounds(organisation).exists()
    first = {
        "opens_on": today,
        "closes_on": today + USUAL_TIME,
        "kind": RoundKind.BASELINE if is_first else RoundKind.FOLLOW_UP,
    }
    form = RoundForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_round(organisation=organisation, today=today, by=the_person(request), **form.cleaned_data)
        except KeinoError as error:
            show_error(form, error)
        else:
            ask_for(KEEP)  # so that people hear of it today
            messages.success(request, _("The round is open. Everyone with a role here is told by mail."))
            return redirect("surveys:round", slug=organisation.slug, round_id=made.public_id)
    status = 422 if form.is_bound else 200
    return render(request, "surveys/open.html", page(organisation, form=form), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("surveys.manage")
def change(request: HttpRequest, organisation: Organisation, round_id: UUID) -> HttpResponse:
    """Change the name or the last day of an open round."""
    found = round_of(organisation, round_id)
    first = {"name": found.name, "closes_on": found.closes_on, "version": found.version}
    form = RoundChangeForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            change_round(
                round_=found,
                name=told["name"],
                closes_on=told["closes_on"],
                seen=told["version"],
                today=timezone.localdate(),
                by=the_person(request),
            )
        except KeinoError as error:
            show_error(form, error, version=found.version)
        else:
            messages.success(request, _("The round is changed."))
            return redirect("surveys:round", slug=organisation.slug, round_id=found.public_id)
    status = 422 if form.is_bound else 200
    return render(request, "surveys/change.html", page(organisation, form=form, round=found), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("surveys.manage")
def close(request: HttpRequest, organisation: Organisation, round_id: UUID) -> HttpResponse:
    """Close a round, after a question."""
    found, today = round_of(organisation, round_id), timezone.localdate()
    if request.method == "POST":
        try:
            close_round(round_=found, today=today, by=the_person(request))
        except KeinoError as error:
            tell(request, error)
        else:
            messages.success(request, _("The round is closed and every single answer is deleted."))
        return redirect("surveys:round", slug=organisation.slug, round_id=found.public_id)
    told = progress(found, today) if found.is_collecting else None
    return render(request, "surveys/close.html", page(organisation, round=found, progress=told))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("surveys.manage")
def cancel(request: HttpRequest, organisation: Organisation, round_id: UUID) -> HttpResponse:
    """Cancel a round, after a question."""
    found = round_of(organisation, round_id)
    if request.method == "POST":
        try:
            cancel_round(round_=found, today=timezone.localdate(), by=the_person(request))
        except KeinoError as error:
            tell(request, error)
        else:
            messages.success(request, _("The round is cancelled and its answers are deleted."))
        return redirect("surveys:maturity", slug=organisation.slug)
    return render(request, "surveys/cancel.html", page(organisation, round=found))
