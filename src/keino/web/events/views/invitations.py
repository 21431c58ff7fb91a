"""One person's invitation: the link in the mail is the way in, without logging in; declining on the event's page."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.errors import as_data, said
from keino.web.base.models import Person
from keino.web.base.who_asks import the_person
from keino.web.events.errors import InvitationWithdrawn
from keino.web.events.links import read_invitation_token, seat_token
from keino.web.events.models import Event
from keino.web.events.queries.seats import free_seats, has_declined, live_seat_of
from keino.web.events.services.invitations import decline, require_invitation
from keino.web.events.services.seats import let_go
from keino.web.events.views.common import event_for, keep_secret
from keino.web.events.views.registering import Way, form_to_fill, held_here, seat_of_hold


def invitation_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give the view the ``event`` and the ``invited`` person of the link in its address.

    A link that holds no more, or never did, is refused in words that tell nothing of any event.
    """

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        try:
            event, person = require_invitation(read_invitation_token(token))
        except KeinoError as error:
            refused = {
                "why": said(as_data(error)),
                "is_withdrawn": isinstance(error, InvitationWithdrawn),
                "no_return": True,
            }
            return keep_secret(render(request, "events/invitation_refused.html", refused, status=404))
        return keep_secret(view(request, event=event, invited=person, token=token, **kwargs))

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@invitation_page
def invitation(request: HttpRequest, event: Event, invited: Person, token: str) -> HttpResponse:
    """What they are invited to, and whether they come; a POST declines.

    Opening it changes nothing, for programs that look into mail open links, too.
    """
    seat = live_seat_of(event, person=invited)
    if seat is not None:  # the link went to the same address as the one of the registration
        return redirect("events:seat", token=seat_token(seat.public_id))
    if request.method == "POST":
        _decline(request, event, invited)
        return redirect("events:invitation", token=token)
    now = timezone.now()
    context = {
        "event": event,
        "invited": invited,
        "token": token,
        "free": free_seats(event, now),
        "takes_registrations": event.takes_registrations(now),
        "is_over": event.is_over(now),
        "has_declined": has_declined(event, invited),
        "no_return": True,
    }
    return render(request, "events/invitation.html", context)


@require_POST
@invitation_page
def come(request: HttpRequest, event: Event, invited: Person, token: str) -> HttpResponse:
    """Hold a seat for the invited person, then go to the form."""
    return held_here(request, event, _way(invited, token))


@require_http_methods(["GET", "HEAD", "POST"])
@invitation_page
def invited_registration(request: HttpRequest, event: Event, invited: Person, token: str, hold: str) -> HttpResponse:
    """The form. The link came by mail to their address, so the registration is sure once it is sent."""
    return form_to_fill(request, event, hold, _way(invited, token))


@require_POST
@invitation_page
def invited_leave(request: HttpRequest, event: Event, invited: Person, token: str, hold: str) -> HttpResponse:
    """Give the held seat back."""
    let_go(event, seat_of_hold(event, hold))
    return redirect("events:invitation", token=token)


def _way(invited: Person, token: str) -> Way:
    return Way(
        by=invited,
        back=reverse("events:invitation", kwargs={"token": token}),
        form=lambda hold: reverse("events:invited_register", kwargs={"token": token, "hold": hold}),
        leave=lambda hold: reverse("events:invited_leave", kwargs={"token": token, "hold": hold}),
        is_invited=True,
    )


@require_POST
@login_required
def decline_here(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """Decline on the event's page."""
    event = event_for(request, event_id)
    if _decline(request, event, the_person(request)):
        messages.success(request, _("The organiser sees that you can't come."))
    return redirect("events:event", event_id=event.public_id)


def _decline(request: HttpRequest, event: Event, person: Person) -> bool:
    try:
        decline(event, person=person)
    except KeinoError as error:
        tell(request, error)
        return False
    return True
