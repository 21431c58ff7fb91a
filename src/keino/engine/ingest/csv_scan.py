"""Reading a CSV file as a text table: fast where every line can be accounted for, careful elsewhere.

DuckDB reads regular files at the speed of a bare scan. Lines it refuses (too few or too many cells, stray quotes,
foreign characters, an amount or a date that one cast does not read) are re-read by the careful reader. When lines read
+ lines refused + blank lines is not the number of lines in the file, something was swallowed, and the careful reader
takes the whole file: nothing is lost silently. Why so: docs/decisions/0009-three-ways-of-reading-text.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from keino.engine.ingest import problems
from keino.engine.ingest.csv_lines import blank_lines
from keino.engine.ingest.csv_text import CsvLedger, recoded
from keino.engine.ingest.encodings import UTF8, decode_line
from keino.engine.ingest.records import Line, records
from keino.engine.ingest.text_table import (
    Shape,
    Source,
    cell_names,
    file_pattern,
    plain_path,
    quoted,
    scratch,
    stored,
    write_text,
)

if TYPE_CHECKING:
    import duckdb

#: Beyond this many refused lines the careful reader takes the whole file.
MAX_REFUSED_LINES = 20_000
#: DuckDB cuts the text of a refused line here.
_REFUSED_TEXT_LIMIT = 10_000
#: An empty cell under a typed column is refused, so that a person's eye or a total's arithmetic gets to see its row.
_NO_NULL = "\x01"


@dataclass
class CsvScan:
    """One CSV file as FROM items. ``header_row`` is the last line of the header; lines after it are data."""

    ledger: CsvLedger
    header_row: int
    shape: Shape
    folder: Path  # for temporary files
    types: dict[str, str] = field(default_factory=dict)  # cells that may be cast while splitting lines
    decimal: str = "."
    date_format: str = ""
    is_fast: bool = field(init=False)
    refused_rows: tuple[int, ...] = field(init=False, default=())
    _header_records: int = field(init=False, default=0)
    _plain: Path | None = field(init=False, default=None)
    _late: Path | None = field(init=False, default=None)
    _careful: Path | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        lines = accumulate(self.ledger.head_lines)
        self._header_records = sum(1 for line in lines if line <= self.header_row)
        data_lines = self.ledger.head_lines[self._header_records :]
        self.is_fast = self.ledger.ends.is_regular and max(data_lines, default=1) == 1

    @property
    def line_count(self) -> int:
        """Lines of the file."""
        return self.ledger.ends.lines

    @property
    def is_typed(self) -> bool:
        """True when the fast reader casts amounts and dates while it splits lines."""
        return self.is_fast and bool(self.types)

    def sources(self) -> tuple[Source, ...]:
        """What together holds every row; rows read fast have no row_number of their own (NULL)."""
        if not self.is_fast:
            return (Source(self._careful_source()),)
        late = (Source(stored(self._late)),) if self._late else ()
        return (Source(self._fast_source("ignore_errors=true"), is_typed=self.is_typed), *late)

    def first_source(self) -> Source:
        """The source of a first pass; it notes what DuckDB refuses so that ``account_for`` can mend it."""
        if not self.is_fast:
            return Source(self._careful_source())
        noted = f"store_rejects=true, rejects_limit={MAX_REFUSED_LINES + 1}"
        tables = "rejects_table='refused_lines', rejects_scan='refused_scans'"
        return Source(self._fast_source(f"{noted}, {tables}"), is_typed=self.is_typed)

    def step_back(self) -> None:
        """Read more carefully: first without casting while splitting lines, then without DuckDB's reader at all."""
        if self.is_typed:
            self.types = {}
        else:
            self.is_fast = False
        self._late, self.refused_rows = None, ()

    def broken(self) -> problems.LedgerProblem:
        """What is wrong when even the careful way breaks off."""
        return problems.IsBinary(self.ledger.path)

    def account_for(self, con: duckdb.DuckDBPyConnection, rows_read: int) -> bool:
        """After a first pass that read ``rows_read`` rows: is every line of the file accounted for?

        Refused lines are mended and join ``sources()`` as the last, as do blank lines. When False, ``step_back`` and
        repeat the pass.
        """
        if not self.is_fast:
            return True
        refused = self._refused(con)
        if len(refused) > MAX_REFUSED_LINES or any(_is_uncertain(text or "") for _, text, _ in refused.values()):
            return False
        blank = self._blank_rows(rows_read + len(refused))
        if blank is None or not blank.isdisjoint(refused):
            return False
        self._keep_apart(refused, blank)
        return True

    def _refused(self, con: duckdb.DuckDBPyConnection) -> dict[int, tuple[int, str, bool]]:
        """Line → (position in bytes, its text, whether it has foreign characters) of what the first pass refused."""
        found = con.execute(
            "SELECT line, min(line_byte_position), any_value(csv_line), bool_or(error_type = 'INVALID ENCODING') "
            "FROM refused_lines GROUP BY line"
        ).fetchall()
        forget_refused(con)
        # DuckDB takes a header cell that runs over two lines for one line.
        further = self.header_row - self._header_records
        return {line + further: (position, text, is_foreign) for line, position, text, is_foreign in found}

    def _blank_rows(self, rows_seen: int) -> set[int] | None:
        """Rows that are empty lines, which DuckDB passes over; None when they do not explain what is missing."""
        ends = self.ledger.ends
        missing = ends.lines - self.header_row - rows_seen
        if missing == ends.blank_at_end:
            return set(range(ends.lines - ends.blank_at_end + 1, ends.lines + 1))
        if missing <= 0:
            return None if missing else set()
        found = blank_lines(self._utf8_path(), MAX_REFUSED_LINES)
        below = {line for line in found or () if line > self.header_row}
        return below if len(below) == missing else None

    def _keep_apart(self, refused: dict[int, tuple[int, str, bool]], blank: set[int]) -> None:
        """Store refused and blank lines as the late part of the file."""
        if not refused and not blank:
            return
        self.refused_rows = tuple(sorted({*refused, *blank}))
        self._late = scratch(self.folder, "mended")
        write_text(self._late, self.shape, self._mended(refused))

    def _mended(self, refused: dict[int, tuple[int, str, bool]]) -> Iterator[tuple[int, Sequence[str], str]]:
        with self._utf8_path().open("rb") as stream:
            for row_number in self.refused_rows:
                position, text, is_foreign = refused.get(row_number, (0, "", False))
                line = Line(text.strip("\r\n"), is_mended=False)
                if is_foreign:
                    stream.seek(position)
                    line = Line(*decode_line(_first_filled(stream), "utf-8"))
                for record in records([line], self.ledger.delimiter, row_number):
                    yield record.row_number, record.cells, record.flags

    def _fast_source(self, errors: str) -> str:
        columns = ", ".join(f"{name}: '{self.types.get(name, 'VARCHAR')}'" for name in cell_names(self.shape.width))
        styles = f", decimal_separator='{self.decimal}', nullstr={quoted(_NO_NULL)}" if self.types else ""
        if self.types and self.date_format:
            styles += f", dateformat={quoted(self.date_format)}, timestampformat={quoted(self.date_format)}"
        return (
            f"(SELECT *, NULL::BIGINT AS row_number, ''::VARCHAR AS flags "
            f"FROM read_csv({file_pattern(self._utf8_path())}, hive_partitioning=false, compression='none', "
            f"delim={quoted(self.ledger.delimiter)}, quote='\"', escape='\"', header=false, auto_detect=false, "
            f"skip={self._header_records}, columns={{{columns}}}, {errors}{styles}){self._asked()})"
        )

    def _asked(self) -> str:
        """A condition that is always true but asks for columns.

        DuckDB casts a column, and sees that its bytes are characters, only where a query asks for it. Every pass must
        refuse the same lines, whatever else it asks for.
        """
        if self._is_foreign:
            return f" WHERE length(concat({', '.join(cell_names(self.shape.width))})) >= 0"
        return f" WHERE {' AND '.join(f'{name} IS NOT NULL' for name in self.types)}" if self.types else ""

    @property
    def _is_foreign(self) -> bool:
        """Does a file in utf-8 hold bytes that are no characters of it?"""
        return self.ledger.file_encoding in UTF8 and not self.ledger.ends.is_utf8

    def _utf8_path(self) -> Path:
        """The file, or its text in utf-8, under a name that DuckDB can be told."""
        if self._plain is None:
            is_utf8 = self.ledger.file_encoding in UTF8
            file = self.ledger.file if is_utf8 else recoded(self.ledger.file, self.ledger.file_encoding, self.folder)
            self._plain = plain_path(file, self.folder)
        return self._plain

    def _careful_source(self) -> str:
        if self._careful is None:
            self._careful = scratch(self.folder, "careful")
            found = records(self.ledger.lines(), self.ledger.delimiter)
            rows = ((r.row_number, r.cells, r.flags) for r in found if r.row_number > self.header_row)
            write_text(self._careful, self.shape, rows)
        return stored(self._careful)


def forget_refused(con: duckdb.DuckDBPyConnection) -> None:
    """Drop what a first pass noted, so that the next ledger's notes do not mix with it."""
    con.execute("DROP TABLE IF EXISTS refused_lines; DROP TABLE IF EXISTS refused_scans")


def _is_uncertain(text: str) -> bool:
    """Is the text of a refused line cut, or more than one line?"""
    return len(text) >= _REFUSED_TEXT_LIMIT or "\n" in text.strip("\r\n")


def _first_filled(stream: BinaryIO) -> bytes:
    """The next line that is not blank: DuckDB counts blank lines to the one after them."""
    while line := stream.readline():
        if line.strip(b"\r\n"):
            break
    return line.rstrip(b"\r\n")
