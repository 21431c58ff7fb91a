"""Choose the emission factor of every category and year, and say how good the choice is.

Exact year, else between two published years (log-linear), else the nearest year moved to the year's prices. What was
done stands in ``match`` and ``caveats``; nothing is silent. Method: docs/methods/emission-factors.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from keino.domain.carbon.factor_rows import FactorRow, ProductLink, UncertaintyRules, mixed_money
from keino.domain.carbon.price_years import ExchangeRates, PriceIndex, price_ratio
from keino.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: Codes a coefficient may carry in ``caveats``; those of the links come on top (see fact table category_products).
CAVEATS = (
    "basic_price_factor",  # factor per basic price used on an amount at purchaser prices
    "other_country_factor",  # the factor belongs to another currency area than the ledger
    "price_not_moved",  # factor of another year used as it is: no price index is known
    "factor_without_year",  # an own factor without a year is used for every year
    "category_fallback",  # no factor for the category itself: its main category decided
    "unclassified_average",  # unclassified spend estimated with the average of the classified spend
)

#: One independent error by its label, with its standard deviation on the ln scale. Same label = same error.
ErrorPart = tuple[str, float]

#: Where links of a category come from when it has several, the best first.
_ORIGINS = ("category", "own_factor", "main_category", "leaves")

_MATCH_ORDER = ("exact", "interpolated", "earlier_year", "later_year", "average", "none")


class UnknownUnclassified(UsageError):
    """What to do with unclassified spend is neither none nor average."""

    code = "unknown_unclassified"
    template = (
        "Purchases without a category can be counted as none or average, not as {asked}, so nothing was calculated."
    )


class MixedFactors(UsageError):
    """Factors per different kinds of money."""

    code = "mixed_factors"
    template = (
        "Factors of different price bases or currencies must not be mixed in one sum: {met}. Nothing was calculated. "
        "Keep one kind in the factor file."
    )


@dataclass(frozen=True)
class ProductPart:
    """One product behind a coefficient: its share of the spend, and kgCO2e per ledger currency unit of the year."""

    product: str
    share: float
    kgco2e_per_unit: float
    gsd: float
    errors: tuple[ErrorPart, ...]
    source: str
    locator: str
    note: str


@dataclass(frozen=True)
class Coefficient:
    """The factor used for a category in a year: kgCO2e per ledger ``currency`` unit in prices of that year.

    The value is the best estimate (the median of its error distribution); ``gsd`` is the whole geometric standard
    deviation, so 95 % lie in value / gsd^1.96 … value × gsd^1.96. ``match`` is one of ``columns.FACTOR_MATCHES``,
    ``link_match`` says how well the product fits the category (exact, proxy, average); ``link_origin`` says how the
    link came to be: category, main_category, leaves, own_factor, or unclassified for the average of the classified.
    """

    category: str
    year: int
    parts: tuple[ProductPart, ...]
    kgco2e_per_unit: float
    gsd: float
    match: str
    link_match: str
    currency: str
    price_basis: str
    factor_set: str
    factor_years: tuple[int, ...]
    price_index: str
    link_origin: str
    caveats: tuple[str, ...]

    @property
    def factor_product(self) -> str:
        """Codes of the products, joined by a plus sign."""
        return " + ".join(part.product for part in self.parts)


@dataclass(frozen=True)
class FactorBasis:
    """What coefficients are made from: one factor set, its links, and what is needed to move money.

    ``indices`` are price indices of the factors' country, best first; ``rates`` are needed only where the ledger's
    currency differs from the factors'.
    """

    factors: tuple[FactorRow, ...]
    links: tuple[ProductLink, ...]
    uncertainty: UncertaintyRules
    indices: tuple[PriceIndex, ...] = ()
    rates: ExchangeRates = field(default_factory=lambda: ExchangeRates({}))


@dataclass(frozen=True)
class _Dated:
    """A factor brought to a year, still in its own currency."""

    value: float
    match: str
    years: tuple[int, ...]
    index: str
    errors: tuple[ErrorPart, ...]
    caveats: tuple[str, ...]
    row: FactorRow


def coefficients(
    categories: Iterable[str],
    years: Iterable[int],
    basis: FactorBasis,
    *,
    currency: str,
    unclassified: str = "none",
    spend: Mapping[tuple[str, int], float] | None = None,
) -> tuple[Coefficient, ...]:
    """Return the coefficient of every category and year that has one, ordered by category and year.

    ``currency`` is the ledger's; factors in another currency are converted with the year's rate (UsageError when
    unknown). Unclassified spend (category "") has no factor; with ``unclassified="average"`` it gets the average of
    the classified ``spend`` by (category, year), in ledger currency.
    Raises UsageError when the factors mix price bases or currencies.
    """
    if unclassified not in ("none", "average"):
        raise UnknownUnclassified(asked=unclassified)
    _require_one_basis(basis.factors)
    book = _Book(basis, currency)
    wanted = sorted({(category, year) for year in set(years) for category in set(categories) if category})
    found = [made for category, year in wanted if (made := book.coefficient(category, year)) is not None]
    if unclassified == "average":
        found += _averages(found, spend or {}, basis.uncertainty)
    return tuple(sorted(found, key=lambda made: (made.category, made.year)))


def _require_one_basis(factors: Sequence[FactorRow]) -> None:
    if met := mixed_money(factors):
        raise MixedFactors(met=met)


class _Book:
    """Factors and links, ready for looking up."""

    def __init__(self, basis: FactorBasis, currency: str) -> None:
        self.basis, self.currency, self.uncertainty = basis, currency, basis.uncertainty
        rows = sorted(basis.factors, key=lambda row: (row.product, row.year or 0))
        self.factors = {product: tuple(group) for product, group in groupby(rows, key=lambda row: row.product)}
        links = sorted(basis.links, key=lambda link: link.category)
        self.links = {category: tuple(group) for category, group in groupby(links, key=lambda link: link.category)}

    def coefficient(self, category: str, year: int) -> Coefficient | None:
        links, fallback = self.links_of(category)
        links = tuple(link for link in links if link.product in self.factors)
        if not links:
            return None
        dated = [(link, self.dated(link, year)) for link in links]
        parts = tuple(self.part(link, factor, year) for link, factor in dated)
        first = dated[0][1]
        caveats = (*fallback, *self.money_caveats(first.row))
        for link, factor in dated:
            caveats += link.caveats + factor.caveats
        return Coefficient(
            category=category,
            year=year,
            parts=parts,
            kgco2e_per_unit=sum(part.share * part.kgco2e_per_unit for part in parts),
            gsd=combined_gsd(parts),
            match=_worst([factor.match for _, factor in dated] + [link.match for link in links]),
            link_match=_worst_link([link.match for link in links]),
            currency=self.currency,
            price_basis=first.row.price_basis,
            factor_set=first.row.factor_set,
            factor_years=tuple(sorted({y for _, factor in dated for y in factor.years})),
            price_index=first.index,
            link_origin=max((link.origin for link in links), key=_ORIGINS.index),
            caveats=tuple(dict.fromkeys(caveats)),
        )

    def dated(self, link: ProductLink, year: int) -> _Dated:
        return dated_factor(self.factors[link.product], year, self.basis.indices, self.uncertainty)

    def links_of(self, category: str) -> tuple[tuple[ProductLink, ...], tuple[str, ...]]:
        """Links of the category itself, else of its main category, else the mean of the main category's leaves."""
        if category in self.links:
            return self.links[category], ()
        main = category.split(".", maxsplit=1)[0]
        if main in self.links:
            return tuple(_of_main(link, category) for link in self.links[main]), ("category_fallback",)
        leaves = [code for code in self.links if code.startswith(f"{main}.")]
        return self.mean_of_leaves(category, leaves), ("category_fallback",) if leaves else ()

    def mean_of_leaves(self, category: str, leaves: Sequence[str]) -> tuple[ProductLink, ...]:
        shares: dict[str, float] = {}
        caveats: dict[str, None] = {}
        for link in (link for leaf in leaves for link in self.links[leaf]):
            shares[link.product] = shares.get(link.product, 0.0) + link.share / len(leaves)
            caveats.update(dict.fromkeys(link.caveats))
        return tuple(
            ProductLink("", category, product, share, "average", self.uncertainty.average, tuple(caveats), "leaves")
            for product, share in shares.items()
        )

    def part(self, link: ProductLink, factor: _Dated, year: int) -> ProductPart:
        errors = (*link_errors(link, factor.row, self.uncertainty), *factor.errors, *self.money_errors(factor.row))
        errors = tuple(error for error in errors if error[1] > 0)
        return ProductPart(
            product=link.product,
            share=link.share,
            kgco2e_per_unit=factor.value * self.basis.rates.factor(self.currency, factor.row.currency, year),
            gsd=math.exp(math.sqrt(sum(ln_sd**2 for _, ln_sd in errors))),
            errors=errors,
            source=factor.row.source,
            locator=factor.row.locator,
            note=factor.row.note,
        )

    def money_caveats(self, row: FactorRow) -> tuple[str, ...]:
        other = ("other_country_factor",) if row.currency != self.currency else ()
        return (*other, "basic_price_factor") if row.price_basis == "basic" else other

    def money_errors(self, row: FactorRow) -> tuple[ErrorPart, ...]:
        name = f"{row.factor_set}:{row.product}"
        country = (f"country:{name}", math.log(self.uncertainty.wrong_country))
        basic = (f"basis:{row.factor_set}", math.log(self.uncertainty.basic_on_purchaser))
        other = (country,) if row.currency != self.currency else ()
        return (*other, basic) if row.price_basis == "basic" else other


