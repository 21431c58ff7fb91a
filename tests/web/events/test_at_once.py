"""Many at the same moment: no seat twice, nobody loses a sure one, the line moves up once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from uuid import uuid4

import pytest
from django.db import connection

from keino.web.base.models import Mail
from keino.web.events.models import Event, Seat
from keino.web.events.services.events import change_event, move_event
from keino.web.events.services.seats import Filled, cancel_seat, confirm_seat, hold_seat, register
from tests.factories.events import a_seat, an_event
from tests.factories.web import a_person, someone_who_is

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, SEATS = 24, 10


def at_once(acts: Sequence[Callable[[], object]]) -> list[BaseException]:
    """Do everything at the same moment, each on a connection of its own; returns what went wrong."""
    start = threading.Barrier(len(acts))
    wrong: list[BaseException] = []

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
        except BaseException as error:  # noqa: BLE001  # shown by the test
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def filled(number: int) -> Filled:
    return Filled(name=f"P {number}", email=f"p{number}@example.org", language="fi", consent_text="Yes")


def test_a_crowd_gets_the_seats_there_are_and_the_others_wait_in_line() -> None:
    event = an_event(capacity=SEATS)
    people = [a_person() for _ in range(PEOPLE)]

    def come(number: int) -> Callable[[], object]:
        def act() -> None:
            person = people[number]
            seat = hold_seat(event, by=person)
            register(event, seat_id=seat.public_id, filled=filled(number), by=person)

        return act

    assert at_once([come(number) for number in range(PEOPLE)]) == []
    assert Seat.objects.filter(state="booked").count() == SEATS
    assert Seat.objects.filter(state="waiting").count() == PEOPLE - SEATS
    assert Seat.objects.count() == PEOPLE
    assert Mail.objects.filter(template="events/mail/booked.txt").count() == SEATS


def test_seats_that_become_free_at_once_go_to_as_many() -> None:
    event = an_event(capacity=4)
    sure = [a_seat(event) for _ in range(4)]
    waiting = [a_seat(event, state="waiting") for _ in range(6)]
    assert at_once([lambda seat=seat: cancel_seat(seat, by=None) for seat in sure]) == []
    assert [Seat.objects.get(pk=seat.pk).state for seat in waiting] == ["booked"] * 4 + ["waiting"] * 2
    assert Mail.objects.filter(template="events/mail/moved_up.txt").count() == 4


def test_cancelling_and_more_seats_at_once_lose_nobody_and_overbook_nothing() -> None:
    event = an_event(capacity=2)
    sure = [a_seat(event) for _ in range(2)]
    for _ in range(5):
        a_seat(event, state="waiting")
    by = someone_who_is("coordinator", event.organiser)
    wrong = at_once(
        [
            lambda: cancel_seat(sure[0], by=None),
            lambda: change_event(Event.objects.get(pk=event.pk), version=event.version, by=by, capacity=4),
        ]
    )
    assert wrong == []
    assert event.seats.booked().count() == 4
    assert event.seats.in_line().count() == 2


def test_a_link_pressed_twice_at_once_books_once() -> None:
    event = an_event(capacity=1)
    seat = hold_seat(event, by=None)
    register(event, seat_id=seat.public_id, filled=filled(1), by=None)
    mine = Seat.objects.get()
    assert at_once([lambda: confirm_seat(mine)] * 4) == []
    assert Seat.objects.get().state == "booked"
    assert Mail.objects.filter(template="events/mail/booked.txt").count() == 1


def test_one_address_from_two_browsers_registers_once() -> None:
    event = an_event()
    person = a_person()
    acts = [lambda: register(event, seat_id=uuid4(), filled=filled(1), by=person)] * 4
    assert at_once(acts) == []
    assert Seat.objects.filter(person=person, state="booked").count() == 1


def test_two_moves_at_once_tell_each_move_once() -> None:
    event = an_event()
    a_seat(event)
    later = event.starts_at.replace(minute=30), event.ends_at.replace(minute=30)
    assert at_once([lambda: move_event(event, starts_at=later[0], ends_at=later[1], by=None)] * 3) == []
    event.refresh_from_db()
    assert event.sequence == 1
    assert Mail.objects.filter(template="events/mail/moved.txt").count() == 1
