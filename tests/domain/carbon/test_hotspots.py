from __future__ import annotations

import pytest

from keino.domain.carbon.hotspots import QUADRANTS, CategoryTotal, QuadrantLimits, hotspots, quadrant_limits

TOWN = [
    CategoryTotal("BUILD.NEW", 500.0, 110.0),  # 0.22
    CategoryTotal("HEAT.DISTRICT", 250.0, 250.0),  # 1.00
    CategoryTotal("FUEL.MOTOR", 50.0, 30.0),  # 0.60
    CategoryTotal("EXP.CONSULT", 100.0, 10.0),  # 0.10
    CategoryTotal("", 100.0, None, 100.0),
]


def test_hotspots_rank_three_ways():
    found = {row.category: row for row in hotspots(TOWN)}
    assert [row.category for row in hotspots(TOWN)] == ["HEAT.DISTRICT", "BUILD.NEW", "FUEL.MOTOR", "EXP.CONSULT", ""]
    ranks = {name: (row.rank_footprint, row.rank_intensity, row.rank_spend) for name, row in found.items()}
    assert ranks == {
        "HEAT.DISTRICT": (1, 1, 2),
        "BUILD.NEW": (2, 3, 1),
        "FUEL.MOTOR": (3, 2, 5),
        "EXP.CONSULT": (4, 4, 4),
        "": (5, 5, 3),
    }


def test_hotspots_cumulate_to_one():
    found = hotspots(TOWN)
    assert [row.share_of_footprint for row in found] == pytest.approx([0.625, 0.275, 0.075, 0.025, 0.0])
    assert [row.cumulative_share for row in found] == pytest.approx([0.625, 0.9, 0.975, 1.0, 1.0])


def test_hotspots_quadrants_by_equal_share_and_average_intensity():
    """Equal share 1000 / 5 = 200; average 400 kg / 900 (spend with a factor) = 0.444."""
    assert {row.category: row.quadrant for row in hotspots(TOWN)} == {
        "HEAT.DISTRICT": "act_first",
        "BUILD.NEW": "volume",
        "FUEL.MOTOR": "intensity",
        "EXP.CONSULT": "watch",
        "": "watch",
    }


def test_quadrants_meet_at_the_equal_share_and_the_average_intensity():
    assert quadrant_limits(TOWN) == QuadrantLimits(200.0, pytest.approx(400 / 900))
    assert quadrant_limits([]) == QuadrantLimits(0.0, 0.0)


def test_hotspots_intensity_is_of_the_spend_that_has_a_factor():
    assert CategoryTotal("A.B", 100.0, 30.0, 40.0).intensity_kgco2e_per_unit == pytest.approx(0.5)
    assert CategoryTotal("A.B", 100.0, None).intensity_kgco2e_per_unit is None
    assert CategoryTotal("A.B", -5.0, -2.0).intensity_kgco2e_per_unit is None


def test_hotspots_of_credit_notes_come_last_with_no_share():
    found = hotspots([CategoryTotal("A.B", 100.0, 50.0), CategoryTotal("A.C", -10.0, -5.0)])
    assert [(row.category, row.share_of_footprint, row.quadrant) for row in found] == [
        ("A.B", 1.0, "act_first"),
        ("A.C", 0.0, "watch"),
    ]


def test_hotspots_of_ties_follow_the_code():
    found = hotspots([CategoryTotal("B.B", 10.0, 5.0), CategoryTotal("A.A", 10.0, 5.0)])
    assert [(row.category, row.rank_footprint) for row in found] == [("A.A", 1), ("B.B", 2)]


def test_hotspots_of_nothing():
    assert hotspots([]) == ()
    (row,) = hotspots([CategoryTotal("A.B", 0.0, 0.0)])
    assert (row.share_of_footprint, row.quadrant) == (0.0, "watch")
    assert row.quadrant in QUADRANTS
