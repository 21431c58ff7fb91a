"""Registering: a seat held, the form, the link in the mail, one's own registration with all that can be done there."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keino.errors import KeinoError
from keino.web.base.calendar_entries import Attendee, calendar_file
from keino.web.base.deeds import tell
from keino.web.base.who_asks import person_or_none
from keino.web.events.calendar_entry import entry_of
from keino.web.events.certificate import certificate_pdf, may_have_certificate
from keino.web.events.choices import Mode, SeatState
from keino.web.events.forms.public import NeedsForm
from keino.web.events.links import invitation_token
from keino.web.events.models import Event, Seat
from keino.web.events.queries.feedback import feedback_closes_at
from keino.web.events.queries.seats import is_invited, place_in_line
from keino.web.events.services.seats import cancel_seat, change_needs, confirm_seat, let_go
from keino.web.events.views.common import ICALENDAR, as_download, event_for, seat_page
from keino.web.events.views.registering import Way, form_to_fill, held_here, seat_of_hold


@require_POST
def begin(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """Hold a seat, then go to the form."""
    event = event_for(request, event_id)
    return held_here(request, event, _way(request, event))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, event_id: uuid.UUID, token: str) -> HttpResponse:
    """The form."""
    event = event_for(request, event_id)
    return form_to_fill(request, event, token, _way(request, event))


def _way(request: HttpRequest, event: Event) -> Way:
    there = {"event_id": event.public_id}
    return Way(
        by=person_or_none(request),
        back=reverse("events:event", kwargs=there),
        form=lambda hold: reverse("events:register", kwargs={**there, "token": hold}),
        leave=lambda hold: reverse("events:leave", kwargs={**there, "token": hold}),
    )


@require_safe
def registered(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """The form was sent without logging in: look into your mail. The same page for everyone, whoever was registered."""
    return render(request, "events/registered.html", {"event": event_for(request, event_id)})


@require_POST
def leave(request: HttpRequest, event_id: uuid.UUID, token: str) -> HttpResponse:
    """Give the held seat back."""
    event = event_for(request, event_id)
    let_go(event, seat_of_hold(event, token))
    return redirect("events:event", event_id=event.public_id)


# ---- one's own registration


@require_safe
@seat_page
def seat(request: HttpRequest, seat: Seat, token: str) -> HttpResponse:
    """One registration: how it stands, what can be done."""
    return _seat_page(request, seat, token)


def _seat_page(request: HttpRequest, seat: Seat, token: str, *, mend: NeedsForm | None = None) -> HttpResponse:
    """The page of a registration; ``mend``: what was written of diet and access needs and can't be kept."""
    event, now = seat.event, timezone.now()
    context = {
        "event": event,
        "seat": seat,
        "token": token,
        "is_over": event.is_over(now),
        "has_begun": event.starts_at <= now,
        "number": place_in_line(seat) if seat.state == SeatState.WAITING else None,
        "online_link": event.online_link if seat.is_booked and event.mode != Mode.ON_SITE else "",
        "needs_form": (mend or NeedsForm(initial={"needs": seat.needs})) if _may_write_needs(seat) else None,
        "materials": list(event.materials.exclude(published_at=None)),
        "has_certificate": may_have_certificate(seat),
        "may_give_feedback": may_give_feedback(seat),
        "again_url": _again(seat) if seat.state == SeatState.CANCELLED and event.takes_registrations(now) else "",
        "no_return": True,
    }
    return render(request, "events/seat.html", context, status=422 if mend else 200)


def _again(seat: Seat) -> str:
    """Where somebody registers once more: on the event's page, or by the invitation to what isn't for everyone."""
    event, person = seat.event, seat.person
    if event.is_public:
        return reverse("events:event", kwargs={"event_id": event.public_id})
    if person is None or not is_invited(event, person):
        return ""
    return reverse("events:invitation", kwargs={"token": invitation_token(event.public_id, person.public_id)})


def _may_write_needs(seat: Seat) -> bool:
    return seat.event.asks_needs and seat.is_live and not seat.event.is_over(timezone.now())


def may_give_feedback(seat: Seat) -> bool:
    """Whether the questions about the event are open now, to this person: they may have been there."""
    event, now = seat.event, timezone.now()
    is_open = event.starts_at <= now <= feedback_closes_at(event)
    asks = event.feedback_id is not None and is_open and not event.is_cancelled
    return asks and seat.is_booked and seat.attendance != "absent"


@require_POST
@seat_page
def confirm(request: HttpRequest, seat: Seat, token: str) -> HttpResponse:
    """Confirm by the link in the mail: a press, for programs that look into mail open links, too."""
    try:
        confirmed = confirm_seat(seat)
    except KeinoError as error:
        tell(request, error)
        return redirect("events:event", event_id=seat.event.public_id)
    if confirmed.state == SeatState.BOOKED:
        messages.success(request, _("You are registered. A mail with an entry for your calendar is on its way."))
    return redirect("events:seat", token=token)


@require_http_methods(["GET", "HEAD", "POST"])
@seat_page
def cancel(request: HttpRequest, seat: Seat, token: str) -> HttpResponse:
    """Cancel one's registration, after a question."""
    if request.method != "POST":
        return render(request, "events/seat_cancel.html", {"event": seat.event, "token": token, "no_return": True})
    try:
        cancel_seat(seat, by=person_or_none(request))
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("Your registration is cancelled. Thank you for saying so."))
    return redirect("events:seat", token=token)


@require_POST
@seat_page
def needs(request: HttpRequest, seat: Seat, token: str) -> HttpResponse:
    """Write diet and access needs anew."""
    form = NeedsForm(request.POST)
    if not form.is_valid() and _may_write_needs(seat):
        return _seat_page(request, seat, token, mend=form)
    if form.is_valid() and _may_write_needs(seat):
        try:
            change_needs(seat, needs=form.cleaned_data["needs"])
        except KeinoError as error:
            tell(request, error)
        else:
            messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Nothing was saved: the text is too long, or it can't be changed any more."))
    return redirect("events:seat", token=token)


@require_safe
@seat_page
def seat_ics(request: HttpRequest, seat: Seat, token: str) -> HttpResponse:
    """The entry for the calendar of somebody who has a seat, with the link to take part."""
    attendee = Attendee(seat.email, seat.name or seat.email, is_coming=seat.is_booked)
    content = calendar_file([entry_of(seat.event, attendee)], stamp=timezone.now())
    return as_download(content, ICALENDAR, seat.event, "ics")


@require_safe
@seat_page
def certificate(request: HttpRequest, seat: Seat, token: str) -> HttpResponse:
    """The certificate of attendance of somebody who was marked present, in their own language."""
    if not may_have_certificate(seat):
        raise Http404
    with override(seat.person.language if seat.person else seat.language):
        return as_download(certificate_pdf(seat), "application/pdf", seat.event, "pdf")
