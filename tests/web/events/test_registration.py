"""Registering through the pages: held seats, confirmation by mail, the waiting list, cancelling by the link."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail as box
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino.web.base.mail_sending import send_due
from keino.web.base.models import Mail
from keino.web.events.links import seat_token
from keino.web.events.models import Event, Seat
from keino.web.events.services.line import settle_due
from tests.factories.accounts import with_second_factor
from tests.factories.events import a_seat, an_event
from tests.factories.web import an_organisation, someone_who_is
from tests.web.events.clock import at

pytestmark = pytest.mark.django_db


def of_event(event: Event, name: str = "event", **more: object) -> str:
    return reverse(f"events:{name}", kwargs={"event_id": event.public_id, **more})


def of_seat(seat: Seat, name: str = "seat") -> str:
    return reverse(f"events:{name}", kwargs={"token": seat_token(seat.public_id)})


def begin(client: Client, event: Event) -> str:
    """Press “Register”; returns the address of the form."""
    answer = client.post(of_event(event, "begin"))
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def fill(client: Client, address: str, **fields: str) -> object:
    return client.post(
        address, {"name": "Aino Aalto", "email": "aino@example.org", "works_at": "Town", "consent": "on"} | fields
    )


def link_in_mail() -> str:
    """The link of the registration in the newest mail."""
    send_due()
    found = re.search(r"http://[^/]+(/events/registration/\S+)", str(box.outbox[-1].body))
    assert found is not None
    return found.group(1)


def register_by_mail(event: Event, email: str) -> Seat:
    client = Client()
    fill(client, begin(client, event), email=email)
    client.post(link_in_mail() + "confirm/")
    return Seat.objects.get(event=event, email=email)


def test_a_stranger_registers_by_the_link_in_the_mail() -> None:
    event, client = an_event(capacity=5), Client()
    answer = fill(client, begin(client, event))
    assert answer.headers["Location"] == of_event(event, "registered")
    seat = Seat.objects.get()
    assert (seat.state, seat.has_place) == ("unconfirmed", True)
    link = link_in_mail()
    assert client.get(link).status_code == 200
    assert Seat.objects.get().state == "unconfirmed"  # programs that look into mail open links, too
    client.post(link + "confirm/")
    client.post(link + "confirm/")
    seat.refresh_from_db()
    assert seat.state == "booked"
    assert seat.consented_at is not None
    assert "Centre" in seat.consent_text
    assert Mail.objects.filter(template="events/mail/booked.txt").count() == 1


def test_somebody_logged_in_is_registered_at_once() -> None:
    event, person = an_event(), someone_who_is("member")
    client = Client()
    client.force_login(person)
    answer = fill(client, begin(client, event), email="other@example.org")
    seat = Seat.objects.get()
    assert (seat.state, seat.person, seat.email) == ("booked", person, person.email)
    assert answer.headers["Location"].startswith("/events/registration/")
    assert client.post(of_event(event, "begin")).headers["Location"].startswith("/events/registration/")
    assert Seat.objects.count() == 1


def test_consent_is_asked_and_nothing_is_lost_without_it() -> None:
    event, client = an_event(), Client()
    answer = fill(client, begin(client, event), consent="")
    assert answer.status_code == 400
    assert b"Aino Aalto" in answer.content
    assert Seat.objects.get().state == "held"


def test_the_same_form_sent_twice_registers_once() -> None:
    event, client = an_event(capacity=3), Client()
    address = begin(client, event)
    fill(client, address)
    fill(client, address)
    assert Seat.objects.count() == 1
    assert Mail.objects.count() == 1


def test_the_button_pressed_twice_holds_one_seat() -> None:
    event, client = an_event(capacity=2), Client()
    begin(client, event)
    begin(client, event)
    assert Seat.objects.filter(state="held").count() == 1


def test_a_seat_is_held_for_ten_minutes() -> None:
    event, first, second = an_event(capacity=1), Client(), Client()
    now = timezone.now()
    with at(now):
        address = begin(first, event)
    with at(now + dt.timedelta(minutes=9, seconds=59)):
        begin(second, event)
        assert sorted(Seat.objects.values_list("has_place", flat=True)) == [False, True]
        fill(first, address)
    assert Seat.objects.get(email="aino@example.org").has_place


def test_after_ten_minutes_the_seat_goes_on_and_the_form_is_still_taken() -> None:
    event, first, second = an_event(capacity=1), Client(), Client()
    person, quicker = someone_who_is("member"), someone_who_is("member")
    first.force_login(person)
    second.force_login(quicker)
    now = timezone.now()
    with at(now):
        address = begin(first, event)
    with at(now + dt.timedelta(minutes=10, seconds=1)):
        settle_due()
        fill(second, begin(second, event))
        page = first.get(address)
        assert page.status_code == 200  # what was written isn't lost
        fill(first, address)
    assert Seat.objects.get(person=quicker).state == "booked"
    assert Seat.objects.get(person=person).state == "waiting"


def test_a_full_event_has_a_waiting_list_that_moves_up_by_itself() -> None:
    event = an_event(capacity=1)
    first, second, third = (register_by_mail(event, f"{name}@example.org") for name in ("a", "b", "c"))
    assert [Seat.objects.get(pk=seat.pk).state for seat in (first, second, third)] == ["booked", "waiting", "waiting"]
    client = Client()
    assert "number 2" in client.get(of_seat(third) + "?language=en").content.decode()
    client.post(of_seat(first, "seat_cancel"))
    client.post(of_seat(first, "seat_cancel"))
    assert [Seat.objects.get(pk=seat.pk).state for seat in (first, second, third)] == [
        "cancelled", "booked", "waiting",
    ]  # fmt: skip
    told = Mail.objects.filter(template="events/mail/moved_up.txt")
    assert [mail.address for mail in told] == ["b@example.org"]


def test_more_seats_move_the_line_up_in_its_order() -> None:
    event = an_event(capacity=1)
    a_seat(event)
    now = timezone.now()
    waiting = [
        a_seat(event, state="waiting", queued_at=now + dt.timedelta(minutes=minute), name=name)
        for name, minute in (("late", 3), ("first", 1), ("second", 2))
    ]
    client = Client()
    client.force_login(with_second_factor(someone_who_is("coordinator", event.organiser)))
    page = client.get(reverse("events:change", kwargs={"event_id": event.public_id}))
    data = {name: value for name, value in page.context["form"].initial.items() if value not in (None, "", False)}
    answer = client.post(reverse("events:change", kwargs={"event_id": event.public_id}), data | {"capacity": 3})
    assert answer.status_code == 302
    assert {seat.name for seat in Seat.objects.filter(pk__in=[s.pk for s in waiting], state="booked")} == {
        "first", "second",
    }  # fmt: skip
    assert Mail.objects.filter(template="events/mail/moved_up.txt").count() == 2


def test_fewer_seats_than_people_are_refused() -> None:
    event = an_event(capacity=5)
    for _ in range(3):
        a_seat(event)
    client = Client()
    client.force_login(with_second_factor(someone_who_is("coordinator", event.organiser)))
    address = reverse("events:change", kwargs={"event_id": event.public_id})
    first = client.get(address).context["form"].initial
    data = {name: value for name, value in first.items() if value not in (None, "", False)}
    answer = client.post(address, data | {"capacity": 2})
    assert answer.status_code == 400
    event.refresh_from_db()
    assert event.capacity == 5
    assert event.seats.booked().count() == 3


def test_an_address_that_is_registered_learns_it_by_mail_only() -> None:
    event = an_event(capacity=5)
    register_by_mail(event, "aino@example.org")
    new, known = Client(), Client()
    stranger = fill(new, begin(new, event), email="new@example.org")
    again = fill(known, begin(known, event), email="Aino@example.org")
    assert stranger.headers["Location"] == again.headers["Location"]
    assert Seat.objects.filter(email="aino@example.org").count() == 1
    assert Mail.objects.filter(template="events/mail/already.txt", address="aino@example.org").count() == 1


def test_a_registration_that_nobody_confirms_lapses_without_a_trace() -> None:
    event, client = an_event(capacity=1), Client()
    now = timezone.now()
    with at(now):
        fill(client, begin(client, event))
        link = link_in_mail()
    with at(now + dt.timedelta(hours=24, seconds=1)):
        settle_due()
        seat = Seat.objects.get()
        assert (seat.state, seat.name, seat.email, seat.person) == ("lapsed", "", "", None)
        assert client.post(link + "confirm/").status_code == 404


def test_late_by_a_second_is_late_and_the_text_is_kept() -> None:
    closes = timezone.now().replace(microsecond=0) + dt.timedelta(days=3)
    event = an_event(register_until=closes)
    in_time, late = Client(), Client()
    with at(closes - dt.timedelta(minutes=1)):
        first, second = begin(in_time, event), begin(late, event)
    with at(closes):
        assert fill(in_time, first, email="in@example.org").status_code == 302
    with at(closes + dt.timedelta(seconds=1)):
        answer = fill(late, second, email="late@example.org", name="Late Lahti")
    assert answer.status_code == 400
    assert b"Late Lahti" in answer.content
    assert not Seat.objects.filter(email="late@example.org").exists()


def test_an_event_for_those_invited_is_hidden_from_others() -> None:
    from keino.web.events.services.invitations import invite

    town = an_organisation("Town")
    event = an_event(audience="invited")
    invite(event, organisations=[town], by=None)
    own, other = Client(), Client()
    own.force_login(someone_who_is("member", town))
    other.force_login(someone_who_is("member"))
    assert own.get(of_event(event)).status_code == 200
    for client in (other, Client()):
        assert client.get(of_event(event)).status_code == 404
        assert client.post(of_event(event, "begin")).status_code == 404
        assert client.get(of_event(event, "event_ics")).status_code == 404
        assert event.title not in client.get(reverse("events:list")).content.decode()
    assert begin(own, event).startswith("/events/")


def test_online_seats_of_a_hybrid_event_are_not_limited() -> None:
    event = an_event(mode="hybrid", place="Hall", capacity=1)
    a_seat(event)
    client = Client()
    client.force_login(someone_who_is("member"))
    fill(client, begin(client, event), joins="online")
    assert Seat.objects.filter(joins="online", state="booked").count() == 1
    other = Client()
    other.force_login(someone_who_is("member"))
    fill(other, begin(other, event), joins="on_site")
    assert Seat.objects.filter(joins="on_site", state="waiting").count() == 1


def test_html_in_a_name_is_shown_as_text() -> None:
    event = an_event()
    seat = a_seat(event, name="<script>alert(1)</script>")
    page = Client().get(of_seat(seat)).content.decode()
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_link_that_was_changed_opens_nothing() -> None:
    seat = a_seat(an_event())
    token = seat_token(seat.public_id)
    assert Client().get(f"/events/registration/{token[:-2]}xx/").status_code == 404
    address = begin(Client(), seat.event)
    hold = address.rstrip("/").rpartition("/")[2]
    assert Client().get(f"/events/registration/{hold}/").status_code == 404


def test_the_link_is_not_told_to_other_sites() -> None:
    answer = Client().get(of_seat(a_seat(an_event())))
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]
