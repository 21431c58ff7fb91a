"""Naming a mentor opens a buyer's work to them, and what naming gave ends with the mentoring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from keino.web.base.models import Mail, Person
from keino.web.cohorts.models import Participation
from keino.web.cohorts.services.mentors import end_after_cancelling, name_mentor
from keino.web.organisations.models import Role
from keino.web.organisations.services.hand_over import hand_over, hand_over_of
from keino.web.programmes.models import Edition
from keino.web.programmes.services.states import move_edition
from tests.factories.cohorts import a_mentor, a_participation
from tests.factories.programmes import an_edition
from tests.factories.web import an_organisation, someone_who_is
from tests.web.cohorts.browsing import as_, clock_at, text_of
from tests.web.cohorts.walking import page

pytestmark = pytest.mark.django_db

HELSINKI = ZoneInfo("Europe/Helsinki")
TODAY = dt.datetime(2026, 10, 5, 12, tzinfo=HELSINKI)
TOMORROW = TODAY + dt.timedelta(days=1)
LONG_AGO = dt.date(2020, 1, 1)


@pytest.fixture
def edition() -> Edition:
    return an_edition(state="running")


@pytest.fixture
def ours(edition: Edition) -> Participation:
    town = an_organisation("Our town")
    person = someone_who_is("responsible_person", town, valid_from=LONG_AGO)
    return a_participation(town, edition, responsible=person)


def of_centre(edition: Edition, kind: str = "mentor") -> Person:
    """Somebody of the centre who helps another buyer."""
    return someone_who_is(kind, edition.organisation, about=an_organisation(), valid_from=LONG_AGO)


def coordinator(edition: Edition) -> Person:
    return someone_who_is("coordinator", edition.organisation, valid_from=LONG_AGO)


def name(there: Participation, mentor: Person | None) -> None:
    """Name the mentor on the desk's page."""
    there.refresh_from_db()
    url = reverse("cohorts:desk_participant", args=[there.edition.slug, there.public_id])
    sent = {"seen": there.version, "mentor": mentor.pk if mentor else ""}
    assert as_(coordinator(there.edition)).post(url, sent).status_code == 302


def move(there: Participation, to: str) -> None:
    url = reverse("cohorts:desk_move", args=[there.edition.slug, there.public_id])
    sent = {"to": to, "note": "Nobody had the time."}
    assert as_(coordinator(there.edition)).post(url, sent).status_code == 302


def close(edition: Edition, year: int) -> None:
    url = reverse("cohorts:desk_close", args=[edition.slug])
    assert as_(coordinator(edition)).post(url, {"year": str(year)}).status_code == 302


def sees(person: Person, there: Participation) -> bool:
    """Whether somebody opens the space, the plans and the procurements of the organisation; all of them or none."""
    person = Person.objects.get(pk=person.pk)
    client, slug = as_(person), there.organisation.slug
    urls = [
        page("space", there),
        reverse("plans:actions", args=[slug]),
        reverse("procurements:procurements", args=[slug]),
    ]
    [answer] = {client.get(url).status_code for url in urls}
    assert answer in {200, 403}
    return answer == 200


def told(template: str) -> list[tuple[Person | None, str]]:
    """Who was told last, and of which day."""
    found = Mail.objects.filter(template=f"cohorts/mail/{template}.txt").order_by("pk")
    return [(mail.person, mail.values["day"]) for mail in found]


def test_b5_a_mentor_who_is_replaced_sees_nothing_from_the_next_day_and_both_sides_are_told(
    ours: Participation, edition: Edition
) -> None:
    with clock_at(TODAY):
        first, second = of_centre(edition), of_centre(edition, "expert")
        name(ours, first)
        assert told("mentor_changed") == [(ours.responsible, "")]
        assert sees(first, ours)
        name(ours, second)
        assert sees(first, ours)  # a role counts on its last day
        assert [person for person, _day in told("mentor_ends")] == [first]
        assert [person for person, _day in told("mentor_changed")] == [ours.responsible] * 2
        last = Mail.objects.filter(template="cohorts/mail/mentor_changed.txt").latest("pk").values
        assert (last["mentor"], last["before"], last["day"]) == (str(second), str(first), "5.10.2026")
    with clock_at(TOMORROW):
        assert not sees(first, ours)
        assert sees(second, ours)
        name(ours, None)
    with clock_at(TOMORROW + dt.timedelta(days=1)):
        assert not sees(second, ours)


def test_b5_a_mentor_of_who_left_sees_nothing_from_the_next_day(ours: Participation, edition: Edition) -> None:
    with clock_at(TODAY):
        mentor = of_centre(edition)
        name(ours, mentor)
        move(ours, "dropped")
        assert [person for person, _day in told("mentor_ends")] == [mentor]
        assert [person for person, _day in told("mentor_changed")] == [ours.responsible] * 2
    with clock_at(TOMORROW):
        assert not sees(mentor, ours)
        desk = as_(coordinator(edition))
        url = reverse("cohorts:desk_participant", args=[edition.slug, ours.public_id])
        assert "Name the mentor" not in text_of(desk.get(url))
        ours.refresh_from_db()
        answer = desk.post(url, {"seen": ours.version, "mentor": of_centre(edition).pk})
        assert answer.status_code == 422
        assert "doesn't work in this programme any more" in text_of(answer)


