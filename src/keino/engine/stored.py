"""Questions to a run's stored lines: slices with their intervals, pages of lines, one line, copies to take away.

A run's folder holds ``lines.parquet`` (every line with its category and factor), ``cube.parquet`` (sums of them) and
``coefficients.json``. Sums answer what they can; only words, amounts and single lines are looked for in the lines. The
folder never changes, so the same question has the same answer, and the intervals are made by the run's own rules.
Layout: docs/reference/store.md.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from keino.columns import LEDGER, PURCHASES
from keino.engine.coefficient_file import read_coefficients
from keino.engine.connect import limits
from keino.engine.ingest.text_table import quoted
from keino.engine.results import Slice
from keino.engine.slices import ZERO, Slicer, Sum
from keino.engine.store import CUBE_KEYS, copy_csv, copy_parquet
from keino.engine.stored_filter import Conditions, Filter

if TYPE_CHECKING:
    import duckdb

__all__ = [
    "EVERYTHING",
    "EVERY_LINE",
    "Filter",
    "LinesPage",
    "StoredLine",
    "combinations",
    "copy_lines",
    "each_line",
    "line_of",
    "lines_page",
    "rule_effects",
    "slices_of",
    "total_of",
]

#: Every purchase; every line, also what was left out.
EVERYTHING, EVERY_LINE = Filter(), Filter(scope="all")

By = Literal["category", "main_category", "year", "unit", "supplier", "basis", "exclusion", "file"]
Order = Literal["row", "amount", "-amount", "footprint", "-footprint", "date", "-date", "supplier", "unit", "category"]

#: What slices may be told apart by: the names of their keys, as in ``FootprintResult``, and where the sums have them.
_BY: dict[str, dict[str, str]] = {
    "category": {"category": "category_code"},
    "main_category": {"main_category": "split_part(category_code, '.', 1)"},
    "year": {"year": "year"},
    "unit": {"unit_name": "unit"},
    "supplier": {
        "supplier": "supplier",
        "supplier_name": "supplier_name",
        "supplier_business_id": "supplier_business_id",
    },
    "basis": {"category_basis": "CASE WHEN category_code = '' THEN 'none' ELSE category_basis END"},
    "exclusion": {"exclusion_reason": "exclusion_reason"},
    "file": {"source_file": "source_file"},
}
_ORDERS = {
    "row": "",
    "amount": "amount_net,",
    "-amount": "amount_net DESC,",
    "footprint": "footprint_kgco2e NULLS LAST,",
    "-footprint": "footprint_kgco2e DESC NULLS LAST,",
    "date": "date NULLS LAST,",
    "-date": "date DESC NULLS LAST,",
    "supplier": "supplier_name,",
    "unit": "unit,",
    "category": "category_code,",
}
_BATCH_ROWS = 5_000
_MOST_ROWS = 2**62
#: Columns of ``lines.parquet`` that only queries need.
_INNER = ("unit", "supplier", "description_key")


@dataclass(frozen=True)
class StoredLine:
    """One purchase line with its category and factor. ``supplier`` is what filters ask for, ``supplier_name`` printed.

    ``cells`` holds every filled column of the ledger by its keino name; pages of lines leave it empty.
    """

    source_file: str
    source_row: int
    reading: str
    repairs: str
    date: date | None
    year: int
    account_code: str
    account_name: str
    description: str
    supplier: str
    supplier_name: str
    supplier_business_id: str
    unit: str
    currency: str
    amount_net: Decimal
    category_code: str
    category_basis: str
    category_confidence: float
    category_evidence: str
    exclusion_reason: str
    is_investment: bool
    factor_product: str
    factor_match: str
    factor_kgco2e_per_unit: float | None
    footprint_kgco2e: float | None
    low_kgco2e: float | None = None
    high_kgco2e: float | None = None
    cells: tuple[tuple[str, str], ...] = ()


_LINE_COLUMNS = tuple(StoredLine.__dataclass_fields__)[:-3]
_MAY_BE_EMPTY = {"date", "factor_kgco2e_per_unit", "footprint_kgco2e"}


@dataclass(frozen=True)
class LinesPage:
    """One page of lines, and how much all pages hold together: lines, spend, kgCO2e (None without any factor)."""

    rows: tuple[StoredLine, ...]
    total: Slice

    @property
    def total_lines(self) -> int:
        """How many lines the filter finds."""
        return self.total.lines

    @property
    def total_spend(self) -> Decimal:
        """Their sum in the ledger's currency."""
        return self.total.spend

    @property
    def total_kg(self) -> float | None:
        """Their footprint."""
        return self.total.footprint_kgco2e


