"""Regions, municipalities, change agents' areas and the centre's history agree with one another."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date, timedelta

from keino.facts.read import read

REGIONS = {row["code"] for row in read("regions").rows}


def test_every_municipality_lies_in_a_known_region_and_has_one_row_a_day() -> None:
    rows = read("municipalities").rows
    assert {row["region"] for row in rows} <= REGIONS
    for code, count in Counter(row["code"] for row in rows).items():
        mine = [row for row in rows if row["code"] == code]
        assert count <= 2
        if count == 2:
            before, after = mine
            assert date.fromisoformat(before["valid_to"]) + timedelta(days=1) == date.fromisoformat(after["valid_from"])


def test_merged_municipalities_point_to_one_that_goes_on() -> None:
    rows = {row["code"]: row for row in read("municipalities").rows}
    merged = [row for row in rows.values() if row["merged_into"]]
    assert len(merged) == 3 + 4 + 2  # 2015, 2016, 2017 (Statistics Finland's notices)
    assert not [row for row in merged if rows[row["merged_into"]]["valid_to"]]


def test_nuts_codes_are_unique_and_nine_changed_in_2024() -> None:
    rows = read("regions").rows
    assert len({row["nuts_2024"] for row in rows}) == len({row["nuts_2021"] for row in rows}) == 19
    assert sum(row["nuts_2021"] != row["nuts_2024"] for row in rows) == 9


def test_areas_name_known_regions_once_a_period() -> None:
    rows = read("service_areas").rows
    assert {row["region"] for row in rows} == REGIONS
    assert max(Counter((row["valid_from"], row["region"]) for row in rows).values()) == 1
    assert Counter(row["valid_from"] for row in rows) == {
        "2018-12-01": 3, "2019-08-01": 6, "2020-02-01": 15, "2022-01-24": 19,
    }  # fmt: skip


def test_memberships_follow_one_another_without_overlap() -> None:
    rows = read("consortium_memberships").rows
    assert {row["role"] for row in rows} == {"coordinator", "member", "strategic_partner"}
    for name in {row["organisation"] for row in rows}:
        mine = sorted((row["valid_from"], row["valid_to"]) for row in rows if row["organisation"] == name)
        for (_, last), (first, _) in itertools.pairwise(mine):
            assert date.fromisoformat(last) + timedelta(days=1) == date.fromisoformat(first)
