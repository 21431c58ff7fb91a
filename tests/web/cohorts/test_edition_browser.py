"""A whole edition, as its people walk it: from the call to the alumni, eight applicants and six places, five roles.

The coordinator, the expert who scores too, an applicant's responsible person, its manager and the mentor each find
their next page from their home. What differs in kind is done in the browser for one town (a second one's manager has
no account); the other seven do the same by services meanwhile (``edition_cast``). This is the story; its steps stand in
``edition_steps_to_a_place`` and ``edition_steps_of_taking_part``.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests.web.browser import OpenPage
from tests.web.cohorts.edition_cast import (
    others_apply,
    others_are_scored,
    others_book,
    others_confirm,
    others_get_their_mentor,
)
from tests.web.cohorts.edition_steps_of_taking_part import (
    agree_a_session,
    close_the_edition,
    give_an_assignment_and_a_mentor,
    give_feedback,
    hand_in,
    hand_in_again,
    see_the_agreed_action,
    see_the_alumni_as_a_visitor,
    stand_among_the_alumni,
    write_the_session_down,
)
from tests.web.cohorts.edition_steps_to_a_place import (
    confirm_the_place,
    decide,
    decide_and_write,
    give_hours,
    give_scores,
    hold_the_discussion,
    hold_the_interview,
    open_the_call,
    plan_the_interviews,
    send_the_application,
    show_interest_and_book,
    stand_behind_it,
    stand_behind_it_by_the_mailed_link,
)
from tests.web.cohorts.edition_walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_edition_is_walked_from_the_call_to_the_alumni_by_five_roles(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = Walk(open_page, monkeypatch)
    open_the_call(walk)
    give_hours(walk)
    show_interest_and_book(walk)
    others_book(walk.cast)
    walk.clock.put_to(walk.cast.moment("discussions") + dt.timedelta(hours=18))
    hold_the_discussion(walk)
    decide_and_write(walk)
    path = others_apply(walk.cast)
    stand_behind_it(walk)
    stand_behind_it_by_the_mailed_link(walk, path)
    send_the_application(walk)
    plan_the_interviews(walk)
    walk.clock.put_to(timezone.now() + dt.timedelta(days=5))
    hold_the_interview(walk)
    others_are_scored(walk.cast)
    give_scores(walk)
    decide(walk)
    confirm_the_place(walk)
    others_confirm(walk.cast)
    give_an_assignment_and_a_mentor(walk)
    others_get_their_mentor(walk.cast)
    walk.clock.put_to(walk.cast.moment("kick_off", ends=True))
    hand_in(walk, "Hankinta on hajallaan viidessä yksikössä.")
    give_feedback(walk, "Return it to be written on", "Kertokaa myös, kuka päättää.")
    hand_in_again(walk)
    give_feedback(walk, "Accept it", "")
    walk.clock.put_to(walk.cast.moment("sparring") + dt.timedelta(days=1, hours=8))
    agree_a_session(walk)
    walk.clock.put_to(timezone.now() + dt.timedelta(days=4))
    write_the_session_down(walk)
    see_the_agreed_action(walk)
    walk.clock.put_to(walk.cast.moment("closing", ends=True) + dt.timedelta(hours=1))
    close_the_edition(walk)
    stand_among_the_alumni(walk)
    see_the_alumni_as_a_visitor(walk)
    assert [complaint for page in walk.pages for complaint in page.complaints] == []
