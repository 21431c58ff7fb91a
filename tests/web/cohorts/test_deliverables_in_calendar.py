"""Deliverables are handed in when the programme's calendar allows it; the documents live on whatever it says."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from keino.web.cohorts.models import Deliverable, DevelopmentPlan, Participation, Submission, WantedDeliverable
from keino.web.cohorts.needs import needs
from keino.web.programmes.models import Edition
from tests.factories.cohorts import (
    a_deliverable,
    a_development_plan,
    a_mentor,
    a_participation,
    a_submission,
    a_work,
    a_worker,
    a_written_deliverable,
    plan_data,
)
from tests.factories.programmes import an_edition
from tests.factories.web import someone_who_is
from tests.web.cohorts.browsing import as_, text_of
from tests.web.cohorts.walking import page

pytestmark = pytest.mark.django_db
DAY, MINUTE = dt.timedelta(days=1), 1 / 24 / 60
CONTACT = "academy@centre.example"
REFUSED = "doesn't allow this now: hand in assignments and deliverables."
#: Kick-off and closing, in days from now, and whether something is handed in today.
TIMES = [
    pytest.param((1, 90), False, id="before"),
    pytest.param((-1, 90), True, id="within"),
    pytest.param((-90, -MINUTE), False, id="after"),
]


def put(edition: Edition, bounds: tuple[float, float]) -> None:
    """Date the kick-off and the closing so many days from now."""
    for kind, days in zip(("kick_off", "closing"), bounds, strict=True):
        moment = timezone.now() + days * DAY
        edition.dates.filter(kind=kind).update(starts_at=moment, ends_at=moment)


@pytest.fixture
def ours() -> Participation:
    return a_participation(edition=an_edition(state="running", contact_email=CONTACT))


def hand_in(ours: Participation, deliverable: Deliverable) -> str:
    """Press the button with words for the mentor; what the page says."""
    deliverable.refresh_from_db()
    us, url = as_(a_worker(ours)), page("deliverable_hand_in", ours, deliverable=deliverable.public_id)
    return text_of(us.post(url, {"seen": deliverable.version, "words": "Look at part two."}, follow=True))


@pytest.mark.parametrize(("bounds", "is_taken"), TIMES)
def test_b5_a_deliverable_is_handed_in_while_the_calendar_allows_it(
    ours: Participation, bounds: tuple[float, float], is_taken: bool
) -> None:
    model = a_written_deliverable(ours)
    put(ours.edition, bounds)
    before = text_of(as_(a_worker(ours)).get(page("deliverable", ours, deliverable=model.public_id)))
    assert (REFUSED in before, "Hand in to the mentor" in before) == (not is_taken, is_taken)
    said = hand_in(ours, model)
    assert Submission.objects.exists() == is_taken
    model.refresh_from_db()
    assert model.state == ("submitted" if is_taken else "open")
    if not is_taken:
        assert REFUSED in said
        assert f"hosts can change the dates: {CONTACT}." in said
        assert "Nothing was changed or lost." in said
        assert "Look at part two." in said  # the words for the mentor stay


def test_b5_the_document_is_written_and_the_mentor_speaks_whatever_the_calendar_says(ours: Participation) -> None:
    plan = a_development_plan(ours)
    a_submission(plan)
    put(ours.edition, (-90, -MINUTE))
    us, mentor = as_(a_worker(ours)), as_(a_mentor(ours))
    edit = page("development_plan_edit", ours)
    version = DevelopmentPlan.objects.get().version
    assert us.post(edit, plan_data(seen=version, as_is="Written after it.")).status_code == 302
    assert DevelopmentPlan.objects.get().as_is == "Written after it."
    comment = page("deliverable_comment", ours, deliverable=plan.public_id)
    for client, text in ((us, "What do you think?"), (mentor, "Well done.")):
        assert client.post(comment, {"key": str(uuid.uuid4()), "text": text}).status_code == 302
    assert plan.comments.count() == 2
    judge = page("deliverable_judge", ours, deliverable=plan.public_id)
    assert mentor.post(judge, {"number": 1, "verdict": "accepted", "feedback": "Go on."}).status_code == 302
    plan.refresh_from_db()
    assert plan.state == "approved"


def test_nothing_is_wanted_for_a_time_at_which_it_cant_be_handed_in(ours: Participation) -> None:
    put(ours.edition, (7, 90))
    desk = as_(someone_who_is("coordinator", ours.edition.organisation))
    url = reverse("cohorts:deliverable_wanted", args=[ours.edition.slug, "operating_model"])
    assert "In the calendar: hand in assignments and deliverables from" in text_of(desk.get(url))
    for days, status in ((3, 422), (100, 422), (30, 302)):
        due_on = (timezone.localdate() + days * DAY).isoformat()
        answer = desk.post(url, {"due_on": due_on, "due_time": "16:00", "note": "Two pages."})
        assert answer.status_code == status
        if status == 422:
            assert "Nothing was changed or lost." in text_of(answer)
            assert "Two pages." in text_of(answer)
            assert not WantedDeliverable.objects.exists()
    assert WantedDeliverable.objects.get().note == "Two pages."


# ---- the home


@pytest.mark.parametrize(("bounds", "is_asked"), TIMES)
@override("en")
def test_the_home_asks_to_hand_in_while_it_can_be_done(
    ours: Participation, bounds: tuple[float, float], is_asked: bool
) -> None:
    a_work(ours, due=3, title="Where we stand")
    a_deliverable(ours, due=2)
    sent = a_written_deliverable(a_participation(edition=ours.edition))
    a_submission(sent)
    put(ours.edition, bounds)
    found = {each.title for each in needs(a_worker(ours), [ours.organisation])}
    assert found == ({"Hand in: Where we stand", "Hand in: Operating model"} if is_asked else set())
    mentor = a_mentor(sent.participation)
    assert [each.title for each in needs(mentor, [sent.participation.organisation])] == [
        "Give feedback: Operating model"
    ]


def test_the_calendars_of_several_programmes_are_asked_for_together() -> None:
    ours = a_participation()
    worker = a_worker(ours)

    def queries() -> int:
        list(needs(worker, [ours.organisation]))
        with CaptureQueriesContext(connection) as found:
            assert list(needs(worker, [ours.organisation]))
        return len(found)

    a_work(ours, due=3)
    one = queries()
    for _more in range(2):
        a_work(a_participation(organisation=ours.organisation), due=3)
    assert queries() == one
