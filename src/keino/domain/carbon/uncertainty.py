"""95 % intervals of sums whose parts share their errors.

Each factor is lognormal around its best estimate (its median). The error of a product is the same in every category
and year that uses it, so it does not average out over invoices, categories or years; see docs/methods/uncertainty.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keino.domain.carbon.factors import Coefficient

Floats = NDArray[np.float64]

#: Normal quantile of a two-sided 95 % interval.
Z95 = 1.959963984540054

#: A sum keeps the lognormal shape while its negative parts (credit notes) are at most this share of its positive parts.
SMALL_NEGATIVE_SHARE = 0.1

_ROWS_AT_ONCE = 2048


def interval(estimate: float, gsd: float) -> tuple[float, float]:
    """95 % interval of one factor: estimate / gsd^1.96 … estimate × gsd^1.96.

    >>> low, high = interval(100.0, 1.4)
    >>> round(low, 1), round(high, 1)
    (51.7, 193.4)
    """
    spread = gsd**Z95
    return estimate / spread, estimate * spread


def pedigree_factor(uncertainty_factors: Iterable[float]) -> float:
    """95 % factor of a data point from its pedigree scores: exp(√Σ ln²U), the square of its gsd."""
    logs = np.log(np.array(list(uncertainty_factors), dtype=float))
    return float(np.exp(np.sqrt(np.sum(logs**2))))


class ErrorModel:
    """Mean and covariance of every (category, year), per kgCO2e of its best estimate.

    ``keys`` are the (category, year) pairs in the order of the columns of ``bounds``.
    """

    def __init__(self, coefficients: Sequence[Coefficient]) -> None:
        self.keys: tuple[tuple[str, int], ...] = tuple((made.category, made.year) for made in coefficients)
        weights, loadings = _components(coefficients)
        ln_covariance = loadings @ loadings.T
        means = np.exp(np.diag(ln_covariance) / 2)
        covariance = np.outer(means, means) * np.expm1(ln_covariance)
        self.mean: Floats = weights @ means
        self.covariance: Floats = weights @ covariance @ weights.T

    def bounds(self, footprints: Floats) -> tuple[Floats, Floats]:
        """95 % bounds of the sum of each row.

        ``footprints``: kgCO2e by best estimate, shape [n_slices, n_keys], zero where a slice has none of a key;
        negative where credit notes outweigh. Returns (low, high), each of shape [n_slices]. All zero: 0, 0.
        """
        table = np.atleast_2d(np.asarray(footprints, dtype=float))
        blocks = [self._block(table[row : row + _ROWS_AT_ONCE]) for row in range(0, len(table), _ROWS_AT_ONCE)]
        if not blocks:
            return np.zeros(0), np.zeros(0)
        return np.concatenate([low for low, _ in blocks]), np.concatenate([high for _, high in blocks])

    def _block(self, table: Floats) -> tuple[Floats, Floats]:
        mean = table @ self.mean
        variance = np.maximum(np.einsum("ij,ij->i", table @ self.covariance, table), 0.0)
        positive = np.where(table > 0, table, 0.0).sum(axis=1)
        negative = np.where(table < 0, -table, 0.0).sum(axis=1)
        low, high = _normal(mean, variance)
        for sign, big, small in ((1.0, positive, negative), (-1.0, negative, positive)):
            fits = (big > 0) & (small <= SMALL_NEGATIVE_SHARE * big)
            inner, outer = _lognormal(sign * mean[fits], variance[fits])
            low[fits], high[fits] = (inner, outer) if sign > 0 else (-outer, -inner)
        return low, high


def _components(coefficients: Sequence[Coefficient]) -> tuple[Floats, Floats]:
    """Shares [keys × components] and ln errors [components × labels]; a component is one product of one key."""
    parts = [(key, part) for key, made in enumerate(coefficients) for part in made.parts]
    labels = {label: n for n, label in enumerate(dict.fromkeys(name for _, part in parts for name, _ in part.errors))}
    weights = np.zeros((len(coefficients), len(parts)))
    loadings = np.zeros((len(parts), max(len(labels), 1)))
    for column, (key, part) in enumerate(parts):
        value = coefficients[key].kgco2e_per_unit
        weights[key, column] = part.share * part.kgco2e_per_unit / value if value else part.share
        for label, ln_sd in part.errors:
            loadings[column, labels[label]] += ln_sd
    return weights, loadings


def _lognormal(mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """Fenton–Wilkinson: the lognormal with the same mean and variance."""
    ln_variance = np.log1p(variance / mean**2)
    median, spread = mean * np.exp(-ln_variance / 2), np.exp(Z95 * np.sqrt(ln_variance))
    return median / spread, median * spread


def _normal(mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """Where large credits and purchases meet, the sum may have either sign: symmetric around the mean."""
    half = Z95 * np.sqrt(variance)
    return mean - half, mean + half
