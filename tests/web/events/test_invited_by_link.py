"""The link of an invitation is the way in to an event for invited people, without an account or logging in."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from types import SimpleNamespace

import pytest
from django.core import mail as box
from django.core import signing
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from keino.web.base.errors import as_data, said
from keino.web.base.mail_sending import send_due
from keino.web.base.models import Mail, Person
from keino.web.events.errors import EventError, InvitationEnded, InvitationUnknown
from keino.web.events.links import hold_token, invitation_token, seat_token
from keino.web.events.models import Declined, Event, Invited, Seat
from keino.web.events.services.events import cancel_event, move_event
from keino.web.events.services.invitations import invite
from keino.web.events.services.seats import cancel_seat, hold_seat
from keino.web.organisations.models import Organisation, Role
from tests.factories.events import a_past_event, a_seat, an_event
from tests.factories.web import an_organisation, someone_who_is
from tests.web.events.desk import of_event

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def one_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sign every link in the same second, so that links to the same thing are equal."""
    monkeypatch.setattr(signing, "time", SimpleNamespace(time=timezone.now().timestamp))


@pytest.fixture
def town() -> Organisation:
    return an_organisation("Town")


@pytest.fixture
def guest(town: Organisation) -> Person:
    return someone_who_is("responsible_person", town)


@pytest.fixture
def event(town: Organisation, guest: Person) -> Event:
    made = an_event(
        audience="invited", title="Kick-off", summary="We begin.", description="Coffee first", place="Town hall",
        mode="on_site", asks_needs=True,
    )  # fmt: skip
    invite(made, organisations=[town], by=None)
    return made


def link_of(event: Event, person: Person) -> str:
    return f"/events/invitation/{invitation_token(event.public_id, person.public_id)}/"


def form_of(client: Client, event: Event, person: Person) -> str:
    """Press "I come"; the address of the form."""
    answer = client.post(link_of(event, person) + "come/")
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_the_mail_leads_by_its_link_to_a_seat_without_logging_in(event: Event, guest: Person) -> None:
    send_due()
    [message] = box.outbox
    assert of_event(event, "event") not in str(message.body), "that page asks for an account"
    [link] = re.findall(r"http://[^/]+(/events/invitation/\S+)", str(message.body))
    client = Client()
    page = client.get(link)
    words = page.content.decode()
    for told in ("Kick-off", "We begin.", "Coffee first", "Town hall", str(event.organiser), guest.email):
        assert told in words
    form = client.post(link + "come/").headers["Location"]
    assert form.startswith(link)
    held = Seat.objects.get()
    assert (held.state, held.person, held.has_place) == ("held", None, True)
    page = client.get(form)
    assert page.context["held"] == held
    assert page.headers["Cache-Control"] == "private, no-store"
    assert guest.email in page.content.decode()
    assert client.post(form, {"name": "Aino", "needs": "Vegan"}).status_code == 400, (
        "nobody registers unless they agree"
    )
    answer = client.post(form, {"name": "Aino", "needs": "Vegan", "consent": "on", "email": "other@example.org"})
    seat = Seat.objects.get()
    assert answer.headers["Location"] == f"/events/registration/{seat_token(seat.public_id)}/"
    assert (seat.state, seat.person, seat.email, seat.needs) == ("booked", guest, guest.email, "Vegan")
    assert seat.consent_text
    assert "Coffee first" in client.get(answer.headers["Location"]).content.decode()
    # the mail about the seat leads nowhere that asks for an account, either
    box.outbox.clear()
    send_due()
    [message] = box.outbox
    assert message.to == [guest.email]
    assert of_event(event, "event") not in str(message.body)
    assert seat_token(seat.public_id) in str(message.body)


def test_opening_the_link_or_the_form_changes_nothing(event: Event, guest: Person) -> None:
    client = Client()
    client.get(link_of(event, guest))
    assert client.get(link_of(event, guest) + "come/").status_code == 405
    assert not Seat.objects.exists()
    form = form_of(client, event, guest)
    for _ in range(2):
        client.get(form)
    assert client.get(form + "leave/").status_code == 405
    assert [each.state for each in Seat.objects.all()] == ["held"]
    assert not Declined.objects.exists()


