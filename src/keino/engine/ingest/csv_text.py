"""A first look at a CSV or TSV file: its encoding, its delimiter, its first rows and how many lines it has."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from keino.engine.ingest.container import unreadable
from keino.engine.ingest.encodings import encoding_of, samples
from keino.engine.ingest.records import lines_of, records, too_long
from keino.engine.ingest.text_table import MAX_LINE_BYTES, Cells, refuse_wide

DELIMITERS = (";", ",", "\t", "|", "^", "~")
HEAD_RECORDS = 400
SAMPLE_RECORDS = 150


@dataclass(frozen=True)
class CsvLedger:
    """A CSV file whose encoding and delimiter are known and whose first rows have been seen."""

    path: Path
    encoding: str
    delimiter: str
    head: tuple[Cells, ...]
    head_lines: tuple[int, ...]  # physical lines of each head record
    sample: tuple[Cells, ...]
    line_count: int
    is_regular: bool  # one kind of line end, no NUL bytes: the fast reader can be tried


def open_csv(path: Path, encoding: str = "", delimiter: str = "") -> CsvLedger:
    """Look at a text file. Raises UnreadableLedger when it is binary or no table."""
    parts = samples(path)
    encoding = encoding or encoding_of(parts)
    if not encoding.startswith("utf-16") and not encoding.startswith("utf-32"):
        _refuse_binary(path, parts)
        _refuse_long_line(path, parts)
    delimiter = delimiter or _delimiter_of(path, encoding)
    head = list(islice(records(lines_of(path, encoding), delimiter), HEAD_RECORDS))
    if not any(cell.strip() for record in head for cell in record.cells):
        raise unreadable(path, "it holds no text", "Export the ledger again.")
    refuse_wide(path, max(len(record.cells) for record in head))
    line_count, is_regular = _count_lines(path)
    return CsvLedger(
        path=path,
        encoding=encoding,
        delimiter=delimiter,
        head=tuple(tuple(record.cells) for record in head),
        head_lines=tuple(record.lines for record in head),
        sample=tuple(_later_sample(parts, encoding, delimiter)),
        line_count=line_count,
        is_regular=is_regular,
    )


def _refuse_binary(path: Path, parts: list[bytes]) -> None:
    control = bytes(set(range(32)) - {9, 10, 13, 12, 26})
    for part in parts:
        if part and len(part) - len(part.translate(None, control)) > 0.02 * len(part):
            raise unreadable(path, "it is a binary file, not text", "Export the ledger as CSV or Excel.")


def _refuse_long_line(path: Path, parts: list[bytes]) -> None:
    if len(parts) > 1 and not any(mark in parts[0] for mark in (b"\n", b"\r")) and path.stat().st_size > MAX_LINE_BYTES:
        with path.open("rb") as stream:
            start = stream.read(MAX_LINE_BYTES)
        if b"\n" not in start and b"\r" not in start:
            raise too_long(path)


def _delimiter_of(path: Path, encoding: str) -> str:
    """Return the delimiter that splits most lines into the same number of cells."""
    lines = list(islice(lines_of(path, encoding), HEAD_RECORDS))
    best, best_score = "", 0.0
    for candidate in DELIMITERS:
        widths = Counter(len(r.cells) for r in records(iter(lines), candidate) if any(c.strip() for c in r.cells))
        width, count = max(widths.items(), key=lambda item: (item[1] if item[0] > 1 else 0, item[0]), default=(1, 0))
        if width < 2:
            continue
        score = count / sum(widths.values()) * math.log2(width + 1)
        if score > best_score:
            best, best_score = candidate, score
    if not best:
        raise unreadable(
            path,
            "its lines do not split into columns by any delimiter (; , tab | ^ ~)",
            "Export it as CSV, or name the delimiter in a mapping file.",
        )
    return best


def _later_sample(parts: list[bytes], encoding: str, delimiter: str) -> Iterator[Cells]:
    if encoding.startswith(("utf-16", "utf-32")):
        return
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    for part in parts[1:]:
        lines = part.split(b"\n")[1:-1]
        texts = ((line.decode(name, errors="replace").rstrip("\r"), False) for line in lines)
        for record in islice(records(texts, delimiter), SAMPLE_RECORDS):
            yield tuple(record.cells)


def _count_lines(path: Path) -> tuple[int, bool]:
    """Return the number of lines (blank ones at the end left out) and whether line ends are alike and no byte is NUL."""
    import numpy as np

    lines = returns = pairs = 0
    has_nul = False
    last = b""
    with path.open("rb") as stream:
        while chunk := stream.read(1024**2):
            lines += int(np.count_nonzero(np.frombuffer(chunk, np.uint8) == ord("\n")))
            has_nul = has_nul or b"\0" in chunk
            if b"\r" in chunk:
                returns += int(np.count_nonzero(np.frombuffer(chunk, np.uint8) == ord("\r")))
                pairs += chunk.count(b"\r\n")
            pairs += last == b"\r" and chunk[:1] == b"\n"
            last = chunk[-1:]
    is_regular = not has_nul and returns == pairs and pairs in (0, lines)
    return lines + (last != b"\n") - _blank_lines_at_end(path), is_regular


def _blank_lines_at_end(path: Path) -> int:
    size = path.stat().st_size
    with path.open("rb") as stream:
        stream.seek(max(0, size - 64 * 1024))
        tail = stream.read()
    blank = tail[len(tail.rstrip(b"\r\n")) :].count(b"\n")
    return max(0, blank - 1)
