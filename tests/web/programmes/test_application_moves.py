"""Applications move along their table, and nowhere past the discussion without it."""

from __future__ import annotations

import pytest

from keino.web.programmes.choices.applications import APPLICATION_MOVES
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.errors.applications import ApplicationMoveNotAllowed, DiscussionNeeded, WhyMissing
from keino.web.programmes.models import Application
from keino.web.programmes.services.applications.moves import move_application
from tests.factories.applications import a_discussion, an_application
from tests.factories.programmes import an_edition
from tests.factories.web import a_person

pytestmark = pytest.mark.django_db

WAY = [
    S.INTERVIEWED,
    S.SELECTED,
    S.CONFIRMED,
    S.ACTIVE,
    S.COMPLETED,
    S.ALUMNI,
]


def test_every_state_is_in_the_table_and_can_be_reached() -> None:
    assert set(APPLICATION_MOVES) == set(S)
    reached = {S.INTEREST} | {to for moves in APPLICATION_MOVES.values() for to in moves}
    assert reached == set(S)


def test_an_application_goes_from_sent_to_alumni_and_every_move_is_kept() -> None:
    application, by = an_application(state=S.SUBMITTED), a_person()
    for to in WAY:
        application = move_application(application, to, by=by)
    assert application.state == S.ALUMNI
    moves = list(application.moves.values_list("from_state", "to_state", "moved_by"))
    assert moves[-6:] == list(zip([S.SUBMITTED, *WAY], WAY, [by.pk] * 6, strict=False))


@pytest.mark.parametrize("to", [S.DISCUSSION_HELD, S.SUBMITTED, S.INTERVIEWED, S.SELECTED, S.REJECTED, S.ACTIVE])
@pytest.mark.parametrize("state", [S.INTEREST, S.DISCUSSION_BOOKED])
def test_b2_without_the_held_discussion_an_application_moves_nowhere_beyond_interest(state: str, to: str) -> None:
    application = an_application(state=state)
    with pytest.raises(DiscussionNeeded):
        move_application(application, to, by=a_person())
    assert Application.objects.get().state == state


def test_b2_a_discussion_counts_as_booked_only_when_there_is_one() -> None:
    application = an_application(state=S.INTEREST)
    with pytest.raises(DiscussionNeeded):
        move_application(application, S.DISCUSSION_BOOKED, by=a_person())
    a_discussion(application)
    assert move_application(application, S.DISCUSSION_BOOKED, by=a_person()).state == S.DISCUSSION_BOOKED


def test_an_edition_without_discussions_takes_applications_at_once() -> None:
    application = an_application(an_edition(needs_discussion=False), state=S.INTEREST)
    Application.objects.update(submitted_at=application.told_at)
    assert move_application(application, S.SUBMITTED, by=a_person()).state == S.SUBMITTED


@pytest.mark.parametrize(("state", "to"), [(S.REJECTED, S.SELECTED), (S.ALUMNI, S.ACTIVE), (S.SUBMITTED, S.CONFIRMED)])
def test_a_move_that_isnt_in_the_table_is_refused_and_changes_nothing(state: str, to: str) -> None:
    application = an_application(state=state)
    before = application.moves.count()
    with pytest.raises(ApplicationMoveNotAllowed):
        move_application(application, to, by=a_person())
    assert (Application.objects.get().state, application.moves.count()) == (state, before)


def test_a_second_press_moves_once() -> None:
    application, by = an_application(state=S.SUBMITTED), a_person()
    version = move_application(application, S.INTERVIEWED, by=by).version
    assert move_application(application, S.INTERVIEWED, by=by).version == version
    assert application.moves.filter(to_state=S.INTERVIEWED).count() == 1


def test_a_refusal_is_explained() -> None:
    application = an_application(state=S.INTERVIEWED)
    with pytest.raises(WhyMissing):
        move_application(application, S.REJECTED, by=a_person(), why="  ")
    moved = move_application(application, S.REJECTED, by=a_person(), why="More applicants than places.")
    assert moved.moves.latest("pk").why == "More applicants than places."
