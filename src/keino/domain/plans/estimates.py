"""A number with its range: low, mid, high."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keino.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable


class BadEstimate(UsageError):
    """A range that is no range: not in order, or not finite."""

    code = "bad_estimate"
    template = (
        "{low} – {mid} – {high} is not a range, so nothing can be worked out from it. Give three numbers in order: "
        "low, middle, high."
    )


class BadShare(UsageError):
    """A share below 0 or above 1."""

    code = "bad_share"
    template = "{what} is {low} – {high}; a share lies between 0 and 1. Give 0.25 for 25 %."


@dataclass(frozen=True)
class Estimate:
    """Low, middle and high value of one quantity, in its own unit. Raises BadEstimate when they are not in order."""

    low: float
    mid: float
    high: float

    def __post_init__(self) -> None:
        values = (self.low, self.mid, self.high)
        if not all(map(math.isfinite, values)) or not self.low <= self.mid <= self.high:
            raise BadEstimate(low=self.low, mid=self.mid, high=self.high)

    @classmethod
    def exactly(cls, value: float) -> Estimate:
        """Return an estimate without a range: low = mid = high."""
        return cls(value, value, value)

    @property
    def mean(self) -> float:
        """Mean of the triangular distribution over the range."""
        return (self.low + self.mid + self.high) / 3

    def scaled(self, factor: float) -> Estimate:
        """The range in another unit; ``factor`` is not negative."""
        return Estimate(self.low * factor, self.mid * factor, self.high * factor)

    def times(self, other: Estimate) -> Estimate:
        """Product of two estimates that are not negative: low with low, high with high (the outer bounds)."""
        return Estimate(self.low * other.low, self.mid * other.mid, self.high * other.high)


def share(estimate: Estimate, what: str) -> Estimate:
    """Return the estimate if it is a share. Raises BadShare, naming ``what`` it is a share of, when it is not."""
    if estimate.low < 0 or estimate.high > 1:
        raise BadShare(what=what, low=estimate.low, high=estimate.high)
    return estimate


def total(estimates: Iterable[Estimate]) -> Estimate:
    """Sum of estimates: all low together, all high together (the outer bounds)."""
    found = list(estimates)
    return Estimate(
        math.fsum(estimate.low for estimate in found),
        math.fsum(estimate.mid for estimate in found),
        math.fsum(estimate.high for estimate in found),
    )
