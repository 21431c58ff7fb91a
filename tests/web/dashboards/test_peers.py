"""Comparison with peers and numbers over many: five or nothing, and nothing that a subtraction gives away."""

from __future__ import annotations

import statistics
from typing import Any

import pytest
from django.test import Client

from keino.web.dashboards.anonymity import Member, may_be_shown, pooled
from keino.web.dashboards.queries.national import OTHERS, counted
from keino.web.dashboards.queries.peers import comparison
from keino.web.measurement.queries.runs import current_run
from keino.web.organisations.models import Organisation
from keino.web.organisations.peer_groups import band_of, spread
from tests.factories.dashboards import a_buyer_with_totals
from tests.factories.web import someone_who_is

pytestmark = pytest.mark.django_db


def buyers(number: int, **fields: Any) -> list[Organisation]:
    fields = {"categories": {"HEAT": 100_000.0, "FOOD": 200_000.0}} | fields
    return [a_buyer_with_totals(1_000_000 + n * 10_000, 300_000 + n * 20_000, **fields) for n in range(number)]


def compared(organisation: Organisation) -> Any:
    run = current_run(organisation)
    assert run is not None
    return comparison(organisation, run)


@pytest.mark.parametrize(("others", "shown"), [(4, False), (5, True)])
def test_peers_are_shown_from_five_others(others: int, shown: bool) -> None:
    own = buyers(others + 1)[0]
    found = compared(own)
    assert found.is_shown is shown
    assert (found.group.per_unit is not None) is shown
    assert (found.group.per_resident is not None) is shown
    assert bool(found.group.shares) is shown


def test_peers_numbers_are_the_quartiles_of_the_group() -> None:
    own = buyers(7)[0]
    intensities = [(300_000 + n * 20_000) / (1_000_000 + n * 10_000) for n in range(7)]
    lower, median, upper = statistics.quantiles(intensities, n=4, method="inclusive")
    found = compared(own).group.per_unit
    assert (found.lower, found.median, found.upper) == tuple(float(f"{value:.2g}") for value in (lower, median, upper))
    residents = sorted((300_000 + n * 20_000) / 30_000 for n in range(7))
    assert compared(own).group.per_resident.median == float(f"{residents[3]:.2g}")


def test_everyone_in_a_group_sees_the_same() -> None:
    group = buyers(6)
    assert len({str(compared(each).group) for each in group}) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "parish"},
        {"population": 19_999},
        {"population": 50_000},
        {"is_compared": False},
        {"is_example": True},
        {"year": 2022},
    ],
)
def test_others_don_t_count(fields: dict[str, Any]) -> None:
    own = buyers(5)[0]
    buyers(3, **fields)
    assert compared(own).group.size == 5
    assert not compared(own).is_shown


def test_category_that_few_buy_is_not_compared() -> None:
    group = buyers(5)
    own = a_buyer_with_totals(1_000_000, 300_000, categories={"HEAT": 100_000.0, "MED": 50_000.0})
    found = {each.category: each for each in compared(own).categories}
    assert found["MED"].peers is None
    assert found["HEAT"].peers is not None
    assert found["HEAT"].own == pytest.approx(2 / 3)
    assert compared(group[0]).group == compared(own).group


def test_who_takes_no_part_sees_no_peers() -> None:
    own = buyers(7)[0]
    Organisation.objects.filter(pk=own.pk).update(is_compared=False)
    client = Client()
    client.force_login(someone_who_is("member", own))
    page = client.get(f"/o/{own.slug}/footprint/peers/?language=en").content.decode()
    assert "takes no part in the comparison" in page
    assert "Median" not in page


def test_peers_page_names_nobody() -> None:
    group = buyers(7)
    client = Client()
    client.force_login(someone_who_is("member", group[0]))
    page = client.get(f"/o/{group[0].slug}/footprint/peers/").content.decode()
    assert [each.name_fi for each in group[1:] if f">{each.name_fi}<" in page] == []


def test_size_is_counted_in_residents_else_in_money() -> None:
    from decimal import Decimal

    assert band_of(20_000, Decimal(1)).key == "residents-20000"
    assert band_of(19_999, Decimal(1)).key == "residents-10000"
    assert band_of(700_000, Decimal(1)).high is None
    assert band_of(None, Decimal(15_000_000)).key == "spend-10000000"
    assert band_of(None, Decimal(-5)).key == "spend-0"


# ---- what may be shown of several organisations


def member(number: int, amount: float = 100.0, *, public: bool = False) -> Member:
    return Member(number, amount, amount * 0.3, amount * 0.2, amount * 0.5, amount, None, public)


def test_sum_of_four_is_never_shown_and_of_five_is() -> None:
    assert not may_be_shown([member(n) for n in range(4)])
    assert may_be_shown([member(n) for n in range(5)])