class _Process:
    """One database in memory per process; every question gets a connection of its own to it."""

    lock = threading.Lock()
    con: duckdb.DuckDBPyConnection | None = None
    spill: tempfile.TemporaryDirectory[str] | None = None


@contextmanager
def _connected() -> Iterator[duckdb.DuckDBPyConnection]:
    import duckdb

    with _Process.lock:
        if _Process.con is None:
            _Process.spill = tempfile.TemporaryDirectory(prefix="keino-spill-")
            _Process.con = duckdb.connect(":memory:", config={**limits(), "temp_directory": _Process.spill.name})
        con = _Process.con.cursor()
    try:
        yield con
    finally:
        con.close()


def _table(folder: Path, name: str) -> str:
    return f"read_parquet({quoted(str(folder / name))})"


def slices_of(
    folder: Path,
    by: Sequence[By] = ("category",),
    where: Filter = EVERYTHING,
    *,
    top: int | None = None,
    skip: int = 0,
) -> tuple[Slice, ...]:
    """Return the sums of the lines that ``where`` means, by the keys of ``by``, each with its 95 % interval.

    Keys of a slice: category, main_category, year, unit_name, supplier with supplier_name and supplier_business_id,
    category_basis, exclusion_reason, source_file. Largest footprint first, then largest spend, then by key; ``skip``
    and ``top`` take a page of that order.
    """
    keys = {name: sql for each in by for name, sql in _BY[each].items()}
    selected = _summed(folder, keys, where, top, skip)
    with _connected() as con:
        found = con.execute(*selected).fetchall()
    slicer, values = _slicer(folder)
    names = tuple(keys)
    sums = (_sum(row, len(names), values) for row in found)
    return slicer.slices(sums, lambda part: dict(zip(names, part.keys, strict=True)))


def total_of(folder: Path, where: Filter = EVERYTHING) -> Slice:
    """Return the sum of all lines that ``where`` means."""
    found = slices_of(folder, (), where)
    return found[0] if found else Slice({}, 0, ZERO, None, None, None)


def _summed(folder: Path, keys: dict[str, str], where: Filter, top: int | None, skip: int) -> tuple[str, list[object]]:
    """The sums by keys, category and year, slices in their order, and the values of the question marks."""
    conditions = Conditions(where)
    names = [*keys]
    listed, given = "".join(f"{name}, " for name in names), "".join(f"{sql} AS {name}, " for name, sql in keys.items())
    limit = f"LIMIT {int(top)} OFFSET {int(skip)}" if top is not None else ""
    mine = "".join(f"p.{name}, " for name in names)
    on = " AND ".join(f"p.{name} = l.{name}" for name in names) or "true"
    sql = f"""
        WITH given AS (
            SELECT {given}category_code AS _category, year AS _year, exclusion_reason AS _exclusion,
                lines AS _lines, spend AS _spend, footprint_kgco2e AS _kg
            FROM ({_sums(folder, where, conditions.sql)})
        ), slices AS (
            SELECT {listed}sum(_kg) AS kg, sum(_spend) AS spend FROM given {"GROUP BY ALL" if names else ""}
            ORDER BY kg DESC NULLS LAST, spend DESC{"".join(f", {name}" for name in names)} {limit}
        )
        SELECT {mine}_category, _year, _exclusion,
            sum(_lines)::BIGINT, sum(_spend)
        FROM given AS p JOIN slices AS l ON {on} GROUP BY {mine}_category, _year, _exclusion, l.kg, l.spend
        ORDER BY l.kg DESC NULLS LAST, l.spend DESC, {mine}_category, _year, _exclusion
    """
    return sql, conditions.values


