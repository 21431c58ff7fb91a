"""An invitation is withdrawn: those it was for are told once, their seats go on, the link says so kindly."""

from __future__ import annotations

import datetime as dt
from html import unescape

import pytest
from auditlog.models import LogEntry
from django.core import mail as box
from django.test import Client
from django.utils.translation import override
from icalendar import Calendar

from keino.web.base.errors import as_data, said
from keino.web.base.mail_sending import send_due
from keino.web.base.models import Mail, Person
from keino.web.events.errors import InvitationWithdrawn
from keino.web.events.links import invitation_token, seat_token
from keino.web.events.models import Event, Invited, Seat
from keino.web.events.needs import coming_dates
from keino.web.events.services.events import cancel_event, move_event
from keino.web.events.services.invitations import invite
from keino.web.organisations.models import Organisation
from tests.factories.accounts import with_second_factor
from tests.factories.events import a_past_event, a_seat, an_event
from tests.factories.web import a_person, an_organisation, someone_who_is
from tests.web.events.desk import desk_of, of_event

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def town() -> Organisation:
    return an_organisation("Town")


@pytest.fixture
def guest(town: Organisation) -> Person:
    return someone_who_is("responsible_person", town)


@pytest.fixture
def event() -> Event:
    return an_event(audience="invited", title="Kick-off", capacity=1)


def link_of(event: Event, person: Person) -> str:
    return f"/events/invitation/{invitation_token(event.public_id, person.public_id)}/"


def _logged_in(person: Person) -> Client:
    client = Client()
    client.force_login(with_second_factor(person))
    return client


def withdrawal_of(event: Event) -> str:
    [invited] = Invited.objects.filter(event=event, withdrawn_at=None)
    return of_event(event, "withdraw", invited_id=invited.public_id)


def withdrawn_mails() -> list[str]:
    return list(Mail.objects.filter(template="events/mail/invitation_withdrawn.txt").values_list("address", flat=True))


def sent() -> list[tuple[str, str, int]]:
    """(address, method, SEQUENCE) of every mail that goes out now; ("", -1) where it carries no entry."""
    box.outbox.clear()
    send_due()
    found = []
    for message in box.outbox:
        method, number = "", -1
        for _name, content, _media in message.attachments:
            book = Calendar.from_ical(content)
            [entry] = book.walk("VEVENT")
            assert str(entry["uid"]) == Event.objects.get().uid
            method, number = str(book["method"]), int(entry["sequence"])
        found.append((message.to[0], method, number))
    return found


def test_the_desk_withdraws_after_a_question_that_says_who_is_told(event: Event, guest: Person) -> None:
    invite(event, people=[guest], seated=True, by=None)
    a_seat(event, state="waiting")
    desk = desk_of(event)
    address = withdrawal_of(event)
    assert address in desk.get(of_event(event, "invite")).content.decode()
    question = desk.get(address)
    assert (question.context["told"], question.context["seats"]) == ([str(guest)], 1)
    assert f'action="{address}"' in question.content.decode()
    assert withdrawn_mails() == [], "looking changes nothing"
    answer = desk.post(address, follow=True)
    assert [each.level_tag for each in answer.context["messages"]] == ["success"]
    assert withdrawn_mails() == [guest.email]
    assert answer.context["invited"] == []
    assert [each.person for each in answer.context["withdrawn"]] == [guest]
    assert address not in answer.content.decode()


def test_the_person_is_told_once_with_the_entry_taken_back_under_a_higher_number(event: Event, guest: Person) -> None:
    invite(event, people=[guest], by=None)
    assert sent() == [(guest.email, "REQUEST", 0)]
    desk, address = desk_of(event), withdrawal_of(event)
    for _ in range(2):
        assert desk.post(address).status_code == 302
    assert sent() == [(guest.email, "CANCEL", 1)]
    assert "Kick-off" in str(box.outbox[0].subject)
    cancel_event(event, because="Ill", by=None)
    assert sent() == [], "nothing more about the event reaches them"


def test_who_has_no_entry_yet_is_told_without_one(event: Event, guest: Person) -> None:
    invite(event, people=[guest], by=None)
    desk_of(event).post(withdrawal_of(event))
    assert sent() == [(guest.email, "", -1), (guest.email, "", -1)]
    event.refresh_from_db()
    assert event.sequence == 0


def test_the_seat_goes_to_the_first_on_the_waiting_list(event: Event, guest: Person) -> None:
    invite(event, people=[guest], seated=True, by=None)
    second, third = (a_seat(event, state="waiting", person=a_person()) for _ in range(2))
    desk_of(event).post(withdrawal_of(event))
    states = dict(Seat.objects.values_list("person", "state"))
    assert states == {guest.pk: "cancelled", second.person_id: "booked", third.person_id: "waiting"}
    told = set(Mail.objects.exclude(template="events/mail/invited.txt").values_list("template", "address"))
    assert told == {
        ("events/mail/invitation_withdrawn.txt", guest.email), ("events/mail/moved_up.txt", second.email),
    }  # fmt: skip


def test_the_link_says_kindly_that_the_invitation_was_withdrawn(event: Event, guest: Person) -> None:
    invite(event, people=[guest], by=None)
    desk_of(event).post(withdrawal_of(event))
    with override("fi"):
        why = said(as_data(InvitationWithdrawn()))
    for method in ("get", "post"):
        answer = getattr(Client(), method)(link_of(event, guest))
        words = unescape(answer.content.decode())
        assert (answer.status_code, answer.context["why"]) == (404, why)
        assert answer.context["is_withdrawn"]
        assert why in words
        assert "Kick-off" not in words
    client = Client()
    client.force_login(guest)
    assert client.get(of_event(event, "event")).status_code == 404


