"""Names go from applications two years after they or their programme ended, also where nobody ever sent one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from keino.web.base.models import Person
from keino.web.base.personal_data import registers
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import (
    Application,
    ApplicationMember,
    ApplicationMove,
    CommitmentRequest,
    Discussion,
    DiscussionExpert,
    Edition,
)
from keino.web.programmes.services.states import move_edition
from tests.factories.applications import a_commitment, a_discussion, a_team_member, an_application
from tests.factories.programmes import an_edition
from tests.factories.web import a_person

pytestmark = pytest.mark.django_db
NAME = "Aino Applicant"


@pytest.fixture
def edition() -> Edition:
    return an_edition()


def retire() -> int:
    (register,) = (each for each in registers() if each.key == "applications")
    assert register.retire is not None
    return register.retire()


def an_applicants_draft(edition: Edition, state: str, person: Person, **fields: Any) -> Application:
    """An application that names somebody wherever it can."""
    given = {"contact": person, "decided_by": person} | fields
    application = an_application(edition, state=state, **given)
    a_team_member(application, person=person, name=NAME, email=person.email)
    for address in ("one@town.example", "two@town.example"):
        a_commitment(application, name=NAME, email=address, asked_by=person, token_hash=address)
    application.moves.update(moved_by=person, why=f"{NAME} is ill.")
    cancelled = {"cancelled_at": timezone.now(), "cancelled_why": f"{NAME} is ill."}
    starts_at = timezone.now() + dt.timedelta(days=4)
    a_discussion(application, expert=person, starts_at=starts_at, booked_by=person, **cancelled)
    Discussion.objects.filter(application=application).update(
        agreed=f"{NAME} leads it.", notes=f"{NAME} is able.", booked_by=person, held_by=person
    )
    return application


def names_left(application: Application) -> list[str]:
    """Everything of the application in which somebody is named."""
    of_it = {"application": application}
    rows: list[tuple[Any, tuple[str, ...]]] = [
        (Application.objects.filter(pk=application.pk), ("contact", "decided_by", "submitted_by")),
        (ApplicationMember.objects.filter(**of_it), ("person", "name", "email", "title")),
        (ApplicationMove.objects.filter(**of_it), ("moved_by", "why")),
        (
            CommitmentRequest.objects.filter(**of_it),
            ("name", "email", "asked_by", "confirmed_by", "confirmed_name", "confirmed_title", "declined_why"),
        ),
        (Discussion.objects.filter(**of_it), ("agreed", "notes", "cancelled_why", "booked_by", "held_by")),
        (DiscussionExpert.objects.filter(discussion__application=application), ("person",)),
    ]
    return [
        f"{found.model.__name__}.{name}"
        for found, names in rows
        for row in found
        for name in names
        if getattr(row, name)
    ]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    began = timezone.now()
    return lambda days: monkeypatch.setattr(timezone, "now", lambda: began + dt.timedelta(days=days))


@pytest.mark.parametrize("state", [S.INTEREST, S.DISCUSSION_BOOKED, S.DISCUSSION_HELD, S.RESERVE])
@pytest.mark.parametrize("end", ["cancelled", "completed"])
def test_names_of_an_applicant_who_never_came_in_go_two_years_after_the_programme(
    edition: Edition, later: Callable[[int], None], state: str, end: str
) -> None:
    application = an_applicants_draft(edition, state, a_person())
    host = a_person()
    steps = {"cancelled": ["cancelled"], "completed": ["closed", "running", "completed"]}
    later(10)
    for step in steps[end]:
        move_edition(edition, to=step, by=host, why="No money.")
    before = names_left(application)
    later(10 + 729)
    assert retire() == 0
    assert names_left(application) == before
    later(10 + 731)
    assert retire() > 0
    assert names_left(application) == []
    assert application.members.count() >= 1  # numbers stay
    assert retire() == 0  # the next night finds nothing more


def test_names_stay_while_the_programme_goes_on(edition: Edition, later: Callable[[int], None]) -> None:
    application = an_applicants_draft(edition, S.INTEREST, a_person())
    before = names_left(application)
    later(3 * 365)
    assert retire() == 0
    assert names_left(application) == before


@pytest.mark.parametrize(("end", "is_kept"), [("completed", True), ("cancelled", False)])
def test_names_of_who_takes_part_stay_until_it_ended_for_them(
    edition: Edition, later: Callable[[int], None], end: str, is_kept: bool
) -> None:
    application = an_applicants_draft(edition, S.ACTIVE, a_person())
    for step in ("closed", "running", end):
        move_edition(edition, to=step, by=a_person(), why="")
    later(731)
    retire()
    assert bool(names_left(application)) is is_kept


def test_an_application_that_moved_after_the_programme_ended_waits_for_its_own_two_years(
    edition: Edition, later: Callable[[int], None]
) -> None:
    application = an_applicants_draft(edition, S.INTEREST, a_person())
    move_edition(edition, to="cancelled", by=a_person(), why="")
    later(300)
    moved = {"from_state": S.INTEREST, "to_state": S.WITHDRAWN, "moved_at": timezone.now()}
    ApplicationMove.objects.create(application=application, **moved)
    Application.objects.update(state=S.WITHDRAWN)
    later(731)
    assert retire() == 0
    later(300 + 731)
    assert retire() > 0
    assert names_left(application) == []
