"""Which days count as before, at the end and afterwards."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from keino.domain.programmes.windows import Window, intensity, newest_in, windows, years_around

DAY = dt.date


@dataclass(frozen=True)
class Closed:
    closed_on: dt.date


def test_windows_of_the_circular_academy_of_2023_never_meet() -> None:
    found = windows(DAY(2023, 9, 12), DAY(2024, 2, 1))
    assert found.before == Window(DAY(2022, 9, 12), DAY(2023, 11, 11))
    assert found.end == Window(DAY(2023, 12, 3), DAY(2024, 7, 30))
    assert found.afterwards == Window(DAY(2024, 7, 31), DAY(2026, 1, 31))


def test_a_short_programme_is_cut_in_its_middle() -> None:
    found = windows(DAY(2022, 3, 16), DAY(2022, 5, 31))
    assert found.before.last == DAY(2022, 4, 23)
    assert found.end.first == DAY(2022, 4, 24)


def test_the_newest_of_a_window_counts() -> None:
    window = Window(DAY(2023, 1, 1), DAY(2023, 6, 30))
    days = [Closed(DAY(2022, 12, 31)), Closed(DAY(2023, 1, 1)), Closed(DAY(2023, 6, 30)), Closed(DAY(2023, 7, 1))]
    assert newest_in(window, days) == Closed(DAY(2023, 6, 30))
    assert newest_in(window, days[:1]) is None


def test_whole_years_on_both_sides_are_compared() -> None:
    assert years_around(DAY(2023, 9, 12), DAY(2024, 2, 1)) == (2022, 2025)


def test_intensity_takes_prices_out() -> None:
    """Prices rise by a quarter and nothing else changes: 50 kg on 100 €, then 50 kg on 125 €."""
    assert intensity(50.0, 100.0, 1.0) == 0.5
    assert intensity(50.0, 125.0, 1.25) == pytest.approx(0.5)
    assert intensity(None, 100.0, 1.0) is None
    assert intensity(50.0, 100.0, None) is None
    assert intensity(50.0, 0.0, 1.0) is None
