"""Days on which roles are in force: both ends count, and an open end has no last day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

Interval = tuple[dt.date, dt.date | None]
ONE_DAY = dt.timedelta(days=1)


def first_gap(intervals: Iterable[Interval], start: dt.date) -> dt.date | None:
    """The first day from ``start`` on that no interval covers; None when they cover every day to come."""
    day = start
    for first, last in sorted(intervals, key=lambda interval: interval[0]):
        if first > day:
            return day
        if last is None:
            return None
        day = max(day, last + ONE_DAY)
    return day


def overlap(one: Interval, other: Interval) -> bool:
    """Whether two intervals share a day."""
    return (one[1] is None or other[0] <= one[1]) and (other[1] is None or one[0] <= other[1])
