"""Sparring sessions on their pages: agreed, prepared, written down, with actions that both sides find again."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail as outbox
from django.utils import timezone
from icalendar import Calendar

from keino.web.base.mail_sending import send_due
from keino.web.base.models import Mail, Person
from keino.web.cohorts.models import SparringSession
from keino.web.plans.models import Action
from keino.web.programmes.models import ExpertHours
from tests.factories.actions import an_action
from tests.factories.cohorts import a_mentor, a_participation
from tests.factories.sparring import a_session, agreed
from tests.factories.web import an_organisation, someone_who_is
from tests.web.cohorts.browsing import as_, at, text_of

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def written(who: Person, **fields: Any) -> dict[str, Any]:
    """What the form of a session sends."""
    day = timezone.localdate() + 7 * DAY
    return {
        "key": str(uuid.uuid4()), "day": day.isoformat(), "begins": "9:00", "ends": "10.30", "mentor": who.pk,
        "mode": "online", "place": "https://meet.example.org/1",
    } | fields  # fmt: skip


def calendar_of(message: Any) -> Any:
    name, content, media_type = message.attachments[0]
    book = Calendar.from_ical(content)
    assert name == "sparring.ics"
    assert f"method={book['method']}" in media_type
    return book


def test_b7_a_session_is_booked_with_its_agenda_and_leaves_actions_with_owners() -> None:
    there = a_participation()
    town, mentor = there.organisation, a_mentor(there)
    member = someone_who_is("member", town)
    an_action(town, title="Electric vans", deadline=timezone.localdate() + 3 * DAY)
    an_action(town, title="Done long ago", state="done", done_on=timezone.localdate())
    earlier = a_session(town, days=-30, state="held", notes="We met.")
    agreed(earlier, title="Ask three suppliers", deadline=timezone.localdate() + 60 * DAY)

    # the mentor agrees the session: both sides get a mail with the entry for their calendar
    client = as_(mentor)
    sent = written(mentor)
    url = at("edition_sparring_new", town, edition=there.edition.slug)
    first, second = client.post(url, sent), client.post(url, sent)
    assert first.status_code == second.status_code == 302
    session = SparringSession.objects.exclude(pk=earlier.pk).get()
    assert session.participation == there
    assert timezone.localtime(session.starts_at).strftime("%H:%M") == "09:00"
    told = Mail.objects.filter(template="cohorts/mail/sparring_agreed.txt")
    assert {mail.person for mail in told} == {mentor, there.responsible}
    send_due()
    entries = [calendar_of(message) for message in outbox.outbox]
    assert {str(entry["method"]) for entry in entries} == {"REQUEST"}
    assert {str(event["uid"]) for entry in entries for event in entry.walk("VEVENT")} == {
        f"sparring-{session.public_id}"
    }

    # the agenda is prepared from the open actions, what was agreed in sparring before the others
    page = text_of(as_(member).get(at("sparring_session", town, session=session.public_id)))
    assert page.index("Ask three suppliers") < page.index("Electric vans")
    assert "Done long ago" not in page
    answer = as_(member).post(
        at("sparring_agenda", town, session=session.public_id),
        {"agenda": "Ask three suppliers\nOur new pilot", "seen": session.version},
    )
    assert answer.status_code == 302
    assert "Our new pilot" in text_of(client.get(at("sparring_session", town, session=session.public_id)))

    # it is held, written down, and leaves an action with owner and deadline in the plan
    SparringSession.objects.filter(pk=session.pk).update(
        starts_at=timezone.now() - DAY, ends_at=timezone.now() - DAY + dt.timedelta(hours=1)
    )
    session.refresh_from_db()
    advice = {"notes": "The pilot is late.", "advice": "Begin the dialogue now.", "seen": session.version}
    assert client.post(at("sparring_write", town, session=session.public_id), advice).status_code == 302
    deadline = timezone.localdate() + 40 * DAY
    new = {
        "key": str(uuid.uuid4()), "title": "Hold the dialogue", "owner": member.pk, "deadline": deadline.isoformat(),
        "has_no_budget_effect": "on",
    }  # fmt: skip
    for _press in range(2):
        assert client.post(at("sparring_action_new", town, session=session.public_id), new).status_code == 302
    action = Action.objects.get(title="Hold the dialogue")
    assert (action.organisation, action.owner, action.deadline) == (town, member, deadline)
    assert action.agreed_in_sparring.session == session
    assert "Agreed in sparring on" in action.description  # the plan says where it comes from
    page = text_of(as_(member).get(at("sparring_session", town, session=session.public_id)))
    assert "Begin the dialogue now." in page
    assert "Hold the dialogue" in page

    # and stands on the agenda of the next one
    following = a_session(town, days=30)
    page = text_of(client.get(at("sparring_session", town, session=following.public_id)))
    assert "Hold the dialogue – sovittu sparrauksessa" in page  # in the organisation's language
    log = text_of(as_(member).get(at("edition_sparring", town, edition=there.edition.slug)))
    assert "1 session" in log


def test_moving_and_calling_off_raise_the_sequence_and_tell_both_sides_once() -> None:
    there = a_participation()
    town, mentor = there.organisation, a_mentor(there)
    session = a_session(town, mentor=mentor, created_by=mentor)
    client = as_(mentor)
    move = written(mentor, begins="13:00", ends="14:00", seen=session.version)
    assert client.post(at("sparring_move", town, session=session.public_id), move).status_code == 302
    session.refresh_from_db()
    assert session.sequence == 1
    cancel = {"why": "Ill", "seen": session.version}
    for _press in range(2):
        assert client.post(at("sparring_cancel", town, session=session.public_id), cancel).status_code == 302
    session.refresh_from_db()
    assert (session.state, session.sequence) == ("cancelled", 2)
    kinds = [mail.template.rpartition("_")[2] for mail in Mail.objects.filter(person=mentor).order_by("pk")]
    assert kinds == ["moved.txt", "cancelled.txt"]
    send_due()
    events = [event for message in outbox.outbox for event in calendar_of(message).walk("VEVENT")]
    assert {str(event["uid"]) for event in events} == {f"sparring-{session.public_id}"}
    assert {str(event["status"]) for event in events} == {"CANCELLED"}  # nobody gets an entry of what is off


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"ends": "8:00"}, "later than it begins"),
        ({"ends": "9:00"}, "later than it begins"),
        ({"day": "2999-01-01"}, "too far away"),
        ({"day": "31.2.2027"}, "Enter a valid date"),
        ({"begins": "25:00"}, "Enter a valid time"),
        ({"mentor": "0"}, "Select a valid choice"),
        ({"place": "x" * 301}, "at most 300"),
        ({"day": "2027-03-28", "begins": "3:30", "ends": "5:00"}, "go forward|no such|doesn't exist|don't have|skip"),
    ],
)
def test_a_session_that_cannot_be_is_refused_with_what_to_do(fields: dict[str, str], said: str) -> None:
    there = a_participation()
    mentor = a_mentor(there)
    answer = as_(mentor).post(at("sparring_new", there.organisation), written(mentor, **fields))
    assert answer.status_code == 422
    assert re.search(said, text_of(answer)), text_of(answer)[:1500]
    assert not SparringSession.objects.exists()


def test_times_are_those_of_finnish_clocks_on_both_sides_of_a_clock_change() -> None:
    there = a_participation()
    mentor = a_mentor(there)
    for day, utc in (("2027-03-26", 7), ("2027-03-29", 6), ("2027-10-29", 6), ("2027-11-01", 7)):
        as_(mentor).post(at("sparring_new", there.organisation), written(mentor, day=day))
        assert SparringSession.objects.latest("pk").starts_at.hour == utc


def test_a_mentor_has_one_session_at_a_time() -> None:
    there = a_participation()
    mentor = a_mentor(there)
    url = at("sparring_new", there.organisation)
    as_(mentor).post(url, written(mentor))
    answer = as_(mentor).post(url, written(mentor, begins="10:00", ends="11:00"))
    assert "another engagement at that time" in text_of(answer)
    assert as_(mentor).post(url, written(mentor, begins="10:30", ends="11:00")).status_code == 302
    assert SparringSession.objects.count() == 2


def test_somebody_who_is_not_their_mentor_cannot_be_named() -> None:
    there = a_participation()
    stranger = someone_who_is("mentor", there.edition.organisation, about=an_organisation())
    member = someone_who_is("member", there.organisation)
    answer = as_(member).post(at("sparring_new", there.organisation), written(stranger))
    assert "Select a valid choice" in text_of(answer)


def test_the_second_of_two_writers_keeps_their_text() -> None:
    there = a_participation()
    session = a_session(there.organisation, days=-1)
    client = as_(someone_who_is("member", there.organisation))
    url = at("sparring_write", there.organisation, session=session.public_id)
    client.post(url, {"notes": "First.", "seen": session.version})
    answer = client.post(url, {"notes": "Second.", "seen": session.version})
    assert answer.status_code == 422
    assert "Somebody else changed this" in text_of(answer)
    assert "Second." in text_of(answer)
    session.refresh_from_db()
    assert session.notes == "First."


def test_a_session_to_come_cannot_be_written_down_and_one_called_off_gets_no_action() -> None:
    there = a_participation()
    town = there.organisation
    client = as_(someone_who_is("member", town))
    coming = a_session(town, days=3)
    url = at("sparring_write", town, session=coming.public_id)
    assert "from then on" in text_of(client.post(url, {"notes": "Too soon.", "seen": coming.version}))
    off = a_session(town, state="cancelled", cancelled_because="Ill")
    new = {"key": str(uuid.uuid4()), "title": "x", "owner": there.responsible.pk, "deadline": "2099-01-01"}
    answer = client.post(at("sparring_action_new", town, session=off.public_id), new)
    assert answer.status_code == 422
    assert not Action.objects.exists()


def test_markup_in_agenda_notes_and_advice_is_shown_as_text() -> None:
    there = a_participation()
    hostile = "<script>alert(1)</script>"
    session = a_session(
        there.organisation, days=-1, state="held", agenda=hostile, notes=hostile, advice=hostile, place=hostile
    )
    body = as_(there.responsible).get(at("sparring_session", there.organisation, session=session.public_id))
    assert hostile not in body.content.decode()


@pytest.mark.parametrize("who", ["other_member", "supplier", "anonymous", "other_mentor", "coordinator"])
def test_others_see_nothing_of_a_session(who: str) -> None:
    there, other = a_participation(), a_participation()
    other.edition = there.edition
    other.save()
    session = a_session(there.organisation, participation=there, notes="Secret 8812", state="held")
    person = {
        "other_member": lambda: someone_who_is("member", other.organisation),
        "supplier": lambda: someone_who_is("supplier_user", an_organisation(kind="company")),
        "anonymous": lambda: None,
        "other_mentor": lambda: a_mentor(other),
        "coordinator": lambda: someone_who_is("coordinator", there.edition.organisation),
    }[who]()
    client = as_(person)
    for name in ("sparring_session", "sparring_write", "sparring_calendar", "sparring_action_new"):
        answer = client.get(at(name, there.organisation, session=session.public_id))
        assert answer.status_code in {302, 403, 404}
        assert "Secret 8812" not in answer.content.decode()


def test_b7_times_in_the_mentors_hours_are_offered_and_booked_by_one_rule() -> None:
    there = a_participation()
    mentor, rival = a_mentor(there), a_participation(edition=there.edition)
    someone_of_rival = a_mentor(rival)
    day = timezone.localdate() + 10 * DAY
    hours = {"edition": there.edition, "expert": mentor, "day": day}
    ExpertHours.objects.create(**hours, begins=dt.time(9), ends=dt.time(11))
    url = at("edition_sparring_new", there.organisation, edition=there.edition.slug)
    client = as_(there.responsible)
    offered = re.findall(r'name="slot" value="([^"]+)"', client.get(url).content.decode())
    assert len(offered) == 2  # from 9 and from 10, an hour each
    sent = {"key": str(uuid.uuid4()), "slot": offered[0], "mentor": mentor.pk, "mode": "online"}
    assert client.post(url, sent).status_code == 302
    session = SparringSession.objects.get()
    assert timezone.localtime(session.starts_at).strftime("%H:%M") == "09:00"
    assert session.ends_at - session.starts_at == dt.timedelta(hours=1)
    # somebody else had the page open: the time is gone for them
    answer = client.post(url, sent | {"key": str(uuid.uuid4())})
    assert answer.status_code == 422
    assert offered[0] not in re.findall(r'name="slot" value="([^"]+)"', answer.content.decode())
    assert SparringSession.objects.count() == 1
    # a time that is offered for one mentor isn't for another
    answer = client.post(url, sent | {"key": str(uuid.uuid4()), "slot": offered[1], "mentor": someone_of_rival.pk})
    assert answer.status_code == 422
    # hours or no hours, another time can be agreed
    assert client.post(url, written(mentor, slot="")).status_code == 302


def test_a_mentor_who_talks_with_an_applicant_is_taken() -> None:
    there = a_participation()
    mentor = a_mentor(there)
    with patch("keino.web.cohorts.services.sparring_sessions.has_discussion", return_value=True):
        answer = as_(mentor).post(at("sparring_new", there.organisation), written(mentor))
    assert "another engagement at that time" in text_of(answer)
