"""What the rules of factors need to be told: factors, links from categories to products, and how uncertain they are.

Rows arrive as printed in a fact table or in a user's own file (text by column name); here they become values. A row
that can't be read is named with its number and what is wrong with it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keino.errors import FactsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PRICE_BASES = ("purchaser", "basic")

#: Columns of a user's own factor file; year, gsd and price_basis may be empty.
USER_COLUMNS = ("category", "year", "value", "unit", "currency", "price_basis", "gsd", "source")

_UNIT = re.compile(r"^(?P<mass>kg|t) ?CO2e?/(?P<scale>[kM]?)(?P<currency>[A-Z]{3})$", re.IGNORECASE)


@dataclass(frozen=True)
class FactorRow:
    """One published factor: ``value`` kgCO2e per unit of ``currency``, in prices of ``year`` (None = every year).

    ``gsd`` is the row's own geometric standard deviation; None = by the rules of uncertainty.
    """

    factor_set: str
    product: str
    year: int | None
    value: float
    currency: str
    price_basis: str
    source: str = ""
    locator: str = ""
    note: str = ""
    gsd: float | None = None


@dataclass(frozen=True)
class ProductLink:
    """Which product stands for a category in a factor set, for which share (0–1) of its spend, and why.

    ``match`` is exact, proxy or average; ``caveats`` are codes of what the factor leaves out or blurs.
    """

    factor_set: str
    category: str
    product: str
    share: float
    match: str
    gsd: float
    reason: str = ""
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class UncertaintyRules:
    """Geometric standard deviations by cause; see docs/methods/uncertainty.md.

    ``exact``, ``proxy`` and ``average`` are the whole error of one factor; ``model`` is the part of it that all
    products of a set share. ``interpolated``, ``moved_year`` and ``unmoved_year`` are per square root of a year of
    distance; the last two are added once.
    """

    exact: float
    proxy: float
    average: float
    model: float
    interpolated: float
    moved_year: float
    unmoved_year: float
    wrong_country: float
    basic_on_purchaser: float


def factor_rows(rows: Iterable[Mapping[str, str]], factor_set: str) -> tuple[FactorRow, ...]:
    """Return the rows of one factor set. Raises FactsError when the set has none."""
    chosen = tuple(
        FactorRow(
            factor_set=factor_set,
            product=row["product"],
            year=int(row["year"]),
            value=float(row["value"]),
            currency=row["currency"],
            price_basis=row["price_basis"],
            source=row.get("source", ""),
            locator=row.get("locator", ""),
            note=row.get("note", ""),
        )
        for row in rows
        if row["factor_set"] == factor_set
    )
    if not chosen:
        raise FactsError(detail=f"There is no factor set called {factor_set}.")
    return chosen


def product_links(rows: Iterable[Mapping[str, str]], factor_set: str) -> tuple[ProductLink, ...]:
    """Return the links from categories to products of one factor set."""
    return tuple(
        ProductLink(
            factor_set=factor_set,
            category=row["category"],
            product=row["product"],
            share=float(row["share"]),
            match=row["match"],
            gsd=float(row["gsd"]),
            reason=row.get("reason", ""),
            caveats=tuple(row.get("caveat", "").split()),
        )
        for row in rows
        if row["factor_set"] == factor_set
    )


def uncertainty_rules(rows: Iterable[Mapping[str, str]]) -> UncertaintyRules:
    """Return the rules of uncertainty from rows with ``cause`` and ``gsd``. Raises FactsError when one is missing."""
    gsd = {row["cause"]: float(row["gsd"]) for row in rows}
    missing = [name for name in UncertaintyRules.__dataclass_fields__ if name not in gsd]
    if missing:
        raise FactsError(detail=f"The rules of factor uncertainty lack {', '.join(missing)}.")
    return UncertaintyRules(**{name: gsd[name] for name in UncertaintyRules.__dataclass_fields__})


def parse_factor_rows(
    rows: Sequence[Mapping[str, str]],
    first_row: int = 2,
    default_gsd: float = 1.4,
) -> tuple[tuple[FactorRow, ...], tuple[ProductLink, ...]]:
    """Read a user's own factors: columns of ``USER_COLUMNS``, one row per category (and year).

    Returns the factors (set ``user``, product = category) and a link from each category to itself. A main category
    covers its leaves. Units: kgCO2e/EUR, kgCO2e/kEUR, tCO2e/MEUR and the like with any currency. Decimal comma or
    point. ``first_row`` is the number of the first data row in the file, for messages. Raises UsageError that lists
    what is wrong with which row.
    """
    _require_columns(rows)
    problems: list[str] = []
    factors: list[FactorRow] = []
    seen: dict[tuple[str, int | None], int] = {}
    for number, row in enumerate(rows, start=first_row):
        found, factor = _user_factor(row, default_gsd)
        if factor is not None:
            twin = seen.setdefault((factor.product, factor.year), number)
            found += [f"repeats the category and year of row {twin}"] if twin != number else []
            factors.append(factor)
        problems += [f"row {number}: {what}" for what in found]
    problems += [] if problems else _mixed_years(factors) + _mixed_bases(factors)
    if problems:
        raise UsageError(detail=f"The factor file can't be used, nothing was computed. {'; '.join(problems)}.")
    links = {factor.product: _own_link(factor, default_gsd) for factor in factors}
    return tuple(factors), tuple(links.values())


def _require_columns(rows: Sequence[Mapping[str, str]]) -> None:
    needed = ("category", "value", "unit", "source")
    missing = [name for name in needed if not rows or name not in rows[0]]
    if missing:
        detail = f"The factor file needs the columns {', '.join(needed)}; it lacks {', '.join(missing)}"
        raise UsageError(detail=f"{detail}. It may also have year, currency, price_basis and gsd.")


def _own_link(factor: FactorRow, default_gsd: float) -> ProductLink:
    gsd = factor.gsd or default_gsd
    reason = f"Own factor: {factor.source}" if factor.source else "Own factor"
    return ProductLink("user", factor.product, factor.product, 1.0, "exact", gsd, reason)


def _user_factor(row: Mapping[str, str], default_gsd: float) -> tuple[list[str], FactorRow | None]:
    """What is wrong with the row, and the factor when nothing is."""
    cell = {name: (row.get(name) or "").strip() for name in USER_COLUMNS}
    problems = [f"{name} is empty" for name in ("category", "value", "unit", "source") if not cell[name]]
    value = _number(cell["value"], "value", 0.0, problems)
    gsd = _number(cell["gsd"], "gsd", 1.0, problems) if cell["gsd"] else default_gsd
    year = _year(cell["year"], problems)
    currency, per_unit = _unit(cell["unit"], cell["currency"], problems)
    basis = cell["price_basis"].casefold() or "purchaser"
    if basis not in PRICE_BASES:
        problems.append(f"price_basis is {cell['price_basis']}, it must be purchaser or basic")
    if problems:
        return problems, None
    factor = FactorRow(
        "user", cell["category"], year, value * per_unit, currency, basis, source=cell["source"], gsd=gsd
    )
    return [], factor


def _number(text: str, name: str, least: float, problems: list[str]) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        problems.extend([f"{name} is {text}, which is no number"] if text else [])
        return math.nan
    if not math.isfinite(value) or value < least:
        problems.append(f"{name} is {text}, it must be at least {least:g}")
    return value


def _year(text: str, problems: list[str]) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        problems.append(f"year is {text}, it must be four digits or empty")
        return None
    return int(text)


def _unit(text: str, currency: str, problems: list[str]) -> tuple[str, float]:
    """Currency of the unit, and kgCO2e per one unit of it."""
    match = _UNIT.match(text)
    if match is None:
        problems.extend([f"unit is {text}, it must be like kgCO2e/EUR, kgCO2e/kEUR or tCO2e/MEUR"] if text else [])
        return currency, math.nan
    found = match["currency"].upper()
    if currency and currency.upper() != found:
        problems.append(f"currency is {currency} but the unit is {text}")
    mass = 1000.0 if match["mass"].casefold() == "t" else 1.0
    return found, mass / {"": 1.0, "k": 1e3, "m": 1e6}[match["scale"].casefold()]


def _mixed_years(factors: Sequence[FactorRow]) -> list[str]:
    undated = {factor.product for factor in factors if factor.year is None}
    dated = {factor.product for factor in factors if factor.year is not None}
    return [f"{category} has factors both with and without a year" for category in sorted(undated & dated)]


def _mixed_bases(factors: Sequence[FactorRow]) -> list[str]:
    bases = sorted({(factor.price_basis, factor.currency) for factor in factors})
    if len(bases) <= 1:
        return []
    met = ", ".join(f"{basis} prices in {currency}" for basis, currency in bases)
    return [f"factors of different price bases or currencies must not be mixed in one sum: {met}"]
