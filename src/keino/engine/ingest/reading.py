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
from keino.domain.ledgers.mapping import ColumnMapping, map_columns, restyled
from keino.engine.ingest import problems
from keino.engine.ingest.cleaning import leading_amount, typed_columns
from keino.engine.ingest.container import Container, container_of
from keino.engine.ingest.csv_scan import MAX_REFUSED_LINES, CsvScan
from keino.engine.ingest.csv_text import CsvLedger, open_csv
from keino.engine.ingest.currency import ledger_currency
from keino.engine.ingest.file_year import file_year, read_date
from keino.engine.ingest.layout import Layout
from keino.engine.ingest.mapping_file import SavedMapping, apply_saved
from keino.engine.ingest.parquet_text import ParquetScan, open_parquet
from keino.engine.ingest.sheet_text import SheetScan, open_sheet
from keino.engine.ingest.text_table import Shape
from keino.engine.results import Choice
from keino.errors import UsageError
from keino.facts.read import read

if TYPE_CHECKING:
    import duckdb

Scan = CsvScan | SheetScan | ParquetScan
Probe = CsvLedger | SheetScan | ParquetScan
Rows = Sequence[Sequence[str]]

#: Columns that keino itself adds to a file of rejected rows; they say nothing about the purchase.
OWN_COLUMNS = ("keino_row", "keino_reason")
#: Odd rows in a sample that prove nothing about the rest: a total, a footer.
_FEW_ODD_ROWS = 3


@dataclass(frozen=True)
class ReadOptions:
    """What the user said about how to read: a saved mapping and single wishes, which win over it.

    ``year`` is that of rows without a date of their own (``--ledger-year``).
    """

    mapping: SavedMapping | None = None
    currency: str = ""
    year: int | None = None
    sheet: str = ""


@dataclass
class OpenLedger:
    """A ledger that is understood but not yet counted.

    ``total_row_numbers`` and ``suspect_row_numbers`` are known after counting: rows that sum others, and rows that call
    themselves totals but add up to nothing (they are rejected).
    """

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
    header_row: int = 0  # where the header begins; 0 when there is none
    total_row_numbers: tuple[int, ...] = field(default=())
    accounting_year: int | None = None  # the year that all lines belong to, whatever their dates
    suspect_row_numbers: tuple[int, ...] = field(default=())
    stamp: tuple[int, int] = (0, 0)  # size and time of change when it was opened

    def refuse_changed(self) -> None:
        """Raise UnreadableLedger when somebody wrote to the file since it was opened."""
        if _stamp(self.path) != self.stamp:
            raise problems.ChangedMeanwhile(self.path)


@cache
def known_header_words() -> HeaderWords:
    """The header words of the newest edition of facts."""
    return header_words(read("header_words").rows)


def open_ledger(path: Path, con: duckdb.DuckDBPyConnection, folder: Path, options: ReadOptions) -> OpenLedger:
    """Open one file. ``folder`` takes temporary files.

    Raises UnreadableLedger when the file can't be read and UsageError when a needed column is not found.
    """
    stamp = _stamp(path)
    container, probe = open_probe(path, con, folder, options)
    ledger = _understand(path, probe, options, folder)
    ledger.container, ledger.stamp = container, stamp
    return ledger


def open_probe(
    path: Path, con: duckdb.DuckDBPyConnection, folder: Path, options: ReadOptions
) -> tuple[Container, Probe]:
    """Return what the file is and its first rows, nothing of it understood yet. Raises UnreadableLedger."""
    container = container_of(path)
    saved = options.mapping or SavedMapping(columns={})
    if container == "csv":
        return container, open_csv(path, folder, saved.encoding or "", saved.delimiter or "")
    if container == "parquet":
        return container, open_parquet(path, con, folder)
    return container, open_sheet(path, container, folder, options.sheet or saved.sheet or "")


def _stamp(path: Path) -> tuple[int, int]:
    try:
        state = path.stat()
    except OSError as error:
        raise problems.ChangedMeanwhile(path) from error
    return state.st_size, state.st_mtime_ns


