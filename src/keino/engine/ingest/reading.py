"""Open a ledger: its container, its header, its columns, the styles of its values: everything but counting it.

What a mapping file or the command line says wins over what keino recognises. What stays open is listed as choices.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from keino.domain.ledgers.headers import HeaderRow, HeaderWords, find_header, header_words
from keino.domain.ledgers.mapping import ColumnMapping, map_columns
from keino.engine.ingest.cleaning import FIRST_YEAR, LAST_YEAR, typed_columns
from keino.engine.ingest.container import container_of, unreadable
from keino.engine.ingest.csv_scan import CsvScan
from keino.engine.ingest.csv_text import CsvLedger, open_csv
from keino.engine.ingest.layout import Layout
from keino.engine.ingest.mapping_file import SavedMapping, apply_saved
from keino.engine.ingest.parquet_text import ParquetScan, open_parquet
from keino.engine.ingest.sheet_text import SheetScan, open_sheet
from keino.engine.results import Choice
from keino.errors import UsageError
from keino.facts.read import read

if TYPE_CHECKING:
    import duckdb

Scan = CsvScan | SheetScan | ParquetScan

_YEAR_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d{3})")
#: Rows whose amount is written in another style than the plain one; with more of them the fast casts do not pay.
_MOST_ODD_AMOUNTS = 0.02


@dataclass(frozen=True)
class ReadOptions:
    """What the user said about how to read: a saved mapping and single wishes, which win over it."""

    mapping: SavedMapping | None = None
    currency: str = ""
    year: int | None = None
    sheet: str = ""


@dataclass
class OpenLedger:
    """A ledger that is understood but not yet counted."""

    path: Path
    container: str
    scan: Scan
    layout: Layout
    mapping: ColumnMapping
    choices: tuple[Choice, ...]
    header: HeaderRow | None
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    preamble_rows: int = 0
    total_row_numbers: tuple[int, ...] = field(default=())


@cache
def known_header_words() -> HeaderWords:
    """The header words of the newest edition of facts."""
    return header_words(read("header_words").rows)


def open_ledger(path: Path, con: duckdb.DuckDBPyConnection, folder: Path, options: ReadOptions) -> OpenLedger:
    """Open one file. ``folder`` takes temporary files.

    Raises UnreadableLedger when the file can't be read and UsageError when a needed column is not found.
    """
    container = container_of(path)
    saved = options.mapping or SavedMapping(columns={})
    if container == "csv":
        csv = open_csv(path, saved.encoding or "", saved.delimiter or "")
        return _understand(path, container, csv, options, folder, csv.head, csv.sample)
    if container == "parquet":
        parquet = open_parquet(path, con)
        return _understand(path, container, parquet, options, folder, parquet.head, parquet.sample)
    sheet = open_sheet(path, container, folder, options.sheet or saved.sheet or "")
    return _understand(path, container, sheet, options, folder, sheet.head, sheet.sample)


def _understand(
    path: Path,
    container: str,
    probe: CsvLedger | SheetScan | ParquetScan,
    options: ReadOptions,
    folder: Path,
    head: Sequence[Sequence[str]],
    sample: Sequence[Sequence[str]],
) -> OpenLedger:
    saved = options.mapping
    found = _header(head, saved)
    first_data = found.first_data_row if found else 0
    header = found.cells if found else ()
    data = [row for row in (*head[first_data:], *sample) if any(cell.strip() for cell in row)]
    if not data:
        raise unreadable(path, "it has a header but no rows below it", "Export the ledger again, with its lines.")
    width = max(_usual_width(data), len(_without_empty_end(header)))
    mapping = map_columns([*header[:width], *[""] * (width - len(header[:width]))], data, known_header_words())
    if saved:
        mapping = apply_saved(saved, mapping)
    year, year_choice = _file_year(path, mapping, options, head[:first_data], data)
    _require(path, mapping, year)
    layout = _layout(mapping, width, first_data, options, year, data)
    choices = [*_choices(mapping, layout, options), *([year_choice] if year_choice else [])]
    scan = _scan(probe, layout, first_data, width, folder, data)
    if isinstance(probe, SheetScan) and len(probe.sheets) > 1 and not (options.sheet or (saved and saved.sheet)):
        others = tuple(name for name in probe.sheets if name != probe.sheet)
        choices.append(Choice("sheet", probe.sheet, others, {"sheet": probe.sheet}))
    return OpenLedger(
        path=path,
        container=container,
        scan=scan,
        layout=layout,
        mapping=mapping,
        choices=tuple(choices),
        header=found,
        encoding=probe.encoding if isinstance(probe, CsvLedger) else "",
        delimiter=probe.delimiter if isinstance(probe, CsvLedger) else "",
        sheet=probe.sheet if isinstance(probe, SheetScan) else "",
        preamble_rows=found.index if found else 0,
    )


def _header(head: Sequence[Sequence[str]], saved: SavedMapping | None) -> HeaderRow | None:
    """The header where the saved mapping says it is (0 = none), else where it is found."""
    if saved is None or saved.header_row is None:
        return find_header(head, known_header_words())
    if saved.header_row == 0:
        return None
    index = saved.header_row - 1
    if index >= len(head):
        raise UsageError(detail=f"The mapping says that the header is row {saved.header_row}, but the file is shorter.")
    return HeaderRow(index, 1, 0.0, tuple(head[index]))


def _without_empty_end(cells: Sequence[str]) -> Sequence[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    """How many cells most rows have."""
    counts = Counter(len(row) for row in rows)
    return max(counts, key=lambda width: (counts[width], width))


def _scan(
    probe: CsvLedger | SheetScan | ParquetScan,
    layout: Layout,
    header_row: int,
    width: int,
    folder: Path,
    data: Sequence[Sequence[str]],
) -> Scan:
    if isinstance(probe, CsvLedger):
        odd = _odd_amounts(layout, data)
        types = typed_columns(layout) if odd <= _MOST_ODD_AMOUNTS else {}
        first_date = layout.dates[0] if layout.dates else ""
        date_format = layout.date_formats[first_date][0] if first_date else ""
        return CsvScan(
            probe,
            header_row,
            width,
            folder,
            types=types,
            is_in_place=layout.is_in_place,
            decimal=layout.decimal,
            date_format=date_format,
        )
    if isinstance(probe, SheetScan):
        probe.header_row, probe.width = header_row, width
    return probe


def _odd_amounts(layout: Layout, data: Sequence[Sequence[str]]) -> float:
    index = layout.columns.get("amount_net", layout.columns.get("amount_gross", -1))
    plain = re.compile(r"\s*[-+]?\d*" + re.escape(layout.decimal) + r"?\d*\s*")
    odd = sum(1 for row in data if index < len(row) and not plain.fullmatch(row[index]))
    return odd / len(data)


def _layout(
    mapping: ColumnMapping,
    width: int,
    header_row: int,
    options: ReadOptions,
    year: int | None,
    data: Sequence[Sequence[str]],
) -> Layout:
    amount = mapping.columns.get("amount_net", mapping.columns.get("amount_gross", -1))
    amounts = [row[amount] for row in data if amount < len(row) and row[amount].strip()]
    return Layout(
        columns={column: index for column, index in mapping.columns.items() if index < width},
        width=width,
        header=mapping.header,
        header_row=header_row,
        decimal=mapping.amount_decimal,
        thousands=mapping.amount_thousands,
        date_formats=dict(mapping.date_formats),
        amount_basis=mapping.amount_basis,
        currency=(options.currency or mapping.currency or "EUR").upper(),
        file_year=year,
        code_and_name=tuple(column for column, kind in mapping.splits.items() if kind == "code_and_name"),
        float_codes=tuple(mapping.float_codes),
        has_cents=sum(mapping.amount_decimal in text for text in amounts) >= 0.9 * len(amounts),
    )


def _choices(mapping: ColumnMapping, layout: Layout, options: ReadOptions) -> list[Choice]:
    made = [
        Choice(choice.code, choice.chosen, choice.alternatives, dict(choice.values), choice.is_decided_by_evidence)
        for choice in mapping.choices
        if not (choice.code == "currency" and options.currency)
    ]
    if not options.currency and not mapping.currency and not any(choice.code == "currency" for choice in made):
        values = {"currency": layout.currency}
        made.append(Choice("currency_assumed", layout.currency, (), values, is_decided_by_evidence=False))
    return made


def _file_year(
    path: Path,
    mapping: ColumnMapping,
    options: ReadOptions,
    above: Sequence[Sequence[str]],
    data: Sequence[Sequence[str]],
) -> tuple[int | None, Choice | None]:
    """The year of rows without a date of their own: as told, else as the file's name or title says, else as its dates."""
    told = options.year or (options.mapping.year if options.mapping else None)
    if told is not None:
        return told, None
    timed = any(
        column in mapping.columns for column in ("posting_date", "doc_date", "payment_date", "period", "fiscal_year")
    )
    named = sorted({int(year) for year in _YEAR_IN_NAME.findall(path.stem) if FIRST_YEAR <= int(year) <= LAST_YEAR})
    if timed:
        return _only_year(mapping, data), None
    if len(named) == 1:
        return named[0], Choice("year_from_name", str(named[0]), (), {"file": path.name, "year": str(named[0])})
    titled = _year_in_title(above)
    if titled:
        return titled, Choice("year_from_title", str(titled), (), {"year": str(titled)})
    return None, None


