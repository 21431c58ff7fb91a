"""Datasets as files: CSV, JSON, Parquet, XLSX. Text can't become a formula in any of them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from keino.engine.formulas import harmless
from keino.report.safe_cells import TEXT_STAYS_TEXT, cell_text
from keino.web.opendata.catalogue import Column, Dataset
from keino.web.opendata.choices import Kind

_IN_MEMORY = 8 * 2**20


def plain(value: Any) -> Any:
    """A value as JSON has it: money as a string, days and moments in ISO form."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, dt.date) else value


def as_csv(dataset: Dataset) -> Iterator[bytes]:
    """CSV by RFC 4180 in UTF-8 with decimal points, row by row."""
    names = [column.name for column in dataset.columns]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(names)
    for number, row in enumerate(dataset.rows(), 1):
        writer.writerow([_csv_cell(row[name]) for name in names])
        if number % 500 == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _csv_cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    said = plain(value)
    return harmless(said) if isinstance(value, str) else said


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def as_json(dataset: Dataset) -> Iterator[bytes]:
    """JSON: what the dataset is, its columns, then the rows as objects."""
    head = {
        "dataset": dataset.key,
        "edition": dataset.edition,
        "title": dataset.titles,
        "licence": {"name": dataset.licence.name, "url": dataset.licence.url},
        "columns": [{"name": column.name, "type": str(column.kind), "unit": column.unit} for column in dataset.columns],
    }
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "rows": ['
    between = "\n"
    for part in _in_parts(dataset.rows()):
        lines = (
            json.dumps({name: plain(value) for name, value in row.items()}, ensure_ascii=False, allow_nan=False)
            for row in part
        )
        yield (between + ",\n".join(lines)).encode()
        between = ",\n"
    yield b"\n]}\n"


def _in_parts(rows: Iterable[dict[str, Any]], size: int = 500) -> Iterator[list[dict[str, Any]]]:
    part: list[dict[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


def as_parquet(dataset: Dataset) -> IO[bytes]:
    """Parquet with the types of the columns; licence and title stand in its metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema(
        [pa.field(column.name, _arrow_type(column)) for column in dataset.columns],
        metadata={"title": dataset.titles["en"], "licence": dataset.licence.url, "edition": dataset.edition},
    )
    target: Any = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # the answer that sends it closes it
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for part in _in_parts(dataset.rows(), 10_000):
            writer.write_table(pa.Table.from_pylist(part, schema=schema))
    target.seek(0)
    return target


def _arrow_type(column: Column) -> Any:
    import pyarrow as pa

    return {
        Kind.TEXT: pa.string(),
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.MONEY: pa.decimal128(18, 2),
        Kind.DATE: pa.date32(),
        Kind.MOMENT: pa.timestamp("s", tz="UTC"),
        Kind.BOOLEAN: pa.bool_(),
    }[column.kind]


def as_xlsx(dataset: Dataset) -> IO[bytes]:
    """A workbook: the rows, then what the columns mean and under which licence they are."""
    from xlsxwriter import Workbook

    target: Any = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # the answer that sends it closes it
    with Workbook(target, {"constant_memory": True, **TEXT_STAYS_TEXT}) as book:
        bold = book.add_format({"bold": True})
        page = book.add_worksheet("data")
        page.freeze_panes(1, 0)
        for place, column in enumerate(dataset.columns):
            page.write_string(0, place, column.name, bold)
        for number, row in enumerate(dataset.rows(), 1):
            for place, column in enumerate(dataset.columns):
                _write(page, number, place, row[column.name])
        _write_columns(book.add_worksheet("about"), dataset, bold)
    target.seek(0)
    return target


def _write(page: Any, row: int, place: int, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(row, place, value)
    elif isinstance(value, int | float | Decimal):
        page.write_number(row, place, float(value))
    else:
        page.write_string(row, place, cell_text(str(plain(value))))


def _write_columns(page: Any, dataset: Dataset, bold: Any) -> None:
    lines = [
        ("title", dataset.title),
        ("licence", f"{dataset.licence.name} {dataset.licence.url}"),
        ("edition", dataset.edition),
        *((column.name, f"{column.meaning}{f' [{column.unit}]' if column.unit else ''}") for column in dataset.columns),
    ]
    for row, (name, text) in enumerate(lines):
        page.write_string(row, 0, name, bold)
        page.write_string(row, 1, text)
