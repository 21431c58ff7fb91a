"""B5: the cohort space from the first assignment to the decision of the management group, through its pages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from keino.web.base.models import Mail
from keino.web.cohorts.models import Assignment, Deliverable, Presentation, Submission, Work
from keino.web.plans.models import Action
from keino.web.plans.services.operating_models import begin_model, change_model
from tests.factories.cohorts import (
    a_mentor,
    a_participation,
    a_submission,
    a_worker,
    a_written_deliverable,
    assignment_data,
    decision_data,
    presentation_data,
)
from tests.factories.programmes import a_date, an_edition
from tests.factories.web import someone_who_is
from tests.web.cohorts.browsing import as_, text_of
from tests.web.cohorts.walking import page

pytestmark = pytest.mark.django_db


def test_b5_an_assignment_goes_from_the_desk_through_two_versions_to_accepted() -> None:
    edition = an_edition(state="running")
    ours, others = a_participation(edition=edition), a_participation(edition=edition)
    mentor, worker = a_mentor(ours), a_worker(ours)
    coordinator = someone_who_is("coordinator", edition.organisation)
    desk = as_(coordinator)
    answer = desk.post(reverse("cohorts:assignment_new", args=[edition.slug]), assignment_data(title="Categories"))
    assert answer.status_code == 302
    assignment = Assignment.objects.get()
    assert set(assignment.works.values_list("participation", flat=True)) == {ours.pk, others.pk}
    # those who hold the role are told, each in one mail; who gave it is not
    given = Mail.objects.filter(template="cohorts/mail/assignment_given.txt")
    assert set(given.values_list("person", flat=True)) == {ours.responsible_id, others.responsible_id}

    work = Work.objects.get(participation=ours)
    us = as_(worker)
    url = page("work", ours, work=work.public_id)
    assert "Categories" in text_of(us.get(page("space", ours)))
    assert us.post(url, {"seen": work.version, "draft": "Food and energy."}).status_code == 302
    work.refresh_from_db()
    assert (work.state, work.draft) == ("assigned", "Food and energy.")  # a draft is nobody else's yet
    us.post(url, {"seen": work.version, "draft": "Food, energy, works.", "hand_in": "1"})
    work.refresh_from_db()
    assert work.state == "submitted"
    assert list(Mail.objects.filter(template="cohorts/mail/handed_in.txt").values_list("person", flat=True)) == [
        mentor.pk
    ]

    guide = as_(mentor)
    assert "Food, energy, works." in text_of(guide.get(url))  # where the feedback is written
    assert "Food, energy, works." in text_of(guide.get(page("work_version", ours, work=work.public_id, number=1)))
    judge = page("work_judge", ours, work=work.public_id)
    refused = guide.post(judge, {"number": 1, "verdict": "returned", "feedback": ""})
    assert refused.status_code == 422  # nothing is returned without a word
    assert Work.objects.get(pk=work.pk).state == "submitted"
    guide.post(judge, {"number": 1, "verdict": "returned", "feedback": "Add the spend."})
    assert "Add the spend." in text_of(us.get(url))
    work.refresh_from_db()
    us.post(url, {"seen": work.version, "draft": "Food 2 M€, energy 1 M€.", "hand_in": "1"})
    guide.post(judge, {"number": 2, "verdict": "accepted", "feedback": "Good."})
    work.refresh_from_db()
    assert work.state == "accepted"
    # every version is kept with what was said of it
    assert [(each.number, each.text, each.verdict) for each in work.versions.order_by("number")] == [
        (1, "Food, energy, works.", "returned"),
        (2, "Food 2 M€, energy 1 M€.", "accepted"),
    ]


def test_b5_a_deliverable_is_a_live_document_that_outlives_the_programme() -> None:
    ours = a_participation()
    mentor, worker = a_mentor(ours), a_worker(ours)
    deliverable = a_written_deliverable(ours)
    us, guide = as_(worker), as_(mentor)
    url = page("deliverable", ours, deliverable=deliverable.public_id)
    us.post(
        page("deliverable_hand_in", ours, deliverable=deliverable.public_id),
        {"seen": deliverable.version, "words": "Are the roles right?"},
    )
    submission = Submission.objects.get()
    assert submission.reference["number"] == 1
    assert "Are the roles right?" in text_of(guide.get(url))
    judge = page("deliverable_judge", ours, deliverable=deliverable.public_id)
    guide.post(judge, {"number": 1, "verdict": "returned", "feedback": "Say who decides."})
    deliverable.refresh_from_db()
    assert deliverable.state == "returned"
    hand_in = page("deliverable_hand_in", ours, deliverable=deliverable.public_id)
    us.post(hand_in, {"seen": deliverable.version, "words": ""})  # nothing has changed in the document
    assert Submission.objects.count() == 1
    # the document is changed where it lives, in the plans
    model = begin_model(organisation=ours.organisation, language="en", by=worker)
    change_model(model, values={"purpose": "Every purchase serves the target of 2030."}, by=worker, seen=model.version)
    us.post(hand_in, {"seen": deliverable.version, "words": ""})
    guide.post(judge, {"number": 2, "verdict": "accepted", "feedback": ""})
    deliverable.refresh_from_db()
    assert deliverable.state == "approved"
    assert Submission.objects.get(number=2).reference["number"] == 2

    ours.state, ours.ended_at = "completed", timezone.now()
    ours.save()
    model.refresh_from_db()
    change_model(model, values={"purpose": "Something later."}, by=worker, seen=model.version)
    then = text_of(us.get(page("submission", ours, deliverable=deliverable.public_id, number=2)))
    assert "Every purchase serves the target of 2030." in then  # as it was handed in
    assert "Something" in then  # and what it says today
    assert us.get(url).status_code == 200
    assert us.post(hand_in, {"seen": deliverable.version, "words": ""}).status_code == 302
    assert Submission.objects.count() == 2  # the programme is over: nobody is asked to read any more


def test_b5_the_management_group_decides_on_what_it_was_shown_and_an_action_follows() -> None:
    ours = a_participation()
    worker, approver = a_worker(ours), someone_who_is("approver", ours.organisation)
    submission = a_submission(a_written_deliverable(ours), by=worker)
    us, decider = as_(worker), as_(approver)
    us.post(page("presentation_new", ours), presentation_data(submission))
    presentation = Presentation.objects.get()
    url = page("presentation", ours, presentation=presentation.public_id)
    decide = page("presentation_decide", ours, presentation=presentation.public_id)
    assert us.post(decide, decision_data(presentation)).status_code == 403  # who works doesn't decide
    day = timezone.localdate() + dt.timedelta(days=60)
    follow_up = {"follow_up": "Write the pilot's tender", "follow_up_by": day.isoformat()}
    future = decision_data(presentation, decided_on=day.isoformat())
    assert decider.post(decide, future).status_code == 422  # nothing is decided in the future
    data = decision_data(presentation, **follow_up)
    assert decider.post(decide, data).status_code == 302
    assert decider.post(decide, data).status_code == 302  # pressed twice
    presentation.refresh_from_db()
    assert (presentation.decision, presentation.decided_by) == ("approved", approver)
    action = Action.objects.get()
    assert (action.title, action.deadline, action.organisation) == ("Write the pilot's tender", day, ours.organisation)
    shown = text_of(us.get(url))
    assert "The group approves the model and the pilot." in shown
    assert action.title in shown
    again = decision_data(presentation, seen=presentation.version, text="We changed our mind.")
    assert decider.post(decide, again).status_code == 422
    presentation.refresh_from_db()
    assert presentation.decision_text == "The group approves the model and the pilot."


def test_b5_only_its_own_people_and_its_mentors_see_an_organisations_work() -> None:
    edition = an_edition(state="running")
    ours, theirs = a_participation(edition=edition), a_participation(edition=edition)
    deliverable = a_written_deliverable(ours)
    submission = a_submission(deliverable)
    neighbour = as_(a_worker(theirs))
    for name, more in (
        ("space", {}),
        ("deliverable", {"deliverable": deliverable.public_id}),
        ("submission", {"deliverable": deliverable.public_id, "number": 1}),
        ("team", {}),
        ("together", {}),
    ):
        assert neighbour.get(page(name, ours, **more)).status_code == 403, name
    # also not by its own address with the other's things
    assert neighbour.get(page("deliverable", theirs, deliverable=deliverable.public_id)).status_code == 404
    shared = page("together_document", theirs, deliverable=deliverable.public_id)
    assert neighbour.get(shared).status_code == 404
    us = as_(a_worker(ours))
    us.post(page("deliverable_share", ours, deliverable=deliverable.public_id), {"submission": "1"})
    assert Deliverable.objects.get().shared == submission
    assert neighbour.get(shared).status_code == 200
    us.post(page("deliverable_share", ours, deliverable=deliverable.public_id), {"submission": ""})
    assert neighbour.get(shared).status_code == 404


def test_dates_over_several_days_say_when_they_end() -> None:
    edition = an_edition(state="running", parts=False)
    starts_at = dt.datetime(2030, 6, 2, tzinfo=timezone.get_default_timezone())
    for kind, ends_at in (("sparring", dt.datetime(2030, 9, 1, 21, tzinfo=dt.UTC)), ("workshop", starts_at)):
        whole = {"starts_at": starts_at, "ends_at": ends_at + dt.timedelta(hours=12), "is_whole_day": True}
        a_date(edition, kind, **whole)
    ours = a_participation(edition=edition)
    said = text_of(as_(a_worker(ours)).get(page("space", ours)))
    assert "2 June 2030–2 September 2030" in said
    assert "all day" in said
