"""A reviewer's pages: drafts, what is missing, what others see when, applications without names."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from keino.domain.programmes.scores import Middle
from keino.web.base.models import Mail
from keino.web.base.personal_data import registers
from keino.web.programmes.models import Application, Review, Selection
from keino.web.programmes.needs.selection import needs
from keino.web.programmes.queries.selection import codes_of
from keino.web.programmes.queries.summary import summary
from keino.web.programmes.services.review_reminders import remind_reviewers
from tests.factories.selection import (
    a_review,
    a_selecting,
    an_applicant,
    an_interview,
    logged_in,
    responsible,
    review_data,
    scored,
)

pytestmark = pytest.mark.django_db


def test_b4_scores_are_hidden_until_everybody_has_sent() -> None:
    selecting = a_selecting(applicants=1)
    first, second = selecting.reviewers
    mine, other = (a_review(selecting.applications[0], each) for each in (first, second))
    mine_path, other_path = (f"{selecting.path}reviews/{each.public_id}/" for each in (mine, other))
    secret = "They told me so in confidence"
    data = review_data(mine, 4, remark=secret)
    assert logged_in(first).post(mine_path, data).status_code == 302  # a draft
    assert secret not in logged_in(second).get(other_path).content.decode()
    mine.refresh_from_db()
    assert logged_in(first).post(mine_path, data | {"seen": mine.version, "send": "1"}).status_code == 302
    assert secret not in logged_in(second).get(other_path).content.decode()
    assert "see the scores of the others" in in_english(logged_in(first), mine_path)
    assert logged_in(second).post(other_path, review_data(other, 1, send="1")).status_code == 302
    assert secret in logged_in(second).get(other_path).content.decode()


def in_english(client: object, path: str) -> str:
    answer = client.get(path, headers={"accept-language": "en"})  # type: ignore[attr-defined]
    content: str = answer.content.decode()
    return content


def test_b4_a_draft_counts_nowhere_and_a_missing_score_is_no_zero() -> None:
    selecting = a_selecting(applicants=1)
    application = selecting.applications[0]
    scored(selecting, application, 4)
    review = a_review(application, selecting.reviewers[1])
    path = f"{selecting.path}reviews/{review.public_id}/"
    client = logged_in(selecting.reviewers[1])
    data = review_data(review, 0)
    scores = [name for name in data if name.startswith("score_")]
    assert client.post(path, data | {scores[-1]: "", "send": "1"}).status_code == 422
    review.refresh_from_db()
    assert review.state == "draft"
    assert review.scores.filter(points=0).exists()  # what was given is kept
    row = summary(selecting.edition, None).rows[0]
    assert (row.scores.total, row.ranked.place, row.sent) == (None, None, 1)
    page = in_english(logged_in(selecting.coordinator), f"{selecting.path}summary/")
    assert "missing" in page


def test_b4_sent_scores_cant_be_changed_but_given_back() -> None:
    selecting = a_selecting(applicants=1)
    review = a_review(selecting.applications[0], selecting.reviewers[0], 2)
    path = f"{selecting.path}reviews/{review.public_id}/"
    client = logged_in(selecting.reviewers[0])
    assert client.post(path, review_data(review, 4)).status_code == 422
    assert set(review.scores.values_list("points", flat=True)) == {2, None}
    assert logged_in(selecting.coordinator).post(f"{path}give-back/").status_code == 302
    review.refresh_from_db()
    assert client.post(path, review_data(review, 4, send="1")).status_code == 302
    assert set(review.scores.values_list("points", flat=True)) == {4, None}


def test_two_windows_of_one_reviewer_lose_nothing() -> None:
    selecting = a_selecting(applicants=1)
    review = a_review(selecting.applications[0], selecting.reviewers[0])
    path = f"{selecting.path}reviews/{review.public_id}/"
    client = logged_in(selecting.reviewers[0])
    data = review_data(review, 1, remark="First window")
    assert client.post(path, data).status_code == 302
    answer = client.post(path, data | {"remark": "Second window"})
    assert answer.status_code == 422
    assert "Second window" in answer.content.decode()
    review.refresh_from_db()
    assert review.remark == "First window"


@pytest.mark.parametrize("bad", ["5", "-1", "2.5", "yes", "=1+1", "<script>"])
def test_what_is_no_score_is_refused(bad: str) -> None:
    selecting = a_selecting(applicants=1)
    review = a_review(selecting.applications[0], selecting.reviewers[0])
    data = review_data(review, 2)
    name = next(f"score_{each.pk}" for each in selecting.edition.criteria.filter(kind="scored"))
    answer = logged_in(selecting.reviewers[0]).post(f"{selecting.path}reviews/{review.public_id}/", data | {name: bad})
    assert answer.status_code == 422
    assert not review.scores.exists()


def test_reasons_are_shown_as_text() -> None:
    selecting = a_selecting(applicants=1)
    review = a_review(selecting.applications[0], selecting.reviewers[0])
    criterion = selecting.edition.criteria.first()
    assert criterion is not None
    data = review_data(review, 2, send="1") | {f"why_{criterion.pk}": "<img src=x onerror=alert(1)>" + "x" * 1_900}
    assert (
        logged_in(selecting.reviewers[0]).post(f"{selecting.path}reviews/{review.public_id}/", data).status_code == 302
    )
    page = (
        logged_in(selecting.coordinator)
        .get(f"{selecting.path}applications/{selecting.applications[0].public_id}/")
        .content.decode()
    )
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


# ---- without names


def test_b4_anonymous_applications_show_no_names() -> None:
    selecting = a_selecting(hides_applicants=True)
    application = an_applicant(selecting.edition, "Secret Town")
    application.members.update(name="Secret Member", title="Secret Town's own")
    review = a_review(application, selecting.reviewers[0])
    client = logged_in(selecting.reviewers[0])
    for path in ("reviews/", f"reviews/{review.public_id}/", f"applications/{application.public_id}/tie/"):
        page = client.get(selecting.path + path).content.decode()
        assert "Secret" not in page, path
        assert "Mirja Johtaja" not in page
    assert application.pilot in client.get(f"{selecting.path}reviews/{review.public_id}/").content.decode()
    for path in ("interviews/", f"applications/{application.public_id}/", "summary/"):
        assert "Secret" not in client.get(selecting.path + path).content.decode()
    assert "Secret Town" in logged_in(selecting.coordinator).get(f"{selecting.path}summary/").content.decode()


def test_b4_an_interviewer_doesnt_review_without_names() -> None:
    selecting = a_selecting(hides_applicants=True, applicants=1, reviewers=2)
    application = selecting.applications[0]
    an_interview(application, selecting.reviewers[0], held=False)
    client = logged_in(selecting.coordinator)
    client.post(f"{selecting.path}reviewers/share-out/")
    assert [each.reviewer for each in application.reviews.all()] == [selecting.reviewers[1]]
    form = client.get(f"{selecting.path}applications/{application.public_id}/interview/").context["form"]
    assert selecting.reviewers[1] not in form.fields["interviewers"].queryset


def test_letters_stay_when_an_application_is_withdrawn() -> None:
    selecting = a_selecting(applicants=3)
    before = codes_of(selecting.edition)
    Application.objects.filter(pk=selecting.applications[0].pk).update(state="withdrawn")
    assert codes_of(selecting.edition) == before
    assert sorted(before.values()) == ["A", "B", "C"]


# ---- who is late


def test_b4_late_reviewers_are_seen_and_reminded_once() -> None:
    selecting = a_selecting(applicants=2)
    for application in selecting.applications:
        a_review(application, selecting.reviewers[0])
    a_review(selecting.applications[0], selecting.reviewers[1], 3)
    today = timezone.localdate()
    Selection.objects.create(edition=selecting.edition, reviews_due_on=today - dt.timedelta(days=3))
    page = in_english(logged_in(selecting.coordinator), f"{selecting.path}reviewers/")
    assert page.count(">late<") == 2
    logged_in(selecting.reviewers[0])  # has a second factor from now on
    assert remind_reviewers(today) == 1
    assert remind_reviewers(today) == 0
    mail = Mail.objects.get(template="programmes/mail/reviews_due.txt")
    assert (mail.person, mail.values["count"], mail.values["is_late"]) == (selecting.reviewers[0], 2, True)
    (need,) = needs(selecting.reviewers[0], [])
    assert (need.kind, need.due) == ("overdue", today - dt.timedelta(days=3))


def test_median_is_used_where_the_edition_says_so() -> None:
    selecting = a_selecting(applicants=1, reviewers=3)
    scored(selecting, selecting.applications[0], 4, 4, 0)
    client = logged_in(selecting.coordinator)
    assert summary(selecting.edition, None).rows[0].scores.criteria[0].value == pytest.approx(8 / 3)
    data = {"seen": "0", "middle": Middle.MEDIAN.value, "reviews_due_on": ""}
    assert client.post(f"{selecting.path}settings/", data).status_code == 302
    assert summary(selecting.edition, None).rows[0].scores.criteria[0].value == 4
    assert client.post(f"{selecting.path}settings/", data | {"middle": "mean"}).status_code == 422  # seen an older one


def test_b4_applicants_see_neither_reviews_nor_their_states() -> None:
    selecting = a_selecting(applicants=1)
    application = selecting.applications[0]
    scored(selecting, application, 4, 0)
    place = f"/o/{application.organisation.slug}/applications/{application.public_id}/place/"
    page = logged_in(responsible(application)).get(place).content.decode()
    assert "Reason of" not in page
    assert str(selecting.reviewers[0]) not in page


def test_erasing_a_reviewer_keeps_the_scores() -> None:
    selecting = a_selecting(applicants=1)
    scored(selecting, selecting.applications[0], 4, 2)
    (register,) = (each for each in registers() if each.key == "selection")
    before = summary(selecting.edition, None).rows[0].scores
    register.erase(selecting.reviewers[0])
    assert summary(selecting.edition, None).rows[0].scores == before
    assert Review.objects.filter(reviewer=None).get().scores.count() == 3
