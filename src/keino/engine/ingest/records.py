"""Split text into records of cells, forgivingly: one broken line never swallows its neighbours.

This is the careful reader. It takes over where the fast one (DuckDB's) can't account for every line of a file: stray
quotes, cells with line breaks, mixed encodings, blank lines, NUL bytes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from keino.engine.ingest.container import unreadable
from keino.engine.ingest.encodings import decode_line
from keino.engine.ingest.text_table import BROKEN_QUOTES, ENCODING, MAX_LINE_BYTES

#: A quoted cell may run over this many lines; beyond that its opening quote is a stray mark.
MAX_LINES_PER_RECORD = 60


@dataclass(frozen=True)
class Record:
    """One record: the row it starts on (counted as a spreadsheet does), its cells, its lines and what was mended."""

    row_number: int
    cells: list[str]
    lines: int
    flags: str


def lines_of(path: Path, encoding: str) -> Iterator[tuple[str, bool]]:
    """Yield lines of text without their ends, and whether each had to be read in another encoding.

    Raises UnreadableLedger when a line is longer than any ledger's.
    """
    if encoding.startswith(("utf-16", "utf-32")) or _uses_old_mac_lines(path):
        yield from _wide_lines(path, encoding)
        return
    strict = "utf-8" if encoding == "utf-8-sig" else encoding
    with path.open("rb") as stream:
        first = True
        while line := stream.readline(MAX_LINE_BYTES):
            if len(line) == MAX_LINE_BYTES:
                raise too_long(path)
            if first and line.startswith(b"\xef\xbb\xbf"):
                line = line[3:]
            first = False
            text, mended = decode_line(line.rstrip(b"\r\n").replace(b"\0", b""), strict)
            yield text, mended


def too_long(path: Path) -> Exception:
    """Return the error for a line that no ledger has."""
    return unreadable(
        path, f"a line is longer than {MAX_LINE_BYTES // 1024**2} MiB", "It is no table of purchases; export it again."
    )


def _uses_old_mac_lines(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(64 * 1024)
    return b"\r" in head and b"\n" not in head


def _wide_lines(path: Path, encoding: str) -> Iterator[tuple[str, bool]]:
    with path.open("r", encoding=encoding, errors="replace", newline=None) as stream:
        while line := stream.readline(MAX_LINE_BYTES):
            if len(line) == MAX_LINE_BYTES:
                raise too_long(path)
            yield line.rstrip("\n").lstrip("\ufeff").replace("\0", ""), False


def records(lines: Iterable[tuple[str, bool]], delimiter: str, first_row: int = 1) -> Iterator[Record]:
    """Yield records. A quoted cell may hold line breaks; a stray quote is taken as a character and flagged."""
    source = iter(lines)
    waiting: list[tuple[str, bool]] = []
    row_number = first_row
    while True:
        line, mended = waiting.pop() if waiting else next(source, (None, False))
        if line is None:
            return
        if '"' not in line:
            yield Record(row_number, line.split(delimiter), 1, ENCODING if mended else "")
        else:
            cells, taken, broken, mended = _quoted(line, mended, source, waiting, delimiter)
            flags = " ".join(code for code, on in ((ENCODING, mended), (BROKEN_QUOTES, broken)) if on)
            yield Record(row_number, cells, taken, flags)
        row_number += 1


def _quoted(
    line: str,
    mended: bool,
    source: Iterator[tuple[str, bool]],
    waiting: list[tuple[str, bool]],
    delimiter: str,
) -> tuple[list[str], int, bool, bool]:
    """Return the cells of a record that has quotes, taking further lines while a quoted cell is open.

    When no line closes it, all lines but the first go back to ``waiting`` and the quote counts as a character.
    """
    text, taken = line, [(line, mended)]
    while True:
        try:
            return (
                next(csv.reader([text], delimiter=delimiter, strict=True)),
                len(taken),
                False,
                any(m for _, m in taken),
            )
        except csv.Error as error:
            if "unexpected end of data" not in str(error) or len(taken) == MAX_LINES_PER_RECORD:
                break
        following = waiting.pop() if waiting else next(source, None)
        if following is None:
            break
        taken.append(following)
        text = f"{text}\n{following[0]}"
    waiting.extend(reversed(taken[1:]))
    return _literal(line, delimiter), 1, True, mended


def _literal(line: str, delimiter: str) -> list[str]:
    """Split a line whose quotes do not match: as spreadsheets do where that works, else with quotes as characters."""
    if line.count('"') % 2 == 0:
        return next(csv.reader([line], delimiter=delimiter))
    return line.split(delimiter)
