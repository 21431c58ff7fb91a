"""What the rules of factors need to be told: factors, links from categories to products, and how uncertain they are.

Rows arrive as printed in a fact table or in a user's own file (text by column name); here they become values. A row
that can't be read is named with its number and what is wrong with it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from keino.errors import FactsError, Problem, Problems, UsageError, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PRICE_BASES = ("purchaser", "basic")

#: Columns of a user's own factor file; year, gsd and price_basis may be empty.
USER_COLUMNS = ("category", "year", "value", "unit", "currency", "price_basis", "gsd", "source")

_NEEDED = ("category", "value", "unit", "source")
_PRICES = {"purchaser": mark("purchaser prices in {currency}"), "basic": mark("basic prices in {currency}")}

_UNIT = re.compile(r"^(?P<mass>kg|t) ?CO2e?/(?P<scale>[kM]?)(?P<currency>[A-Z]{3})$", re.IGNORECASE)


#: How a link came to be: as a row of the facts, from the main category's row, as the mean of its leaves, or the user's.
LinkOrigin = Literal["category", "main_category", "leaves", "own_factor"]


class UnknownFactorSet(FactsError):
    """The fact tables hold no factor set of this name."""

    code = "unknown_factor_set"
    template = "There is no factor set called {factor_set}, so nothing was calculated. Known sets: {known}."


class MissingUncertainty(FactsError):
    """The fact table of uncertainty lacks rules."""

    code = "missing_uncertainty"
    template = (
        "The rules of factor uncertainty lack {causes}, so no interval can be given and nothing was calculated. "
        "Restore the fact table factor_uncertainty."
    )


class MissingFactorColumns(UsageError):
    """The user's factor file lacks columns."""

    code = "missing_factor_columns"
    template = (
        "The factor file lacks the columns {missing}, so nothing was calculated. It needs {needed}, and may also have "
        "{optional}."
    )


class BrokenFactorFile(UsageError):
    """Rows of the user's factor file that can't be used; ``problems`` are all of them."""

    code = "broken_factor_file"
    template = (
        "The factor file can't be used, so nothing was calculated. Mend what is named here and run again:{problems}"
    )


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
    """Which product stands for a category in a factor set, and for which share (0–1) of its spend.

    ``match`` is exact, proxy or average; ``caveats`` are codes of what the factor leaves out or blurs; ``origin`` says
    how the link came to be. Why it is so stands in the facts, in three languages.
    """

    factor_set: str
    category: str
    product: str
    share: float
    match: str
    gsd: float
    caveats: tuple[str, ...] = ()
    origin: LinkOrigin = "category"


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
    """Return the rows of one factor set. Raises UnknownFactorSet when it has none."""
    every = tuple(rows)
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
        for row in every
        if row["factor_set"] == factor_set
    )
    if not chosen:
        known = tuple(dict.fromkeys(row["factor_set"] for row in every))
        raise UnknownFactorSet(factor_set=factor_set, known=known or "–")
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
            caveats=tuple(row.get("caveat", "").split()),
        )
        for row in rows
        if row["factor_set"] == factor_set
    )


def uncertainty_rules(rows: Iterable[Mapping[str, str]]) -> UncertaintyRules:
    """Return the rules of uncertainty from rows with ``cause`` and ``gsd``. Raises MissingUncertainty."""
    gsd = {row["cause"]: float(row["gsd"]) for row in rows}
    missing = tuple(name for name in UncertaintyRules.__dataclass_fields__ if name not in gsd)
    if missing:
        raise MissingUncertainty(causes=missing)
    return UncertaintyRules(**{name: gsd[name] for name in UncertaintyRules.__dataclass_fields__})


def parse_factor_rows(
    rows: Sequence[Mapping[str, str]],
    first_row: int = 2,
    default_gsd: float = 1.4,
) -> tuple[tuple[FactorRow, ...], tuple[ProductLink, ...]]:
    """Read a user's own factors: columns of ``USER_COLUMNS``, one row per category (and year).

    Returns the factors (set ``user``, product = category) and a link from each category to itself. A main category
    covers its leaves. Units: kgCO2e/EUR, kgCO2e/kEUR, tCO2e/MEUR and the like with any currency. Decimal comma or
    point. ``first_row`` is the number of the first data row in the file, for messages. Raises BrokenFactorFile, which
    lists what is wrong with which row, or MissingFactorColumns.
    """
    _require_columns(rows)
    problems: list[Problem] = []
    factors: list[FactorRow] = []
    seen: dict[tuple[str, int | None], int] = {}
    for number, row in enumerate(rows, start=first_row):
        found, factor = _user_factor(row, default_gsd)
        if factor is not None:
            twin = seen.setdefault((factor.product, factor.year), number)
            found += [Problem("it repeats the category and year of row {row}", row=twin)] if twin != number else []
            factors.append(factor)
        problems += [Problem("Row {row}: {problem}.", row=number, problem=each) for each in found]
    problems += [] if problems else _mixed_years(factors) + _mixed_bases(factors)
    if problems:
        raise BrokenFactorFile(problems=Problems(problems))
    links = {factor.product: _own_link(factor, default_gsd) for factor in factors}
    return tuple(factors), tuple(links.values())


