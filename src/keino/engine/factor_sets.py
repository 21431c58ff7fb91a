"""Bring facts to the rules: which factor set, price indices and rates serve a ledger, and which category rules."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypedDict

from keino.domain.carbon.factor_rows import (
    UncertaintyRules,
    factor_rows,
    parse_factor_rows,
    product_links,
    uncertainty_rules,
)
from keino.domain.carbon.factors import FactorBasis
from keino.domain.carbon.price_years import ExchangeRates, PriceIndex, exchange_rates, price_indices
from keino.domain.ledgers.buyer_rules import BuyerRule
from keino.domain.ledgers.categories import CategoryRules, parse_buyer_rules, recognise_chart
from keino.errors import UsageError
from keino.facts.read import read

#: Factor sets of the package by the word of ``--factors``: their key in the fact tables, currency and price indices.
FACTOR_SETS = {
    "fi": ("fi_figaro", "EUR", ("fi_gdp_deflator", "fi_basic_services")),
    "uk": ("uk_defra", "GBP", ("uk_gdp_deflator",)),
}
#: Price indices by the currency of the ledger, best first.
INDICES = {currency: indices for _, currency, indices in FACTOR_SETS.values()}


class UnknownFactors(UsageError):
    """The factors asked for are neither a set of the package nor a file."""

    code = "unknown_factors"
    template = (
        "There are no factors called {factors}. Choose fi (Finland), uk (United Kingdom) or a CSV file of your own."
    )


class UnreadableTable(UsageError):
    """A small table of the user's (factors, rules) can't be read."""

    code = "unreadable_table"
    template = "{path} can't be read as a CSV table in UTF-8, so nothing was calculated. Save it as CSV (UTF-8)."


@dataclass(frozen=True)
class ChosenFactors:
    """A factor basis and how it is called in results: ``name`` (fi, uk or a file's name) and ``edition``."""

    name: str
    edition: str
    basis: FactorBasis
    editions: dict[str, str] = field(hash=False)


def choose_factors(wanted: str, currency: str) -> ChosenFactors:
    """Return the factors asked for; without a wish, those of the ledger's currency.

    ``wanted`` is fi, uk, a country with an imported edition (se@own-2026-1), fi or uk at an edition (fi@2026-1), or the
    path of a file of the user's own.
    """
    name = wanted or ("uk" if currency == "GBP" else "fi")
    country, _, edition = name.partition("@")
    if country in FACTOR_SETS or edition:
        return _published(country, edition)
    path = Path(name)
    if not path.is_file():
        raise UnknownFactors(factors=name)
    own, own_links = parse_factor_rows(table_rows(path))
    editions, common = _common()
    return ChosenFactors(
        path.name, path.name, FactorBasis(own, own_links, indices=indices_of(currency), **common), editions
    )


def _published(country: str, edition: str) -> ChosenFactors:
    """A factor set of a fact table, in one edition; a country without links of its own uses those of Finland."""
    key, _, indices = FACTOR_SETS.get(country, (f"{country}_figaro", "EUR", ()))
    factors, links = read("emission_factors", edition or None), read("category_products")
    if not any(row["factor_set"] == key for row in factors.rows):
        raise UnknownFactors(factors=f"{country}@{factors.edition}")
    editions, common = _common()
    editions |= {factors.name: factors.edition, links.name: links.edition}
    if factors.sha256:
        editions[f"{factors.name} sha256"] = factors.sha256
    # The product groups of FIGARO are the same in every country, so one set of links serves them all.
    linked = key if country in FACTOR_SETS else FACTOR_SETS["fi"][0]
    basis = FactorBasis(
        factors=factor_rows(factors.rows, key),
        links=tuple(replace(link, factor_set=key) for link in product_links(links.rows, linked)),
        indices=price_indices(read("price_indices").rows, indices),
        **common,
    )
    return ChosenFactors(country, f"{key} {factors.edition}", basis, editions)


class _Common(TypedDict):
    uncertainty: UncertaintyRules
    rates: ExchangeRates


def _common() -> tuple[dict[str, str], _Common]:
    """What every factor set needs beside its factors, and the editions it comes from."""
    found = {name: read(name) for name in ("factor_uncertainty", "price_indices", "exchange_rates")}
    common = _Common(
        uncertainty=uncertainty_rules(found["factor_uncertainty"].rows),
        rates=exchange_rates(found["exchange_rates"].rows),
    )
    return {name: table.edition for name, table in found.items()}, common


def indices_of(currency: str) -> tuple[PriceIndex, ...]:
    """Price indices of the ledger's currency area, best first; none for a currency without one."""
    return price_indices(read("price_indices").rows, INDICES.get(currency, ()))


def table_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a small CSV file of the user's (comma or semicolon, UTF-8). Raises UsageError when it can't be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableTable(path=path.name) from error
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = csv.DictReader(text.splitlines(), delimiter=delimiter)
    return [{(key or "").strip(): (cell or "").strip() for key, cell in row.items() if key is not None} for row in rows]


def buyer_rules(given: Path | Sequence[Mapping[str, str]] | None) -> tuple[BuyerRule, ...]:
    """The buyer's own rules from their file or its rows; none without. Raises UsageError naming every problem."""
    if given is None:
        return ()
    rows = table_rows(given) if isinstance(given, Path) else given
    return parse_buyer_rules(rows, categories=read("categories").rows, exclusion_reasons=read("exclusion_reasons").rows)


def category_rules(accounts: Iterable[tuple[str, str]], own: tuple[BuyerRule, ...]) -> tuple[CategoryRules, str]:
    """Return the rules for a ledger with these (account code, account name) pairs, and the chart they come from."""
    tables = {name: read(name) for name in ("account_categories", "cpv_categories", "category_words")}
    chart = recognise_chart(accounts, tables["account_categories"].rows)
    rules = CategoryRules(
        accounts=tables["account_categories"].rows,
        cpv=tables["cpv_categories"].rows,
        words=tables["category_words"].rows,
        buyer_rules=own,
        chart=chart,
        editions={name: table.edition for name, table in tables.items()},
    )
    return rules, chart or ""


def category_editions() -> dict[str, str]:
    """Editions of the tables that categories come from."""
    names = (
        "categories",
        "account_categories",
        "cpv_categories",
        "category_words",
        "exclusion_reasons",
        "header_words",
    )
    return {name: read(name).edition for name in names}
