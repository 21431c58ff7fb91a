"""Lines of a text file: how many there are, how they end, which are blank."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

CHUNK_BYTES = 256 * 1024
#: Lone carriage returns end lines when there are at least this many of them for each line feed; fewer are stray marks.
_RETURN_SHARE = 0.01


@dataclass(frozen=True)
class LineEnds:
    """What one pass over the bytes of a file shows.

    ``lines`` counts every line, ``blank_at_end`` the blank ones below the last that is not. ``is_regular``: one kind of
    line end and no NUL byte, so that the fast reader can be tried. ``ends_by_return``: lone carriage returns end lines.
    ``is_utf8``: every byte belongs to a character of utf-8.
    """

    lines: int
    blank_at_end: int
    is_regular: bool
    ends_by_return: bool
    is_utf8: bool


class _Tally:
    """Counts what ``LineEnds`` tells, chunk by chunk."""

    def __init__(self) -> None:
        import numpy as np

        self.buffer = bytearray(CHUNK_BYTES)
        self.feeds = self.returns = self.pairs = 0
        self.has_nul, self.is_utf8 = False, True
        self.last = b""
        self._numpy = np
        self._codes, self._is_feed = np.frombuffer(self.buffer, np.uint8), np.empty(CHUNK_BYTES, np.bool_)

    def add(self, start: int, end: int) -> int:
        """Count the bytes from ``start`` to ``end`` of the buffer; return how many begin a character that goes on.

        The bytes before ``start`` are such a character's beginning, counted before.
        """
        codes, is_feed = self._codes[start:end], self._is_feed[start:end]
        self._numpy.equal(codes, ord("\n"), out=is_feed)
        self.feeds += int(self._numpy.count_nonzero(is_feed))
        self.has_nul = self.has_nul or self.buffer.find(0, start, end) >= 0
        if self.buffer.find(b"\r", start, end) >= 0:
            self.returns += int(self._numpy.count_nonzero(codes == ord("\r")))
            self.pairs += self.buffer.count(b"\r\n", start, end)
        self.pairs += self.last == b"\r" and self.buffer[start : start + 1] == b"\n"
        self.last = bytes(self.buffer[end - 1 : end])
        return self._characters(end)

    def _characters(self, end: int) -> int:
        if not self.is_utf8:
            return 0
        try:
            _, whole = codecs.utf_8_decode(memoryview(self.buffer)[:end], "strict", False)
        except UnicodeDecodeError:
            self.is_utf8 = False
            return 0
        return end - whole


def line_ends(path: Path) -> LineEnds:
    """Count the lines of a file and look at its bytes. Takes a tenth of the time that reading it as a table takes."""
    tally, cut = _Tally(), 0
    with path.open("rb", buffering=0) as stream, memoryview(tally.buffer) as view:
        while size := stream.readinto(view[cut:]):
            end = cut + size
            cut = tally.add(cut, end)
            view[:cut] = bytes(view[end - cut : end])
    lone = tally.returns - tally.pairs
    return LineEnds(
        lines=tally.feeds + (tally.last not in (b"\n", b"")),
        blank_at_end=_blank_at_end(path),
        is_regular=not tally.has_nul and not lone and tally.pairs in (0, tally.feeds),
        ends_by_return=lone > 0 and lone >= _RETURN_SHARE * tally.feeds,
        is_utf8=tally.is_utf8 and not cut,
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