def test_sum_that_one_dominates_is_not_shown() -> None:
    others = [member(n) for n in range(9)]
    assert may_be_shown([*others, member(9, 900.0)])
    assert not may_be_shown([*others, member(9, 901.0)])


def test_public_ones_can_t_be_taken_away_from_a_sum() -> None:
    public = [member(n, public=True) for n in range(8)]
    assert may_be_shown(public)
    assert not may_be_shown([*public, *(member(n) for n in range(8, 12))])
    assert may_be_shown([*public, *(member(n) for n in range(8, 13))])


def test_small_cell_can_t_be_worked_out_from_the_total() -> None:
    cells = {
        "A": [member(n) for n in range(9)],
        "B": [member(n) for n in range(10, 16)],
        "C": [member(20)],
    }
    shown, rest = pooled(cells)
    assert set(shown) == {"A"}
    assert len(rest) == 7
    assert may_be_shown(rest)


def test_nothing_is_shown_where_no_pool_is_safe() -> None:
    cells = {"A": [member(n) for n in range(6)], "B": [member(9, 10_000.0)]}
    assert pooled(cells) == ({}, ())


def test_spread_is_rounded_to_two_digits() -> None:
    found = spread([0.1234, 0.2345, 0.3456, 0.4567, 0.5678])
    assert found is not None
    assert (found.lower, found.median, found.upper) == (0.23, 0.35, 0.46)
    assert spread([1.0, 2.0, None, 3.0, 4.0]) is None


# ---- the national page


def test_national_needs_five_published_organisations() -> None:
    buyers(4, published=True)
    buyers(3)
    assert counted(only_published=True).newest is None
    buyers(1, published=True)
    found = counted(only_published=True)
    assert found.newest == 2023


def test_national_sum_is_that_of_its_organisations() -> None:
    buyers(6, published=True)
    total = counted(only_published=True).years[-1].sum
    assert total is not None
    expected = sum(300_000 + n * 20_000 for n in range(6))
    assert total.footprint_kgco2e == pytest.approx(expected)
    assert total.low_kgco2e == pytest.approx(expected * 0.8)
    assert total.spend == pytest.approx(sum(1_000_000 + n * 10_000 for n in range(6)))
    assert total.organisations == 6


def test_officers_sum_doesn_t_give_away_the_few_that_don_t_publish() -> None:
    buyers(6, published=True)
    buyers(2)
    assert counted(only_published=False).newest is None
    buyers(3)
    found = counted(only_published=False)
    assert found.newest == 2023
    assert found.years[-1].sum is not None
    assert found.years[-1].sum.organisations == 11


def test_small_regions_are_added_up() -> None:
    buyers(7, published=True, region_code="MK01")
    buyers(5, published=True, region_code="MK02")
    buyers(2, published=True, region_code="MK06")
    regions = {cell.code: cell.sum.organisations for cell in counted(only_published=True).regions}
    assert regions == {"MK01": 7, OTHERS: 7}


def test_trend_compares_the_same_organisations() -> None:
    from keino.web.measurement.models import RunTotal

    group = buyers(5, published=True)
    a_buyer_with_totals(900_000, 900_000, published=True)
    for total in RunTotal.objects.filter(run__organisation__in=group, category="*"):
        RunTotal.objects.create(
            run=total.run,
            year=2022,
            category="*",
            lines=1,
            spend=total.spend,
            footprint_kgco2e=total.footprint_kgco2e / 0.9,
        )
    newest = counted(only_published=True).years[-1]
    assert (newest.year, newest.same) == (2023, 5)
    assert newest.change == pytest.approx(-0.1)


def test_withdrawn_results_leave_the_public_number() -> None:
    group = buyers(5, published=True)
    assert counted(only_published=True).newest == 2023
    Organisation.objects.filter(pk=group[0].pk).update(is_public=False)
    assert counted(only_published=True).newest is None


def test_everyone_sees_published_numbers_and_officers_see_all() -> None:
    buyers(5, published=True)
    buyers(6)
    anonymous = Client().get("/measurement/?language=en").content.decode()
    assert "the purchases of 5 organisations" in anonymous
    assert "Definition" in anonymous
    officer = Client()
    officer.force_login(someone_who_is("ministry_officer"))
    assert "the purchases of 11 organisations" in officer.get("/measurement/?language=en").content.decode()
    published = officer.get("/measurement/?who=published&language=en").content.decode()
    assert "the purchases of 5 organisations" in published
    outsider = Client()
    outsider.force_login(someone_who_is("member"))
    assert "the purchases of 5 organisations" in outsider.get("/measurement/?language=en").content.decode()


def test_other_factor_sets_are_never_added_up() -> None:
    buyers(6, published=True)
    a_buyer_with_totals(5_000_000, 400_000, published=True, factors="uk@2026-1")
    total = counted(only_published=True).years[-1].sum
    assert total is not None
    assert total.organisations == 6
