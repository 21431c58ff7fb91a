"""Two deciders at the same moment: the places are never exceeded, nothing is half done."""

from __future__ import annotations

import pytest

from keino.web.base.models import Mail
from keino.web.programmes.errors.selection import TooManyPlaces
from keino.web.programmes.models import Application, SelectionDecision
from keino.web.programmes.services.decisions import make_decision, move_up
from keino.web.programmes.services.places import confirm_place
from tests.factories.programmes import named_in
from tests.factories.selection import a_decision, a_selecting, an_applicant, responsible, scored
from tests.web.organisations.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_b4_two_deciders_give_the_last_place_once() -> None:
    selecting = a_selecting(places_max=6)
    for _ in range(5):
        an_applicant(selecting.edition, state="confirmed")
    first, second = (an_applicant(selecting.edition, state="reserve") for _ in range(2))
    a_decision(selecting.edition, (first, "reserve"), (second, "reserve"), state="made")
    other = named_in(selecting.edition, "decider")
    told = at_once(
        lambda: move_up(first, reason="", confirm_by=None, by=selecting.decider),
        lambda: move_up(second, reason="Their pilot begins now.", confirm_by=None, by=other),
    )
    assert [type(error) for error in told if error] == [TooManyPlaces]
    assert Application.objects.filter(state="selected").count() == 1
    assert selecting.edition.decisions.filter(state="made").count() == 2


def test_b4_one_decision_pressed_by_two_is_made_once() -> None:
    selecting = a_selecting(applicants=2)
    for application in selecting.applications:
        scored(selecting, application, 3, 3)
    decision = a_decision(selecting.edition, *((each, "selected") for each in selecting.applications))
    other = named_in(selecting.edition, "decider")
    told = at_once(*[lambda by=by: make_decision(decision, by=by, seen=1) for by in (selecting.decider, other)])
    assert told == [None, None]
    assert SelectionDecision.objects.get().state == "made"
    assert Mail.objects.filter(template="programmes/mail/decision.txt").count() == sum(
        len({*each.organisation.roles.values_list("person", flat=True)}) + 1 for each in selecting.applications
    )


def test_b4_a_whole_reserve_moved_up_at_once_fills_the_places_there_are() -> None:
    selecting = a_selecting(places_max=6)
    reserve = [an_applicant(selecting.edition, state="reserve") for _ in range(14)]
    a_decision(selecting.edition, *((each, "reserve") for each in reserve), state="made")

    told = at_once(
        *(lambda each=each: move_up(each, reason="Now.", confirm_by=None, by=selecting.decider) for each in reserve)
    )

    assert {type(error) for error in told if error} == {TooManyPlaces}
    chosen = [each for each, error in zip(reserve, told, strict=True) if not error]
    assert len(chosen) == 6
    assert set(Application.objects.filter(state="selected")) == set(chosen)
    assert Application.objects.filter(state="reserve").count() == 8
    assert set(Mail.objects.filter(template="programmes/mail/decision.txt").values_list("person", flat=True)) >= {
        responsible(each).pk for each in chosen
    }
    # all of them confirm at once, some with two presses: six of six
    assert at_once(*(lambda each=each: confirm_place(each, by=responsible(each)) for each in chosen * 2)) == [None] * 12
    assert Application.objects.filter(state="confirmed").count() == 6


def test_b4_a_decision_and_a_move_up_at_once_dont_exceed_the_places_together() -> None:
    selecting = a_selecting(places_max=6, applicants=6)
    for application in selecting.applications:
        scored(selecting, application, 3, 3)
    waits = an_applicant(selecting.edition, state="reserve")
    a_decision(selecting.edition, (waits, "reserve"), state="made")
    decision = a_decision(selecting.edition, *((each, "selected") for each in selecting.applications))
    told = at_once(
        lambda: make_decision(decision, by=selecting.decider, seen=1),
        lambda: move_up(waits, reason="", confirm_by=None, by=named_in(selecting.edition, "decider")),
    )
    assert [type(error) for error in told if error] == [TooManyPlaces]
    # the one or the other, never a part of the decision
    assert Application.objects.filter(state="selected").count() in {1, 6}