def _sums(folder: Path, where: Filter, condition: str) -> str:
    """The stored sums that a filter means; where only lines can answer, the lines in the columns of the sums."""
    cube = _table(folder, "cube.parquet")
    if not where.needs_lines:
        return f"SELECT * FROM {cube} WHERE {condition}"
    keys = ", ".join(f"coalesce({name}, '') AS {name}" for name in CUBE_KEYS if name != "year")
    lines = (
        f"SELECT {keys}, year, amount_net, footprint_kgco2e FROM {_table(folder, 'lines.parquet')} WHERE {condition}"
    )
    names = f"SELECT DISTINCT supplier, supplier_name, supplier_business_id FROM {cube}"
    return (
        "SELECT p.*, n.supplier_name, n.supplier_business_id, 1 AS lines, p.amount_net AS spend "
        f"FROM ({lines}) AS p JOIN ({names}) AS n USING (supplier)"
    )


@lru_cache(maxsize=512)
def _slicer(folder: Path) -> tuple[Slicer, dict[tuple[str, int], float]]:
    """What makes intervals, and the factor of every category and year. A store's files never change."""
    made = read_coefficients(folder)
    return Slicer(made), {(each.category, each.year): each.kgco2e_per_unit for each in made}


def _sum(row: Sequence[Any], keys: int, values: dict[tuple[str, int], float]) -> Sum:
    category, year, exclusion, lines, spend = row[keys:]
    factor = None if exclusion else values.get((category, year))
    return Sum(
        category=category,
        year=year,
        basis="",
        exclusion_reason=exclusion,
        keys=tuple(row[:keys]),
        lines=lines,
        spend=spend,
        footprint_kgco2e=None if factor is None else float(spend) * factor,
        spend_without_factor=spend if factor is None else ZERO,
    )


def lines_page(
    folder: Path,
    where: Filter = EVERYTHING,
    order: Order = "-amount",
    page: int = 1,
    size: int = 50,
    total: Slice | None = None,
) -> LinesPage:
    """Return one page (counted from 1) of the lines that ``where`` means, and what all of them hold.

    Who has asked ``total_of`` already gives its answer.
    """
    conditions = Conditions(where)
    lines = _numbered_lines(folder)
    # Only the order and the row's number are sorted; the wide rows of one page are fetched afterwards.
    wanted = (
        f"SELECT file_row_number FROM {lines} WHERE {conditions.sql} ORDER BY {_ORDERS[order]} file_row_number "
        f"LIMIT {int(size)} OFFSET {int(size) * (max(page, 1) - 1)}"
    )
    with _connected() as con:
        numbers = [number for (number,) in con.execute(wanted, conditions.values).fetchall()]
        listed = ", ".join(str(int(number)) for number in numbers) or "-1"
        found = con.execute(
            f"SELECT file_row_number, {_line_columns()} FROM {lines} WHERE file_row_number IN ({listed})"
        )
        rows = {number: StoredLine(*row) for number, *row in found.fetchall()}
    return LinesPage(tuple(rows[number] for number in numbers), total or total_of(folder, where))


def _numbered_lines(folder: Path) -> str:
    return f"read_parquet({quoted(str(folder / 'lines.parquet'))}, file_row_number=true)"


def each_line(folder: Path, where: Filter = EVERYTHING) -> Iterator[StoredLine]:
    """Yield the lines that ``where`` means, in the order of the ledgers, a few thousand in memory at a time."""
    conditions = Conditions(where)
    lines = _table(folder, "lines.parquet")
    with _connected() as con:
        found = con.execute(f"SELECT {_line_columns()} FROM {lines} WHERE {conditions.sql}", conditions.values)
        while batch := found.fetchmany(_BATCH_ROWS):
            yield from (StoredLine(*row) for row in batch)


