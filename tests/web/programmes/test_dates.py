"""Dates of a calendar change: all or none, told once, with entries for calendars, never twice."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from django.test import Client
from icalendar import Calendar

from keino.web.base.mail_sending import send_due
from keino.web.base.models import Mail
from keino.web.events.models import Event
from keino.web.programmes.errors.editions import CalendarDoesNotHold
from keino.web.programmes.models import Edition, EditionDate
from keino.web.programmes.services.calendar import change_dates
from keino.web.programmes.services.date_changes import wanted_of
from keino.web.programmes.services.sessions import hold_sessions, invite_to_sessions
from tests.factories.accounts import with_second_factor
from tests.factories.programmes import a_date, an_edition, named_in
from tests.factories.web import a_person, someone_who_is

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")
WEEK = dt.timedelta(weeks=1)
CHANGED = "programmes/mail/dates_changed.txt"


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=HELSINKI).astimezone(dt.UTC)  # type: ignore[misc]


@pytest.fixture
def edition() -> Edition:
    """A public edition in 2027 with a kick-off, a workshop and a closing, whose sessions are events."""
    made = an_edition(parts=False, name_fi="Akatemia 2027", slug="akatemia-2027")
    for kind, first, last in (
        ("form_deadline", at(2027, 5, 31, 16), at(2027, 5, 31, 16)),
        ("kick_off", at(2027, 9, 14, 10), at(2027, 9, 14, 16)),
        ("workshop", at(2027, 10, 12, 9), at(2027, 10, 12, 11, 30)),
        ("closing", at(2028, 2, 1, 10), at(2028, 2, 1, 16)),
    ):
        a_date(made, kind, starts_at=first, ends_at=last, mode="online")
    hold_sessions(made, by=None)
    return made


@pytest.fixture
def by(edition: Edition, client: Client) -> Any:
    person = with_second_factor(someone_who_is("coordinator", edition.organisation))
    client.force_login(person)
    return person


def _date(edition: Edition, kind: str) -> EditionDate:
    return edition.dates.get(kind=kind)


def _later(date: EditionDate, by: dt.timedelta = WEEK) -> Any:
    return wanted_of(date, starts_at=date.starts_at + by, ends_at=date.ends_at + by)


def _version(edition: Edition) -> int:
    return Edition.objects.get(pk=edition.pk).version


def _change(edition: Edition, by: Any, *wanted: Any) -> Any:
    return change_dates(edition, wanted=wanted, by=by, seen=_version(edition))


# ---- told once


def test_b1_several_dates_changed_in_one_save_make_one_mail_to_each_person_concerned(edition: Edition, by: Any) -> None:
    people = [named_in(edition, kind) for kind in ("reviewer", "mentor")]
    both = named_in(edition, "expert", people[0])  # named twice, told once
    changes = _change(edition, by, _later(_date(edition, "kick_off")), _later(_date(edition, "workshop")))
    assert len(changes) == 2
    told = Mail.objects.filter(template=CHANGED)
    assert sorted(mail.person_id for mail in told) == sorted(person.pk for person in people)
    assert both in people
    assert [len(mail.values["changes"]) for mail in told] == [2, 2]


def test_b1_the_same_save_again_tells_nobody(edition: Edition, by: Any) -> None:
    named_in(edition)
    wanted = _later(_date(edition, "kick_off"))
    _change(edition, by, wanted)
    assert _change(edition, by, wanted) == []
    assert change_dates(edition, wanted=[wanted], by=by, seen=0) == []  # the same form sent twice
    assert Mail.objects.filter(template=CHANGED).count() == 1


def test_b1_calendar_entries_of_participants_change_instead_of_doubling(edition: Edition, by: Any) -> None:
    participant = a_person("Osallistuja")
    invite_to_sessions(edition, [participant], by=by)
    send_due()
    first = {str(entry["uid"]): int(entry["sequence"]) for entry in _entries(participant.email)}
    outbox.outbox.clear()

    _change(edition, by, _later(_date(edition, "kick_off")), _later(_date(edition, "closing")))
    send_due()

    changed = {str(entry["uid"]): entry for entry in _entries(participant.email)}
    moved = [_date(edition, kind) for kind in ("kick_off", "closing")]
    assert set(changed) == {str(date.public_id) for date in moved} < set(first)
    for date in moved:
        entry = changed[str(date.public_id)]
        assert int(entry["sequence"]) == first[str(date.public_id)] + 1 == date.sequence
        assert entry["dtstart"].dt == date.starts_at
        assert date.event.starts_at == date.starts_at
    assert len(outbox.outbox) == 1  # one mail, both entries


def _entries(address: str) -> list[Any]:
    """The entries that mails to an address carried."""
    found = []
    for message in outbox.outbox:
        assert message.to == [address]
        for name, content, kind in message.attachments:
            assert (name[-4:], kind) == (".ics", "text/calendar; method=REQUEST")
            found += Calendar.from_ical(content).walk("VEVENT")
    return found


def test_mail_says_what_it_was_what_it_is_who_and_why(edition: Edition, by: Any) -> None:
    person = named_in(edition)
    change_dates(
        edition, wanted=[_later(_date(edition, "kick_off"))], by=by, seen=_version(edition), why="Sali on varattu."
    )
    send_due()
    text = next(message.body for message in outbox.outbox if message.to == [person.email])
    for said in ("21.9.2027", "14.9.2027", str(by), "Sali on varattu.", "/programmes/akatemia-2027/"):
        assert said in text


def test_whoever_changes_a_date_is_told_only_when_their_own_entry_is_wrong(edition: Edition, by: Any) -> None:
    named_in(edition, "host", by)
    _change(edition, by, _later(_date(edition, "form_deadline")))
    assert not Mail.objects.filter(template=CHANGED).exists()
    invite_to_sessions(edition, [by], by=by)
    _change(edition, by, _later(_date(edition, "kick_off")))
    assert [mail.person for mail in Mail.objects.filter(template=CHANGED)] == [by]


def test_nobody_is_told_of_a_draft_and_its_sequence_stays(by: Any) -> None:
    draft = an_edition(by.roles.get().organisation, state="draft")
    named_in(draft)
    date = _date(draft, "kick_off")
    _change(draft, by, _later(date))
    assert not Mail.objects.filter(template=CHANGED).exists()
    assert (_date(draft, "kick_off").sequence, _date(draft, "kick_off").event) == (0, None)


def test_renaming_a_date_tells_nobody(edition: Edition, by: Any) -> None:
    named_in(edition)
    date = _date(edition, "workshop")
    _change(edition, by, wanted_of(date, texts={"name_fi": "Työpaja: kriteerit"}))
    assert (_date(edition, "workshop").name_fi, Mail.objects.filter(template=CHANGED).count()) == (
        "Työpaja: kriteerit",
        0,
    )


def test_session_taken_out_takes_its_entries_back(edition: Edition, by: Any) -> None:
    participant = a_person()
    invite_to_sessions(edition, [participant], by=by)
    send_due()
    outbox.outbox.clear()
    workshop = _date(edition, "workshop")
    _change(edition, by, wanted_of(workshop, is_gone=True))
    send_due()
    [message] = outbox.outbox
    [(_name, content, kind)] = message.attachments
    [entry] = Calendar.from_ical(content).walk("VEVENT")
    assert (kind, str(entry["uid"]), str(entry["status"])) == (
        "text/calendar; method=CANCEL",
        str(workshop.public_id),
        "CANCELLED",
    )
    assert Event.objects.get(public_id=workshop.public_id).is_cancelled


def test_added_session_of_a_public_edition_becomes_an_event_at_once(edition: Edition, by: Any, client: Client) -> None:
    url = f"/desk/programmes/{edition.slug}/dates/new/workshop/"
    data = {"day": "2027-11-16", "from": "09:00", "to": "11:30", "mode": "online", "seen": _version(edition)}
    assert client.post(url, data | {"confirm": "1"}).status_code == 302
    added = edition.dates.get(kind="workshop", starts_at=at(2027, 11, 16, 9))
    assert added.event.public_id == added.public_id


# ---- refused


def test_b1_overlap_and_closing_before_kick_off_are_refused_together_and_nothing_is_saved(
    edition: Edition, by: Any
) -> None:
    before = {date.kind: date.starts_at for date in edition.dates.all()}
    kick_off = _date(edition, "kick_off")
    overlapping = wanted_of(
        _date(edition, "workshop"), starts_at=kick_off.starts_at, ends_at=kick_off.starts_at + dt.timedelta(hours=1)
    )
    closing = wanted_of(_date(edition, "closing"), starts_at=at(2027, 6, 1, 10), ends_at=at(2027, 6, 1, 16))
    with pytest.raises(CalendarDoesNotHold) as refused:
        _change(edition, by, overlapping, closing)
    said = str(refused.value)
    assert "are at the same time" in said
    assert "“Closing session” (1.6.2027 10.00) comes before “Kick-off” (14.9.2027 10.00)" in said
    assert {date.kind: date.starts_at for date in edition.dates.all()} == before
    assert not Mail.objects.exists()


def test_page_refuses_with_all_lacks_and_keeps_what_was_written(edition: Edition, by: Any, client: Client) -> None:
    closing = _date(edition, "closing")
    url = f"/desk/programmes/{edition.slug}/dates/{closing.public_id}/"
    data = {"day": "2027-06-01", "from": "10:00", "to": "16:00", "mode": "online", "seen": _version(edition)}
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert 'value="2027-06-01"' in answer.content.decode()
    assert _date(edition, "closing").starts_at == closing.starts_at


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2027-03-28", "03:30", "05:00"),  # clocks go from 3 to 4: this hour isn't there
        ("2026-10-25", "03:30", "05:00"),  # clocks go from 4 to 3: this hour is there twice
        ("2027-09-14", "16:00", "10:00"),
        ("2027-09-14", "10:00", ""),
        ("2027-09-31", "10:00", "12:00"),
        ("", "10:00", "12:00"),
    ],
)
def test_hours_that_can_t_be_are_refused(
    edition: Edition, by: Any, client: Client, day: str, first: str, last: str
) -> None:
    kick_off = _date(edition, "kick_off")
    url = f"/desk/programmes/{edition.slug}/dates/{kick_off.public_id}/"
    answer = client.post(url, {"day": day, "from": first, "to": last, "seen": _version(edition), "confirm": "1"})
    assert (answer.status_code, _date(edition, "kick_off").starts_at) == (422, kick_off.starts_at)


@pytest.mark.parametrize(
    ("day", "hour_in_utc"), [("2026-10-24", 13), ("2026-10-25", 14), ("2027-03-27", 14), ("2027-03-28", 13)]
)
def test_deadline_at_four_is_four_in_finland_on_both_sides_of_the_clock_changes(
    by: Any, client: Client, day: str, hour_in_utc: int
) -> None:
    draft = an_edition(by.roles.get().organisation, state="draft", parts=False, slug="luonnos")
    url = f"/desk/programmes/{draft.slug}/dates/new/form_deadline/"
    assert client.post(url, {"day": day, "at": "16:00", "seen": draft.version}).status_code == 302
    ends = _date(draft, "form_deadline").ends_at
    assert (ends.astimezone(dt.UTC).hour, ends.astimezone(HELSINKI).date().isoformat()) == (hour_in_utc, day)


def test_deadline_without_hour_lasts_to_the_end_of_its_day(by: Any, client: Client) -> None:
    draft = an_edition(by.roles.get().organisation, state="draft", parts=False, slug="luonnos")
    url = f"/desk/programmes/{draft.slug}/dates/new/form_deadline/"
    client.post(url, {"day": "2027-05-31", "at": "", "seen": draft.version})
    ends = _date(draft, "form_deadline").ends_at
    assert at(2027, 5, 31, 23, 59, 59) < ends < at(2027, 6, 1)


# ---- look, then save


def test_first_press_shows_whom_a_change_tells_and_saves_nothing(edition: Edition, by: Any, client: Client) -> None:
    person = named_in(edition)
    kick_off = _date(edition, "kick_off")
    url = f"/desk/programmes/{edition.slug}/dates/{kick_off.public_id}/"
    data = {"day": "2027-09-21", "from": "10:00", "to": "16:00", "mode": "online", "seen": _version(edition)}
    page = client.post(url, data).content.decode()
    assert str(person) in page
    assert _date(edition, "kick_off").starts_at == kick_off.starts_at

    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    hidden.pop("csrfmiddlewaretoken", None)
    assert client.post(url, hidden).status_code == 302
    assert _date(edition, "kick_off").starts_at == at(2027, 9, 21, 10)
    assert Mail.objects.filter(template=CHANGED).count() == 1
    client.post(url, hidden)  # pressed twice
    assert Mail.objects.filter(template=CHANGED).count() == 1


def test_all_dates_on_one_page_save_together(edition: Edition, by: Any, client: Client) -> None:
    named_in(edition)
    url = f"/desk/programmes/{edition.slug}/dates/change/"
    data = {"seen": _version(edition), "confirm": "1"}
    for date in edition.dates.all():
        local = date.starts_at.astimezone(HELSINKI)
        data[f"{date.pk}-day"] = (local.date() + WEEK).isoformat()
        if date.kind == "form_deadline":
            data[f"{date.pk}-at"] = f"{local:%H:%M}"
        else:
            data |= {f"{date.pk}-from": f"{local:%H:%M}", f"{date.pk}-to": f"{date.ends_at.astimezone(HELSINKI):%H:%M}"}
    before = {date.kind: date.starts_at.astimezone(HELSINKI).replace(tzinfo=None) for date in edition.dates.all()}
    assert client.post(url, data).status_code == 302
    after = {date.kind: date.starts_at.astimezone(HELSINKI).replace(tzinfo=None) for date in edition.dates.all()}
    assert after == {kind: moment + WEEK for kind, moment in before.items()}
    assert Mail.objects.filter(template=CHANGED).count() == 1


def test_weeks_move_only_what_is_to_come(by: Any, client: Client) -> None:
    edition = an_edition(by.roles.get().organisation)
    opened, deadline = _date(edition, "call_opens").starts_at, _date(edition, "form_deadline").ends_at
    url = f"/desk/programmes/{edition.slug}/dates/weeks/"
    assert client.post(url, {"weeks": 2, "seen": _version(edition), "confirm": "1"}).status_code == 302
    moved = _date(edition, "form_deadline").ends_at
    assert _date(edition, "call_opens").starts_at == opened
    assert (
        moved.astimezone(HELSINKI).replace(tzinfo=None) - deadline.astimezone(HELSINKI).replace(tzinfo=None) == 2 * WEEK
    )


def test_second_editor_s_dates_are_not_written_over(edition: Edition, by: Any, client: Client) -> None:
    seen = _version(edition)
    _change(edition, by, _later(_date(edition, "closing")))
    kick_off = _date(edition, "kick_off")
    url = f"/desk/programmes/{edition.slug}/dates/{kick_off.public_id}/"
    data = {"day": "2027-09-21", "from": "10:00", "to": "16:00", "mode": "online", "seen": seen, "confirm": "1"}
    answer = client.post(url, data)
    assert (answer.status_code, _date(edition, "kick_off").starts_at) == (422, kick_off.starts_at)
    assert 'value="2027-09-21"' in answer.content.decode()
