"""The publications behind the numbers: what of each is used where, from the fact tables themselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language

from keino.facts.read import Row, read, sources, table_names

#: Places named of one source in one table; the table itself has them all.
MOST_PLACES = 10


@dataclass(frozen=True)
class TableInUse:
    """One fact table in the edition that results use."""

    name: str
    edition: str
    rows: int
    licence: str
    titles: dict[str, str]
    about: str

    @property
    def title(self) -> str:
        """Title in the reader's language."""
        return self.titles[(get_language() or "fi")[:2]]


@dataclass(frozen=True)
class Use:
    """What one table takes from one publication."""

    table: TableInUse
    rows: int
    places: tuple[str, ...]
    places_in_all: int
    review_by: str  # ISO date of the first row to look at again


@dataclass(frozen=True)
class Publication:
    """A row of ``sources.csv`` and what rests on it."""

    key: str
    row: Row
    uses: tuple[Use, ...]

    @property
    def rows(self) -> int:
        """How many numbers and words come from it."""
        return sum(use.rows for use in self.uses)

    @property
    def review_by(self) -> str:
        """The first day on which something of it should be looked at again; empty when nothing uses it."""
        return min((use.review_by for use in self.uses if use.review_by), default="")


@cache
def tables_in_use() -> tuple[TableInUse, ...]:
    """Every fact table of the package in its newest edition."""
    return tuple(_table(name) for name in table_names())


def _table(name: str) -> TableInUse:
    table = read(name)
    titles = {language: str(table.about[f"title_{language}"]) for language in ("fi", "sv", "en")}
    return TableInUse(name, table.edition, len(table.rows), table.about["licence"], titles, table.about["about"])


@cache
def publications() -> tuple[Publication, ...]:
    """Every publication of the package, by producer and title."""
    uses: dict[str, list[Use]] = {key: [] for key in sources()}
    for table in tables_in_use():
        rows: dict[str, list[Row]] = {}
        for row in read(table.name, table.edition).rows:
            rows.setdefault(row["source"], []).append(row)
        for key, found in rows.items():
            uses[key].append(_use(table, found))
    found_all = (Publication(key, row, tuple(uses[key])) for key, row in sources().items())
    return tuple(sorted(found_all, key=lambda one: (one.row["producer"].casefold(), one.row["title"].casefold())))


def _use(table: TableInUse, rows: list[Row]) -> Use:
    places = tuple(dict.fromkeys(row["locator"] for row in rows if row["locator"]))
    review_by = min((row["review_by"] for row in rows if row["review_by"]), default="")
    return Use(table, len(rows), places[:MOST_PLACES], len(places), review_by)


def publication(key: str) -> Publication | None:
    """A publication by its key."""
    return next((one for one in publications() if one.key == key), None)


def find_publications(words: str) -> list[Publication]:
    """Publications in which each of the words occurs: producer, title, citation, key, licence or table."""
    wanted = words.casefold().split()
    return [one for one in publications() if all(word in _searched(one) for word in wanted)]


def _searched(one: Publication) -> str:
    texts = [one.key, *(one.row[name] for name in ("producer", "title", "citation", "licence", "edition"))]
    for use in one.uses:
        texts += [use.table.name, *use.table.titles.values()]
    return " ".join(texts).casefold()
