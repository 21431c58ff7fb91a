"""The home asks only for what the programme's calendar allows now: before, within and after each phase."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Edition
from keino.web.programmes.needs import needs
from tests.factories.applications import a_discussion, a_late_interest, an_application
from tests.factories.programmes import an_edition
from tests.factories.selection import a_review, a_selecting, an_applicant, responsible
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
#: Bounds of a phase, in days from now, and whether today is in it.
TIMES = [
    pytest.param((1, 10), False, id="before"),
    pytest.param((-1, 10), True, id="within"),
    pytest.param((-10, -1 / 24 / 60), False, id="after"),
]


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with override("en"):
        yield


def phase(edition: Edition, code: str, bounds: tuple[float, float]) -> None:
    """Let a phase of an edition lie between two moments, by the dates that it opens and closes with."""
    row = edition.phases.get(code=code)
    for kind, days in zip((row.opens_with, row.closes_with), bounds, strict=True):
        moment = timezone.now() + days * DAY
        edition.dates.filter(kind=kind).update(starts_at=moment, ends_at=moment)


def asked(person: Person, *organisations: Organisation) -> list[str]:
    return [need.title for need in needs(person, organisations)]


@pytest.fixture
def edition() -> Edition:
    return an_edition()


@pytest.fixture
def town() -> Organisation:
    return an_organisation()


@pytest.mark.parametrize(("bounds", "is_asked"), TIMES)
def test_scores_are_asked_for_while_they_can_be_sent(bounds: tuple[float, float], is_asked: bool) -> None:
    selecting = a_selecting(applicants=1)
    a_review(selecting.applications[0], selecting.reviewers[0])
    phase(selecting.edition, "review", bounds)
    wanted = [f"Score 1 application of “{selecting.edition.shown_name}”"] if is_asked else []
    assert asked(selecting.reviewers[0]) == wanted


@pytest.mark.parametrize(("bounds", "is_asked"), TIMES)
def test_a_place_is_asked_for_while_it_can_be_confirmed(bounds: tuple[float, float], is_asked: bool) -> None:
    selecting = a_selecting()
    application = an_applicant(selecting.edition, state=S.SELECTED)
    phase(selecting.edition, "confirming", bounds)
    found = asked(responsible(application), application.organisation)
    assert found == ([f"Confirm your place in “{selecting.edition.shown_name}”"] if is_asked else [])


@pytest.mark.parametrize(("bounds", "is_asked"), TIMES)
def test_a_discussion_is_asked_for_while_it_can_be_booked(
    edition: Edition, town: Organisation, bounds: tuple[float, float], is_asked: bool
) -> None:
    an_application(edition, town, state=S.INTEREST)
    phase(edition, "booking", bounds)
    found = asked(someone_who_is("member", town), town)
    assert found == ([f"Book the discussion about “{edition.shown_name}”"] if is_asked else [])


def test_who_booked_in_time_is_asked_to_book_anew_while_discussions_go_on(edition: Edition, town: Organisation) -> None:
    application, member = an_application(edition, town, state=S.INTEREST), someone_who_is("member", town)
    phase(edition, "booking", (-10, -1))
    a_discussion(application, cancelled_at=timezone.now())
    (need,) = needs(member, [town])
    assert need.title == f"Book the discussion about “{edition.shown_name}”"
    ends_at = timezone.now() + 3 * DAY
    edition.dates.filter(kind="discussions").update(ends_at=ends_at)
    (need,) = needs(member, [town])
    assert (need.kind, need.due) == ("week", timezone.localdate(ends_at))
    edition.dates.filter(kind="discussions").update(ends_at=timezone.now() - dt.timedelta(seconds=1))
    assert asked(member, town) == []


@pytest.mark.parametrize(("bounds", "is_asked"), TIMES)
def test_an_application_is_asked_for_while_it_can_be_sent(
    edition: Edition, town: Organisation, bounds: tuple[float, float], is_asked: bool
) -> None:
    an_application(edition, town, state=S.DISCUSSION_HELD, goes_on=True)
    phase(edition, "application", bounds)
    found = asked(someone_who_is("member", town), town)
    assert found == ([f"Send the application to “{edition.shown_name}”"] if is_asked else [])


@pytest.mark.parametrize(("bounds", "is_asked"), [((1, 10), True), ((-1, 10), True), ((-10, -1 / 24 / 60), False)])
def test_a_decision_and_a_commitment_are_asked_for_until_it_is_too_late(
    edition: Edition, town: Organisation, bounds: tuple[float, float], is_asked: bool
) -> None:
    """They can be given before applications are taken, and lead nowhere afterwards."""
    an_application(edition, town, state=S.DISCUSSION_HELD)
    phase(edition, "application", bounds)
    member, approver = someone_who_is("member", town), someone_who_is("approver", town)
    assert asked(member, town) == ([f"Decide whether you apply to “{edition.shown_name}”"] if is_asked else [])
    said = f"Say whether the management stands behind “{edition.shown_name}”"
    assert asked(approver, town) == ([said] if is_asked else [])


def test_the_calendars_are_asked_for_together() -> None:
    selecting = a_selecting(applicants=1)
    town, reviewer = an_organisation(), selecting.reviewers[0]
    member = someone_who_is("member", town)

    def add() -> None:
        a_review(an_applicant(a_selecting().edition), reviewer)
        an_application(an_edition(), town, state=S.INTEREST)
        an_application(an_edition(), town, state=S.SELECTED)
        a_late_interest(an_edition(), town)

    def queries(person: Person) -> int:
        list(needs(person, [town]))
        with CaptureQueriesContext(connection) as found:
            assert list(needs(person, [town]))
        return len(found)

    add()
    one = queries(reviewer), queries(member)
    for _more in range(2):
        add()
    assert (queries(reviewer), queries(member)) == one