def test_who_registered_by_link_finds_the_same_seat_when_logged_in(event: Event, guest: Person) -> None:
    stranger = Client()
    stranger.post(form_of(stranger, event, guest), {"name": "Aino", "consent": "on"})
    seat = Seat.objects.get()
    client = Client()
    client.force_login(guest)
    assert client.get(of_event(event, "event")).context["seat"] == seat
    assert client.post(of_event(event, "begin")).headers["Location"].endswith(f"{seat_token(seat.public_id)}/")
    assert client.get(link_of(event, guest)).headers["Location"].endswith(f"{seat_token(seat.public_id)}/")
    assert form_of(client, event, guest).endswith(f"{seat_token(seat.public_id)}/")
    assert Seat.objects.count() == 1


def test_i_come_pressed_twice_holds_one_seat_and_leaving_gives_it_back(event: Event, guest: Person) -> None:
    client = Client()
    assert form_of(client, event, guest) == form_of(client, event, guest)
    form = form_of(client, event, guest)
    assert Seat.objects.count() == 1
    assert client.post(form + "leave/").headers["Location"] == link_of(event, guest)
    assert not Seat.objects.exists()
    # the form still counts after its time
    client.post(form, {"name": "Aino", "consent": "on"})
    client.post(form, {"name": "Aino", "consent": "on"})
    assert [(each.person, each.state) for each in Seat.objects.all()] == [(guest, "booked")]


def test_a_full_event_puts_the_invited_on_its_waiting_list(event: Event, guest: Person) -> None:
    Event.objects.filter(pk=event.pk).update(capacity=1)
    first = a_seat(event, person=someone_who_is("member"))
    client = Client()
    assert client.get(link_of(event, guest)).context["free"] == 0
    form = form_of(client, event, guest)
    assert not client.get(form).context["held"].has_place
    client.post(form, {"name": "Aino", "consent": "on"})
    mine = Seat.objects.get(person=guest)
    assert mine.state == "waiting"
    cancel_seat(first, by=None)
    mine.refresh_from_db()
    assert mine.state == "booked"


def test_who_declined_or_cancelled_comes_after_all_by_the_same_link(event: Event, guest: Person) -> None:
    client = Client()
    client.post(link_of(event, guest))
    assert client.get(link_of(event, guest)).context["has_declined"]
    client.post(form_of(client, event, guest), {"name": "Aino", "consent": "on"})
    assert not Declined.objects.exists()
    seat = Seat.objects.get()
    page = f"/events/registration/{seat_token(seat.public_id)}/"
    client.post(page + "cancel/")
    assert client.get(page).context["again_url"] == link_of(event, guest)
    client.post(form_of(client, event, guest), {"name": "Aino", "consent": "on"})
    assert sorted(Seat.objects.values_list("state", flat=True)) == ["booked", "cancelled"]


def test_without_link_or_account_the_event_is_not_there(event: Event, guest: Person) -> None:
    client = Client()
    client.get(link_of(event, guest))  # having opened it opens nothing else
    form_of(client, event, guest)
    for name in ("event", "event_ics", "registered"):
        assert client.get(of_event(event, name)).status_code == 404
    assert client.post(of_event(event, "begin")).status_code == 404
    hold = hold_token(Seat.objects.get())
    assert client.get(of_event(event, "event") + f"register/{hold}/").status_code == 404
    client.force_login(someone_who_is("member"))
    assert client.get(of_event(event, "event")).status_code == 404


def refused_kindly(link: str, why: EventError) -> None:
    """Each address under a link says why it doesn't open, and nothing of any event; nothing is saved."""
    before = Seat.objects.count()
    with override("fi"):
        words_of_why = said(as_data(why))
    hold = hold_token(Seat())
    for address, method in (
        (link, "get"), (link, "post"), (link + "come/", "post"), (f"{link}register/{hold}/", "get"),
        (f"{link}register/{hold}/", "post"), (f"{link}register/{hold}/leave/", "post"),
    ):  # fmt: skip
        answer = getattr(Client(), method)(address, {"name": "Eve", "consent": "on"})
        words = answer.content.decode()
        assert (answer.status_code, answer.context["why"]) == (404, words_of_why), address
        assert answer.context["why"] in unescape(words)
        assert "Kick-off" not in words
    assert Seat.objects.count() == before
    assert not Declined.objects.exists()


