"""Seats in the sessions go with the part in the programme, and with them the entries in people's calendars."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from auditlog.models import LogEntry
from django.core import mail as box
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from keino.web.base.mail_sending import send_due
from keino.web.base.models import Mail, Person
from keino.web.base.owned import owned_by
from keino.web.cohorts.models import Participation, TeamPerson
from keino.web.cohorts.services.participations import change_responsible, take_in
from keino.web.events.models import Event, Seat
from keino.web.programmes.models import Edition
from keino.web.programmes.services.applications.moves import move_application
from keino.web.programmes.services.sessions import hold_sessions
from tests.factories.applications import an_application
from tests.factories.cohorts import a_worker
from tests.factories.programmes import a_date, an_edition, named_in
from tests.factories.web import an_organisation, someone_who_is
from tests.web.cohorts.browsing import as_
from tests.web.cohorts.walking import page

pytestmark = pytest.mark.django_db


def with_sessions(state: str = "running") -> Edition:
    """An edition with one session that was and one to come."""
    edition = an_edition(state=state)
    edition.dates.all().delete()
    for days in (-7, 7):
        a_date(edition, "workshop", days=days, hours=3, mode="online")
    hold_sessions(edition, by=None)
    return edition


@pytest.fixture
def edition() -> Edition:
    return with_sessions()


def taking_part(edition: Edition) -> Participation:
    """An organisation that was taken in, its responsible person seated."""
    town = an_organisation()
    return take_in(edition, town, by=None, responsible=someone_who_is("responsible_person", town))


@pytest.fixture
def ours(edition: Edition) -> Participation:
    return taking_part(edition)


def coming(edition: Edition) -> Event:
    [date] = edition.dates.filter(starts_at__gt=timezone.now())
    assert date.event is not None
    return date.event


def seated(edition: Edition) -> set[Person | None]:
    return {seat.person for seat in Seat.objects.filter(event=coming(edition), state="booked")}


def entries() -> list[tuple[str, str, str, int]]:
    """(address, method, identifier, SEQUENCE) of the calendar entries that go out now."""
    box.outbox.clear()
    send_due()
    found = []
    for message in box.outbox:
        for _name, content, kind in message.attachments:
            if "calendar" in str(kind):
                book = Calendar.from_ical(content)
                [entry] = book.walk("VEVENT")
                found.append((message.to[0], str(book["method"]), str(entry["uid"]), int(entry["sequence"])))
    return found


def join(ours: Participation) -> tuple[Person, TeamPerson]:
    """Somebody is taken into the team on its page."""
    worker = a_worker(ours)
    as_(worker).post(page("team", ours), {"person": worker.pk, "name": "", "part": "Law"})
    return worker, TeamPerson.objects.get(participation=ours, person=worker)


def take_out(ours: Participation, member: TeamPerson, by: Person) -> None:
    assert as_(by).post(page("team_take_out", ours, member=member.public_id)).status_code == 302


def test_b5_who_is_taken_out_of_the_team_gets_the_entry_that_takes_the_session_out_once(
    ours: Participation, edition: Edition
) -> None:
    worker, member = join(ours)
    uid = coming(edition).uid
    asked = [(address, method, of) for address, method, of, _number in entries()]
    assert sorted(asked) == sorted((each.email, "REQUEST", uid) for each in (worker, ours.responsible) if each)
    assert seated(edition) == {worker, ours.responsible}
    for _press in range(2):
        take_out(ours, member, a_worker(ours))
    assert seated(edition) == {ours.responsible}
    assert entries() == [(worker.email, "CANCEL", uid, coming(edition).sequence)]
    past = Seat.objects.exclude(event=coming(edition))
    assert not past.exists()  # nobody was seated, and nobody is told of, what was before
    join_again = {"person": worker.pk, "name": "", "part": "Law"}
    as_(worker).post(page("team", ours), join_again)
    assert seated(edition) == {worker, ours.responsible}
    assert [(method, of) for _address, method, of, _number in entries()] == [("REQUEST", uid)]


def test_whoever_is_expected_for_another_reason_keeps_the_seat(ours: Participation, edition: Edition) -> None:
    responsible = ours.responsible
    assert responsible is not None
    as_(responsible).post(page("team", ours), {"person": responsible.pk, "name": "", "part": ""})
    take_out(ours, TeamPerson.objects.get(person=responsible), responsible)  # still responsible
    host = named_in(edition, "host")
    TeamPerson.objects.create(participation=ours, person=host)
    take_in(edition, an_organisation(), by=None, responsible=host)
    assert seated(edition) == {responsible, host}
    desk = as_(someone_who_is("coordinator", edition.organisation))
    for there in Participation.objects.filter(responsible=host):
        url = reverse("cohorts:desk_move", args=[edition.slug, there.public_id])
        desk.post(url, {"to": "dropped", "note": "No time."})
    assert seated(edition) == {responsible, host}
    assert not Mail.objects.filter(template="events/mail/invitation_withdrawn.txt").exists()


def test_b5_the_people_of_who_left_early_are_not_expected_any_more(ours: Participation, edition: Edition) -> None:
    stays = taking_part(edition)
    worker, _member = join(ours)
    mentor, shared = (someone_who_is("mentor", edition.organisation, about=stays.organisation) for _number in range(2))
    desk = as_(someone_who_is("coordinator", edition.organisation))
    for there, named in ((ours, mentor), (stays, shared)):
        url = reverse("cohorts:desk_participant", args=[edition.slug, there.public_id])
        assert desk.post(url, {"seen": there.version, "mentor": named.pk}).status_code == 302
    assert seated(edition) == {ours.responsible, worker, mentor, stays.responsible, shared}
    entries()
    move = reverse("cohorts:desk_move", args=[edition.slug, ours.public_id])
    for _press in range(2):
        desk.post(move, {"to": "dropped", "note": "Nobody had the time."})
    assert seated(edition) == {stays.responsible, shared}
    cancelled = [address for address, method, _uid, _number in entries() if method == "CANCEL"]
    assert sorted(cancelled) == sorted(each.email for each in (ours.responsible, worker, mentor) if each)


def test_a_place_given_back_gives_the_seats_back() -> None:
    edition = with_sessions("closed")
    contact = someone_who_is("responsible_person")
    application = an_application(edition, state="selected", contact=contact)
    move_application(application, "confirmed", by=None)
    assert seated(edition) == {contact}
    move_application(application, "withdrawn", by=None)
    assert not seated(edition)


def test_the_mentor_who_is_replaced_gives_the_seat_to_the_next(ours: Participation, edition: Edition) -> None:
    desk = as_(someone_who_is("coordinator", edition.organisation))
    mentors = [someone_who_is("mentor", edition.organisation, about=an_organisation()) for _number in range(2)]
    url = reverse("cohorts:desk_participant", args=[edition.slug, ours.public_id])
    for mentor in mentors:
        ours.refresh_from_db()
        assert desk.post(url, {"seen": ours.version, "mentor": mentor.pk}).status_code == 302
        assert seated(edition) == {ours.responsible, mentor}


def by_service(ours: Participation, new: Person) -> None:
    assert ours.responsible is not None
    change_responsible(ours, new, by=ours.responsible, seen=ours.version)


def by_hand_over(ours: Participation, new: Person) -> None:
    assert ours.responsible is not None
    [thing] = [each for each in owned_by(ours.responsible, ours.organisation) if each.key.startswith("participation:")]
    thing.give_to(new)


@pytest.mark.parametrize("change", [by_service, by_hand_over])
def test_the_next_responsible_person_is_expected_and_the_one_before_is_not(
    ours: Participation, edition: Edition, change: Callable[[Participation, Person], None]
) -> None:
    new = a_worker(ours)
    change(ours, new)
    ours.refresh_from_db()
    assert ours.responsible == new
    assert seated(edition) == {new}


def test_a_deputy_takes_somebody_out_on_behalf_of_the_holder(ours: Participation) -> None:
    _worker, member = join(ours)
    holder = ours.organisation.roles.get(kind="responsible_person")
    deputy = someone_who_is("responsible_person", ours.organisation, deputy_of=holder)
    take_out(ours, member, deputy)
    written = LogEntry.objects.get_for_model(TeamPerson).filter(action=LogEntry.Action.DELETE).get()
    assert written.actor == deputy
    assert written.additional_data["on_behalf_of"] == holder.person.pk
