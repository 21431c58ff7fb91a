"""Registering to an event: a seat is held, then the form. On the event's page, and by the link of an invitation."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.models import Person
from keino.web.events.choices import SeatState
from keino.web.events.forms.fields import put_error
from keino.web.events.forms.public import RegistrationForm
from keino.web.events.links import hold_token, read_hold_token, seat_token
from keino.web.events.models import Event, Seat
from keino.web.events.services.seats import hold_seat, register
from keino.web.organisations.queries.people import organisations_of_today

#: Where a browser keeps which seats it holds.
_HELD = "events_held"


@dataclass(frozen=True)
class Way:
    """How somebody came to register: who they are, where they came from, and where the form of a held seat is.

    ``by`` is who is logged in or was invited by the link; None is a stranger, whose address is still to be confirmed.
    """

    by: Person | None
    back: str
    form: Callable[[str], str]
    leave: Callable[[str], str]
    is_invited: bool = False


def held_here(request: HttpRequest, event: Event, way: Way) -> HttpResponse:
    """Hold a seat, then go to the form. Pressed twice, it holds one."""
    kept = request.session.get(_HELD, {})
    again = kept.get(str(event.public_id))
    try:
        seat = hold_seat(event, by=way.by, again=uuid.UUID(again) if again else None)
    except KeinoError as error:
        tell(request, error)
        return redirect(way.back)
    if seat.state != SeatState.HELD:
        return redirect("events:seat", token=seat_token(seat.public_id))
    request.session[_HELD] = {**kept, str(event.public_id): str(seat.public_id)}
    return redirect(way.form(hold_token(seat)))


def seat_of_hold(event: Event, hold: str) -> uuid.UUID:
    """The held seat of a form's address, else 404: one of another event opens nothing here.

    A seat that lapsed meanwhile is no more; the form still counts.
    """
    seat_id = read_hold_token(hold)
    if seat_id is None or Seat.objects.filter(public_id=seat_id).exclude(event=event).exists():
        raise Http404
    return seat_id


def form_to_fill(request: HttpRequest, event: Event, hold: str, way: Way) -> HttpResponse:
    """The form. What was written stays in it whatever goes wrong, the end of the ten minutes included."""
    seat_id = seat_of_hold(event, hold)
    form = RegistrationForm(request.POST or None, event=event, person=way.by, works_at=_own_organisation(way.by))
    if request.method == "POST" and form.is_valid():
        try:
            seat = register(event, seat_id=seat_id, filled=form.filled(), by=way.by)
        except KeinoError as error:
            put_error(form, error)
        else:
            return _registered(request, event, seat, way)
    held = event.seats.filter(public_id=seat_id, state=SeatState.HELD).first()
    context = {
        "event": event,
        "form": form,
        "way": way,
        "leave_url": way.leave(hold),
        "held": held if held and held.is_held(timezone.now()) else None,
        "no_return": way.is_invited,
    }
    return render(request, "events/register.html", context, status=400 if form.errors else 200)


def _registered(request: HttpRequest, event: Event, seat: Seat, way: Way) -> HttpResponse:
    request.session[_HELD] = {
        key: kept for key, kept in request.session.get(_HELD, {}).items() if key != str(event.public_id)
    }
    if way.by is None:
        return redirect("events:registered", event_id=event.public_id)
    if seat.state == SeatState.BOOKED:
        messages.success(request, _("You are registered. A mail with an entry for your calendar is on its way."))
    return redirect("events:seat", token=seat_token(seat.public_id))


def _own_organisation(person: Person | None) -> str:
    held = organisations_of_today(person, helped=False) if person else []
    return held[0][0].shown_name if len(held) == 1 else ""
