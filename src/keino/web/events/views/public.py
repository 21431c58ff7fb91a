"""Events for everyone: the list, one event with its materials, calendar files; one's own registrations."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keino.web.base.calendar_entries import calendar_file
from keino.web.base.who_asks import person_or_none, the_person
from keino.web.events.calendar_entry import entry_of
from keino.web.events.choices import MaterialKind
from keino.web.events.forms.public import EventFilter
from keino.web.events.links import seat_token
from keino.web.events.models import Event, Series
from keino.web.events.queries.lists import of_series, public_list, standing
from keino.web.events.queries.seats import free_seats, has_declined, is_invited, seats_of_person
from keino.web.events.services.materials import media_type
from keino.web.events.views.common import ICALENDAR, as_download, event_for, seat_of_reader

PER_PAGE = 30
#: What the calendar of all public events holds.
MOST_IN_CALENDAR = 500


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Events for everyone: coming ones, or past ones with their materials."""
    now = timezone.now()
    form = EventFilter(request.GET)
    chosen = form.chosen()
    page = Paginator(public_list(chosen, now), PER_PAGE).get_page(request.GET.get("page"))
    rows = [standing(each, now) for each in page]
    series = Series.objects.filter(public_id=chosen["series"]).first() if chosen.get("series") else None
    context = {"form": form, "page_obj": page, "rows": rows, "is_past": chosen.get("when") == "past", "series": series}
    return render(request, "events/list.html", context)


@require_safe
def calendar(_request: HttpRequest) -> HttpResponse:
    """All public events for a calendar program that fetches them by itself; cancelled ones are said to be so."""
    now = timezone.now()
    found = Event.objects.listed().coming(now).select_related("organiser")[:MOST_IN_CALENDAR]
    content = calendar_file(map(entry_of, found), stamp=now, name=_("Events of keino"), is_feed=True)
    return HttpResponse(content, content_type=ICALENDAR)


@require_safe
def event(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """What an event is, when and where, whether there are seats, and its materials."""
    now = timezone.now()
    found = event_for(request, event_id)
    person = person_or_none(request)
    seat = seat_of_reader(found, person)
    is_asked = person is not None and seat is None and is_invited(found, person)
    context = {
        "event": found,
        "free": free_seats(found, now),
        "takes_registrations": found.takes_registrations(now),
        "is_over": found.is_over(now),
        "materials": list(found.materials.exclude(published_at=None)),
        "seat": seat,
        "is_asked": is_asked,
        "has_declined": is_asked and person is not None and has_declined(found, person),
        "seat_token": seat_token(seat.public_id) if seat else "",
        "others": of_series(found, now),
        "may_manage": request.user.has_perm("events.manage_event", found),
    }
    return render(request, "events/event.html", context)


@require_safe
def event_ics(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """The entry for the reader's own calendar; saved again after a change, it changes the entry that is there."""
    found = event_for(request, event_id)
    return as_download(calendar_file([entry_of(found)], stamp=timezone.now()), ICALENDAR, found, "ics")


@require_safe
def material(request: HttpRequest, event_id: uuid.UUID, material_id: uuid.UUID) -> HttpResponseBase:
    """A file of an event; before it is published only its organiser's people get it."""
    of = event_for(request, event_id)
    found = get_object_or_404(of.materials.filter(kind=MaterialKind.FILE), public_id=material_id)
    if found.published_at is None and not request.user.has_perm("events.manage_event", of):
        raise Http404
    if not default_storage.exists(found.stored_as):
        raise Http404
    answer = FileResponse(
        default_storage.open(found.stored_as),
        as_attachment=True,
        filename=found.file_name,
        content_type=media_type(found),
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The reader's own registrations, coming ones first."""
    now = timezone.now()
    page = Paginator(seats_of_person(the_person(request)), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(seat, seat_token(seat.public_id), seat.event.is_over(now)) for seat in page]
    return render(request, "events/mine.html", {"page_obj": page, "rows": rows})
