"""When an outcome counts as one of before, of the end and of afterwards: the same days for everyone in a comparison."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

#: Rounds that closed up to a year before the kick-off, or up to two months after it (few answer on the first day).
BEFORE = (dt.timedelta(days=-365), dt.timedelta(days=60))
#: From two months before the closing to half a year after it, and from there to two years after it.
END = (dt.timedelta(days=-60), dt.timedelta(days=180))
AFTERWARDS = (dt.timedelta(days=181), dt.timedelta(days=730))


class Dated(Protocol):
    """Something that was finished on a day."""

    @property
    def closed_on(self) -> dt.date:
        """The day."""


@dataclass(frozen=True)
class Window:
    """Days from ``first`` to ``last``, both included."""

    first: dt.date
    last: dt.date

    def holds(self, day: dt.date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Windows:
    """The days of before, end and afterwards of one edition. None of them meet."""

    before: Window
    end: Window
    afterwards: Window


def windows(kickoff: dt.date, closing: dt.date) -> Windows:
    """The windows of an edition.

    A programme shorter than the two months on either side is cut in its middle, so that no day is both before and end.

    >>> windows(dt.date(2023, 9, 12), dt.date(2024, 2, 1)).before
    Window(first=datetime.date(2022, 9, 12), last=datetime.date(2023, 11, 11))
    """
    middle = kickoff + (closing - kickoff) / 2
    return Windows(
        Window(kickoff + BEFORE[0], min(kickoff + BEFORE[1], middle)),
        Window(max(closing + END[0], middle + dt.timedelta(days=1)), closing + END[1]),
        Window(closing + AFTERWARDS[0], closing + AFTERWARDS[1]),
    )


def years_around(kickoff: dt.date, closing: dt.date) -> tuple[int, int]:
    """The last whole year before a programme, and the first whole one after it: those whose purchases are compared."""
    return kickoff.year - 1, closing.year + 1


def newest_in(window: Window, found: Iterable[Dated]) -> Dated | None:
    """The last of these in a window."""
    return max((each for each in found if window.holds(each.closed_on)), key=lambda each: each.closed_on, default=None)


def intensity(footprint_kgco2e: float | None, spend: float, price_ratio: float | None) -> float | None:
    """Kilograms per unit of money of the first year; ``price_ratio``: prices of this year by those of the first.

    ``spend`` is what has an emission factor. None where a part of it isn't known.
    """
    if footprint_kgco2e is None or price_ratio is None or spend <= 0:
        return None
    return footprint_kgco2e / (spend / price_ratio)
