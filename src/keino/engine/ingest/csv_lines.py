"""Lines of a text file: how many there are, how they end, which are blank."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CHUNK_BYTES = 1024**2
#: Lone carriage returns end lines when there are at least this many of them for each line feed; fewer are stray marks.
_RETURN_SHARE = 0.01


@dataclass(frozen=True)
class LineEnds:
    """What one pass over the bytes of a file shows.

    ``lines`` counts every line, ``blank_at_end`` the blank ones below the last that is not. ``is_regular``: one kind of
    line end and no NUL byte, so that the fast reader can be tried. ``ends_by_return``: lone carriage returns end lines.
    """

    lines: int
    blank_at_end: int
    is_regular: bool
    ends_by_return: bool


def line_ends(path: Path) -> LineEnds:
    """Count the lines of a file. Takes a tenth of the time that reading it as a table takes."""
    import numpy as np

    feeds = returns = pairs = 0
    has_nul = False
    last = b""
    buffer = bytearray(CHUNK_BYTES)
    codes, is_feed = np.frombuffer(buffer, np.uint8), np.empty(CHUNK_BYTES, np.bool_)
    with path.open("rb", buffering=0) as stream:
        while size := stream.readinto(buffer):
            np.equal(codes[:size], ord("\n"), out=is_feed[:size])
            feeds += int(np.count_nonzero(is_feed[:size]))
            has_nul = has_nul or buffer.find(0, 0, size) >= 0
            if buffer.find(b"\r", 0, size) >= 0:
                returns += int(np.count_nonzero(codes[:size] == ord("\r")))
                pairs += buffer.count(b"\r\n", 0, size)
            pairs += last == b"\r" and buffer[:1] == b"\n"
            last = bytes(buffer[size - 1 : size])
    lone = returns - pairs
    return LineEnds(
        lines=feeds + (last not in (b"\n", b"")),
        blank_at_end=_blank_at_end(path),
        is_regular=not has_nul and not lone and pairs in (0, feeds),
        ends_by_return=lone > 0 and lone >= _RETURN_SHARE * feeds,
    )


def _blank_at_end(path: Path) -> int:
    size = path.stat().st_size
    with path.open("rb") as stream:
        stream.seek(max(0, size - 64 * 1024))
        tail = stream.read()
    return max(0, tail[len(tail.rstrip(b"\r\n")) :].count(b"\n") - 1)


def blank_lines(path: Path, most: int) -> list[int] | None:
    """Return the numbers (from 1) of the blank lines of a file with regular line ends; None when there are too many."""
    import numpy as np

    found: list[int] = []
    number, previous = 0, -1
    offset = 0
    with path.open("rb") as stream:
        is_pair = b"\r\n" in stream.read(CHUNK_BYTES)
        stream.seek(0)
        while chunk := stream.read(CHUNK_BYTES):
            places = np.flatnonzero(np.frombuffer(chunk, np.uint8) == ord("\n")) + offset
            lengths = np.diff(places, prepend=previous)
            found += (np.flatnonzero(lengths == 1 + is_pair) + number + 1).tolist()
            if len(found) > most:
                return None
            number, offset = number + len(places), offset + len(chunk)
            previous = int(places[-1]) if len(places) else previous
    return found
