"""When a programme is followed up."""

from __future__ import annotations

import datetime as dt

import pytest

from keino.domain.programmes.follow_up import follow_up, follow_up_year

DAY = dt.date


@pytest.mark.parametrize(
    ("began", "closed", "year"),
    [
        (DAY(2023, 9, 12), DAY(2024, 2, 1), 2024),  # the circular academy: "during 2024"
        (DAY(2022, 3, 16), DAY(2022, 5, 31), 2023),
        (DAY(2026, 9, 8), DAY(2026, 12, 15), 2027),
        (DAY(2023, 9, 12), DAY(2024, 6, 30), 2024),
        (DAY(2023, 9, 12), DAY(2024, 7, 1), 2025),
    ],
)
def test_follow_up_year_is_the_one_after_the_beginning(began: dt.date, closed: dt.date, year: int) -> None:
    assert follow_up_year(began, closed) == year


def test_follow_up_puts_what_has_passed_to_the_end_of_the_year() -> None:
    usual = follow_up(2024, DAY(2024, 2, 1))
    late = follow_up(2024, DAY(2024, 6, 15))
    assert (usual.organisation_meeting, usual.joint_meeting) == (DAY(2024, 5, 31), DAY(2024, 10, 31))
    assert (late.organisation_meeting, late.joint_meeting) == (DAY(2024, 12, 31), DAY(2024, 10, 31))