def _understand(path: Path, probe: Probe, options: ReadOptions, folder: Path) -> OpenLedger:
    """Find out what the columns are and how their values are written."""
    found = header_of(path, probe.head, options.mapping)
    first_data = found.first_data_row if found else 0
    above = probe.head[:first_data]
    data = [row for row in (*probe.head[first_data:], *probe.sample) if any(cell.strip() for cell in row)]
    if not data:
        raise problems.NoRows(path)
    width = max(usual_width(data), len(without_empty_end(found.cells if found else ())))
    mapping = _mapping(found.cells if found else (), data, width, options.mapping)
    told = options.year or (options.mapping.year if options.mapping else None)
    year, year_choice = file_year(path, mapping, told, above, data)
    _require(path, mapping, year)
    told_currency = options.currency or ((options.mapping.currency or "") if options.mapping else "")
    currency, currency_choices = ledger_currency(path, mapping, told_currency, above, data, known_header_words())
    layout = _layout(mapping, width, _lines_in(probe, first_data), currency, year, data)
    others = [*currency_choices, *([year_choice] if year_choice else []), *_sheet_choice(probe, options)]
    return OpenLedger(
        path=path,
        container="",
        scan=_scan(probe, layout, folder, data),
        layout=layout,
        mapping=mapping,
        choices=(*_mapping_choices(mapping), *others),
        header=found,
        encoding=probe.encoding if isinstance(probe, CsvLedger) else "",
        delimiter=probe.delimiter if isinstance(probe, CsvLedger) else "",
        sheet=probe.name if isinstance(probe, SheetScan) else "",
        preamble_rows=found.index if found else 0,
        header_row=_lines_in(probe, found.index) + 1 if found else 0,
    )


def _lines_in(probe: Probe, records: int) -> int:
    """How many lines the first ``records`` of the file take: a cell of a text may run over several."""
    return sum(probe.head_lines[:records]) if isinstance(probe, CsvLedger) else records


def header_of(path: Path, head: Rows, saved: SavedMapping | None) -> HeaderRow | None:
    """The header where the saved mapping says it is (0 = none), else where it is found."""
    if saved is None or saved.header_row is None:
        is_own = bool(head) and tuple(head[0][: len(OWN_COLUMNS)]) == OWN_COLUMNS
        return HeaderRow(0, 1, 0.0, tuple(head[0])) if is_own else find_header(head, known_header_words())
    if saved.header_row == 0:
        return None
    index = saved.header_row - 1
    if index >= len(head):
        raise problems.NoHeaderThere(path=path.name, row=saved.header_row)
    return HeaderRow(index, 1, 0.0, tuple(head[index]))


def _mapping(header: Sequence[str], data: Rows, width: int, saved: SavedMapping | None) -> ColumnMapping:
    """What the columns are; keino's own ones are passed over."""
    own = {index for index, cell in enumerate(header) if cell.strip() in OWN_COLUMNS}
    names = ["" if index in own else cell for index, cell in enumerate(header[:width])]
    rows = [["" if index in own else cell for index, cell in enumerate(row)] for row in data] if own else data
    mapping = map_columns([*names, *[""] * (width - len(names))], rows, known_header_words())
    if saved is None:
        return mapping
    applied = apply_saved(saved, mapping)
    return restyled(applied, mapping, rows, amounts=saved.decimal is None, dates=not saved.dates)


