"""The open self-check explains why not and still lets one ask."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from keino.web.base.models import Mail
from keino.web.programmes.models import Application, Edition, EligibilityRule
from tests.factories.programmes import an_edition, named_in
from tests.web.programmes.applying import client_of, mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    edition = an_edition(contact_email="akatemia@example.org")
    EligibilityRule.objects.create(
        edition=edition, code="pilot", position=1, is_required=False, question_en="We have a pilot in preparation",
        why_not_en="A pilot helps: talk with us about yours.", question_fi="Pilotti", why_not_fi="Puhutaan pilotista.",
    )  # fmt: skip
    return edition


def check(edition: Edition, **answers: str) -> str:
    path = reverse("programmes:can_we_apply", args=[edition.slug])
    answer = client_of(None).get(path, {"check": "1", **answers})
    assert answer.status_code == 200
    return answer.content.decode()


def test_b2_a_visitor_learns_that_they_can_apply(edition: Edition) -> None:
    text = check(edition, **{"kind": "municipality", "rule-pilot": "yes"})
    assert "Yes, you can apply" in text
    assert reverse("programmes:apply", args=[edition.slug]) in text
    assert Application.objects.count() == 0


def test_b2_a_company_is_told_why_not_and_can_still_ask(edition: Edition) -> None:
    text = check(edition, **{"kind": "company", "rule-pilot": "yes"})
    assert "Probably not, as it stands" in text
    assert "Kysy kuitenkin meiltä" in text  # why not, as the edition says it
    assert "municipality or city" in text  # whom it is meant for
    assert reverse("programmes:ask", args=[edition.slug]) in text


def test_what_isnt_required_closes_no_way(edition: Edition) -> None:
    text = check(edition, **{"kind": "parish", "rule-pilot": "no"})
    assert "Yes, you can apply" in text
    assert "talk with us about yours" in text


@pytest.mark.parametrize("kind", ["", "=1+1", "<script>alert(1)</script>"])
def test_what_nobody_can_tell_stays_open(edition: Edition, kind: str) -> None:
    text = check(edition, kind=kind)
    assert "It can’t be told yet" in text
    assert "<script>alert" not in text


def test_a_draft_isnt_shown(edition: Edition) -> None:
    Edition.objects.update(state="draft")
    for name in ("can_we_apply", "ask", "apply"):
        assert Client().get(reverse(f"programmes:{name}", args=[edition.slug])).status_code == 404


QUESTION = {"question": "We are a foundation. Can we?", "email": "asker@example.org", "name": "Ari Asker"}


def test_b2_a_question_reaches_the_contact_person_once(edition: Edition) -> None:
    path, given = reverse("programmes:ask", args=[edition.slug]), QUESTION | {"key": str(uuid.uuid4())}
    for _press in range(2):
        assert Client().post(path, given).status_code == 302
    (mail,) = mails("question")
    assert (mail.address, mail.values["email"]) == ("akatemia@example.org", "asker@example.org")
    assert mail.values["question"] == QUESTION["question"]


def test_without_a_contact_address_the_hosts_are_asked(edition: Edition) -> None:
    Edition.objects.update(contact_email="")
    path = reverse("programmes:ask", args=[edition.slug])
    answer = client_of(None).post(path, QUESTION)
    assert answer.status_code == 422
    assert QUESTION["question"] in answer.content.decode()
    host = named_in(edition, "host")
    assert client_of(None).post(path, QUESTION).status_code == 302
    assert [mail.address for mail in mails("question")] == [host.email]


def test_a_program_that_fills_every_field_asks_nothing(edition: Edition) -> None:
    path = reverse("programmes:ask", args=[edition.slug])
    assert Client().post(path, QUESTION | {"leave_empty": "x"}).status_code == 422
    assert Client().post(path, QUESTION | {"email": "nobody"}).status_code == 422
    assert Client().post(path, QUESTION | {"question": "x" * 4_001}).status_code == 422
    assert Mail.objects.count() == 0


def test_thirty_questions_an_hour_are_enough(edition: Edition) -> None:
    path = reverse("programmes:ask", args=[edition.slug])
    for _number in range(31):
        last = client_of(None).post(path, QUESTION)
    assert last.status_code == 422
    assert "still in the form" in last.content.decode()
    assert len(mails("question")) == 30
