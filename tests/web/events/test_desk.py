"""The desk: making, copying, moving with a preview, cancelling, messages, participants, attendance."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from keino.web.base.models import Mail
from keino.web.events.models import Event, Invited, Seat
from keino.web.organisations.models import Organisation
from tests.factories.events import a_past_event, a_seat, an_event
from tests.factories.web import an_organisation, someone_who_is
from tests.web.events.desk import a_coordinator, desk_of, first_values, of_event

pytestmark = pytest.mark.django_db


def new_event(client: Client, centre: Organisation, **fields: str) -> tuple[int, str]:
    """Fill in the form of a new event; returns status and page."""
    first = first_values(client, reverse("events:new"))
    day = (timezone.localdate() + dt.timedelta(days=20)).isoformat()
    values = {"title": "Webinar", "organiser": centre.pk, "day": day, "since": "09:00", "until": "10:00"}
    answer = client.post(reverse("events:new"), first | values | fields)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(
    ("day", "since", "word"),
    [("2026-10-25", "03:30", "4.00"), ("2027-03-28", "03:30", "4.00")],
)
def test_a_time_on_the_night_of_a_clock_change_is_refused_with_what_to_do(day: str, since: str, word: str) -> None:
    centre = an_organisation("Centre", kind="competence_centre")
    client = Client()
    client.force_login(a_coordinator(centre))
    status, page = new_event(client, centre, day=day, since=since, until="05:00")
    assert status == 400
    assert word in page
    assert 'value="03:30"' in page  # what was written is still there
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": "08:00"},
        {"capacity": "0"},
        {"capacity": "-3"},
        {"title": ""},
        {"title": "x" * 201},
        {"online_link": "javascript:alert(1)"},
        {"register_day": "2026-01-01"},
        {"day": "2026-02-30"},
        {"registration_days": "99999"},
        {"organiser": "999999"},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(wrong: dict[str, str]) -> None:
    centre = an_organisation("Centre", kind="competence_centre")
    client = Client()
    client.force_login(a_coordinator(centre))
    assert new_event(client, centre, **wrong)[0] == 400
    assert not Event.objects.exists()


def test_the_same_form_sent_twice_makes_one_event() -> None:
    centre = an_organisation("Centre", kind="competence_centre")
    client = Client()
    client.force_login(a_coordinator(centre))
    key = "0f4c6b5e-9d1e-4ad2-9f39-0e2c5a1f7a11"
    assert new_event(client, centre, key=key, new_series="Mornings")[0] == 302
    assert new_event(client, centre, key=key, new_series="Mornings")[0] == 302
    assert [str(event.series) for event in Event.objects.all()] == ["Mornings"]


def test_moving_shows_first_whom_it_tells() -> None:
    event = an_event()
    a_seat(event, name="Aino Aalto")
    a_seat(event, name="Veikko Virta", state="waiting")
    client = desk_of(event)
    address = of_event(event, "move")
    later = {**first_values(client, address), "day": (timezone.localdate() + dt.timedelta(days=40)).isoformat()}
    preview = client.post(address, later)
    event.refresh_from_db()
    assert event.sequence == 0
    assert not Mail.objects.filter(template="events/mail/moved.txt").exists()
    assert "Aino Aalto" in preview.content.decode()
    assert "Veikko Virta" in preview.content.decode()
    sent = dict(preview.context["sent"])
    back = client.post(address, sent | {"back": "yes"})
    assert back.context["form"]["day"].value() == later["day"]
    assert client.post(address, sent | {"really": "yes"}).status_code == 302
    assert client.post(address, sent | {"really": "yes"}).status_code == 302  # pressed twice
    event.refresh_from_db()
    assert event.sequence == 1
    assert Mail.objects.filter(template="events/mail/moved.txt").count() == 2


def test_two_who_change_at_once_are_told_and_keep_their_text() -> None:
    event = an_event()
    client = desk_of(event)
    address = of_event(event, "change")
    first = first_values(client, address)
    assert client.post(address, first | {"title": "Mine"}).status_code == 302
    answer = client.post(address, first | {"title": "Theirs"})
    assert answer.status_code == 400
    assert answer.context["form"]["title"].value() == "Theirs"
    assert Event.objects.get().title == "Mine"
    again = first | {"title": "Theirs", "version": answer.context["form"]["version"].value()}
    assert client.post(address, again).status_code == 302
    assert Event.objects.get().title == "Theirs"


def test_cancelling_tells_each_once_and_stays_in_the_list() -> None:
    event = an_event(title="Called off")
    for _ in range(2):
        a_seat(event)
    client = desk_of(event)
    for _ in range(2):
        client.post(of_event(event, "cancel"), {"because": "The speaker is ill."})
    assert Mail.objects.filter(template="events/mail/called_off.txt").count() == 2
    page = Client().get(of_event(event, "event")).content.decode()
    assert "The speaker is ill." in page
    assert "Called off" in Client().get(reverse("events:list")).content.decode()
    assert Client().post(of_event(event, "begin")).status_code == 302
    assert Seat.objects.filter(state="held").count() == 0


def test_a_copy_is_a_draft_without_people() -> None:
    event = an_event(capacity=7, online_link="https://meet.example/1", asks_needs=True)
    a_seat(event)
    client = desk_of(event)
    day = (timezone.localdate() + dt.timedelta(days=60)).isoformat()
    key = client.get(of_event(event, "copy")).context["form"]["key"].initial
    client.post(of_event(event, "copy"), {"key": key, "day": day, "since": "13:00", "until": "14:00"})
    copy = Event.objects.exclude(pk=event.pk).get()
    assert (copy.state, copy.capacity, copy.asks_needs, copy.online_link) == ("draft", 7, True, "")
    assert copy.uid != event.uid
    assert copy.seats.count() == 0


def test_a_message_is_shown_before_it_goes_and_goes_once() -> None:
    event = an_event()
    a_seat(event, name="Aino Aalto")
    a_seat(event, state="cancelled", name="Gone Gran")
    client = desk_of(event)
    address = of_event(event, "message")
    values = first_values(client, address) | {"to": "booked", "subject": "Room\n changes", "text": "Room 5 <b>now</b>"}
    preview = client.post(address, values)
    assert "Aino Aalto" in preview.content.decode()
    assert "Gone Gran" not in preview.content.decode()
    assert "&lt;b&gt;now&lt;/b&gt;" in preview.content.decode()
    assert not Mail.objects.exists()
    for _ in range(2):
        client.post(address, dict(preview.context["sent"]) | {"really": "yes"})
    mail = Mail.objects.get()
    assert (mail.values["subject"], mail.values["text"]) == ("Room changes", "Room 5 <b>now</b>")


def test_files_of_participants_hold_no_formulas() -> None:
    event = an_event(asks_needs=True)
    a_seat(event, name='=HYPERLINK("http://evil.example")', works_at="+SUM(A1)", needs="@cmd")
    client = desk_of(event)
    rows = list(
        csv.reader(
            io.StringIO(client.get(of_event(event, "participants_csv")).content.decode("utf-8-sig")), delimiter=";"
        )
    )
    assert rows[1][0] == '\'=HYPERLINK("http://evil.example")'
    assert rows[1][2] == "'+SUM(A1)"
    assert rows[1][-1] == "'@cmd"
    sheet = load_workbook(io.BytesIO(client.get(of_event(event, "participants_xlsx")).content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert '=HYPERLINK("http://evil.example")' in [cell.value for cell in cells]


def test_participants_are_found_by_state_and_words() -> None:
    event = an_event(capacity=1)
    a_seat(event, name="Aino Aalto", works_at="Town")
    a_seat(event, name="Veikko Virta", state="waiting")
    client = desk_of(event)
    page = client.get(of_event(event, "participants"), {"state": "waiting"}).content.decode()
    assert "Veikko Virta" in page
    assert "Aino Aalto" not in page
    assert "Aino Aalto" in client.get(of_event(event, "participants"), {"words": "town"}).content.decode()


def test_the_organiser_cancels_a_registration_and_the_next_gets_the_seat() -> None:
    event = an_event(capacity=1)
    sure, waits = a_seat(event), a_seat(event, state="waiting")
    client = desk_of(event)
    for _ in range(2):
        client.post(of_event(event, "desk_seat_cancel", seat_id=sure.public_id))
    assert Seat.objects.get(pk=waits.pk).state == "booked"
    assert Mail.objects.filter(template="events/mail/seat_cancelled.txt").count() == 1


def test_attendance_waits_for_the_event_to_begin() -> None:
    coming, past = an_event(), a_past_event()
    for event in (coming, past):
        seat, left = a_seat(event), a_seat(event, state="cancelled")
        marks = {f"seat_{seat.public_id}": "present", f"seat_{left.public_id}": "present"}
        desk_of(event).post(of_event(event, "attendance"), marks)
    assert [seat.attendance for seat in coming.seats.order_by("pk")] == ["", ""]
    assert [seat.attendance for seat in past.seats.order_by("pk")] == ["present", ""]


def test_invited_organisations_are_told_once_when_the_event_is_announced() -> None:
    event = an_event(state="draft", audience="invited")
    town = an_organisation("Town")
    responsible = someone_who_is("responsible_person", town)
    someone_who_is("member", town)
    client = desk_of(event)
    for _ in range(2):
        client.post(of_event(event, "invite"), {"organisations": town.pk, "addresses": f"{responsible.email}\n"})
    assert Invited.objects.count() == 2
    assert not Mail.objects.exists()
    for _ in range(2):
        client.post(of_event(event, "announce"))
    assert [mail.address for mail in Mail.objects.all()] == [responsible.email]


def test_inviting_an_unknown_address_says_which() -> None:
    event = an_event(audience="invited")
    answer = desk_of(event).post(of_event(event, "invite"), {"addresses": "nobody@example.org"})
    assert answer.status_code == 400
    assert "nobody@example.org" in answer.content.decode()
    assert not Invited.objects.exists()


def test_an_event_on_site_is_not_announced_without_a_place() -> None:
    event = an_event(state="draft", mode="on_site")
    desk_of(event).post(of_event(event, "announce"))
    assert Event.objects.get().state == "draft"


def test_nobody_else_comes_to_the_desk() -> None:
    event = an_event()
    seat = a_seat(event, name="Aino Aalto")
    for kind in ("member", "responsible_person", "supplier_user", "ministry_officer"):
        client = Client()
        client.force_login(someone_who_is(kind))
        for name in ("desk_event", "participants", "participants_csv", "move", "attendance"):
            answer = client.get(of_event(event, name))
            assert answer.status_code == 403
            assert seat.name not in answer.content.decode()
