"""Read fact tables: (table, edition) → rows with units and sources.

A table is a folder with ``table.toml`` (what it holds, its keys, its columns) and one CSV per edition,
for example ``emission_factors/2026-1.csv``. A released edition is never edited; a correction is a new one.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from keino.errors import FactsError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Row = dict[str, str]

_EDITION = re.compile(r"^\d{4}-\d+$")


@dataclass(frozen=True)
class FactTable:
    """One edition of one table: ``rows`` as printed (text), and what ``table.toml`` says of it."""

    name: str
    edition: str
    about: dict[str, Any] = field(hash=False)
    rows: tuple[Row, ...] = field(hash=False)

    @property
    def keys(self) -> tuple[str, ...]:
        """Names of the columns that together identify a row."""
        return tuple(self.about["keys"])


def _root() -> Traversable:
    return files("keino.facts")


def table_names() -> tuple[str, ...]:
    """Names of all fact tables in the package, in alphabetical order."""
    return tuple(
        sorted(entry.name for entry in _root().iterdir() if entry.is_dir() and (entry / "table.toml").is_file())
    )


def _edition_order(edition: str) -> tuple[int, int]:
    year, number = edition.split("-")
    return int(year), int(number)


@cache
def editions(name: str) -> tuple[str, ...]:
    """Editions of a table, oldest first. Raises FactsError for an unknown table."""
    if name not in table_names():
        raise FactsError(detail=f"There is no fact table called {name}. Tables: {', '.join(table_names())}.")
    stems = (entry.name.removesuffix(".csv") for entry in (_root() / name).iterdir() if entry.name.endswith(".csv"))
    return tuple(sorted((stem for stem in stems if _EDITION.match(stem)), key=_edition_order))


@cache
def read(name: str, edition: str | None = None) -> FactTable:
    """Return one edition of a table (the newest without ``edition``).

    Raises FactsError when the table or the edition does not exist.
    """
    known = editions(name)
    chosen = edition or (known[-1] if known else "")
    if chosen not in known:
        raise FactsError(detail=f"Fact table {name} has no edition {chosen}. Editions: {', '.join(known) or 'none'}.")
    folder = _root() / name
    about = tomllib.loads((folder / "table.toml").read_text(encoding="utf-8"))
    rows = tuple(_rows(folder / f"{chosen}.csv"))
    return FactTable(name=name, edition=chosen, about=about, rows=rows)


@cache
def sources() -> dict[str, Row]:
    """Publications by key, from ``sources.csv``: producer, title, edition, published, url, licence, citation, note."""
    return {row["key"]: row for row in _rows(_root() / "sources.csv")}


def _rows(path: Traversable) -> list[Row]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
