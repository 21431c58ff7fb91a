"""What ``events`` adds to the scene: an event to come, one for invited people, one that is over."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

from django.utils import timezone

from keino.web.events.choices import MaterialKind
from keino.web.events.models import Material, Seat
from keino.web.events.services.events import make_series
from keino.web.events.services.invitations import invite
from tests.factories.events import a_feedback_form, a_past_event, a_seat, an_event
from tests.factories.web import a_person, an_organisation


def add(scene: SimpleNamespace) -> None:
    """Add events of the scene's centre. Their people aren't of the cast."""
    series = make_series(organiser=scene.centre, title="Scene series", by=None)
    scene.event = an_event(
        scene.centre, title="Scene event", series=series, asks_needs=True, capacity=50, mode="hybrid", place="Hall"
    )
    scene.event_seat = a_seat(scene.event, name="Coming Person")
    scene.unconfirmed_seat = a_seat(
        scene.event, state="unconfirmed", has_place=True, held_until=timezone.now() + dt.timedelta(days=1)
    )
    scene.held_seat = Seat.objects.create(
        event=scene.event, has_place=True, held_until=timezone.now() + dt.timedelta(minutes=10), joins="on_site"
    )
    scene.draft_event = an_event(scene.centre, title="Scene draft", state="draft")
    elsewhere = an_organisation("Elsewhere centre", kind="competence_centre")
    scene.event_elsewhere = an_event(elsewhere, title="Draft elsewhere", state="draft")
    scene.invited_event = an_event(scene.centre, title="Scene session", audience="invited")
    invite(scene.invited_event, organisations=[scene.organisation], by=None)
    scene.invited_person = a_person()
    invite(scene.invited_event, people=[scene.invited_person], by=None, tells=False)
    scene.invited_held_seat = Seat.objects.create(
        event=scene.invited_event, has_place=True, held_until=timezone.now() + dt.timedelta(minutes=10)
    )
    scene.past_event = a_past_event(scene.centre, title="Scene webinar", feedback=a_feedback_form(scene.centre))
    scene.past_seat = a_seat(scene.past_event, name="Past Person", attendance="present")
    scene.event_material = Material.objects.create(
        event=scene.past_event,
        kind=MaterialKind.RECORDING,
        title="Recording",
        link="https://video.example/1",
        published_at=timezone.now(),
    )
    scene.event_file = Material.objects.create(
        event=scene.past_event, kind=MaterialKind.FILE, title="Slides", file_name="slides.pdf", stored_as="none.pdf"
    )
