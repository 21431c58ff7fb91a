"""A ledger before its values are understood: every cell as text, with the number of the row it came from.

Whatever the container, reading gives one of these. DuckDB reads it by FROM items with the columns ``c0 … c{width-1}``
(text), ``row_number`` (the line of a text or the row of a sheet, from 1) and ``flags`` (what was mended while splitting
the row).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

from keino.engine.ingest import problems

Cells = tuple[str, ...]
RowCheck = Callable[[Sequence[str]], bool]

#: Codes in ``flags``: what was mended, or what is wrong, in the splitting of a row into cells.
ENCODING = "encoding"
BROKEN_QUOTES = "broken_quotes"
SHORT_ROW = "short_row"
LONG_ROW = "long_row"
EXTRA_CELLS = "extra_cells"

#: No ledger has more columns; a file that does is something else.
MAX_COLUMNS = 2_000
#: No line of a ledger is longer.
MAX_LINE_BYTES = 1024**2

_BATCH_ROWS = 20_000


@dataclass(frozen=True)
class Source:
    """A FROM item; ``is_typed`` says that the amount and the date are cast already."""

    sql: str
    is_typed: bool = False


_scratch_numbers = count(1)


class WholeScan:
    """A scan that is careful from the start: it has one source, and nothing in it is ever refused."""

    is_fast: ClassVar[bool] = False
    refused_rows: ClassVar[tuple[int, ...]] = ()

    def sources(self) -> tuple[Source, ...]:
        """The one FROM item that holds every row."""
        raise NotImplementedError

    def first_source(self) -> Source:
        """The same: nothing has to be noted on the way."""
        return self.sources()[0]

    def account_for(self, con: object, rows_read: int) -> bool:
        """Nothing was refused."""
        return True

    def step_back(self) -> None:
        """There is no more careful way."""


def scratch(folder: Path, kind: str) -> Path:
    """Return a path for a temporary file that no other ledger of this process uses, whatever the ledgers are called."""
    return folder / f"{kind}-{next(_scratch_numbers)}"


def stored(path: Path | None) -> str:
    """Return the FROM item of a text table stored as Parquet."""
    return f"(SELECT * FROM read_parquet({file_pattern(path)}, hive_partitioning=false))"


def file_pattern(path: Path | None) -> str:
    """Return an SQL literal that DuckDB takes for exactly this file: pattern marks in its name stand for themselves."""
    return quoted(re.sub(r"([*?\[])", r"[\1]", str(path.absolute() if path else path)))


def plain_path(path: Path, folder: Path) -> Path:
    """Return the file, or a link to it in ``folder`` where its name holds a backslash, which DuckDB can't be told."""
    if "\\" not in str(path.absolute()):
        return path
    link = scratch(folder, "ledger")
    link.symlink_to(path.absolute())
    return link


def quoted(text: str) -> str:
    """Return ``text`` as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def cell_names(width: int) -> tuple[str, ...]:
    """Names of the text columns of a table of ``width`` columns."""
    return tuple(f"c{index}" for index in range(width))


@dataclass(frozen=True)
class Shape:
    """How many cells a row is stored with, how many it must have at least to be whole, and how to judge longer ones.

    Cells beyond ``least`` have no header; a row without them lacks nothing.
    """

    width: int
    least: int
    is_in_place: RowCheck

    def fit(self, cells: Sequence[str], flags: str) -> tuple[Sequence[str], str]:
        """Return the cells cut or filled to ``width``, and the flags with what that means for the row."""
        if len(cells) == self.width:
            return cells, flags
        if len(cells) > self.width:
            if not any(cell.strip() for cell in cells[self.width :]):
                return cells[: self.width], flags
            code = EXTRA_CELLS if self.is_in_place(cells) else LONG_ROW
            return cells[: self.width], f"{flags} {code}".strip()
        missing = [""] * (self.width - len(cells))
        is_whole = len(cells) >= self.least or not any(cell.strip() for cell in cells)
        return [*cells, *missing], flags if is_whole else f"{flags} {SHORT_ROW}".strip()


def write_text(path: Path, shape: Shape, rows: Iterable[tuple[int, Sequence[str], str]]) -> int:
    """Write (row number, cells, flags) to a Parquet file in batches and return how many rows there were."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = (*cell_names(shape.width), "row_number", "flags")
    types = [*[pa.string()] * shape.width, pa.int64(), pa.string()]
    schema = pa.schema(list(zip(names, types, strict=True)))
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd", compression_level=1) as writer:
        batch: list[tuple[object, ...]] = []
        for row_number, cells, flags in rows:
            fitted, code = shape.fit(cells, flags)
            batch.append((*fitted, row_number, code))
            if len(batch) == _BATCH_ROWS:
                count += _flush(writer, schema, batch)
        count += _flush(writer, schema, batch)
    return count


def _flush(writer: Any, schema: Any, batch: list[tuple[object, ...]]) -> int:
    import pyarrow as pa

    if not batch:
        return 0
    columns = [
        _texts(column) if kind == pa.string() else _numbers(column)
        for column, kind in zip(zip(*batch, strict=True), schema.types, strict=True)
    ]
    writer.write_table(pa.Table.from_arrays(columns, schema=schema))
    rows = len(batch)
    batch.clear()
    return rows


def _texts(column: Sequence[Any]) -> Any:
    """An Arrow column of texts. ``pa.array`` would do the same, but it imports pandas first, a third of a second."""
    import pyarrow as pa

    builder = pa.lib.StringBuilder()
    builder.append_values(column)
    return builder.finish()


def _numbers(column: Sequence[Any]) -> Any:
    """An Arrow column of whole numbers, made in the same manner."""
    import pyarrow as pa

    return pa.Array.from_buffers(pa.int64(), len(column), [None, pa.py_buffer(array("q", column))])


def refuse_wide(path: Path, width: int) -> None:
    """Raise UnreadableLedger when a table has more columns than any ledger."""
    if width > MAX_COLUMNS:
        raise problems.TooManyColumns(path, columns=width)
