"""Read fact tables: (table, edition) → rows with units and sources.

A table is a folder with ``table.toml`` (what it holds, its keys, its columns) and one CSV per edition,
for example ``emission_factors/2026-1.csv``. A released edition is never edited; a correction is a new one.

Editions the user imported (``own-2026-1``, see ``keino.facts.own``) are read by the same functions, but only where they
are named: without a name the newest edition of the package is read. ``table_names``, ``editions`` and ``sources`` speak
of the package alone, ``all_table_names``, ``all_editions`` and ``all_sources`` of both.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from keino.errors import FactsError
from keino.facts import own

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Row = dict[str, str]

_EDITION = re.compile(r"^\d{4}-\d+$")


class UnknownTable(FactsError):
    """A fact table that does not exist."""

    code = "unknown_table"
    template = "There is no fact table called {table}. Tables: {tables}."


class UnknownEdition(FactsError):
    """An edition that does not exist."""

    code = "unknown_edition"
    template = "Fact table {table} has no edition {edition}. Editions: {editions}."


@dataclass(frozen=True)
class FactTable:
    """One edition of one table: ``rows`` as printed (text), and what ``table.toml`` says of it.

    ``sha256`` is the hash of the user's own file, for manifests; empty for an edition of the package, which the
    version of keino already fixes.
    """

    name: str
    edition: str
    about: dict[str, Any] = field(hash=False)
    rows: tuple[Row, ...] = field(hash=False)
    sha256: str = ""

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
        raise UnknownTable(table=name, tables=table_names())
    stems = (entry.name.removesuffix(".csv") for entry in (_root() / name).iterdir() if entry.name.endswith(".csv"))
    return tuple(sorted((stem for stem in stems if _EDITION.match(stem)), key=_edition_order))


def all_table_names() -> tuple[str, ...]:
    """Names of the package's tables and of those the user imported, in alphabetical order."""
    return tuple(sorted({*table_names(), *own.own_tables()}))


def all_editions(name: str) -> tuple[str, ...]:
    """Editions of the package, oldest first, then the user's own. Raises FactsError for an unknown table."""
    mine = own.own_editions(name)
    return (*(editions(name) if name in table_names() or not mine else ()), *mine)


def default_edition(name: str) -> str:
    """The edition read without a name: the package's newest; the user's newest of a table that only they have."""
    known = all_editions(name)
    published = [edition for edition in known if not own.is_own(edition)]
    return (published or list(known) or [""])[-1]


@cache
def read(name: str, edition: str | None = None) -> FactTable:
    """Return one edition of a table (the package's newest without ``edition``).

    Raises FactsError when the table or the edition does not exist.
    """
    known = all_editions(name)
    chosen = edition or default_edition(name)
    if chosen not in known:
        raise UnknownEdition(table=name, edition=chosen, editions=known)
    if own.is_own(chosen):
        return _read_own(name, chosen)
    return FactTable(name, chosen, description(name), tuple(_rows(_root() / name / f"{chosen}.csv")))


def _read_own(name: str, edition: str) -> FactTable:
    path = own.own_file(name, edition)
    content = own.own_bytes(path)
    rows = tuple(own.own_rows(path, content))
    return FactTable(name, edition, description(name), rows, hashlib.sha256(content).hexdigest())


@cache
def description(name: str) -> dict[str, Any]:
    """What ``table.toml`` says of a table; tables that are only imported are described in ``imported/``.

    Raises FactsError for an unknown table.
    """
    for path in (_root() / name / "table.toml", _root() / "imported" / f"{name}.toml"):
        if path.is_file():
            return tomllib.loads(path.read_text(encoding="utf-8"))
    raise UnknownTable(table=name, tables=table_names())


@cache
def sources() -> dict[str, Row]:
    """Publications by key, from ``sources.csv``: producer, title, edition, published, url, licence, citation, note."""
    return {row["key"]: row for row in _rows(_root() / "sources.csv")}


def all_sources() -> dict[str, Row]:
    """Publications of the package and those behind the user's own editions, by key."""
    return {**own.own_sources(), **sources()}


def _rows(path: Traversable) -> list[Row]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
