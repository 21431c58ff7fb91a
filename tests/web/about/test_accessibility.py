"""The accessibility statement says what the checklist says, no more and no less."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keino.web.about.choices import Conformance
from keino.web.about.models import Assessment
from keino.web.about.queries import statement
from keino.web.about.services import assess
from keino.web.about.wcag import CRITERIA, NEW_IN_2_2
from keino.web.base.errors import Conflict
from tests.factories.about import an_assessment
from tests.factories.accounts import with_second_factor
from tests.factories.web import a_person, someone_who_is

pytestmark = pytest.mark.django_db

FINDING = {"finding": "partial", "method": "self", "evaluated_on": "2026-11-01", "seen_version": "0"}


def administrator() -> Any:
    return with_second_factor(a_person(is_superuser=True))


def all_pass(*but: str) -> None:
    by = administrator()
    for criterion in CRITERIA:
        if criterion.number not in but:
            an_assessment(criterion.number, "pass", by=by)


def test_checklist_has_the_criteria_of_wcag_2_2() -> None:
    # WCAG 2.2 has 32 criteria of level A, 24 of AA; 4.1.1 is obsolete and removed, which leaves 31 of A.
    levels = [criterion.level for criterion in CRITERIA]
    assert (levels.count("A"), levels.count("AA"), len({criterion.number for criterion in CRITERIA})) == (31, 24, 55)
    assert {criterion.number for criterion in CRITERIA} >= NEW_IN_2_2


def test_site_is_not_called_accessible_before_everything_was_assessed() -> None:
    all_pass("1.4.3")
    assert statement().conformance == Conformance.UNKNOWN
    an_assessment("1.4.3", "pass")
    assert statement().conformance == Conformance.FULL


@pytest.mark.parametrize(
    ("finding", "conformance"), [("fail", "partial"), ("partial", "partial"), ("not_present", "full")]
)
def test_one_shortcoming_makes_the_site_partly_accessible(finding: str, conformance: str) -> None:
    all_pass("1.4.3")
    an_assessment("1.4.3", finding, reason_fi="Sävy on liian vaalea.")
    assert statement().conformance == conformance


def test_statement_shows_shortcoming_reason_alternative_day_and_method() -> None:
    an_assessment("1.4.3", "fail", reason_fi="Kaavion sävy on liian vaalea.", alternative_fi="Katso taulukkoa.")
    page = Client().get("/about/accessibility/").content.decode()
    assert "Kaavion sävy on liian vaalea." in page
    assert "Katso taulukkoa." in page
    assert "1.11.2026" in page


def test_text_of_another_language_is_marked_as_such() -> None:
    an_assessment("1.4.3", "fail", reason_fi="Sävy on liian vaalea.")
    page = Client().get("/about/accessibility/", headers={"accept-language": "sv"}).content.decode()
    assert '<dd lang="fi">Sävy on liian vaalea.</dd>' in page


def test_statement_never_names_an_authority_that_nobody_entered(settings: Any) -> None:
    page = Client().get("/about/accessibility/", headers={"accept-language": "en"}).content.decode()
    assert "must name the authority and its address here" in page
    settings.ACCESSIBILITY_AUTHORITY = "Example Authority, example@example.org"
    settings.RESPONSIBLE_BODY = "Example Town"
    page = Client().get("/about/accessibility/", headers={"accept-language": "en"}).content.decode()
    assert "Example Authority, example@example.org" in page
    assert "must name the authority" not in page
    assert "This statement is given by Example Town" in page


def test_statement_asks_one_question_of_the_database() -> None:
    an_assessment("1.4.3", "pass")
    with CaptureQueriesContext(connection) as one:
        Client().get("/about/accessibility/")
    all_pass("1.4.3")
    with CaptureQueriesContext(connection) as many:
        Client().get("/about/accessibility/")
    assert len(one) == len(many)


def test_shortcoming_needs_its_reason() -> None:
    client = Client()
    client.force_login(administrator())
    path = "/about/accessibility/criteria/1.4.3/"
    assert client.post(path, FINDING).status_code == 400
    assert not Assessment.objects.exists()
    assert client.post(path, FINDING | {"reason_fi": "Sävy"}).status_code == 302
    assert Assessment.objects.get().reason_fi == "Sävy"


@pytest.mark.parametrize("fields", [{"evaluated_on": "2999-01-01"}, {"evaluated_on": ""}, {"method": ""}])
def test_finding_needs_a_day_that_was_and_a_method(fields: dict[str, str]) -> None:
    client = Client()
    client.force_login(administrator())
    answer = client.post("/about/accessibility/criteria/1.4.3/", FINDING | {"finding": "pass"} | fields)
    assert answer.status_code == 400


def test_second_of_two_editors_is_told_and_keeps_the_text() -> None:
    client = Client()
    client.force_login(administrator())
    path = "/about/accessibility/criteria/1.4.3/"
    first = FINDING | {"reason_fi": "First"}
    assert client.post(path, first).status_code == 302
    late = client.post(path, FINDING | {"reason_fi": "Second"})
    assert "Second" in late.content.decode()
    assert Assessment.objects.get().reason_fi == "First"
    again = client.post(path, FINDING | {"reason_fi": "Second", "seen_version": "1"})
    assert again.status_code == 302
    assert Assessment.objects.get().reason_fi == "Second"


def test_of_two_changes_of_one_version_one_is_refused() -> None:
    kept = an_assessment("1.4.3", "pass")
    one, other = Assessment.objects.get(pk=kept.pk), Assessment.objects.get(pk=kept.pk)
    by = administrator()
    assess(one, seen_version=1, by=by)
    with pytest.raises(Conflict):
        assess(other, seen_version=1, by=by)


def test_finding_without_its_day_is_no_row() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(number="1.4.3", finding="pass")


@pytest.mark.parametrize("kind", ["coordinator", "expert", "responsible_person"])
def test_only_administrators_fill_in_the_checklist(kind: str) -> None:
    client = Client()
    client.force_login(with_second_factor(someone_who_is(kind)))
    answer = client.post("/about/accessibility/criteria/1.4.3/", FINDING | {"reason_fi": "x"})
    assert answer.status_code == 403
    assert not Assessment.objects.exists()


def test_unknown_criterion_is_404() -> None:
    client = Client()
    client.force_login(administrator())
    assert client.get("/about/accessibility/criteria/9.9.9/").status_code == 404