def _line_columns() -> str:
    columns = []
    for name in _LINE_COLUMNS:
        empty = {"category_confidence": "0", "is_investment": "false"}.get(name, "''")
        is_plain = name in _MAY_BE_EMPTY or name in ("source_row", "year", "amount_net")
        columns.append(name if is_plain else f"coalesce({name}, {empty}) AS {name}")
    return ", ".join(columns)


def line_of(folder: Path, source_file: str, source_row: int) -> StoredLine | None:
    """Return one line with all its cells and the interval of its footprint; None when the run has no such line."""
    if not 0 < source_row < _MOST_ROWS:
        return None
    texts = [name for name, column in PURCHASES.items() if column.type in ("text", "money", "date")]
    cells = ", ".join(f"CAST({name} AS VARCHAR)" for name in texts)
    lines = _table(folder, "lines.parquet")
    sql = f"SELECT {_line_columns()}, {cells} FROM {lines} WHERE source_file = ? AND source_row = ?"
    with _connected() as con:
        row = con.execute(sql, [source_file, source_row]).fetchone()
    if row is None:
        return None
    line = StoredLine(**dict(zip(_LINE_COLUMNS, row, strict=False)))
    filled = tuple((name, text) for name, text in zip(texts, row[len(_LINE_COLUMNS) :], strict=True) if text)
    part = Sum(line.category_code, line.year, "", "", (), 1, line.amount_net, line.footprint_kgco2e, ZERO)
    slicer, _ = _slicer(folder)
    found = slicer.total([part])
    return replace(line, low_kgco2e=found.low_kgco2e, high_kgco2e=found.high_kgco2e, cells=filled)


def combinations(folder: Path, where: Filter, columns: Sequence[str], limit: int = 51) -> list[dict[str, str]]:
    """Return the distinct values that lines have together in some columns, those with the largest spend first."""
    unknown = set(columns) - set(LEDGER)
    if unknown:
        raise ValueError(f"no columns of a ledger: {sorted(unknown)}")
    conditions = Conditions(where)
    chosen = ", ".join(f"trim(coalesce({name}, '')) AS {name}" for name in columns)
    listed = ", ".join(columns)
    lines = f"SELECT {chosen}, amount_net FROM {_table(folder, 'lines.parquet')} WHERE {conditions.sql}"
    order = f"sum(abs(amount_net)) DESC, {listed}"
    sql = f"SELECT {listed} FROM ({lines}) GROUP BY ALL ORDER BY {order} LIMIT {int(limit)}"
    with _connected() as con:
        return [dict(zip(columns, row, strict=True)) for row in con.execute(sql, conditions.values).fetchall()]


def rule_effects(folder: Path, where: Filter = EVERY_LINE) -> dict[int, Slice]:
    """What each of the buyer's rules decided, by its row in the rules of the run (2 = the first rule)."""
    slicer, values = _slicer(folder)
    conditions = Conditions(where)
    keys = "category_evidence, coalesce(category_code, ''), year, coalesce(exclusion_reason, '')"
    lines = f"{_table(folder, 'lines.parquet')} WHERE category_basis = 'rule' AND {conditions.sql}"
    sql = f"SELECT {keys}, count(*), sum(amount_net) FROM {lines} GROUP BY ALL ORDER BY ALL"
    with _connected() as con:
        found = con.execute(sql, conditions.values).fetchall()
    rows = (_sum((int(evidence.removeprefix("rule row ")), *rest), 1, values) for evidence, *rest in found)
    return {int(each.keys["row"]): each for each in slicer.slices(rows, lambda part: {"row": part.keys[0]})}


def copy_lines(folder: Path, where: Filter, path: Path, kind: Literal["csv", "parquet"]) -> Path:
    """Write the lines that ``where`` means to ``path``, in the order of the ledgers; return the path.

    CSV is made harmless for spreadsheet programs; Parquet is exact.
    """
    conditions = Conditions(where)
    lines = _table(folder, "lines.parquet")
    select = f"SELECT * EXCLUDE ({', '.join(_INNER)}) FROM {lines} WHERE {conditions.sql}"
    with _connected() as con:
        write = copy_csv if kind == "csv" else copy_parquet
        write(con, select, path, conditions.values)
    return path
