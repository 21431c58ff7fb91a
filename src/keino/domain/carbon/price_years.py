"""Money of one year and currency in the money of another: price indices and yearly exchange rates, given as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from keino.errors import Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class UnknownRate(UsageError):
    """No exchange rate of a currency is known for a year."""

    code = "unknown_rate"
    template = (
        "The exchange rate of {currency} in {year} is unknown ({known}), so factors in another currency can't be used "
        "for that year and nothing was calculated. Choose factors in {currency} or leave the year out."
    )


@dataclass(frozen=True)
class PriceIndex:
    """A price index: index points by year. Years that are not there are unknown."""

    name: str
    points: Mapping[int, float] = field(hash=False)

    def ratio(self, year_from: int, year_to: int) -> float | None:
        """Prices of ``year_to`` divided by prices of ``year_from``; None when either year is unknown."""
        start, end = self.points.get(year_from), self.points.get(year_to)
        return end / start if start and end else None


def price_indices(rows: Iterable[Mapping[str, str]], names: Sequence[str]) -> tuple[PriceIndex, ...]:
    """Return the indices called ``names``, in that order, from rows with index, year and value."""
    points: dict[str, dict[int, float]] = {name: {} for name in names}
    for row in rows:
        if row["index"] in points:
            points[row["index"]][int(row["year"])] = float(row["value"])
    return tuple(PriceIndex(name, points[name]) for name in names)


def price_ratio(indices: Sequence[PriceIndex], year_from: int, year_to: int) -> tuple[float, str] | None:
    """Prices of ``year_to`` divided by prices of ``year_from``, and the index it comes from; None when unknown.

    The first index that knows both years decides. When none does, two indices are joined at the newest year both know.

    >>> price_ratio([PriceIndex("cpi", {2015: 100.0, 2021: 106.8})], 2015, 2021)
    (1.068, 'cpi')
    """
    if year_from == year_to:
        return 1.0, ""
    for index in indices:
        ratio = index.ratio(year_from, year_to)
        if ratio is not None:
            return ratio, index.name
    return _joined_ratio(indices, year_from, year_to)


def _joined_ratio(indices: Sequence[PriceIndex], year_from: int, year_to: int) -> tuple[float, str] | None:
    for first in indices:
        for second in indices:
            common = sorted(set(first.points) & set(second.points))
            start = first.ratio(year_from, common[-1]) if common else None
            end = second.ratio(common[-1], year_to) if common else None
            if start is not None and end is not None:
                return start * end, f"{first.name} + {second.name}"
    return None


@dataclass(frozen=True)
class ExchangeRates:
    """Yearly average rates: units of a currency per euro, by (currency, year). The euro itself is always 1."""

    per_euro: Mapping[tuple[str, int], float] = field(hash=False)

    def rate(self, currency: str, year: int) -> float:
        """Units of ``currency`` per euro in ``year``. Raises UnknownRate when there is none."""
        if currency == "EUR":
            return 1.0
        if (currency, year) not in self.per_euro:
            years = tuple(sorted(y for c, y in self.per_euro if c == currency))
            known = Problem("known years: {years}", years=years) if years else Problem("no year is known")
            raise UnknownRate(currency=currency, year=year, known=known)
        return self.per_euro[(currency, year)]

    def factor(self, currency_from: str, currency_to: str, year: int) -> float:
        """Units of ``currency_to`` that one unit of ``currency_from`` is worth in ``year``."""
        if currency_from == currency_to:
            return 1.0
        return self.rate(currency_to, year) / self.rate(currency_from, year)


def exchange_rates(rows: Iterable[Mapping[str, str]]) -> ExchangeRates:
    """Return the rates from rows with currency, year and value."""
    return ExchangeRates({(row["currency"], int(row["year"])): float(row["value"]) for row in rows})
