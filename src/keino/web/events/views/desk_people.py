"""An event's people on the desk: the list and its files, cancelling one registration, attendance."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from keino.errors import KeinoError
from keino.report.safe_cells import XLSX
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.events.forms.desk import AttendanceForm, SeatFilter
from keino.web.events.models import Event
from keino.web.events.participant_files import participants_csv, participants_workbook
from keino.web.events.queries.lists import numbers_of
from keino.web.events.queries.lists import participants as find_participants
from keino.web.events.services.seats import cancel_seat, mark_attendance
from keino.web.events.views.common import as_download
from keino.web.events.views.desk import MANAGE, of_desk, page
from keino.web.organisations.pages import permitted_page

PER_PAGE = 100


@never_cache
@require_safe
@permitted_page(MANAGE)
def participants(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """Who is registered, who waits."""
    event = of_desk(request, event_id)
    form = SeatFilter(request.GET)
    found = find_participants(event, **(form.cleaned_data if form.is_valid() else {}))
    rows = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    return page(
        request, event, "participants",
        form=form, page_obj=rows, numbers=numbers_of(event, now), may_cancel=not event.is_over(now),
        has_begun=event.starts_at <= now, declined=event.declined.count(), shows_needs=_shows_needs(request, event),
    )  # fmt: skip


@never_cache
@require_safe
@permitted_page(MANAGE)
def participants_file(request: HttpRequest, event_id: uuid.UUID, ending: str) -> HttpResponse:
    """The chosen participants as a workbook or CSV."""
    event = of_desk(request, event_id)
    form = SeatFilter(request.GET)
    found = find_participants(event, **(form.cleaned_data if form.is_valid() else {}))
    shows_needs = _shows_needs(request, event)
    if ending == "csv":
        answer = as_download(participants_csv(found, with_needs=shows_needs), "text/csv; charset=utf-8", event, "csv")
    else:
        answer = as_download(participants_workbook(event, found, with_needs=shows_needs), XLSX, event, "xlsx")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _shows_needs(request: HttpRequest, event: Event) -> bool:
    """Whether the reader sees diet and access needs: only who holds the event, as its people were promised."""
    return event.asks_needs and request.user.has_perm("events.see_needs", event)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MANAGE)
def seat_cancel(request: HttpRequest, event_id: uuid.UUID, seat_id: uuid.UUID) -> HttpResponse:
    """Cancel somebody's registration for them, after a question; they are told."""
    event = of_desk(request, event_id)
    seat = get_object_or_404(event.seats, public_id=seat_id)
    if request.method != "POST":
        return page(request, event, "seat_cancel", seat=seat)
    try:
        cancel_seat(seat, by=the_person(request), by_organiser=True)
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("The registration is cancelled, and the person is told."))
    return redirect("events:participants", event_id=event.public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MANAGE)
def attendance(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """Mark who came: a page of the list at a time, as it lies on the table at the door."""
    event = of_desk(request, event_id)
    found = event.seats.booked().select_related("person").order_by("name", "pk")
    rows = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    form = AttendanceForm(request.POST or None, seats=list(rows))
    if request.method == "POST" and form.is_valid():
        marks = {uuid.UUID(seat): mark for seat, mark in form.marks().items()}
        try:
            changed = mark_attendance(event, marks=marks, by=the_person(request))
        except KeinoError as error:
            tell(request, error)
        else:
            text = ngettext("%(count)d person was marked.", "%(count)d people were marked.", changed)
            messages.success(request, text % {"count": changed})
            return redirect(request.get_full_path())
    now = timezone.now()
    return page(
        request, event, "attendance",
        form=form, page_obj=rows, numbers=numbers_of(event, now), has_begun=event.starts_at <= now,
    )  # fmt: skip
