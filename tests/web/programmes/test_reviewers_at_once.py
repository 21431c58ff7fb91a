"""Reviewers and interviewers are named at the same moment: where names are hidden, nobody becomes both."""

from __future__ import annotations

import datetime as dt
import threading
import time
import uuid

import pytest
from django.utils import timezone

from keino.web.programmes.models import EditionDate, Interviewer, Review
from keino.web.programmes.services import interviews
from keino.web.programmes.services.interviews import When, plan_interview
from keino.web.programmes.services.reviews import share_out
from tests.factories.selection import a_selecting
from tests.web.organisations.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_b4_sharing_out_waits_for_an_interview_that_is_being_planned(monkeypatch: pytest.MonkeyPatch) -> None:
    selecting = a_selecting(hides_applicants=True, applicants=1, reviewers=3)
    application, interviewer = selecting.applications[0], selecting.reviewers[0]
    starts_at = timezone.now() + dt.timedelta(days=2)
    EditionDate.objects.filter(edition=selecting.edition, kind="interviews").update(
        starts_at=timezone.now(), ends_at=starts_at + dt.timedelta(days=1)
    )
    planned = threading.Event()

    def tell(*_whom: object) -> None:
        """The interview is written and not yet kept when the sharing out begins."""
        planned.set()
        time.sleep(0.5)

    monkeypatch.setattr(interviews, "tell_of_interview", tell)

    def plan() -> None:
        when = When(starts_at, starts_at + dt.timedelta(hours=1))
        plan_interview(application, when, interviewers=[interviewer], by=selecting.coordinator, key=uuid.uuid4())

    def share() -> None:
        planned.wait(10)
        share_out(selecting.edition, by=selecting.coordinator)

    assert at_once(plan, share) == [None, None]
    assert Interviewer.objects.get().person == interviewer
    assert set(Review.objects.values_list("reviewer", flat=True)) == {each.pk for each in selecting.reviewers[1:]}
