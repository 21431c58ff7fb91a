"""The desk's events: the list, one event with its numbers, making, copying, changing, announcing."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.errors import Conflict
from keino.web.base.who_asks import the_person
from keino.web.events.forms.desk import CopyForm, DeskFilter, NewEventForm, WordsForm
from keino.web.events.forms.fields import put_error
from keino.web.events.models import Event, Series
from keino.web.events.queries.desk import contacts, feedback_forms, organisers_for
from keino.web.events.queries.lists import desk_list, numbers_of, series_to_choose
from keino.web.events.queries.seats import free_seats
from keino.web.events.services.events import announce, change_event, copy_event, make_event, make_series
from keino.web.events.sessions import Calendar, calendar_of
from keino.web.organisations.pages import permitted_page

PER_PAGE = 50
MANAGE = "events.manage"
MANAGE_EVENT = "events.manage_event"


def of_desk(request: HttpRequest, event_id: uuid.UUID) -> Event:
    """An event for those who manage it, else 404: who holds other events learns nothing of it."""
    found = Event.objects.select_related("organiser", "series", "contact", "feedback__form")
    event = get_object_or_404(found, public_id=event_id)
    if not request.user.has_perm(MANAGE_EVENT, event):
        raise Http404
    return event


def page(request: HttpRequest, event: Event, name: str, status: int = 200, **more: Any) -> HttpResponse:
    """A page of one event on the desk."""
    return render(request, f"events/desk/{name}.html", {"event": event, **more}, status=status)


def calendar_shown(request: HttpRequest, calendar: Calendar | None) -> dict[str, Any]:
    """What a page says of the calendar that keeps a session's time; its address for those who may open it."""
    is_open = calendar is not None and calendar.is_open_to(the_person(request))
    return {"calendar": calendar, "calendar_url": calendar.url if calendar and is_open else ""}


def seen_now(form: Any, version: int) -> None:
    """After a conflict: let saving again be a choice made with the newest version in view."""
    data = form.data.copy()
    data["version"] = str(version)
    form.data = data


@require_safe
@permitted_page(MANAGE)
def events(request: HttpRequest) -> HttpResponse:
    """The events that the reader manages, with how full they are; drafts, too."""
    form = DeskFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    now = timezone.now()
    found = desk_list(
        the_person(request),
        words=chosen.get("words", ""),
        when=chosen.get("when", ""),
        state=chosen.get("state", ""),
        now=now,
    )
    rows = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "events/desk/list.html", {"form": form, "page_obj": rows})


@require_safe
@permitted_page(MANAGE)
def event(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """One event: its numbers in words, the next step, everything else as links."""
    found, now = of_desk(request, event_id), timezone.now()
    return page(
        request, found, "event",
        numbers=numbers_of(found, now), free=free_seats(found, now), is_over=found.is_over(now),
        **calendar_shown(request, calendar_of(found)),
        has_begun=found.starts_at <= now, invited=found.invited.standing().count(), materials=found.materials.count(),
    )  # fmt: skip


# ---- making and changing


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MANAGE)
def new(request: HttpRequest) -> HttpResponse:
    """Make a draft of an event."""
    person = the_person(request)
    form = NewEventForm(
        request.POST or None, organisers=organisers_for(person), **_choices(), initial={"key": uuid.uuid4()}
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            made = make_event(
                organiser=values["organiser"],
                title=values["title"],
                starts_at=values["starts_at"],
                ends_at=values["ends_at"],
                by=person,
                public_id=values["key"],
                **form.details() | {"series": _series(form, values["organiser"], request)},
            )
        except KeinoError as error:
            put_error(form, error)
        else:
            messages.success(request, _("The draft is saved. Nobody else sees it until you announce it."))
            return redirect("events:desk_event", event_id=made.public_id)
    return render(request, "events/desk/new.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MANAGE)
def change(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """Change what an event is; when and where it is has its own page, which tells people."""
    found = of_desk(request, event_id)
    form = WordsForm(request.POST or None, **_choices(found), event=found)
    if request.method == "POST" and form.is_valid():
        try:
            change_event(
                found,
                version=form.cleaned_data["version"] or 0,
                by=the_person(request),
                title=form.cleaned_data["title"],
                **form.details() | {"series": _series(form, found.organiser, request)},
            )
        except Conflict as error:
            put_error(form, error)
            seen_now(form, Event.objects.get(pk=found.pk).version)
        except KeinoError as error:
            put_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("events:desk_event", event_id=found.public_id)
    return page(request, found, "change", status=400 if form.errors else 200, form=form)


def _choices(event: Event | None = None) -> dict[str, Any]:
    return {"series": series_to_choose(), "contacts": contacts(), "forms_": feedback_forms(event)}


def _series(form: WordsForm, organiser: Any, request: HttpRequest) -> Series | None:
    name = " ".join(form.cleaned_data["new_series"].split())
    chosen: Series | None = form.cleaned_data["series"]
    return make_series(organiser=organiser, title=name, by=the_person(request)) if name else chosen


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MANAGE)
def copy(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """Make a draft like an event, at another time."""
    found = of_desk(request, event_id)
    form = CopyForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            made = copy_event(
                found,
                starts_at=values["starts_at"],
                ends_at=values["ends_at"],
                by=the_person(request),
                public_id=values["key"],
            )
        except KeinoError as error:
            put_error(form, error)
        else:
            messages.success(request, _("The copy is a draft. Nobody else sees it until you announce it."))
            return redirect("events:desk_event", event_id=made.public_id)
    return page(request, found, "copy", status=400 if form.errors else 200, form=form)


@require_POST
@permitted_page(MANAGE)
def announce_event(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """Make a draft known."""
    found = of_desk(request, event_id)
    try:
        announce(found, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("The event is announced, and people may register."))
    return redirect("events:desk_event", event_id=found.public_id)