def test_b8_a_mentor_follows_an_alumnus_until_the_end_of_the_follow_up_year(
    ours: Participation, edition: Edition
) -> None:
    with clock_at(TODAY):
        mentor = of_centre(edition)
        name(ours, mentor)
        move(ours, "completed")
        close(edition, 2027)
        closed = Mail.objects.get(template="cohorts/mail/edition_closed.txt").values
        assert (closed["mentor"], closed["until"]) == (str(mentor), "31.12.2027")
        assert told("mentor_ends") == [(mentor, "31.12.2027")]
        later = of_centre(edition)
        name(ours, later)  # another one follows it up
    with clock_at(dt.datetime(2027, 12, 31, 23, tzinfo=HELSINKI)):
        assert not sees(mentor, ours)
        assert sees(later, ours)
    with clock_at(dt.datetime(2028, 1, 1, 1, tzinfo=HELSINKI)):
        assert not sees(later, ours)
        ours.refresh_from_db()
        url = reverse("cohorts:desk_participant", args=[edition.slug, ours.public_id])
        sent = {"seen": ours.version, "mentor": mentor.pk}
        assert as_(coordinator(edition)).post(url, sent).status_code == 422  # the follow-up is over


@pytest.mark.parametrize("end", [lambda there: name(there, None), lambda there: move(there, "dropped")])
def test_a_role_that_was_held_otherwise_stays(
    ours: Participation, edition: Edition, end: Callable[[Participation], None]
) -> None:
    with clock_at(TODAY):
        mentor = a_mentor(ours, valid_from=LONG_AGO)  # given on the page of the centre's people
        other = of_centre(edition)
        name(ours, other)
        name(ours, mentor)
        end(ours)
        assert not told("mentor_ends")[1:]  # only the other one's
        assert Mail.objects.filter(template="cohorts/mail/mentor_changed.txt").latest("pk").values["day"] == ""
    with clock_at(TOMORROW):
        assert sees(mentor, ours)
        assert not sees(other, ours)


def test_who_mentors_the_organisation_in_another_edition_goes_on_seeing_it(
    ours: Participation, edition: Edition
) -> None:
    second = an_edition(state="running", organisation=edition.organisation)
    again = a_participation(ours.organisation, second, responsible=ours.responsible)
    with clock_at(TODAY):
        mentor = of_centre(edition)
        for there in (ours, again):
            name(there, mentor)
        assert Role.objects.filter(person=mentor, about=ours.organisation).count() == 1
        move(ours, "dropped")
        assert not told("mentor_ends")
    with clock_at(TOMORROW):
        assert sees(mentor, ours)
        close(second, 2027)
        assert told("mentor_ends") == [(mentor, "31.12.2027")]
    with clock_at(dt.datetime(2028, 1, 1, 12, tzinfo=HELSINKI)):
        assert not sees(mentor, ours)


def test_a_mentor_of_an_alumnus_sees_on_without_end_once_named_in_a_new_edition(
    ours: Participation, edition: Edition
) -> None:
    with clock_at(TODAY):
        mentor = of_centre(edition)
        name(ours, mentor)
        close(edition, 2027)
        second = an_edition(state="running", organisation=edition.organisation)
        name(a_participation(ours.organisation, second, responsible=ours.responsible), mentor)
    with clock_at(dt.datetime(2028, 1, 1, 12, tzinfo=HELSINKI)):
        assert sees(mentor, ours)


def test_a_mentor_named_again_on_the_same_day_keeps_the_role(ours: Participation, edition: Edition) -> None:
    with clock_at(TODAY):
        mentor = of_centre(edition)
        for each in (mentor, of_centre(edition), mentor):
            name(ours, each)
    with clock_at(TOMORROW):
        assert sees(mentor, ours)
        assert Role.objects.get(person=mentor, about=ours.organisation).valid_to is None


def test_a_role_that_was_handed_over_ends_with_the_mentoring_too(ours: Participation, edition: Edition) -> None:
    with clock_at(TODAY):
        leaves, follows = of_centre(edition), of_centre(edition)
        by = coordinator(edition)
        name_mentor(ours, leaves, by=by, seen=ours.version)
        left = hand_over_of(leaves, edition.organisation)
        owners: dict[str, Person | None] = dict.fromkeys(left.keys, follows)
        day = timezone.localdate()
        hand_over(leaves, edition.organisation, by=by, last_day=day, owners=owners, seen=left.keys)
    with clock_at(TOMORROW):
        assert not sees(leaves, ours)
        assert sees(follows, ours)
        move(ours, "dropped")
    with clock_at(TOMORROW + dt.timedelta(days=1)):
        assert not sees(follows, ours)


def test_mentors_of_an_edition_that_was_cancelled_are_let_go(ours: Participation, edition: Edition) -> None:
    with clock_at(TODAY):
        mentor = of_centre(edition)
        name(ours, mentor)
        assert end_after_cancelling() == 0
        move_edition(edition, to="cancelled", by=None, why="Too few.")
        assert [end_after_cancelling() for _morning in range(2)] == [1, 0]
        assert [person for person, _day in told("mentor_ends")] == [mentor]
    with clock_at(TOMORROW):
        assert not sees(mentor, ours)