def test_a_forged_link_is_refused_kindly(event: Event, guest: Person) -> None:
    good = link_of(event, guest)
    for forged in (
        "/events/invitation/abc/",
        good[:-3] + ("aa/" if good[-3:-1] != "aa" else "bb/"),
        f"/events/invitation/{seat_token(event.public_id)}/",
    ):
        refused_kindly(forged, InvitationUnknown())


def test_a_link_to_somebody_who_is_not_invited_or_no_more_is_refused_kindly(
    event: Event, guest: Person, town: Organisation
) -> None:
    why = InvitationEnded()
    refused_kindly(link_of(event, someone_who_is("member")), why)
    Role.objects.filter(person=guest).update(valid_to=timezone.localdate() - DAY)  # they left the town
    refused_kindly(link_of(event, guest), why)
    other = someone_who_is("responsible_person", town)
    Client().get(link_of(event, other))
    Invited.objects.filter(event=event).delete()
    refused_kindly(link_of(event, other), why)


def test_a_form_begun_before_the_invitation_was_withdrawn_registers_nobody(event: Event, guest: Person) -> None:
    client = Client()
    form = form_of(client, event, guest)
    Invited.objects.filter(event=event).delete()
    assert client.post(form, {"name": "Aino", "consent": "on"}).status_code == 404
    assert not Seat.objects.filter(person=guest).exists()


def test_a_link_to_another_event_opens_nothing_of_this_one(event: Event, guest: Person, town: Organisation) -> None:
    other = an_event(audience="invited", title="Other")
    refused_kindly(link_of(other, guest), InvitationEnded())
    invite(other, people=[guest], by=None)
    held = hold_seat(event, by=guest)
    form = f"{link_of(other, guest)}register/{hold_token(held)}/"
    client = Client()
    assert client.get(form).status_code == 404
    assert client.post(form, {"name": "Aino", "consent": "on"}).status_code == 404
    assert client.post(form + "leave/").status_code == 404
    held.refresh_from_db()
    assert (held.state, held.event) == ("held", event)


def test_an_invitation_to_what_is_over_cancelled_or_closed_says_so(
    event: Event, guest: Person, town: Organisation
) -> None:
    past = a_past_event(audience="invited")
    invite(past, organisations=[town], by=None)
    closed = an_event(audience="invited", register_until=timezone.now() - dt.timedelta(minutes=1))
    invite(closed, organisations=[town], by=None)
    cancel_event(event, because="Ill", by=None)
    for each in (past, closed, event):
        client = Client()
        page = client.get(link_of(each, guest))
        assert page.status_code == 200
        assert "come/" not in page.content.decode()
        page = client.post(link_of(each, guest) + "come/", follow=True)
        assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert not Seat.objects.exists()


def test_who_is_told_of_a_move_gets_the_same_link(event: Event, guest: Person) -> None:
    send_due()
    box.outbox.clear()
    move_event(event, starts_at=event.starts_at + DAY, ends_at=event.ends_at + DAY, by=None)
    send_due()
    [message] = box.outbox
    assert link_of(event, guest) in str(message.body)
    assert of_event(event, "event") not in str(message.body)


def test_mails_about_saying_no_lead_back_without_an_account(event: Event, guest: Person) -> None:
    client = Client()
    client.post(link_of(event, guest))
    client.post(form_of(client, event, guest), {"name": "Aino", "consent": "on"})
    seat = Seat.objects.get()
    page = f"/events/registration/{seat_token(seat.public_id)}/"
    client.post(page + "cancel/")
    send_due()
    kinds = list(Mail.objects.order_by("pk").values_list("template", flat=True))
    assert kinds == [f"events/mail/{name}.txt" for name in ("invited", "declined", "booked", "seat_cancelled")]
    _invited, declined, _booked, cancelled = [str(each.body) for each in box.outbox]
    assert link_of(event, guest) in declined
    assert page in cancelled
    assert not [each for each in box.outbox if of_event(event, "event") in str(each.body)]