def _of_main(link: ProductLink, category: str) -> ProductLink:
    """A main category's link as that of one of its leaves."""
    origin = "main_category" if link.origin == "category" else link.origin
    return replace(link, category=category, origin=origin)


def link_errors(link: ProductLink, row: FactorRow, rules: UncertaintyRules) -> tuple[ErrorPart, ...]:
    """Split a link's whole error into what all products of the set share, the product's own, and the link's own.

    ln² add up: model² + product² + link² = (ln gsd)².
    """
    total = math.log(link.gsd)
    if row.gsd is not None:  # an own factor brings its own error, shared with nothing
        return ((f"product:{row.factor_set}:{row.product}", math.log(row.gsd)),)
    product = min(total, math.log(rules.exact))
    model = min(product, math.log(rules.model))
    return (
        (f"model:{row.factor_set}", model),
        (f"product:{row.factor_set}:{row.product}", math.sqrt(product**2 - model**2)),
        (f"link:{row.factor_set}:{link.category}", math.sqrt(total**2 - product**2)),
    )


def dated_factor(
    rows: Sequence[FactorRow],
    year: int,
    indices: Sequence[PriceIndex],
    rules: UncertaintyRules,
) -> _Dated:
    """Bring one product's factor to ``year``. ``rows`` are its published years, oldest first."""
    undated = next((row for row in rows if row.year is None), None)
    if undated is not None:
        return _Dated(undated.value, "exact", (), "", (), ("factor_without_year",), undated)
    by_year = {row.year: row for row in rows if row.year is not None}
    if year in by_year:
        return _Dated(by_year[year].value, "exact", (year,), "", (), (), by_year[year])
    before = max((y for y in by_year if y < year), default=None)
    after = min((y for y in by_year if y > year), default=None)
    if before is not None and after is not None:
        return _interpolated(by_year[before], by_year[after], year, before, after, rules)
    nearest = before if before is not None else min(by_year)
    return _moved(by_year[nearest], nearest, year, indices, rules)