def _require_columns(rows: Sequence[Mapping[str, str]]) -> None:
    missing = tuple(name for name in _NEEDED if not rows or name not in rows[0])
    if missing:
        optional = tuple(name for name in USER_COLUMNS if name not in _NEEDED)
        raise MissingFactorColumns(missing=missing, needed=_NEEDED, optional=optional)


def _own_link(factor: FactorRow, default_gsd: float) -> ProductLink:
    gsd = factor.gsd or default_gsd
    return ProductLink("user", factor.product, factor.product, 1.0, "exact", gsd, origin="own_factor")


def _user_factor(row: Mapping[str, str], default_gsd: float) -> tuple[list[Problem], FactorRow | None]:
    """What is wrong with the row, and the factor when nothing is."""
    cell = {name: (row.get(name) or "").strip() for name in USER_COLUMNS}
    problems = [Problem("{column} is empty", column=name) for name in _NEEDED if not cell[name]]
    value = _number(cell["value"], "value", 0.0, problems)
    gsd = _number(cell["gsd"], "gsd", 1.0, problems) if cell["gsd"] else default_gsd
    year = _year(cell["year"], problems)
    currency, per_unit = _unit(cell["unit"], cell["currency"], problems)
    basis = cell["price_basis"].casefold() or "purchaser"
    if basis not in PRICE_BASES:
        problems.append(Problem("price_basis is {text}, it must be purchaser or basic", text=cell["price_basis"]))
    if problems:
        return problems, None
    factor = FactorRow(
        "user", cell["category"], year, value * per_unit, currency, basis, source=cell["source"], gsd=gsd
    )
    return [], factor


def _number(text: str, name: str, least: float, problems: list[Problem]) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        if text:
            problems.append(Problem("{column} is {text}, which is no number", column=name, text=text))
        return math.nan
    if not math.isfinite(value) or value < least:
        problems.append(
            Problem("{column} is {text}, it must be at least {least}", column=name, text=text, least=f"{least:g}")
        )
    return value


def _year(text: str, problems: list[Problem]) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        problems.append(Problem("year is {text}, it must be four digits or empty", text=text))
        return None
    return int(text)


def _unit(text: str, currency: str, problems: list[Problem]) -> tuple[str, float]:
    """Currency of the unit, and kgCO2e per one unit of it."""
    match = _UNIT.match(text)
    if match is None:
        if text:
            problems.append(Problem("unit is {text}, it must be like kgCO2e/EUR, kgCO2e/kEUR or tCO2e/MEUR", text=text))
        return currency, math.nan
    found = match["currency"].upper()
    if currency and currency.upper() != found:
        problems.append(Problem("currency is {currency} but the unit is {unit}", currency=currency, unit=text))
    mass = 1000.0 if match["mass"].casefold() == "t" else 1.0
    return found, mass / {"": 1.0, "k": 1e3, "m": 1e6}[match["scale"].casefold()]


def _mixed_years(factors: Sequence[FactorRow]) -> list[Problem]:
    undated = {factor.product for factor in factors if factor.year is None}
    dated = {factor.product for factor in factors if factor.year is not None}
    return [
        Problem("{category} has factors both with and without a year. Give all of them a year, or none.", category=each)
        for each in sorted(undated & dated)
    ]


def mixed_money(factors: Sequence[FactorRow]) -> tuple[Problem, ...]:
    """What factors are per, such as “basic prices in EUR”, where that is more than one kind of money; else nothing."""
    bases = sorted({(factor.price_basis, factor.currency) for factor in factors})
    if len(bases) <= 1:
        return ()
    return tuple(Problem(_PRICES[basis], currency=currency) for basis, currency in bases)


def _mixed_bases(factors: Sequence[FactorRow]) -> list[Problem]:
    met = mixed_money(factors)
    if not met:
        return []
    return [Problem("Factors of different price bases or currencies must not be mixed in one sum: {met}.", met=met)]
