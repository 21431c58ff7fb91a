"""Conflicts of interest: whoever has a tie is refused on every page, in every file, in every mail."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from keino.web.base.models import Person
from keino.web.programmes.errors.selection import HasTie
from keino.web.programmes.models import Application, DeclaredTie, Review, SelectionDecision
from keino.web.programmes.queries.summary import summary
from keino.web.programmes.queries.ties import is_barred, ties_of
from keino.web.programmes.services.review_owners import hand_review_on
from tests.factories.applications import a_team_member
from tests.factories.programmes import named_in
from tests.factories.selection import (
    Selecting,
    a_decision,
    a_review,
    a_selecting,
    an_applicant,
    an_interview,
    logged_in,
    review_data,
    scored,
)
from tests.factories.web import a_person, a_role, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def declare(person: Person, application: Application) -> None:
    DeclaredTie.objects.create(application=application, person=person, reason="Cousin")


# ---- what a tie is


@pytest.mark.parametrize(("ended", "barred"), [(None, True), (-1, True), (-700, True), (-735, False)])
def test_b4_a_role_in_the_applicant_ties_for_two_years(ended: int | None, barred: bool) -> None:
    application, person = an_applicant(a_selecting().edition), a_person()
    valid_to = None if ended is None else days(ended)
    a_role(person, "member", application.organisation, valid_from=days(-1500), valid_to=valid_to)
    assert is_barred(person, application) is barred


def test_b4_a_mentor_and_a_deputy_are_tied() -> None:
    selecting = a_selecting()
    application = an_applicant(selecting.edition)
    mentor = someone_who_is("mentor", selecting.edition.organisation, about=application.organisation)
    responsible = application.organisation.roles.get(kind="responsible_person")
    deputy = a_person()
    a_role(deputy, "responsible_person", application.organisation, deputy_of=responsible)
    assert is_barred(mentor, application)
    assert is_barred(deputy, application)
    assert not is_barred(selecting.reviewers[0], application)


def test_b4_a_role_that_was_withdrawn_never_tied() -> None:
    application, person = an_applicant(a_selecting().edition), a_person()
    a_role(person, "member", application.organisation, valid_from=days(3), withdrawn_at=timezone.now())
    assert not is_barred(person, application)


def test_b4_parts_of_one_house_tie_one_another() -> None:
    city = an_organisation("City")
    company = an_organisation("City's own company", parent=city)
    edition = a_selecting().edition
    of_company, of_city = an_applicant(edition, organisation=company), an_applicant(edition, organisation=city)
    assert is_barred(someone_who_is("member", city), of_company)
    assert is_barred(someone_who_is("member", company), of_city)


def test_b4_who_stands_in_the_team_is_tied_by_account_or_address() -> None:
    application = an_applicant(a_selecting().edition)
    by_account, by_address = a_person(), a_person(email="Known@Example.org")
    a_team_member(application, person=by_account)
    a_team_member(application, email="known@example.ORG")
    assert is_barred(by_account, application)
    assert is_barred(by_address, application)
    assert not is_barred(a_person(), application)


def test_ties_of_many_are_asked_in_three_questions(django_assert_num_queries: object) -> None:
    selecting = a_selecting(applicants=3, reviewers=3)
    applications = list(Application.objects.select_related("organisation"))
    with django_assert_num_queries(3):  # type: ignore[operator]
        ties_of(selecting.reviewers, applications)


def test_a_reviewer_who_becomes_mentor_after_the_decision_keeps_their_scores() -> None:
    selecting = a_selecting(applicants=1)
    application = selecting.applications[0]
    scored(selecting, application, 4, 2)
    decision = a_decision(selecting.edition, (application, "selected"), state="made")
    SelectionDecision.objects.filter(pk=decision.pk).update(made_at=timezone.now() - dt.timedelta(days=10))
    a_role(selecting.reviewers[0], "mentor", selecting.edition.organisation, about=application.organisation,
           valid_from=days(-2))  # fmt: skip
    assert summary(selecting.edition, None).rows[0].scores.total == 3
    assert is_barred(selecting.reviewers[0], application)  # but reads nothing of it any more


# ---- what follows


@pytest.fixture
def selecting() -> Selecting:
    """Two scored applications with interviews and a proposal; reviewer, decider and coordinator tied to the first."""
    made = a_selecting(applicants=2, reviewers=3)
    first, second = made.applications
    for application in (first, second):
        Review.objects.bulk_create(Review(application=application, reviewer=each) for each in made.reviewers[2:])
        scored(made, application, 1, 4)
        an_interview(application, made.decider)
    a_decision(made.edition, (first, "selected"), (second, "reserve"))
    for person in (made.reviewers[0], made.decider, made.coordinator):
        declare(person, first)
    return made


def pages_of(selecting: Selecting, application: Application) -> list[str]:
    one, interview = f"{selecting.path}applications/{application.public_id}/", application.interviews.get()
    return [
        one,
        f"{one}reviewer/",
        f"{one}tie/",
        f"{one}interview/",
        f"{selecting.path}interviews/{interview.public_id}/",
        f"{selecting.path}interviews/{interview.public_id}/edit/",
        f"{selecting.path}interviews/{interview.public_id}/cancel/",
    ]


LISTS = ("", "reviewers/", "interviews/", "reviews/", "summary/", "decision/", "decision/check/", "steps/")


def test_b4_a_tied_person_opens_no_page_about_the_applicant(selecting: Selecting) -> None:
    tied, free = selecting.applications
    for person in (selecting.coordinator, selecting.decider, selecting.reviewers[0]):
        client = logged_in(person)
        for path in pages_of(selecting, tied):
            assert client.get(path).status_code in {403, 404}, path
            assert client.post(path, {}).status_code in {403, 404, 405}, path
    assert logged_in(selecting.coordinator).get(pages_of(selecting, free)[0]).status_code == 200


def test_b4_lists_and_files_leave_the_applicant_out(selecting: Selecting) -> None:
    tied, free = (str(each.organisation) for each in selecting.applications)
    for person in (selecting.coordinator, selecting.decider, selecting.reviewers[0]):
        client = logged_in(person)
        for path in LISTS:
            answer = client.get(selecting.path + path, follow=True)
            assert tied not in answer.content.decode(), f"{path} shows {person} the applicant"
    client = logged_in(selecting.coordinator)
    page = client.get(f"{selecting.path}summary/")
    assert free in page.content.decode()
    assert page.context["found"].closed == 1
    book = load_workbook(BytesIO(client.get(f"{selecting.path}reviews.xlsx").content))
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert free in cells
    assert tied not in cells
    assert client.get(f"{selecting.path}summary.pdf").content.startswith(b"%PDF")


def test_b4_places_are_counted_without_what_is_closed(selecting: Selecting) -> None:
    """A gap in the order would tell where the missing one stands."""
    _tied, free = selecting.applications
    whole, seen = summary(selecting.edition, None), summary(selecting.edition, selecting.coordinator)
    assert len(whole.rows) == 2
    assert [(row.application, row.ranked.place) for row in seen.rows] == [(free, 1)]


def test_b4_a_tied_reviewers_scores_count_no_longer(selecting: Selecting) -> None:
    tied, free = selecting.applications
    rows = {row.application: row for row in summary(selecting.edition, None).rows}
    assert rows[free].scores.criteria[0].given == (1, 4)
    assert rows[tied].scores.criteria[0].given == (4,)
    assert rows[tied].scores.total is None


def test_b4_a_tied_reviewer_can_neither_read_nor_send(selecting: Selecting) -> None:
    tied = selecting.applications[0]
    review = tied.reviews.get(reviewer=selecting.reviewers[0])
    path = f"{selecting.path}reviews/{review.public_id}/"
    client = logged_in(selecting.reviewers[0])
    assert client.get(path).status_code == 403
    assert client.post(path, review_data(review, 4, send="1")).status_code == 403


def test_b4_a_tied_decider_cant_decide(selecting: Selecting) -> None:
    decision = SelectionDecision.objects.get()
    Application.objects.update(state="interviewed")
    client = logged_in(selecting.decider)
    data = {"decision": decision.public_id, "seen": decision.version}
    answer = client.post(f"{selecting.path}decision/make/", data, follow=True)
    decision.refresh_from_db()
    assert decision.state == "draft"
    assert str(selecting.applications[0].organisation) not in answer.content.decode()


def test_b4_a_tied_coordinator_leaves_the_applicants_line_as_it_is(selecting: Selecting) -> None:
    tied = selecting.applications[0]
    decision = SelectionDecision.objects.get()
    data = {
        "seen": decision.version, "message": "", "confirm_by": "",
        f"outcome_{tied.pk}": "rejected", f"reason_{tied.pk}": "I don't like them.", f"reserve_{tied.pk}": "",
    }  # fmt: skip
    logged_in(selecting.coordinator).post(f"{selecting.path}decision/", data)
    assert decision.lines.get(application=tied).outcome == "selected"


def test_b4_nobody_with_a_tie_is_given_an_application(selecting: Selecting) -> None:
    application = an_applicant(selecting.edition, "Fresh town")
    for person in selecting.reviewers[:2]:
        declare(person, application)
    client = logged_in(someone_who_is("coordinator", selecting.edition.organisation))
    form = client.get(f"{selecting.path}applications/{application.public_id}/reviewer/")
    assert list(form.context["form"].fields["reviewer"].queryset) == [selecting.reviewers[2]]
    answer = client.post(f"{selecting.path}reviewers/share-out/", follow=True)
    assert [each.reviewer for each in application.reviews.all()] == [selecting.reviewers[2]]
    assert "2" in " ".join(str(each) for each in answer.context["messages"])  # says that reviewers are missing
    with pytest.raises(HasTie):
        hand_review_on(application.reviews.get(), selecting.reviewers[0])


def test_b4_declaring_a_tie_closes_the_application_at_once() -> None:
    selecting = a_selecting(applicants=1)
    application, reviewer = selecting.applications[0], selecting.reviewers[0]
    review = a_review(application, reviewer)
    client = logged_in(reviewer)
    tie = f"{selecting.path}applications/{application.public_id}/tie/"
    assert client.get(tie).status_code == 200
    assert client.post(tie, {"reason": "<b>Brother</b>"}).status_code == 302
    assert client.get(f"{selecting.path}reviews/{review.public_id}/").status_code == 403
    assert client.get(f"{selecting.path}reviews/").context["rows"] == []
    page = logged_in(selecting.coordinator).get(f"{selecting.path}reviewers/").content.decode()
    assert "<b>Brother" not in page


def test_b4_a_reviewer_cant_probe_applications_of_others() -> None:
    selecting = a_selecting(applicants=2)
    a_review(selecting.applications[0], selecting.reviewers[0])
    client = logged_in(selecting.reviewers[0])
    assert client.get(f"{selecting.path}applications/{selecting.applications[1].public_id}/tie/").status_code == 404
    assert client.get(f"{selecting.path}applications/{selecting.applications[0].public_id}/").status_code == 403


def test_b4_strangers_are_refused_everywhere() -> None:
    """Another applicant, a company, an anonymous visitor, a reviewer of another edition."""
    selecting = a_selecting(applicants=2)
    for application in selecting.applications:
        an_interview(application, selecting.decider)
    review = a_review(selecting.applications[0], selecting.reviewers[0], 3)
    a_decision(selecting.edition, (selecting.applications[0], "selected"))
    other = a_selecting(applicants=1)
    strangers = [
        someone_who_is("responsible_person", selecting.applications[1].organisation),
        someone_who_is("supplier_user", an_organisation(kind="company")),
        named_in(other.edition),
        other.decider,
        someone_who_is("administrator", selecting.edition.organisation),
        someone_who_is("ministry_officer", an_organisation(kind="ministry")),
    ]
    paths = [
        selecting.path + each for each in (*LISTS, "guide/", "settings/", "publication/", "summary.pdf", "reviews.xlsx")
    ]
    paths += [*pages_of(selecting, selecting.applications[0]), f"{selecting.path}reviews/{review.public_id}/"]
    for person in strangers:
        client = logged_in(person)
        for path in paths:
            assert client.get(path).status_code in {403, 404}, (person, path)
    for path in paths:
        answer = Client().get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/account/login/")
