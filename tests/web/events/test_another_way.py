"""Changing how people take part: nobody is put into a room that doesn't hold them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from keino.web.base.models import Mail
from keino.web.events.errors import CapacityTooSmall
from keino.web.events.models import Event
from keino.web.events.services.events import move_event
from tests.factories.events import a_seat, an_event
from tests.web.events.desk import desk_of, first_values, of_event

pytestmark = pytest.mark.django_db
ROOM, ONLINE = 20, 50


@pytest.fixture
def full() -> Event:
    """A room of 20 with 20 people in it, 50 more online, and one who waits for the room."""
    event = an_event(mode="hybrid", place="Hall", capacity=ROOM)
    for number in range(ROOM + ONLINE):
        a_seat(event, joins="on_site" if number < ROOM else "online")
    a_seat(event, state="waiting")
    return event


def move(client: Client, event: Event, **more: Any) -> Any:
    address = of_event(event, "move")
    return client.post(address, first_values(client, address) | more)


def test_an_event_that_moves_into_its_full_room_asks_for_seats_before_anybody_is_told(full: Event) -> None:
    client = desk_of(full)
    answer = move(client, full, mode="on_site")
    assert answer.status_code == 400
    [said] = answer.context["form"].errors["capacity"]
    assert (said.count("70"), said.count("20")) == (2, 1)
    assert 'name="capacity"' in answer.content.decode()
    answer = move(client, full, mode="on_site", capacity=69, really="yes")
    assert answer.status_code == 400
    same = Event.objects.get()
    assert (same.mode, same.capacity, same.sequence) == ("hybrid", ROOM, 0)
    assert same.seats.filter(joins="online").count() == ONLINE
    assert not Mail.objects.exists()


def test_with_a_room_for_all_everyone_comes_along(full: Event) -> None:
    client = desk_of(full)
    preview = move(client, full, mode="on_site", place="Arena", capacity=70)
    assert (preview.status_code, preview.context["new_capacity"]) == (200, 70)
    assert move(client, full, mode="on_site", place="Arena", capacity=70, really="yes").status_code == 302
    moved = Event.objects.get()
    assert (moved.mode, moved.capacity, moved.seats.booked().filter(joins="on_site").count()) == ("on_site", 70, 70)
    assert moved.seats.filter(state="waiting").count() == 1
    assert Mail.objects.filter(template="events/mail/moved.txt").count() == 71


def test_without_a_limit_the_waiting_list_gets_its_seats(full: Event) -> None:
    assert move(desk_of(full), full, mode="online", capacity="", really="yes").status_code == 302
    moved = Event.objects.get()
    assert (moved.capacity, moved.seats.booked().count()) == (None, ROOM + ONLINE + 1)


@pytest.mark.parametrize("mode", ["on_site", "online"])
def test_no_other_way_overbooks_it_either(full: Event, mode: str) -> None:
    with pytest.raises(CapacityTooSmall):
        move_event(full, starts_at=full.starts_at, ends_at=full.ends_at, mode=mode, by=None, tells=False)


def test_number_of_seats_stays_where_people_take_part_as_before(full: Event) -> None:
    assert move(desk_of(full), full, place="Other hall", capacity=500, really="yes").status_code == 302
    assert Event.objects.get().capacity == ROOM
    assert 'name="capacity"' not in desk_of(full).get(of_event(full, "move")).content.decode()


def test_those_online_stay_there_when_a_small_room_is_added() -> None:
    event = an_event(mode="online", capacity=60)
    for _ in range(50):
        a_seat(event)
    moved = move_event(
        event, starts_at=event.starts_at, ends_at=event.ends_at, mode="hybrid", place="Hall", capacity=5, by=None
    )
    assert (moved.capacity, moved.seats.filter(joins="online").count()) == (5, 50)