def test_the_link_of_a_seat_that_was_given_says_so_too(event: Event, guest: Person) -> None:
    invite(event, people=[guest], seated=True, by=None)
    [address] = [f"/events/registration/{seat_token(seat.public_id)}/" for seat in Seat.objects.all()]
    client = Client()
    client.cookies["keino_language"] = "en"
    assert "withdrew the invitation" not in client.get(address).content.decode()
    desk_of(event).post(withdrawal_of(event))
    page = client.get(address)
    assert "The organiser withdrew the invitation" in page.content.decode()
    assert page.context["again_url"] == ""


def test_an_organisations_people_lose_theirs_but_whom_another_invitation_holds_for(
    event: Event, guest: Person, town: Organisation
) -> None:
    colleague, named = someone_who_is("member", town), someone_who_is("member", town)
    Event.objects.update(capacity=None)
    invite(event, people=[named], by=None)
    invite(event, organisations=[town], by=None)
    for person in (colleague, named):
        a_seat(event, person=person)
    invited = Invited.objects.get(event=event, organisation=town)
    desk_of(event).post(of_event(event, "withdraw", invited_id=invited.public_id))
    assert sorted(withdrawn_mails()) == sorted([guest.email, colleague.email])
    assert dict(Seat.objects.values_list("person", "state")) == {colleague.pk: "cancelled", named.pk: "booked"}
    assert list(coming_dates(guest, town)) == []
    assert [each.title for each in coming_dates(named, town)] == ["Kick-off"]


def test_who_registered_themselves_to_an_event_for_everyone_stays(guest: Person) -> None:
    event = an_event()
    invite(event, people=[guest], by=None)
    seat = a_seat(event, person=guest)
    desk = desk_of(event)
    assert desk.get(withdrawal_of(event)).context["told"] == []
    desk.post(withdrawal_of(event))
    seat.refresh_from_db()
    assert (seat.state, withdrawn_mails()) == ("booked", [])


def test_who_declined_hears_nothing_of_it(event: Event, guest: Person) -> None:
    invite(event, people=[guest], by=None)
    Client().post(link_of(event, guest))
    desk_of(event).post(withdrawal_of(event))
    assert withdrawn_mails() == []


def test_a_draft_tells_nobody(guest: Person) -> None:
    event = an_event(audience="invited", state="draft")
    invite(event, people=[guest], by=None)
    desk = desk_of(event)
    desk.post(withdrawal_of(event))
    desk.post(of_event(event, "announce"))
    assert not Mail.objects.exists()


def test_who_is_invited_again_is_told_again_and_said_no_to_nothing(event: Event, guest: Person) -> None:
    invite(event, people=[guest], seated=True, by=None)
    sent()
    desk = desk_of(event)
    desk.post(withdrawal_of(event))
    assert sent() == [(guest.email, "CANCEL", 1)]
    desk.post(of_event(event, "invite"), {"addresses": guest.email})
    assert Invited.objects.count() == 1
    assert sent() == [(guest.email, "REQUEST", 2)]
    page = Client().get(link_of(event, guest))
    assert (page.status_code, page.context["has_declined"]) == (200, False)
    event.refresh_from_db()
    move_event(event, starts_at=event.starts_at + DAY, ends_at=event.ends_at + DAY, by=None)
    assert sent() == [(guest.email, "REQUEST", 3)]


def test_what_is_over_or_cancelled_keeps_its_invitations(guest: Person) -> None:
    past, off = a_past_event(audience="invited"), an_event(audience="invited")
    for event in (past, off):
        invite(event, people=[guest], by=None)
    cancel_event(off, because="Ill", by=None)
    for event in (past, off):
        desk, address = desk_of(event), withdrawal_of(event)
        assert address not in desk.get(of_event(event, "invite")).content.decode()
        answer = desk.post(address, follow=True)
        assert [each.level_tag for each in answer.context["messages"]] == ["error"]
    assert not Invited.objects.exclude(withdrawn_at=None).exists()


def test_the_trail_names_who_withdrew_it(event: Event, guest: Person) -> None:
    invite(event, people=[guest], by=None)
    desk = desk_of(event)
    desk.post(withdrawal_of(event))
    entry = LogEntry.objects.filter(content_type__model="invited").latest("pk")
    assert entry.additional_data["act"] == "event_invitation_withdrawn"
    assert str(entry.actor_id) == desk.session["_auth_user_id"]


def test_nobody_but_the_desk_withdraws(event: Event, guest: Person, town: Organisation) -> None:
    invite(event, people=[guest], by=None)
    address = withdrawal_of(event)
    for kind in ("member", "responsible_person", "supplier_user", "ministry_officer"):
        client = Client()
        client.force_login(someone_who_is(kind))
        assert {client.get(address).status_code, client.post(address).status_code} == {403}
    assert Client().post(address).status_code == 302  # to the log-in
    elsewhere = _logged_in(someone_who_is("expert", an_organisation("Other", kind="competence_centre")))
    assert {elsewhere.get(address).status_code, elsewhere.post(address).status_code} == {404}, "they hold other events"
    other = an_event(audience="invited", organiser=event.organiser)
    [invited] = Invited.objects.all()
    assert desk_of(event).post(of_event(other, "withdraw", invited_id=invited.public_id)).status_code == 404
    assert invited.withdrawn_at is None
    assert withdrawn_mails() == []
