"""The tables behind the towns: accounts with their yearly euros, units, trades.

Account numbers and Finnish names of the two municipalities are the standard municipal chart of 2023. Swedish names are
our translations; euros, line counts, seasons and everything about the agency are invented.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

NO_LAST_YEAR = 9999


@dataclass(frozen=True)
class Unit:
    """A unit of a buyer that buys: board or agency, and the service below it."""

    key: str
    code: str
    name: dict[str, str]
    subunit: dict[str, str]
    service_class: str


@dataclass(frozen=True)
class Trade:
    """A line of business: how many suppliers a large buyer has in it, and words for their names by language."""

    key: str
    suppliers: int
    kind: str
    words: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Account:
    """One account: what a buyer spends on it and how.

    ``euros`` is per inhabitant (municipalities) or thousand euros (agency) in prices of 2020; ``lines`` a year is for a
    large buyer; ``spread`` is the standard deviation of the logarithm of line amounts.
    """

    code: str
    name: dict[str, str]
    trade: str
    euros: float
    lines: int
    spread: float
    pattern: str
    season: str
    price: str
    nature: str
    vat_percent: int
    units: tuple[Unit, ...]
    last_year: int
    category_group: str
    category: str

    def __hash__(self) -> int:
        return hash(self.code)


def _rows(name: str) -> list[dict[str, str]]:
    text = files("keino.towns").joinpath("charts", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def units() -> dict[str, Unit]:
    """All units by key."""
    return {row["key"]: _unit(row) for row in _rows("units")}


def _unit(row: dict[str, str]) -> Unit:
    name = {"fi": row["unit_fi"], "sv": row["unit_sv"]}
    subunit = {"fi": row["subunit_fi"], "sv": row["subunit_sv"]}
    return Unit(row["key"], row["code"], name, subunit, row["service_class"])


@cache
def trades() -> dict[str, Trade]:
    """All trades by key."""
    return {
        row["trade"]: Trade(
            row["trade"],
            int(row["suppliers"]),
            row["kind"],
            {"fi": tuple(row["words_fi"].split(";")), "sv": tuple(row["words_sv"].split(";"))},
        )
        for row in _rows("trades")
    }


@cache
def accounts(chart: str) -> tuple[Account, ...]:
    """The accounts of ``chart``: municipality or agency."""
    return tuple(_account(row) for row in _rows(chart))


def _account(row: dict[str, str]) -> Account:
    return Account(
        code=row["code"],
        name={"fi": row["name_fi"], "sv": row.get("name_sv", "")},
        trade=row["trade"],
        euros=float(row["euros"]),
        lines=int(row["lines"]),
        spread=float(row["spread"]),
        pattern=row["pattern"],
        season=row["season"],
        price=row["price"],
        nature=row["nature"],
        vat_percent=int(row["vat_percent"]),
        units=tuple(units()[key] for key in row["units"].split(";")),
        last_year=int(row["last_year"] or NO_LAST_YEAR),
        category_group=row.get("category_group", ""),
        category=row.get("category", ""),
    )


@cache
def capitalisation() -> tuple[tuple[Account, float], ...]:
    """Accounts that move own work to the balance sheet, each with its share of the entry. Nothing is spent on them."""
    return tuple((_account(_ENTRY_ONLY | row), float(row["share"])) for row in _rows("capitalisation"))


_ENTRY_ONLY = {
    "trade": "",
    "euros": "0",
    "lines": "0",
    "spread": "0",
    "pattern": "",
    "season": "even",
    "price": "building",
    "nature": "capitalisation",
    "vat_percent": "0",
    "units": "property",
    "last_year": "",
}
