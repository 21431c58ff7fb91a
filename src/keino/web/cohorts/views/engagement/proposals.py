"""Answers to what the calendar proposes: take it up, it is a row I wrote already, or it doesn't count."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.cohorts.models import Engagement
from keino.web.cohorts.queries.engagement import log_of
from keino.web.cohorts.services.engagement import decline, take_up
from keino.web.organisations.pages import permitted_page


@require_POST
@permitted_page("programmes.work")
def take_up_proposal(request: HttpRequest) -> HttpResponse:
    """Write a proposal into one's log, or say that it is the row that stands there."""
    try:
        take_up(source=request.POST.get("source", ""), same_as=_same(request), by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("Written into your log."))
    return redirect("cohorts:my_log")


def _same(request: HttpRequest) -> Engagement | None:
    """The row by hand that was named as the same work."""
    try:
        key = UUID(request.POST.get("same_as", ""))
    except ValueError:
        return None
    return log_of(the_person(request)).filter(public_id=key).first()


@require_POST
@permitted_page("programmes.work")
def decline_proposal(request: HttpRequest) -> HttpResponse:
    """Don't count a proposal, and don't propose it again."""
    try:
        decline(source=request.POST.get("source", ""), by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("It is not counted and won’t be proposed again."))
    return redirect("cohorts:my_log")
