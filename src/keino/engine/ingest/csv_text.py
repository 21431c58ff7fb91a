"""A first look at a CSV or TSV file: its encoding, its delimiter, its first rows and how many lines it has."""

from __future__ import annotations

import codecs
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from keino.engine.ingest import problems
from keino.engine.ingest.csv_lines import LineEnds, line_ends
from keino.engine.ingest.encodings import WIDE, as_utf8, encoding_of, samples
from keino.engine.ingest.records import Line, lines_of, records
from keino.engine.ingest.text_table import MAX_LINE_BYTES, Cells, refuse_wide, scratch

DELIMITERS = (";", ",", "\t", "|", "^", "~")
HEAD_RECORDS = 400
SAMPLE_RECORDS = 150
#: Where lines are very long, fewer of them are looked at.
_HEAD_CHARACTERS = 4 * 1024**2


@dataclass(frozen=True)
class CsvLedger:
    """A CSV file whose encoding and delimiter are known and whose first rows have been seen."""

    path: Path
    file: Path  # the same, or its text recoded to utf-8 where characters take two or four bytes
    encoding: str
    delimiter: str
    head: tuple[Cells, ...]
    head_lines: tuple[int, ...]  # physical lines of each head record
    sample: tuple[Cells, ...]
    ends: LineEnds

    @property
    def file_encoding(self) -> str:
        """The encoding of ``file``."""
        return self.encoding if self.file == self.path else "utf-8"

    def lines(self) -> Iterator[Line]:
        """Every line of the file as text."""
        return lines_of(self.file, self.file_encoding, ends_by_return=self.ends.ends_by_return)


def open_csv(path: Path, folder: Path, encoding: str = "", delimiter: str = "") -> CsvLedger:
    """Look at a text file; ``folder`` takes temporary files. Raises UnreadableLedger when it is binary or no table."""
    encoding = _known(path, encoding) if encoding else encoding_of(samples(path))
    file, file_encoding = path, encoding
    if encoding.startswith(WIDE):
        file, file_encoding = recoded(path, encoding, folder), "utf-8"
    parts = samples(file)
    _refuse_binary(path, parts)
    _refuse_long_line(path, parts)
    ends = line_ends(file)
    lines = list(_first_lines(file, file_encoding, ends))
    if not any(line.text.strip() for line in lines):
        raise problems.NoText(path)
    delimiter = delimiter or _delimiter_of(path, lines)
    head = list(islice(records(iter(lines), delimiter), HEAD_RECORDS))
    refuse_wide(path, max(len(record.cells) for record in head))
    return CsvLedger(
        path=path,
        file=file,
        encoding=encoding,
        delimiter=delimiter,
        head=tuple(tuple(record.cells) for record in head),
        head_lines=tuple(record.lines for record in head),
        sample=tuple(_later_sample(parts, file_encoding, delimiter)),
        ends=ends,
    )


def _known(path: Path, encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError as error:
        raise problems.UnknownEncoding(path, encoding=encoding) from error


def recoded(path: Path, encoding: str, folder: Path) -> Path:
    """Write the text as utf-8 into ``folder`` and return where."""
    file = scratch(folder, "utf8")
    try:
        with file.open("wb") as stream:
            stream.writelines(as_utf8(path, encoding))
    except UnicodeError as error:
        raise problems.UnknownEncoding(path, encoding=encoding) from error
    return file


def _first_lines(file: Path, encoding: str, ends: LineEnds) -> Iterator[Line]:
    """The first lines, enough for the records of the head, fewer where they are long."""
    seen = 0
    for line in islice(lines_of(file, encoding, ends_by_return=ends.ends_by_return), HEAD_RECORDS + 100):
        yield line
        seen += len(line.text)
        if seen > _HEAD_CHARACTERS:
            return


def _refuse_binary(path: Path, parts: list[bytes]) -> None:
    control = bytes(set(range(32)) - {9, 10, 13, 12, 26})
    for part in parts:
        if part and len(part) - len(part.translate(None, control)) > 0.02 * len(part):
            raise problems.IsBinary(path)


def _refuse_long_line(path: Path, parts: list[bytes]) -> None:
    """Before a file of gigabytes is counted, see that its beginning has a line end at all."""
    if any(mark in parts[0] for mark in (b"\n", b"\r")) or path.stat().st_size <= MAX_LINE_BYTES:
        return
    with path.open("rb") as stream:
        start = stream.read(4 * MAX_LINE_BYTES)
    if b"\n" not in start and b"\r" not in start:
        raise problems.LineTooLong(path, limit_kib=MAX_LINE_BYTES // 1024)


def _delimiter_of(path: Path, lines: list[Line]) -> str:
    """Return the delimiter that splits most lines into the same number of cells."""
    best, best_score = "", 0.0
    for candidate in DELIMITERS:
        widths = Counter(len(r.cells) for r in records(iter(lines), candidate) if any(c.strip() for c in r.cells))
        width, count = max(widths.items(), key=lambda item: (item[1] if item[0] > 1 else 0, item[0]), default=(1, 0))
        if width < 2:
            continue
        score = count / widths.total() * math.log2(width + 1)
        if score > best_score:
            best, best_score = candidate, score
    if not best:
        raise problems.NoColumns(path)
    return best


def _later_sample(parts: list[bytes], encoding: str, delimiter: str) -> Iterator[Cells]:
    if encoding.startswith(WIDE):
        return
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    for part in parts[1:]:
        lines = part.split(b"\n")[1:-1]
        texts = (Line(line.decode(name, errors="replace").rstrip("\r"), False) for line in lines)
        for record in islice(records(texts, delimiter), SAMPLE_RECORDS):
            yield tuple(record.cells)
