"""Where reviewers don't see who applies, whoever has talked with an applicant doesn't score it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from keino.web.base.models import Person
from keino.web.programmes.errors.selection import KnowsTheApplicant
from keino.web.programmes.models import Application, Interviewer
from keino.web.programmes.services.review_owners import hand_interview_on, hand_review_on
from keino.web.programmes.services.reviews import assign, share_out
from tests.factories.programmes import named_in
from tests.factories.selection import a_review, a_selecting, an_interview, logged_in

pytestmark = pytest.mark.django_db


def hold(application: Application, person: Person) -> None:
    """Make the person the expert of the applicant's discussion."""
    application.discussions.get().experts.update(person=person)


def test_b4_who_held_the_discussion_isnt_given_the_application_without_names() -> None:
    selecting = a_selecting(hides_applicants=True, applicants=1, reviewers=3)
    application = selecting.applications[0]
    expert, marked, free = selecting.reviewers
    hold(application, expert)
    application.discussions.update(held_by=marked)  # a host who wrote its notes
    client = logged_in(selecting.coordinator)
    form = client.get(f"{selecting.path}applications/{application.public_id}/reviewer/").context["form"]
    assert list(form.fields["reviewer"].queryset) == [free]
    client.post(f"{selecting.path}reviewers/share-out/")
    assert [each.reviewer for each in application.reviews.all()] == [free]
    for person in (expert, marked):
        with pytest.raises(KnowsTheApplicant):
            assign(application, person, by=selecting.coordinator)


def test_b4_who_held_the_discussion_scores_where_names_are_seen() -> None:
    selecting = a_selecting(applicants=1, reviewers=2)
    hold(selecting.applications[0], selecting.reviewers[0])
    assert share_out(selecting.edition, by=selecting.coordinator) == 2


def test_b4_an_expert_whose_discussion_went_to_another_time_may_score() -> None:
    selecting = a_selecting(hides_applicants=True, applicants=1, reviewers=2)
    application, expert = selecting.applications[0], selecting.reviewers[0]
    hold(application, expert)
    application.discussions.update(cancelled_at=timezone.now())
    assert assign(application, expert, by=selecting.coordinator).reviewer == expert


def test_b4_a_hand_over_gives_nobody_the_scores_of_an_applicant_they_talked_with() -> None:
    selecting = a_selecting(hides_applicants=True, applicants=1)
    application = selecting.applications[0]
    review, expert = a_review(application, selecting.reviewers[0]), named_in(selecting.edition, "expert")
    hold(application, expert)
    with pytest.raises(KnowsTheApplicant):
        hand_review_on(review, expert)
    assert application.reviews.get().reviewer == selecting.reviewers[0]


def test_b4_a_hand_over_gives_no_reviewer_the_interview_of_their_applicant() -> None:
    selecting = a_selecting(hides_applicants=True, applicants=1)
    application, reviewer = selecting.applications[0], selecting.reviewers[0]
    a_review(application, reviewer)
    an_interview(application, selecting.decider, held=False)
    with pytest.raises(KnowsTheApplicant):
        hand_interview_on(Interviewer.objects.get(), reviewer)
    assert Interviewer.objects.get().person == selecting.decider
