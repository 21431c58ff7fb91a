"""Splitting the change of a product into the parts of its factors, without a remainder.

The additive logarithmic mean Divisia index (LMDI-I; Ang 2004, 2005, 2015), with the analytical limits for zeros
(Ang & Liu 2007). One rule for every split of a change: two factors in ``carbon.changes``, four in ``plans.followup``.
"""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Factors whose ratio is this close to one have not changed; what differs is the noise of division.
_NOISE = 1e-12


def logarithmic_mean(one: float, other: float) -> float:
    """(one − other) / (ln one − ln other), both positive; their common value when equal.

    >>> round(logarithmic_mean(1.0, 2.718281828459045), 6)
    1.718282
    """
    if math.isclose(one, other, rel_tol=1e-9):
        return (one + other) / 2
    ratio = one / other
    # log1p keeps every digit where the two are close; log of their quotient would lose half of them there.
    return (one - other) / (math.log1p((one - other) / other) if 0.5 < ratio < 2 else math.log(ratio))


def divisia(first: Sequence[float], last: Sequence[float]) -> tuple[float, ...]:
    """Split the change of a product of factors into the part of each factor; the parts sum to the change.

    All factors positive: LMDI-I, L(V₁, V₀) × ln(x₁/x₀). A factor that is zero in one year takes the whole change, and
    several zero factors share it equally: the limits that LMDI tends to as a zero is approached (Ang & Liu 2007). With
    negative factors, where logarithms fail: the mean over every order in which the factors could have changed
    (Shapley), which for two factors is the midpoint form: ΔV × mean(I) and ΔI × mean(V).

    >>> [round(part, 3) for part in divisia([100.0, 0.5], [200.0, 0.4])]
    [44.243, -14.243]
    """
    change = math.prod(last) - math.prod(first)
    if min(*first, *last) < 0:
        return closed(_shapley(first, last), change)
    if min(*first, *last) == 0:
        return _limits(first, last, change)
    weight = logarithmic_mean(math.prod(last), math.prod(first))
    return closed([weight * _log_ratio(x0, x1) for x0, x1 in zip(first, last, strict=True)], change)


def _log_ratio(first: float, last: float) -> float:
    ratio = last / first
    return 0.0 if abs(ratio - 1) < _NOISE else math.log(ratio)


def _limits(first: Sequence[float], last: Sequence[float], change: float) -> tuple[float, ...]:
    if change == 0:
        return (0.0,) * len(first)
    empty = first if math.prod(first) == 0 else last
    zeros = sum(1 for factor in empty if factor == 0)
    return tuple(change / zeros if factor == 0 else 0.0 for factor in empty)


def _shapley(first: Sequence[float], last: Sequence[float]) -> list[float]:
    count = len(first)
    parts = []
    for place in range(count):
        others = [n for n in range(count) if n != place]
        terms = [
            math.factorial(size) * math.factorial(count - size - 1) / math.factorial(count)
            * math.prod(last[n] if n in changed else first[n] for n in others)
            for size in range(count)
            for changed in combinations(others, size)
        ]  # fmt: skip
        parts.append((last[place] - first[place]) * math.fsum(terms))
    return parts


def closed(parts: Sequence[float], change: float) -> tuple[float, ...]:
    """The parts, summing to the change: what rounding left over (a last digit) goes to the largest."""
    largest = max(range(len(parts)), key=lambda n: abs(parts[n]))
    rest = math.fsum((change, *(-part for part in parts)))
    return tuple(part + rest if n == largest else part for n, part in enumerate(parts))
