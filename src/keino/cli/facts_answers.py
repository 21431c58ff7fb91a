"""Answers of ``keino facts`` as plain values: which tables, which rows, which publications, what is due."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from keino.errors import UsageError
from keino.facts.own import facts_folder, is_own, own_editions, own_tables
from keino.facts.read import all_editions, all_sources, all_table_names, default_edition, read

if TYPE_CHECKING:
    from keino.facts.read import FactTable, Row

LANGUAGES = ("fi", "sv", "en")
SOURCE_COLUMNS = ("key", "producer", "title", "edition", "published", "url", "licence", "citation", "note")


class UnknownFactTable(UsageError):
    """A fact table of that name doesn't exist."""

    code = "unknown_fact_table"
    template = "There is no fact table called {name}. The nearest: {near}. `keino facts list` shows all."


class UnknownFactColumn(UsageError):
    """A fact table doesn't have that column."""

    code = "unknown_fact_column"
    template = "Fact table {table} has no column {column}. The nearest: {near}."


class UnknownFact(UsageError):
    """Neither a fact table nor a source has that name."""

    code = "unknown_fact"
    template = "There is no fact table and no source called {name}. The nearest: {near}."


class WrongCondition(UsageError):
    """A condition on rows doesn't have the form of one."""

    code = "wrong_condition"
    template = "{condition} is no condition. Write column=value, such as year=2023."


class ConditionOnSource(UsageError):
    """A condition on rows was given where no rows are."""

    code = "condition_on_source"
    template = "--where chooses rows of a table, but {name} is a source. Name a table, or leave --where out."


def near(word: str, names: Iterable[str]) -> str:
    """The names most like a word, or all where none is."""
    known = list(names)
    return ", ".join(difflib.get_close_matches(word, known, n=4, cutoff=0.5) or known)


def fact_table(name: str, edition: str = "") -> FactTable:
    """One edition of a table. Raises an error naming near tables, or the editions there are."""
    if name not in all_table_names():
        raise UnknownFactTable(name=name, near=near(name, all_table_names()))
    return read(name, edition or None)


def chosen_rows(table: FactTable, where: Sequence[str]) -> list[Row]:
    """Rows that meet every condition ``column=value``; several on one column mean any of these values.

    Numbers are compared as numbers, text without regard to case. Raises UsageError for an unknown column.
    """
    wanted: dict[str, set[object]] = {}
    columns = table.about["columns"]
    for condition in where:
        column, sign, value = (part.strip() for part in condition.partition("="))
        if not sign or not column:
            raise WrongCondition(condition=condition)
        if column not in columns:
            raise UnknownFactColumn(table=table.name, column=column, near=near(column, columns))
        wanted.setdefault(column, set()).add(_comparable(value, columns[column]["type"]))
    return [
        row
        for row in table.rows
        if all(_comparable(row[column], columns[column]["type"]) in values for column, values in wanted.items())
    ]


def _comparable(text: str, kind: str) -> object:
    value = as_value(text, kind)
    return value.casefold() if isinstance(value, str) else value


def as_value(text: str, kind: str) -> str | int | float | None:
    """A cell as its column's type; None for an empty one, text for what isn't of its type."""
    if not text:
        return None
    try:
        return int(text) if kind == "integer" else float(text) if kind == "number" else text
    except ValueError:
        return text


# ---- the answers


def table_list(day: date) -> dict[str, Any]:
    """Every table: titles, editions, rows, licences of the sources behind it, and rows due on a day."""
    return {
        "folder": str(facts_folder()),
        "date": day.isoformat(),
        "tables": [_entry(n, day) for n in all_table_names()],
    }


def _entry(name: str, day: date) -> dict[str, Any]:
    table, known = read(name), all_sources()
    licences = sorted({known[row["source"]]["licence"] for row in table.rows if row["source"] in known})
    return {
        "name": name,
        **{f"title_{language}": table.about[f"title_{language}"] for language in LANGUAGES},
        "edition": table.edition,
        "editions": list(all_editions(name)),
        "rows": len(table.rows),
        "licences": licences,
        "due": sum(_is_due(row, day) for row in table.rows),
    }


def table_rows(table: FactTable, where: Sequence[str], limit: int | None) -> dict[str, Any]:
    """Rows of a table with the type, unit and meaning of its columns and the sources of the rows shown."""
    rows = chosen_rows(table, where)
    shown = rows if limit is None else rows[:limit]
    columns = table.about["columns"]
    return {
        "table": table.name,
        **{f"title_{language}": table.about[f"title_{language}"] for language in LANGUAGES},
        "edition": table.edition,
        "is_own": is_own(table.edition),
        "rows_found": len(rows),
        "columns": [{"name": name, **{key: column[key] for key in ("type", "unit", "meaning")}}
                    for name, column in columns.items()],
        "rows": [{name: as_value(row[name], columns[name]["type"]) for name in columns} for row in shown],
        "sources": [citation(key) for key in _keys(shown)],
    }  # fmt: skip


def _keys(rows: Iterable[Row]) -> list[str]:
    return sorted({row["source"] for row in rows})


def citation(key: str) -> dict[str, Any]:
    """A publication as it is cited; a source that is gone from sources.csv has only its key."""
    row = all_sources().get(key, {})
    return {name: row.get(name, "") for name in SOURCE_COLUMNS} | {"key": key}


def citations(name: str, edition: str, where: Sequence[str]) -> dict[str, Any]:
    """Publications behind rows of a table with the places in them, one publication by its key, or all of them."""
    if name in all_table_names():
        table = fact_table(name, edition)
        return {"table": name, "edition": table.edition, "citations": _behind(chosen_rows(table, where))}
    if name and name not in all_sources():
        raise UnknownFact(name=name, near=near(name, [*all_table_names(), *all_sources()]))
    if where:
        raise ConditionOnSource(name=name or "–")
    return {"table": None, "edition": None, "citations": [citation(key) for key in ([name] if name else all_sources())]}


def _behind(rows: Sequence[Row]) -> list[dict[str, Any]]:
    found = []
    for key in _keys(rows):
        mine = [row for row in rows if row["source"] == key]
        places = list(dict.fromkeys(row["locator"] for row in mine if row["locator"]))
        found.append({**citation(key), "rows": len(mine), "locators": places})
    return found


def due(day: date) -> dict[str, Any]:
    """Rows to be looked at again before a day, by table and source; editions read by default and all own ones."""
    groups = [group for table in _tables_in_use() for group in _due_groups(table, day)]
    return {"date": day.isoformat(), "rows": sum(group["rows"] for group in groups), "due": groups}


def _tables_in_use() -> list[FactTable]:
    named = {(name, default_edition(name)) for name in all_table_names()}
    named |= {(name, edition) for name in own_tables() for edition in own_editions(name)}
    return [read(name, edition) for name, edition in sorted(named)]


def _due_groups(table: FactTable, day: date) -> list[dict[str, Any]]:
    late = [row for row in table.rows if _is_due(row, day)]
    return [
        {
            "table": table.name,
            "edition": table.edition,
            "source": key,
            "title": citation(key)["title"],
            "url": citation(key)["url"],
            "review_by": min(row["review_by"] for row in late if row["source"] == key),
            "rows": sum(row["source"] == key for row in late),
            "keys": [{name: row[name] for name in table.keys} for row in late if row["source"] == key],
        }
        for key in _keys(late)
    ]


def _is_due(row: Row, day: date) -> bool:
    return row["review_by"] < day.isoformat()
