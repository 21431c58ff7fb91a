"""An applicant books, moves and cancels the discussion."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keino.web.base.calendar_entries import calendar_file
from keino.web.base.deeds import done
from keino.web.base.who_asks import the_person
from keino.web.events.times import when_text
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.views.editing import saved
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.discussion_calendar import entry_of
from keino.web.programmes.forms.applications import BookingForm
from keino.web.programmes.queries.application_dates import booking_end, can_book
from keino.web.programmes.queries.discussions import rule_of, slots_of, standing
from keino.web.programmes.services.applications.discussions import book_discussion, cancel_discussion
from keino.web.programmes.views.application_common import of_organisation, to_application


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("programmes.apply")
def application_book(request: HttpRequest, organisation: Organisation, application: UUID) -> HttpResponse:
    """The times that can be booked, and booking one; the booked one can be moved."""
    found = of_organisation(organisation, application)
    if found.state not in {S.INTEREST, S.DISCUSSION_BOOKED}:
        return to_application(found)
    now, booked = timezone.now(), standing(found)
    form = BookingForm(request.POST or None, slots=slots_of(found.edition, now=now, moving=booked, applicant=found))
    by = the_person(request)
    made = saved(request, form, lambda: book_discussion(found, starts_at=form.cleaned_data["slot"], by=by))
    if made is not None:
        said_then = _("The discussion is booked: {when}. The entry for your calendar is on its way by mail.")
        messages.success(request, said_then.format(when=when_text(made.starts_at, made.ends_at)))
        return to_application(found)
    slots = slots_of(found.edition, now=now, moving=booked, applicant=found)
    form.offer(slots)  # what somebody took meanwhile is not offered again
    context = {
        "organisation": organisation,
        "step": "programme",
        "application": found,
        "edition": found.edition,
        "booked": booked,
        "form": form,
        "offered": len(slots),
        "rule": rule_of(found.edition),
        "deadline": booking_end(found),
        "is_open": can_book(found, now),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "programmes/applications/book.html", context, status=status)


@require_POST
@organisation_page("programmes.apply")
def discussion_cancel(request: HttpRequest, organisation: Organisation, application: UUID) -> HttpResponse:
    """Cancel the booked discussion: the time is free for others."""
    found = of_organisation(organisation, application)
    said_then = _("The discussion was cancelled. Your interest is kept.")
    done(request, lambda: cancel_discussion(found, by=the_person(request)), said_then)
    return to_application(found)


@require_safe
@organisation_page("programmes.see")
def discussion_calendar(request: HttpRequest, organisation: Organisation, application: UUID) -> HttpResponse:
    """The discussion as an entry for one's own calendar."""
    booked = standing(of_organisation(organisation, application))
    if booked is None:
        raise Http404
    content = calendar_file([entry_of(booked)], stamp=timezone.now())
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="keino-discussion.ics"'},
    )
