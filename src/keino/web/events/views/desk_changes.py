"""Moving and cancelling an event, and writing to its people: first whom it tells, then the deed."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from keino.errors import KeinoError
from keino.web.base.errors import Conflict
from keino.web.base.who_asks import the_person
from keino.web.events.choices import EventState, Mode
from keino.web.events.errors import CapacityTooSmall
from keino.web.events.forms.desk_changes import CancelForm, LinkForm, MessageForm, MoveForm
from keino.web.events.forms.fields import put_error
from keino.web.events.models import Event
from keino.web.events.queries.seats import told_of
from keino.web.events.services.events import cancel_event, move_event, seats_after
from keino.web.events.services.messages import addressed, send_message
from keino.web.events.sessions import calendar_of
from keino.web.events.times import when_text
from keino.web.events.views.desk import MANAGE, calendar_shown, of_desk, page, seen_now
from keino.web.organisations.pages import permitted_page

#: The buttons of a preview: do the deed, or go back to what was written. The form's own button only shows the preview.
REALLY, BACK = "really", "back"


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MANAGE)
def move(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """Change when or where an event is; first it is shown who will be told. Of a session only its link."""
    event = of_desk(request, event_id)
    calendar = calendar_of(event)
    form = LinkForm(request.POST or None, event=event) if calendar else MoveForm(request.POST or None, event=event)
    if request.method == "POST" and BACK not in request.POST and form.is_valid():
        if REALLY not in request.POST:
            return _move_preview(request, event, form)
        values = form.cleaned_data
        names = ("starts_at", "ends_at", "mode", "place", "online_link", "version", "why")
        try:
            move_event(event, by=the_person(request), **form.seats(), **{name: values[name] for name in names})
        except Conflict as error:
            put_error(form, error)
            seen_now(form, Event.objects.get(pk=event.pk).version)
        except KeinoError as error:
            _refuse(form, error)
        else:
            messages.success(request, _("Time and place are changed. Mail to those concerned is on its way."))
            return redirect("events:desk_event", event_id=event.public_id)
    return page(
        request, event, "move", status=400 if form.errors else 200, form=form, **calendar_shown(request, calendar)
    )


def _move_preview(request: HttpRequest, event: Event, form: MoveForm | LinkForm) -> HttpResponse:
    values = form.cleaned_data
    if values["ends_at"] <= values["starts_at"]:
        form.add_error("until", _("The event must end after it begins."))
        return page(request, event, "move", status=400, form=form)
    try:
        capacity = seats_after(event, mode=values["mode"], **form.seats())
    except KeinoError as error:
        _refuse(form, error)
        return page(request, event, "move", status=400, form=form)
    return page(
        request, event, "move_preview", new_capacity=capacity,
        sent=_sent(request),
        new_when=when_text(values["starts_at"], values["ends_at"]),
        new_place=values["place"],
        new_mode=Mode(values["mode"]).label,
        new_link=values["online_link"],
        why=values["why"],
        told=_told(event),
    )  # fmt: skip


def _refuse(form: MoveForm | LinkForm, error: KeinoError) -> None:
    if isinstance(error, CapacityTooSmall) and isinstance(form, MoveForm):
        form.ask_seats()
    put_error(form, error)


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """What the form held, to be sent again by the preview."""
    left_out = {"csrfmiddlewaretoken", REALLY, BACK}
    return [(name, str(value)) for name, value in request.POST.items() if name not in left_out]


def _told(event: Event) -> list[str]:
    """Names of those whom a change of the event is told to: nobody of a draft."""
    return [recipient.name for recipient in told_of(event)] if event.state == EventState.ANNOUNCED else []


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MANAGE)
def cancel(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """Call an event off; the page says who will be told."""
    event = of_desk(request, event_id)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_event(event, because=form.cleaned_data["because"], by=the_person(request))
        except KeinoError as error:
            put_error(form, error)
        else:
            messages.success(request, _("The event is cancelled. Mail to those concerned is on its way."))
            return redirect("events:desk_event", event_id=event.public_id)
    return page(
        request, event, "cancel", status=400 if form.errors else 200,
        form=form, told=_told(event), **calendar_shown(request, calendar_of(event)),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MANAGE)
def message(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """Write to an event's people; first the mail and its readers are shown."""
    event = of_desk(request, event_id)
    form = MessageForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and BACK not in request.POST and form.is_valid():
        values = form.cleaned_data
        names = [str(seat) for seat in addressed(event, values["to"])]
        if REALLY not in request.POST or not names:
            return page(request, event, "message_preview", sent=_sent(request), names=names, **values)
        sent = send_message(
            event,
            subject=values["subject"],
            text=values["text"],
            to=values["to"],
            key=values["key"],
            by=the_person(request),
        )
        messages.success(
            request,
            ngettext("%(count)d mail is on its way.", "%(count)d mails are on their way.", sent) % {"count": sent},
        )
        return redirect("events:participants", event_id=event.public_id)
    return page(request, event, "message", status=400 if form.errors else 200, form=form)
