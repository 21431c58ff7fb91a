"""A selection from the shared-out applications to confirmed places, through the pages."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.translation import override

from keino.web.base.models import Mail
from keino.web.programmes.models import Application, Review, SelectionDecision
from keino.web.programmes.selection_paper import summary_paper
from keino.web.programmes.views.decisions import summary_context
from tests.factories.selection import (
    Selecting,
    a_decision,
    a_selecting,
    an_applicant,
    an_interview,
    decision_data,
    logged_in,
    responsible,
    review_data,
    scored,
)

pytestmark = pytest.mark.django_db


def state_of(application: Application) -> str:
    return Application.objects.get(pk=application.pk).state


def make(selecting: Selecting, decision: SelectionDecision, client: Client | None = None) -> None:
    client = client or logged_in(selecting.decider)
    decision.refresh_from_db()
    data = {"decision": decision.public_id, "seen": decision.version}
    assert client.post(f"{selecting.path}decision/make/", data).status_code == 302


def test_b4_eight_applicants_six_places() -> None:
    """Shared out, scored by two, decided with a dry run, told in two languages, confirmed, published."""
    selecting = a_selecting(applicants=8)
    path, desk = selecting.path, logged_in(selecting.coordinator)
    assert desk.post(f"{path}reviewers/share-out/").status_code == 302
    assert Review.objects.filter(application__edition=selecting.edition).count() == 16

    points = dict(zip([each.pk for each in selecting.applications], (4, 4, 3, 3, 3, 2, 1, 0), strict=True))
    for reviewer in selecting.reviewers:
        client = logged_in(reviewer)
        for review in Review.objects.filter(reviewer=reviewer):
            data = review_data(review, points[review.application_id], send="1")
            answer = client.post(f"{path}reviews/{review.public_id}/", data)
            assert answer.status_code == 302, answer.content.decode()
    swedish = responsible(selecting.applications[0])
    swedish.language = "sv"
    swedish.save()

    assert desk.post(f"{path}decision/begin/").status_code == 302
    decision = SelectionDecision.objects.get()
    proposed = {line.application_id: line.outcome for line in decision.lines.all()}
    assert [proposed[each.pk] for each in selecting.applications] == ["selected"] * 6 + ["reserve"] * 2

    chosen = dict(zip(selecting.applications, ["selected"] * 6 + ["reserve", "rejected"], strict=True))
    data = decision_data(decision, chosen, confirm_by="2030-06-15", check="1")
    answer = desk.post(f"{path}decision/", data, follow=True)
    assert answer.status_code == 200
    plan = answer.context["plan"]
    assert (plan.taken, plan.wanted, plan.over, list(plan.problems)) == (0, 6, 0, [])
    shown = {(mail.address, mail.language, mail.subject) for line in plan.lines for mail in line.mails}
    assert {state_of(each) for each in selecting.applications} == {"interviewed"}
    assert not Mail.objects.filter(template="programmes/mail/decision.txt").exists()

    make(selecting, decision)
    assert [state_of(each) for each in selecting.applications] == ["selected"] * 6 + ["reserve", "rejected"]
    mails = Mail.objects.filter(template="programmes/mail/decision.txt")
    assert {(each.address, each.language) for each in mails} == {(address, language) for address, language, _ in shown}
    assert mails.get(person=swedish).language == "sv"
    assert {each.values["appeal"] for each in mails} == {"appeal@example.org"}
    make(selecting, decision)  # pressed twice
    assert mails.count() == len(shown)

    first = selecting.applications[0]
    own = logged_in(responsible(first))
    place = f"/o/{first.organisation.slug}/applications/{first.public_id}/place/"
    assert "15" in own.get(place).content.decode()
    assert own.post(place).status_code == 302
    assert own.post(place).status_code == 302  # pressed twice
    assert state_of(first) == "confirmed"

    assert desk.post(f"{path}publication/publish/").status_code == 302
    names = {str(each.organisation) for each in desk.get(f"{path}publication/").context["shown"]}
    assert names == {str(each.organisation) for each in selecting.applications[:6]}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_b4_the_summary_of_eight_is_one_page_of_paper(language: str) -> None:
    selecting = a_selecting(applicants=8)
    for number, application in enumerate(selecting.applications):
        scored(selecting, application, number % 5, 4 - number % 5)
    context = summary_context(selecting.edition, selecting.decider)
    with override(language):
        assert len(summary_paper(selecting.edition, context).pages) == 1
    assert [len(shares) for _title, shares in context["balance"]] == [1, 1, 1]  # one kind, size and region


def test_b4_seventh_of_six_is_refused() -> None:
    selecting = a_selecting(applicants=7)
    for each in selecting.applications:
        scored(selecting, each, 3, 3)
    client = logged_in(selecting.decider)
    client.post(f"{selecting.path}decision/begin/")
    decision = SelectionDecision.objects.get()
    assert {line.outcome for line in decision.lines.all()} == {""}  # seven equal ones: people choose
    data = decision_data(decision, dict.fromkeys(selecting.applications, "selected"), check="1")
    page = client.post(f"{selecting.path}decision/", data, follow=True)
    assert page.context["plan"].over == 1
    assert b'name="decision"' not in page.content  # no button to decide with
    make(selecting, decision, client)
    decision.refresh_from_db()
    assert decision.state == "draft"
    assert {state_of(each) for each in selecting.applications} == {"interviewed"}
    assert not Mail.objects.filter(template="programmes/mail/decision.txt").exists()


def test_b4_reserve_moves_up_only_by_a_decision() -> None:
    selecting = a_selecting(places_max=1)
    chosen, waiting, second = (
        an_applicant(selecting.edition, state=state) for state in ("selected", "reserve", "reserve")
    )
    a_decision(selecting.edition, (chosen, "selected"), (waiting, "reserve"), (second, "reserve"), state="made")
    decider = logged_in(selecting.decider)
    up = f"{selecting.path}applications/{waiting.public_id}/move-up/"
    assert decider.post(up, {"reason": "", "confirm_by": ""}).status_code == 422  # no place is free
    Application.objects.filter(pk=chosen.pk).update(state="withdrawn")
    assert state_of(waiting) == "reserve"
    skipping = f"{selecting.path}applications/{second.public_id}/move-up/"
    assert decider.post(skipping, {"reason": "", "confirm_by": ""}).status_code == 422  # not the first, no reason
    assert decider.get(up).status_code == 200
    assert decider.post(up, {"reason": "", "confirm_by": ""}).status_code == 302
    assert state_of(waiting) == "selected"
    assert decider.post(up, {"reason": "", "confirm_by": ""}).status_code == 302  # pressed twice
    assert selecting.edition.decisions.filter(state="made").count() == 2
    assert Mail.objects.filter(template="programmes/mail/decision.txt", values__outcome="selected").exists()


def test_first_page_offers_the_next_step_and_no_counts_of_nothing() -> None:
    selecting = a_selecting(applicants=1)
    application = selecting.applications[0]
    client = logged_in(selecting.coordinator)
    client.cookies["keino_language"] = "en"

    def page() -> str:
        return client.get(selecting.path).content.decode()

    Application.objects.update(state="submitted")
    assert "Plan and hold the interviews" in page()
    Application.objects.update(state="interviewed")
    an_interview(application, selecting.decider)
    assert "See whose scores are missing" in page()
    scored(selecting, application, 4, 4)
    assert '<button type="submit">Begin a proposal' in page()
    Application.objects.update(state="selected")
    assert "0 of 0" not in page()