def without_empty_end(cells: Sequence[str]) -> Sequence[str]:
    """The cells up to the last filled one."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def usual_width(rows: Rows) -> int:
    """How many cells most rows have."""
    counts = Counter(len(row) for row in rows)
    return max(counts, key=lambda width: (counts[width], width))


def _scan(probe: Probe, layout: Layout, folder: Path, data: Rows) -> Scan:
    if isinstance(probe, CsvLedger):
        return CsvScan(
            probe,
            layout.header_row,
            Shape(layout.width, len(without_empty_end(layout.header)) or layout.width, layout.is_in_place),
            folder,
            types=typed_columns(layout) if _casts_pay(probe, layout, data) else {},
            decimal=layout.decimal,
            date_format=layout.date_formats[layout.dates[0]][0] if layout.dates else "",
        )
    if isinstance(probe, SheetScan):
        probe.header_row, probe.width = layout.header_row, layout.width
    return probe


def _casts_pay(probe: CsvLedger, layout: Layout, data: Rows) -> bool:
    """Will few enough lines be refused when the fast reader casts amounts and dates? The sample tells."""
    amount = layout.columns[leading_amount(layout)]
    date = layout.columns[layout.dates[0]] if layout.dates else None
    style = layout.date_formats[layout.dates[0]][0] if layout.dates else ""
    plain = re.compile(r"\s*[-+]?\d*" + re.escape(layout.decimal) + r"?\d+\s*")
    odd = sum(
        not plain.fullmatch(row[amount]) or (date is not None and read_date(row[date].strip(), style) is None)
        for row in data
        if len(row) == layout.width
    )
    expected = max(0, odd - _FEW_ODD_ROWS) / len(data) * probe.ends.lines
    return expected < MAX_REFUSED_LINES / 2


def _layout(mapping: ColumnMapping, width: int, header_row: int, currency: str, year: int | None, data: Rows) -> Layout:
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
        currency=currency,
        file_year=year,
        code_and_name=tuple(column for column, kind in mapping.splits.items() if kind == "code_and_name"),
        float_codes=tuple(mapping.float_codes),
        has_cents=sum(mapping.amount_decimal in text for text in amounts) >= 0.9 * len(amounts),
    )


def _mapping_choices(mapping: ColumnMapping) -> list[Choice]:
    return [
        Choice(choice.code, choice.chosen, choice.alternatives, dict(choice.values), choice.is_decided_by_evidence)
        for choice in mapping.choices
        if choice.code != "currency"
    ]


def _sheet_choice(probe: Probe, options: ReadOptions) -> list[Choice]:
    """Of several sheets one was chosen, unless the user did."""
    told = options.sheet or (options.mapping is not None and options.mapping.sheet)
    if not isinstance(probe, SheetScan) or len(probe.names) < 2 or told:
        return []
    others = tuple(name for name in probe.names if name != probe.name)
    return [Choice("sheet", probe.name, others, {"sheet": probe.name})]


def _require(path: Path, mapping: ColumnMapping, year: int | None) -> None:
    """Raise UsageError when no amount or no year can be had, naming what one could choose."""
    if "amount_net" in mapping.missing:
        raise _unclear(path, mapping, "amount_net", problems.AmountUnclear, problems.NoAmount)
    if "date" in mapping.missing and year is None:
        raise _unclear(path, mapping, "date", problems.DateUnclear, problems.NoDate)


def _unclear(
    path: Path,
    mapping: ColumnMapping,
    missing: str,
    unclear: type[problems.AmountUnclear | problems.DateUnclear],
    nothing: type[problems.NoAmount | problems.NoDate],
) -> UsageError:
    candidates = mapping.candidates.get(missing, ())
    if not candidates:
        printed = [text for text in (cell.strip() for cell in mapping.header) if text]
        return nothing(path=path.name, columns=problems.named(printed))
    names = [_name(mapping, index) for index in candidates]
    return unclear(path=path.name, columns=problems.named(names), first=names[0])


def _name(mapping: ColumnMapping, index: int) -> str:
    """The header cell in quotes, or the column's number from 1, as a mapping file would have it."""
    printed = mapping.header[index].strip() if index < len(mapping.header) else ""
    return f'"{printed}"' if printed else str(index + 1)


def undecided(ledger: OpenLedger) -> tuple[Choice, ...]:
    """Choices that no evidence decided; ``--strict`` refuses them."""
    return tuple(choice for choice in ledger.choices if not choice.is_decided_by_evidence)
