"""Reading a CSV file as a text table: fast where every line can be accounted for, careful elsewhere.

DuckDB reads regular files at the speed of a bare scan. Lines it refuses (too few or too many cells, stray quotes,
foreign characters) are re-read by the careful reader. When lines read + lines refused is not the number of lines in
the file, something was swallowed, and the careful reader takes the whole file: nothing is lost silently.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from keino.engine.ingest.csv_text import CsvLedger
from keino.engine.ingest.encodings import as_utf8, decode_line
from keino.engine.ingest.records import lines_of, records
from keino.engine.ingest.text_table import RowCheck, Source, cell_names, never_in_place, quoted, stored, write_text

if TYPE_CHECKING:
    import duckdb

#: Beyond this many refused lines the careful reader takes the whole file.
MAX_REFUSED_LINES = 20_000
#: DuckDB cuts the text of a refused line here.
_REFUSED_TEXT_LIMIT = 10_000


@dataclass
class CsvScan:
    """One CSV file as FROM items. ``header_row`` is the last row of the header; rows after it are data."""

    ledger: CsvLedger
    header_row: int
    width: int
    folder: Path  # for temporary files
    types: dict[str, str] = field(default_factory=dict)  # cells that may be cast while splitting lines
    is_in_place: RowCheck = never_in_place
    decimal: str = "."
    date_format: str = ""
    is_fast: bool = field(init=False)
    refused_rows: tuple[int, ...] = field(init=False, default=())
    _utf8: Path | None = field(init=False, default=None)
    _late: Path | None = field(init=False, default=None)
    _careful: Path | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.is_fast = self.ledger.is_regular and max(self.ledger.head_lines, default=1) == 1

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
        tables = "rejects_table='refused_lines', rejects_scan='refused_scans'"
        return Source(self._fast_source(f"store_rejects=true, rejects_limit=0, {tables}"), is_typed=self.is_typed)

    def step_back(self) -> None:
        """Read more carefully: first without casting while splitting lines, then without DuckDB's reader at all."""
        if self.is_typed:
            self.types = {}
        else:
            self.is_fast = False
        self._late, self.refused_rows = None, ()

    def account_for(self, con: duckdb.DuckDBPyConnection, rows_read: int) -> bool:
        """After a first pass that read ``rows_read`` rows: is every line of the file accounted for?

        Refused lines are mended and join ``sources()`` as the last. When False, ``step_back`` and repeat the pass.
        """
        if not self.is_fast:
            return True
        refused = con.execute(
            "SELECT line, min(line_byte_position), any_value(csv_line), bool_or(error_type = 'INVALID ENCODING'), "
            "max(length(csv_line)) FROM refused_lines GROUP BY line ORDER BY line"
        ).fetchall()
        con.execute("DROP TABLE refused_lines; DROP TABLE refused_scans")
        expected = self.ledger.line_count - self.header_row
        cut = any(row[4] >= _REFUSED_TEXT_LIMIT or "\n" in (row[2] or "").strip("\r\n") for row in refused)
        if cut or rows_read + len(refused) != expected or len(refused) > MAX_REFUSED_LINES:
            return False
        if refused:
            self.refused_rows = tuple(row[0] for row in refused)
            self._late = self.folder / f"{self.ledger.path.stem}-mended.parquet"
            write_text(self._late, self.width, self._mended(refused), self.is_in_place)
        return True

    def _fast_source(self, errors: str) -> str:
        columns = ", ".join(f"{name}: '{self.types.get(name, 'VARCHAR')}'" for name in cell_names(self.width))
        styles = f", decimal_separator='{self.decimal}'" if self.types else ""
        if self.types and self.date_format:
            styles += f", dateformat={quoted(self.date_format)}, timestampformat={quoted(self.date_format)}"
        return (
            f"(SELECT *, NULL::BIGINT AS row_number, ''::VARCHAR AS flags FROM read_csv({quoted(str(self._utf8_path()))}, "
            f"delim={quoted(self.ledger.delimiter)}, quote='\"', escape='\"', header=false, skip={self.header_row}, "
            f"auto_detect=false, columns={{{columns}}}, {errors}{styles}))"
        )

    def _utf8_path(self) -> Path:
        if self.ledger.encoding in ("utf-8", "utf-8-sig"):
            return self.ledger.path
        if self._utf8 is None:
            self._utf8 = self.folder / f"{self.ledger.path.stem}-utf8.csv"
            with self._utf8.open("wb") as stream:
                stream.writelines(as_utf8(self.ledger.path, self.ledger.encoding))
        return self._utf8

    def _mended(self, refused: Sequence[tuple[int, int, str, bool, int]]) -> Iterator[tuple[int, Sequence[str], str]]:
        with self._utf8_path().open("rb") as stream:
            for row_number, position, text, is_foreign, _ in refused:
                line, mended = text, False
                if is_foreign:
                    stream.seek(position)
                    line, mended = decode_line(stream.readline().rstrip(b"\r\n"), "utf-8")
                for record in records([(line.strip("\r\n"), mended)], self.ledger.delimiter, row_number):
                    yield record.row_number, record.cells, record.flags

    def _careful_source(self) -> str:
        if self._careful is None:
            self._careful = self.folder / f"{self.ledger.path.stem}-careful.parquet"
            found = records(lines_of(self.ledger.path, self.ledger.encoding), self.ledger.delimiter)
            rows = ((r.row_number, r.cells, r.flags) for r in found if r.row_number > self.header_row)
            write_text(self._careful, self.width, rows, self.is_in_place)
        return stored(self._careful)
