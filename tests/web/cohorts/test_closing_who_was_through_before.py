"""Closing an edition takes along whose own part was completed before, one organisation at a time."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino.web.base.models import Mail
from keino.web.cohorts.models import Deliverable, FollowUpTask, Participation
from tests.factories.cohorts import a_mentor, a_participation
from tests.factories.programmes import an_edition
from tests.factories.web import someone_who_is
from tests.web.cohorts.browsing import as_, text_of

pytestmark = pytest.mark.django_db


def go(desk: Client, there: Participation, *states: str) -> Participation:
    """Let a coordinator move one participation on, state by state."""
    url = reverse("cohorts:desk_move", args=[there.edition.slug, there.public_id])
    for state in states:
        assert desk.post(url, {"to": state, "note": "Said on the phone."}).status_code == 302
    return there


def test_b8_whoever_is_through_before_the_closing_becomes_an_alumnus_with_its_meeting_and_mail() -> None:
    edition = an_edition(state="running")
    desk = as_(someone_who_is("coordinator", edition.organisation))
    works, through, by_hand, left = (a_participation(edition=edition) for _number in range(4))
    for each in (works, through, by_hand):
        a_mentor(each)
    go(desk, through, "completed")
    go(desk, by_hand, "completed", "alumni")
    go(desk, left, "dropped")
    unfinished = Deliverable.objects.create(participation=through, kind="pilot_procurement")
    close = reverse("cohorts:desk_close", args=[edition.slug])
    preview = text_of(desk.get(close))
    assert "3 participants become alumni" in preview
    assert "1 deliverable is unfinished" in preview
    assert str(left.organisation) not in preview
    year = {"year": str(timezone.localdate().year + 1)}
    assert desk.post(close, year).status_code == 422  # nobody said why the pilot stays unfinished
    sent = year | {f"why-{unfinished.public_id}": "The pilot was put off."}
    for _press in range(2):
        assert desk.post(close, sent).status_code == 302
    states = dict(Participation.objects.filter(edition=edition).values_list("pk", "state"))
    assert states == {works.pk: "alumni", through.pk: "alumni", by_hand.pk: "alumni", left.pk: "dropped"}
    tasks = FollowUpTask.objects.filter(edition=edition, kind="follow_up_meeting")
    assert {task.participation: task.owner for task in tasks} == {
        each: each.mentor for each in (works, through, by_hand)
    }
    told = Mail.objects.filter(template="cohorts/mail/edition_closed.txt")
    assert {mail.person for mail in told} == {each.responsible for each in (works, through, by_hand)}


def test_b8_an_edition_is_closed_when_all_were_through_before() -> None:
    edition = an_edition(state="running")
    desk = as_(someone_who_is("coordinator", edition.organisation))
    there = go(desk, a_participation(edition=edition), "completed")
    close = reverse("cohorts:desk_close", args=[edition.slug])
    assert "1 participant becomes an alumnus" in text_of(desk.get(close))
    assert desk.post(close, {"year": str(timezone.localdate().year + 1)}).status_code == 302
    there.refresh_from_db()
    assert there.state == "alumni"
    assert FollowUpTask.objects.get(participation=there).is_open


def test_an_edition_that_everybody_left_has_nobody_to_become_alumni() -> None:
    edition = an_edition(state="running")
    desk = as_(someone_who_is("coordinator", edition.organisation))
    go(desk, a_participation(edition=edition), "dropped")
    close = reverse("cohorts:desk_close", args=[edition.slug])
    assert "Only an edition with participants" in text_of(desk.get(close))
    assert desk.post(close, {"year": str(timezone.localdate().year + 1)}).status_code == 422
