"""The potential: its ranking, what is not assessed, the gap, the workbook."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from keino.web.plans.queries.potential import potential_of, potential_of_category
from tests.factories.reduction import a_target
from tests.factories.web import a_finished_run, an_organisation
from tests.web.plans.test_targets import as_a, page, text_of

pytestmark = pytest.mark.django_db

#: Catering and street works of the hand-made result, 2023, in kg: spend × factor.
CATERING, STREETS = 2_410_000.00 * 0.305, 2_610_900.75 * 0.211


def test_b12_ranking_is_reproducible_with_low_mid_high_and_not_assessed() -> None:
    town = an_organisation()
    run = a_finished_run(town)
    client = as_a("member", town)
    first, second = (client.get(page("potential", town)) for _ in range(2))
    assert text_of(first) == text_of(second)
    found = potential_of(run)
    assert [row.category for row in found.rows[:2]] == ["FOOD.CATERING", "INFRA.WORKS"]
    catering, streets = (row.potential_kgco2e for row in found.rows[:2])
    # a menu of plants: half of food (Syke); machines of sites: 66 % of 10–30–40 % of the works
    assert catering.mid == pytest.approx(CATERING * 0.5)
    assert catering.low == pytest.approx(CATERING / 1.5**1.96 * 0.5)
    assert catering.high == pytest.approx(CATERING * 1.5**1.96 * 0.5)
    assert streets.mid == pytest.approx(STREETS * 0.66 * 0.3)
    assert streets.low == pytest.approx(STREETS / 1.4**1.96 * 0.66 * 0.1)
    assert streets.high == pytest.approx(STREETS * 1.4**1.96 * 0.66 * 0.4)
    assert found.potential_kgco2e.mid == pytest.approx(CATERING * 0.5 + STREETS * 0.66 * 0.3)
    text = text_of(first)
    assert text.index("Catering and restaurant services") < text.index("Construction of streets")
    assert "Footprint only, potential not assessed" in text
    assert "not assessed" in text[text.index("District heat") :]
    assert potential_of_category(run, "HEAT.DISTRICT").not_assessed == "no_cited_effect"
    assert potential_of_category(run, "HEAT.DISTRICT").potential_kgco2e is None


def test_the_gap_to_the_own_target_is_told() -> None:
    town = an_organisation()
    run = a_finished_run(town)
    a_target(town, target_year=2035, reduction_share=0.5)
    gap = potential_of(run).gap
    assert gap is not None
    footprint = potential_of(run).footprint_kgco2e.mid
    assert gap.needed_kgco2e == pytest.approx(footprint * 0.5)
    assert "would still be missing" in text_of(as_a("member", town).get(page("potential", town)))


def test_the_workbook_has_the_ranking_its_assumptions_and_sources() -> None:
    town = an_organisation()
    run = a_finished_run(town)
    client = as_a("approver", town)
    answer = client.get(page("potential_xlsx", town))
    assert answer.content == client.get(page("potential_xlsx", town)).content
    book = load_workbook(io.BytesIO(answer.content))
    ranking, assumptions, sources = book.worksheets
    rows: list[Any] = list(ranking.iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in rows[:2]] == ["FOOD.CATERING", "INFRA.WORKS"]
    assert rows[0][14] == pytest.approx(CATERING * 0.5 / 1000)
    assert len(rows) == len(potential_of(run).rows)
    assert rows[-1][14] is None
    assert rows[-1][-1]
    assert assumptions.max_row > 3
    assert sources.max_row > 1


def test_without_a_footprint_the_page_says_where_to_begin() -> None:
    town = an_organisation()
    client = as_a("member", town)
    assert "Nothing has been calculated yet" in text_of(client.get(page("potential", town)))
    assert client.get(page("potential_xlsx", town)).status_code == 404