def _only_year(mapping: ColumnMapping, data: Sequence[Sequence[str]]) -> int | None:
    """The year that all sampled dates share; None when they span more than one."""
    import datetime as dt

    years: set[int] = set()
    for column, formats in mapping.date_formats.items():
        index = mapping.columns.get(column)
        if index is None or not formats:
            continue
        for text in (row[index].strip() for row in data if index < len(row)):
            try:
                years.add(dt.datetime.strptime(text, formats[0]).year)  # noqa: DTZ007  # a ledger's dates have no zone
            except ValueError:
                continue
        if years:
            break
    return years.pop() if len(years) == 1 else None


def _year_in_title(above: Sequence[Sequence[str]]) -> int | None:
    texts = [cell for row in above for cell in row if cell.strip()]
    found = {
        int(year) for text in texts for year in _YEAR_IN_NAME.findall(text) if FIRST_YEAR <= int(year) <= LAST_YEAR
    }
    return found.pop() if len(found) == 1 else None


def _require(path: Path, mapping: ColumnMapping, year: int | None) -> None:
    """Raise UsageError when no amount or no year can be had, naming what one could choose."""
    if "amount_net" in mapping.missing:
        raise UsageError(detail=f"{path.name}: {_which('amount', mapping, 'amount_net')}")
    if "date" in mapping.missing and year is None:
        hint = "or say the year with --year"
        raise UsageError(detail=f"{path.name}: {_which('date', mapping, 'date')} {hint}.".replace(". or", " or"))


def _which(what: str, mapping: ColumnMapping, missing: str) -> str:
    candidates = [_name(mapping, index) for index in mapping.candidates.get(missing, ())]
    named = [text for text in (cell.strip() for cell in mapping.header) if text]
    seen = f"The columns are: {', '.join(named[:40])}." if named else "The file has no header row."
    column = "amount_net" if what == "amount" else "doc_date"
    if candidates:
        return (
            f"no column says for certain that it holds the {what} of a purchase, and without it nothing can be counted. "
            f"It could be {' or '.join(candidates)}. Choose one in a mapping file ([columns] {column} = "
            f"{candidates[0]!r}) and give it with --mapping."
        )
    return (
        f"no column holds the {what} of a purchase, and without it nothing can be counted. {seen} Name it in a mapping "
        f"file ([columns] {column} = ...) and give it with --mapping."
    )


def _name(mapping: ColumnMapping, index: int) -> str:
    printed = mapping.header[index].strip() if index < len(mapping.header) else ""
    return printed or f"column {index + 1}"


def undecided(ledger: OpenLedger) -> tuple[Choice, ...]:
    """Choices that no evidence decided; ``--strict`` refuses them."""
    return tuple(choice for choice in ledger.choices if not choice.is_decided_by_evidence)
