"""Codes by date, and the areas of change agents."""

from __future__ import annotations

import datetime as dt

import pytest

from keino.web.organisations import codes
from keino.web.organisations.errors import RegionDoesNotFit, UnknownMunicipality, UnknownRegion, WrongBusinessId
from keino.web.organisations.queries.people import coverage
from tests.factories.organisations import days
from tests.factories.web import an_organisation, someone_who_is


def test_regions_are_nineteen_with_the_codes_of_statistics_finland() -> None:
    numbers = [1, 2, *range(4, 20), 21]  # 3 and 20 are not in use
    assert [code for code, _ in codes.regions("fi")] == [f"MK{number:02}" for number in numbers]
    assert codes.region_name("MK09", "sv") == "Södra Karelen"
    assert codes.region_name("MK99", "sv") == "MK99"


def test_counties_are_twenty_one() -> None:
    assert len(codes.counties("en")) == 21
    assert dict(codes.counties("sv"))["HVA17"] == "Österbottens välfärdsområde"


@pytest.mark.parametrize(
    ("day", "region"),
    [(dt.date(2020, 12, 31), "MK10"), (dt.date(2021, 1, 1), "MK12")],  # Heinävesi: South Savo → North Karelia
)
def test_municipality_that_moved_lies_in_its_region_of_that_day(day: dt.date, region: str) -> None:
    assert codes.municipality("090", day)["region"] == region
    assert codes.checked_region("", "090", day) == region


@pytest.mark.parametrize(
    ("code", "last"),
    [("476", dt.date(2014, 12, 31)), ("164", dt.date(2015, 12, 31)), ("442", dt.date(2016, 12, 31))],
)
def test_merged_municipality_ends_the_day_before_the_merger(code: str, last: dt.date) -> None:
    assert codes.municipality(code, last)["merged_into"]
    with pytest.raises(UnknownMunicipality):
        codes.municipality(code, last + dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("year", "count"),
    # Statistics Finland's notices: 313 in 2016, 311 in 2017, 309 in 2021-2024. Two mergers (2020, 2021) aren't in the
    # table, so that it has 311 − 2 in 2017-2019.
    [(2016, 313 - 2), (2017, 311 - 2), (2021, 309), (2024, 309)],
)
def test_number_of_municipalities_is_that_of_statistics_finland(year: int, count: int) -> None:
    assert len(codes.municipalities(dt.date(year, 1, 1))) == count


def test_region_that_contradicts_the_municipality_is_refused() -> None:
    with pytest.raises(RegionDoesNotFit):
        codes.checked_region("MK01", "837", dt.date(2024, 1, 1))  # Tampere is in Pirkanmaa
    with pytest.raises(UnknownRegion):
        codes.checked_region("MK20", "", dt.date(2024, 1, 1))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0164308-3", "0164308-3"), (" FI01643083 ", "0164308-3"), ("01643083", "0164308-3"), ("", "")],  # Helsinki
)
def test_business_id_is_kept_in_its_official_form(typed: str, kept: str) -> None:
    assert codes.checked_business_id(typed) == kept


@pytest.mark.parametrize("typed", ["0164308-4", "123", "abc", "0164308-3 ' OR 1=1", "=0164308-3"])
def test_business_id_with_a_wrong_check_digit_is_refused(typed: str) -> None:
    with pytest.raises(WrongBusinessId):
        codes.checked_business_id(typed)


def test_division_of_2022_has_every_region_in_exactly_one_of_fifteen_areas() -> None:
    division = codes.division_on(dt.date(2022, 3, 1))
    assert division is not None
    assert len(division.areas) == 15
    assert codes.division_problems(division) == ([], [])
    area = division.area_of("MK21")
    assert area is not None
    assert set(area.regions) == {"MK02", "MK21"}  # Varsinais-Suomi and Åland


def test_division_of_2020_lacks_four_regions() -> None:
    division = codes.division_on(dt.date(2020, 2, 1))
    assert division is not None
    without, several = codes.division_problems(division)
    # Päijät-Häme, Pohjois-Savo, Pohjois-Karjala, Åland (DOMAIN 2.5)
    assert (without, several) == (["MK07", "MK11", "MK12", "MK21"], [])


def test_no_division_before_the_first_change_agents() -> None:
    assert codes.division_on(dt.date(2018, 11, 30)) is None


def test_region_in_two_areas_is_told() -> None:
    twice = codes.Division(days(0), None, (codes.Area("1", ("MK01", "MK02")), codes.Area("2", ("MK02",))))
    assert codes.division_problems(twice)[1] == ["MK02"]


@pytest.mark.django_db
def test_coverage_names_regions_without_a_change_agent() -> None:
    host = an_organisation(kind="regional_council")
    everywhere = [code for code, _ in codes.regions("fi")]
    someone_who_is("change_agent", host, regions=everywhere[:17])
    someone_who_is("change_agent", host, regions=everywhere[17:], valid_from=days(-30), valid_to=days(-1))
    found = coverage(days(0))
    assert found.without_agent == ["MK19", "MK21"]
    assert not found.is_whole
    assert coverage(days(-1)).is_whole
