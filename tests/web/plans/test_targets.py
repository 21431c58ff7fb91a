"""Own targets: set, change, remove; the overview's words about them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from keino.web.organisations.models import Organisation
from keino.web.plans.models import ClimateTarget
from keino.web.plans.queries.targets import standing
from tests.factories.reduction import a_target
from tests.factories.web import a_finished_run, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db

GIVEN = {
    "baseline_year": "2023",
    "target_year": "2035",
    "reduction_share": "50",
    "scope": "All purchases",
    "decided_by_text": "The council",
    "decided_on": "2024-06-10",
}


def page(name: str, organisation: Organisation, **more: Any) -> str:
    return reverse(f"plans:{name}", kwargs={"slug": organisation.slug, **more})


def as_a(kind: str, organisation: Organisation) -> Client:
    client = Client()
    client.force_login(someone_who_is(kind, organisation))
    client.cookies["keino_language"] = "en"
    return client


def text_of(answer: Any) -> str:
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    plain = plain.replace("&#x27;", "'").replace("&quot;", '"')
    return " ".join(plain.replace("\u202f", " ").replace("\xa0", " ").split())


def test_a_target_is_set_and_told_in_words() -> None:
    town = an_organisation()
    a_finished_run(town)
    client = as_a("member", town)
    answer = client.post(page("target_new", town), GIVEN, follow=True)
    target = ClimateTarget.objects.get()
    assert (target.reduction_share, target.target_year) == (0.5, 2035)
    assert "By 2035 the footprint is 50% smaller than in 2023." in text_of(answer)
    assert "The council" in text_of(answer)
    client.post(page("target_new", town), GIVEN | {"target_year": "2030", "reduction_share": "25,5"})
    assert ClimateTarget.objects.get(target_year=2030).reduction_share == pytest.approx(0.255)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"target_year": "2023"}, "does not come after the baseline year 2023"),
        ({"target_year": "2020"}, "does not come after the baseline year 2023"),
        ({"reduction_share": "150"}, "share"),
        ({"reduction_share": "=1+1"}, "Write a number"),
        ({"reduction_share": ""}, "required"),
        ({"link": "javascript:alert(1)"}, "Enter a valid URL"),
    ],
)
def test_a_wrong_target_is_refused_with_the_text_kept(changes: dict[str, str], told: str) -> None:
    town = an_organisation()
    answer = as_a("member", town).post(page("target_new", town), GIVEN | changes)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert "All purchases" in answer.content.decode()
    assert not ClimateTarget.objects.exists()


def test_a_year_has_one_target() -> None:
    town = an_organisation()
    a_target(town, target_year=2035)
    answer = as_a("member", town).post(page("target_new", town), GIVEN)
    assert "There is a target for 2035 already" in text_of(answer)
    assert ClimateTarget.objects.count() == 1


def test_the_database_refuses_a_target_before_its_baseline() -> None:
    with pytest.raises(IntegrityError):
        ClimateTarget.objects.create(
            organisation=an_organisation(), baseline_year=2030, target_year=2030, reduction_share=0.5
        )


def test_the_second_of_two_editors_keeps_the_text() -> None:
    town = an_organisation()
    target = a_target(town, target_year=2035)
    first, second = as_a("member", town), as_a("responsible_person", town)
    url = page("target", town, target=target.public_id)
    seen = {"seen": str(target.version)}
    assert first.post(url, GIVEN | seen | {"scope": "Without investments"}).status_code == 302
    answer = second.post(url, GIVEN | seen | {"scope": "Mine"})
    assert answer.status_code == 422
    assert "Somebody else changed this" in text_of(answer)
    assert 'value="Mine"' in answer.content.decode()
    target.refresh_from_db()
    assert target.scope == "Without investments"
    again = re.search(r'name="seen" value="(\d+)"', answer.content.decode())
    assert again is not None
    assert second.post(url, GIVEN | {"scope": "Mine", "seen": again[1]}).status_code == 302
    target.refresh_from_db()
    assert target.scope == "Mine"


def test_removing_twice_is_harmless() -> None:
    town = an_organisation()
    target = a_target(town)
    client = as_a("member", town)
    url = page("target_remove", town, target=target.public_id)
    assert [client.post(url).status_code, client.post(url).status_code] == [302, 302]
    assert not ClimateTarget.objects.exists()


def test_standing_is_measured_from_the_baseline_year_of_the_run() -> None:
    town = an_organisation()
    run = a_finished_run(town)
    by_year = {int(part.keys["year"]): part.footprint_kgco2e for part in _result().by_year}
    found = standing(a_target(town, baseline_year=2022, reduction_share=0.4), run)
    assert found is not None
    assert found.footprint_kgco2e == pytest.approx(by_year[2023])
    assert found.to_go_kgco2e == pytest.approx(by_year[2023] - 0.6 * by_year[2022])


def test_an_unknown_baseline_is_said_and_not_filled_in() -> None:
    town = an_organisation()
    a_finished_run(town)
    a_target(town, baseline_year=2010)
    assert "The footprint of the baseline year 2010 is not known here" in text_of(
        as_a("member", town).get(page("plan", town))
    )


def test_the_next_step_leads_from_nothing_to_a_chosen_plan() -> None:
    town = an_organisation()
    client = as_a("member", town)
    assert "Calculate the footprint first" in text_of(client.get(page("plan", town)))
    a_finished_run(town)
    assert "Set your own target" in text_of(client.get(page("plan", town)))
    a_target(town)
    assert "Make a plan to the target" in text_of(client.get(page("plan", town)))


def test_hostile_words_are_shown_as_text() -> None:
    town = an_organisation()
    a_target(town, scope="<script>alert(1)</script>" + "x" * 200)
    html = as_a("member", town).get(page("plan", town)).content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def _result() -> Any:
    from tests.factories.results import footprint_result

    return footprint_result()
