"""The hands of those who were there: addresses of their registration, answers to the questions about an event."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from keino.web.events.links import seat_token
from keino.web.events.models import Event, Seat
from tests.factories.events import a_feedback_form, a_past_event


def of_seat(seat: Seat, name: str = "seat") -> str:
    return reverse(f"events:{name}", kwargs={"token": seat_token(seat.public_id)})


def event_with_feedback() -> Event:
    event = a_past_event()
    event.feedback = a_feedback_form(event.organiser)
    event.save()
    return event


def answer(seat: Seat, useful: str, better: str = "", **more: str) -> int:
    client = Client()
    form = client.get(of_seat(seat, "feedback")).context["form"]
    values = {"version": form["version"].initial, "q_useful": useful, "q_better": better, "send": "yes"} | more
    return client.post(of_seat(seat, "feedback"), values).status_code
