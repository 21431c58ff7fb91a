"""Split text into records of cells, forgivingly: one broken line never swallows its neighbours.

This is the careful reader. It takes over where the fast one (DuckDB's) can't account for every line of a file: stray
quotes, cells with line breaks, mixed encodings, NUL bytes.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from keino.engine.ingest import problems
from keino.engine.ingest.encodings import CHUNK_BYTES, decode_line
from keino.engine.ingest.text_table import BROKEN_QUOTES, ENCODING, MAX_LINE_BYTES

#: A quoted cell may run over this many lines; beyond that its opening quote is a stray mark.
MAX_LINES_PER_RECORD = 60

#: A line feed with any carriage returns before it, or a carriage return alone.
_ANY_END = re.compile(rb"\r*\n|\r")


class Line(NamedTuple):
    """One line without its end, and whether it had to be read in another encoding than the file's."""

    text: str
    is_mended: bool


class Record(NamedTuple):
    """One record: the line it starts on (counted from 1 as an editor does), its cells, its lines, what was mended."""

    row_number: int
    cells: list[str]
    lines: int
    flags: str


def lines_of(path: Path, encoding: str, *, ends_by_return: bool = False) -> Iterator[Line]:
    """Yield the lines of a file in an 8-bit encoding. Raises UnreadableLedger for a line longer than any ledger's."""
    strict = "utf-8" if encoding == "utf-8-sig" else encoding
    found = _by_any_end(path) if ends_by_return else _by_line_feed(path)
    for number, line in enumerate(found):
        plain = line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line
        yield Line(*decode_line(plain.replace(b"\0", b"") if b"\0" in plain else plain, strict))


def _by_line_feed(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while line := stream.readline(MAX_LINE_BYTES):
            _refuse_long(path, line)
            yield line.rstrip(b"\r\n")


def _by_any_end(path: Path) -> Iterator[bytes]:
    rest = b""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            rest += chunk
            whole = rest.rstrip(b"\r")  # a return at the very end may belong to a line feed in the next chunk
            *lines, last = _ANY_END.split(whole)
            yield from lines
            rest = last + rest[len(whole) :]
            _refuse_long(path, rest)
    *lines, last = _ANY_END.split(rest)
    yield from lines
    if last:
        yield last


def _refuse_long(path: Path, line: bytes) -> None:
    if len(line) >= MAX_LINE_BYTES:
        raise problems.LineTooLong(path, limit_kib=MAX_LINE_BYTES // 1024)


def records(lines: Iterable[Line], delimiter: str, first_row: int = 1) -> Iterator[Record]:
    """Yield records. A quoted cell may hold line breaks; a stray quote is taken as a character and flagged."""
    source = iter(lines)
    waiting: list[Line] = []
    row_number = first_row
    while True:
        line = waiting.pop() if waiting else next(source, None)
        if line is None:
            return
        if '"' not in line.text:
            record = Record(row_number, line.text.split(delimiter), 1, ENCODING if line.is_mended else "")
        else:
            record = _quoted(line, source, waiting, delimiter, row_number)
        yield record
        row_number += record.lines


def _quoted(line: Line, source: Iterator[Line], waiting: list[Line], delimiter: str, row_number: int) -> Record:
    """Return a record that has quotes, taking further lines while a quoted cell is open.

    When no line closes it, all lines but the first go back to ``waiting`` and the quote counts as a character.
    """
    text, taken = line.text, [line]
    while True:
        try:
            cells = next(csv.reader([text], delimiter=delimiter, strict=True))
        except csv.Error as error:
            if "unexpected end of data" not in str(error) or len(taken) == MAX_LINES_PER_RECORD:
                break
        else:
            return Record(row_number, cells, len(taken), ENCODING if any(each.is_mended for each in taken) else "")
        more = _until_next_quote(source, waiting, MAX_LINES_PER_RECORD - len(taken))
        taken += more
        if not more or '"' not in more[-1].text:
            break
        text = "\n".join(each.text for each in taken)
    waiting.extend(reversed(taken[1:]))
    flags = f"{ENCODING} {BROKEN_QUOTES}" if line.is_mended else BROKEN_QUOTES
    return Record(row_number, _literal(line.text, delimiter), 1, flags)


def _until_next_quote(source: Iterator[Line], waiting: list[Line], most: int) -> list[Line]:
    """Take lines up to the first with a quote, at most ``most``."""
    taken: list[Line] = []
    while len(taken) < most:
        following = waiting.pop() if waiting else next(source, None)
        if following is None:
            break
        taken.append(following)
        if '"' in following.text:
            break
    return taken


def _literal(line: str, delimiter: str) -> list[str]:
    """Split a line whose quotes do not match: as spreadsheets do where that works, else with quotes as characters."""
    if line.count('"') % 2 == 0 and len(line) < csv.field_size_limit():
        return next(csv.reader([line], delimiter=delimiter))
    return line.split(delimiter)
