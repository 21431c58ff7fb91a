"""Look through a workbook's XML before anything unpacks it for good.

Three things are refused: XML that defines entities of its own (no spreadsheet program writes that), parts that unpack
to more than the archive's directory says, and sheets whose outermost cells lie so far apart that the table between
them would not fit into memory. Nothing is parsed here and nothing outside the file is opened.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from keino.engine.ingest import problems

#: A table of this many cells takes about 2 GB while it is unpacked; Oulu's whole year has 5 million.
MAX_CELLS = 40_000_000

_CHUNK_BYTES = 1024**2
_LONGEST_TAG = 4096
_ENTITY = re.compile(rb"<!(?:ENTITY|DOCTYPE)", re.IGNORECASE)
_PLACE = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"')
_ODS_PART = re.compile(rb"<table:table-row\b[^>]*>|<table:(?:covered-)?table-cell\b[^>]*>|<table:table\s[^>]*>")
_REPEATED = re.compile(rb'number-(?:columns|rows)-repeated="(\d+)"')


def refuse_harmful(path: Path, container: str) -> None:
    """Raise UnreadableLedger for a workbook (.xlsx, .ods) that would harm or overwhelm the computer."""
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _look_through(path, archive, entry, container)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise problems.BrokenWorkbook(path) from error


def _look_through(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, container: str) -> None:
    is_sheet = container == "xlsx" and entry.filename.startswith("xl/worksheets/")
    is_content = container == "ods" and entry.filename == "content.xml"
    box = _OdsBox() if is_content else _XlsxBox() if is_sheet else None
    for piece in _pieces(archive, entry):
        if _ENTITY.search(piece):
            raise problems.HarmfulWorkbook(path)
        if box is not None:
            box.add(piece)
            if box.rows * box.columns > MAX_CELLS:
                name = Path(entry.filename).stem
                raise problems.SheetTooLarge(path, sheet=name, rows=box.rows, columns=box.columns)


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the part in pieces that end between two tags."""
    rest = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            piece = rest + chunk.replace(b"\0", b"")  # utf-16 becomes readable enough
            cut = piece.rfind(b">") + 1
            if len(piece) - cut > _LONGEST_TAG:
                cut = len(piece)
            yield piece[:cut]
            rest = piece[cut:]
    yield rest


class _XlsxBox:
    """The outermost row and column of the cells seen."""

    def __init__(self) -> None:
        self.rows = self.columns = 0

    def add(self, piece: bytes) -> None:
        """Take note of the cells in a piece of XML."""
        places = _PLACE.findall(piece)
        self.rows = max(int(row) for row in {row for _, row in places} | {str(self.rows)})
        self.columns = max({_column_number(name) for name in {name for name, _ in places}} | {self.columns})


def _column_number(name: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in name:
        number = number * 26 + letter - ord("A") + 1
    return number


class _OdsBox:
    """The rows and columns that the filled cells of the largest sheet span."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row = self._height = self._column = 0

    def add(self, piece: bytes) -> None:
        """Take note of the rows and cells in a piece of XML; repeated ones count as often as they are repeated."""
        for found in _ODS_PART.finditer(piece):
            tag = found[0]
            repeated = _REPEATED.search(tag) if b"-repeated=" in tag else None
            times = int(repeated[1]) if repeated else 1
            if tag.startswith(b"<table:table-row"):
                self._row, self._height, self._column = self._row + self._height, times, 0
            elif tag.startswith((b"<table:table-cell", b"<table:covered-table-cell")):
                self._column += times
                if b"value" in tag:
                    self.rows = max(self.rows, self._row + self._height)
                    self.columns = max(self.columns, self._column)
            else:
                self._row = self._height = self._column = 0