def _interpolated(
    first: FactorRow, last: FactorRow, year: int, before: int, after: int, rules: UncertaintyRules
) -> _Dated:
    """Log-linear between two published years: a constant yearly rate of change."""
    weight = (year - before) / (after - before)
    if first.value > 0 and last.value > 0:
        value = math.exp((1 - weight) * math.log(first.value) + weight * math.log(last.value))
    else:
        value = (1 - weight) * first.value + weight * last.value
    distance = min(year - before, after - year)
    error = (f"time:{first.factor_set}:{year}", math.log(rules.interpolated) * math.sqrt(distance))
    nearest = first if year - before <= after - year else last
    return _Dated(value, "interpolated", (before, after), "", (error,), (), nearest)


def _moved(
    row: FactorRow, factor_year: int, year: int, indices: Sequence[PriceIndex], rules: UncertaintyRules
) -> _Dated:
    """The nearest published year; one unit of the year's money buys price(factor year) / price(year) of it."""
    match = "earlier_year" if factor_year < year else "later_year"
    ratio = price_ratio(indices, factor_year, year)
    value, index = (row.value, "") if ratio is None else (row.value / ratio[0], ratio[1])
    ln_sd = math.log(rules.unmoved_year if ratio is None else rules.moved_year)
    steps = range(min(factor_year, year) + 1, max(factor_year, year) + 1)
    errors = tuple((f"time:{row.factor_set}:step:{step}", ln_sd) for step in steps)
    return _Dated(value, match, (factor_year,), index, errors, ("price_not_moved",) if ratio is None else (), row)


