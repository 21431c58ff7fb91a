"""What the pages of events have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.text import slugify

from keino.web.base.models import Person
from keino.web.base.who_asks import person_or_none
from keino.web.events.choices import EventState
from keino.web.events.links import read_seat_token
from keino.web.events.models import Event, Seat
from keino.web.events.queries.seats import is_invited, live_seat_of, seat_of

ICALENDAR = "text/calendar; charset=utf-8"


def event_for(request: HttpRequest, event_id: UUID) -> Event:
    """An event that the reader may see, else 404: a draft or an event of others isn't there for them."""
    event = get_object_or_404(Event.objects.select_related("organiser", "series", "contact"), public_id=event_id)
    person = person_or_none(request)
    if event.is_public or (person is not None and may_see(event, person)):
        return event
    raise Http404


def may_see(event: Event, person: Person) -> bool:
    """Whether somebody may see an event that isn't for everyone: who manages it, and those invited."""
    if person.has_perm("events.manage_event", event):
        return True
    if event.state == EventState.DRAFT:
        return False
    return is_invited(event, person) or live_seat_of(event, person=person) is not None


def seat_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give the view the ``seat`` of the link in its address; 404 where there is none, or none any more.

    The address is a secret: it isn't sent on to other sites, kept by search engines or by shared computers. (With
    "no-referrer" browsers would hide the page's own origin, too, and its forms would be refused.)
    """

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        seat = seat_of(read_seat_token(token))
        if seat is None or seat.erased_at is not None or seat.state == "held":
            raise Http404
        return keep_secret(view(request, seat=seat, token=token, **kwargs))

    return guarded


def keep_secret(answer: HttpResponseBase) -> HttpResponseBase:
    """An answer whose address is a secret."""
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def as_download(content: bytes, media_type: str, event: Event, ending: str) -> HttpResponse:
    """An answer that is saved under the event's name, with plain letters only."""
    answer = HttpResponse(content, content_type=media_type)
    name = slugify(event.title)[:60] or "event"
    answer.headers["Content-Disposition"] = f'attachment; filename="keino-{name}.{ending}"'
    return answer


def seat_of_reader(event: Event, person: Person | None) -> Seat | None:
    """The reader's own registration, where they are logged in and have one."""
    return live_seat_of(event, person=person) if person is not None else None
