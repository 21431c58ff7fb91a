"""Pages of ``events`` that list rows."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from keino.web.events.choices import MaterialKind
from keino.web.events.models import Invited, Material
from tests.factories.events import a_seat, an_event
from tests.factories.web import a_person
from tests.web.lists import Listed


def _event(scene: Any, _person: Any, number: int) -> None:
    made = an_event(scene.centre, title=f"Event number {number}", capacity=5, series=scene.event.series)
    a_seat(made)


def _own_seat(scene: Any, person: Any, number: int) -> None:
    a_seat(an_event(scene.centre, title=f"Event number {number}"), person=person)


def _participant(scene: Any, _person: Any, number: int) -> None:
    a_seat(scene.event, name=f"Participant number {number}", person=a_person())


def _past_participant(scene: Any, _person: Any, number: int) -> None:
    a_seat(scene.past_event, name=f"Participant number {number}", person=a_person())


def _material(event: str) -> Any:
    def add(scene: Any, person: Any, number: int) -> None:
        Material.objects.create(
            event=getattr(scene, event),
            kind=MaterialKind.LINK,
            title=f"Material number {number}",
            link=f"https://a.example/{number}",
            published_at=timezone.now(),
            added_by=person,
        )

    return add


def _invited(scene: Any, _person: Any, _number: int) -> None:
    Invited.objects.create(event=scene.invited_event, person=a_person())


LISTS = [
    Listed("events:list", _event),
    Listed("events:desk", _event),
    Listed("events:mine", _own_seat),
    Listed("events:event", _material("event")),
    Listed("events:seat", _material("event")),
    Listed("events:participants", _participant),
    Listed("events:attendance", _past_participant),
    Listed("events:materials", _material("past_event")),
    Listed("events:invite", _invited),
    Listed("events:desk_feedback", why_fixed="it shows the questions of one form with counts of answers"),
]