def combined_gsd(parts: Sequence[ProductPart]) -> float:
    """Geometric standard deviation of the share-weighted sum of the parts, from its exact mean and variance.

    One part: its own gsd. Several: a lognormal with the sum's coefficient of variation (Fenton–Wilkinson).
    """
    if len(parts) == 1:
        return parts[0].gsd
    means = [part.share * part.kgco2e_per_unit * math.exp(math.log(part.gsd) ** 2 / 2) for part in parts]
    mean = sum(means)
    if mean <= 0:
        return max(part.gsd for part in parts)
    pairs = ((i, j) for i in range(len(parts)) for j in range(len(parts)))
    variance = sum(means[i] * means[j] * math.expm1(_shared(parts[i], parts[j])) for i, j in pairs)
    return math.exp(math.sqrt(math.log1p(variance / mean**2)))


def _shared(one: ProductPart, other: ProductPart) -> float:
    """Covariance on the ln scale: errors with the same label are the same error."""
    mine = dict(one.errors)
    return sum(mine.get(label, 0.0) * ln_sd for label, ln_sd in other.errors)


def _worst(matches: Sequence[str]) -> str:
    return max((match for match in matches if match in _MATCH_ORDER), key=_MATCH_ORDER.index)


def _worst_link(matches: Sequence[str]) -> str:
    return max(matches, key=("exact", "proxy", "average").index)


def _averages(
    found: Sequence[Coefficient], spend: Mapping[tuple[str, int], float], rules: UncertaintyRules
) -> list[Coefficient]:
    """One coefficient per year for unclassified spend: the mean of the classified spend of that year."""
    averages = []
    for year in sorted({made.year for made in found}):
        weights = {made: max(spend.get((made.category, year), 0.0), 0.0) for made in found if made.year == year}
        total = sum(weights.values())
        if total > 0:
            averages.append(_average({made: weight / total for made, weight in weights.items() if weight > 0}, rules))
    return averages


def _average(weights: Mapping[Coefficient, float], rules: UncertaintyRules) -> Coefficient:
    parts = [replace(part, share=part.share * weight) for made, weight in weights.items() for part in made.parts]
    mix = math.log(combined_gsd(parts))
    missing = math.sqrt(max(math.log(rules.average) ** 2 - mix**2, 0.0))
    widened = tuple(_widened(part, ("link:unclassified", missing)) for part in parts)
    first = next(iter(weights))
    return replace(
        first,
        category="",
        parts=widened,
        kgco2e_per_unit=sum(part.share * part.kgco2e_per_unit for part in parts),
        gsd=combined_gsd(widened),
        match="average",
        link_match="average",
        link_origin="unclassified",
        caveats=("unclassified_average", *(c for c in first.caveats if c in CAVEATS and c != "category_fallback")),
    )


def _widened(part: ProductPart, error: ErrorPart) -> ProductPart:
    gsd = math.exp(math.sqrt(math.log(part.gsd) ** 2 + error[1] ** 2))
    return replace(part, errors=(*part.errors, error), gsd=gsd)
