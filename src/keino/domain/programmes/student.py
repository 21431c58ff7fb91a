"""Student's t distribution with any positive degrees of freedom, from the incomplete beta function.

The degrees of freedom of Welch's interval are no whole number, so tables don't do, and the site runs without SciPy. The
continued fraction is that of Abramowitz & Stegun 1964, formula 26.5.8, by the modified Lentz method.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, lgamma, log, log1p

_TINY = 1e-300
_CLOSE = 1e-15


def cumulative(t: float, freedom: float) -> float:
    """Probability that a t value is at most ``t``.

    >>> round(cumulative(2.0, 1.0), 6)  # 1/2 + arctan(2)/π
    0.852416
    """
    tail = 0.5 * _incomplete_beta(freedom / (freedom + t * t), freedom / 2, 0.5)
    return 1 - tail if t > 0 else tail


@lru_cache(maxsize=1024)
def two_sided(level: float, freedom: float) -> float:
    """The t between whose negative and itself a value lies with probability ``level``.

    >>> round(two_sided(0.95, 10.0), 3)
    2.228
    """
    wanted, low, high = (1 + level) / 2, 0.0, 1.0
    while cumulative(high, freedom) < wanted:
        low, high = high, 2 * high
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if cumulative(middle, freedom) < wanted else (low, middle)
    return (low + high) / 2


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function; the fraction converges on the side where x is small."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    above, below = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    whole = below
    for m in range(1, 500):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            below = 1 / _away_from_zero(1 + step * below)
            above = _away_from_zero(1 + step / above)
            whole *= below * above
        if abs(below * above - 1) < _CLOSE:
            break
    return whole


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
