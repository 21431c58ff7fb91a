"""Read files that someone gives to ``keino facts import``: CSV, workbooks and genericode, none of them trusted.

Every file that can't be read whole is refused with a UsageError before anything is written. Limits lie far above what
publishers issue and far below what fills a memory.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from keino.errors import UsageError

if TYPE_CHECKING:
    from keino.facts.read import Row

#: A line of a file: its number (1 = first) and its cells.
Line = tuple[int, list[str]]

MAX_TEXT_BYTES = 32 * 1024**2
MAX_XML_BYTES = 128 * 1024**2
MAX_UNPACKED_BYTES = 256 * 1024**2
MAX_ROWS = 500_000
MAX_COLUMNS = 500

_ZIP = b"PK\x03\x04"


class UnreadableImport(UsageError):
    """A file given for import can't be read as what it should be."""

    code = "unreadable_import"
    template = "{path} can't be imported: {what}. Nothing was written. {remedy}"


class MissingImportColumns(UsageError):
    """A file given for import lacks columns."""

    code = "missing_import_columns"
    template = (
        "{path} has no column {missing}, so nothing was imported. Its columns are: {found}. "
        "Give the publisher's own file."
    )


class ImportProblems(UsageError):
    """Rows of a file given for import are wrong; all are counted and the first ones are named."""

    code = "import_problems"
    template = "{path} has problems in its rows ({count}), so nothing was imported: {problems}"


def file_kind(path: Path) -> str:
    """Return ``csv``, ``xlsx`` or ``xml``, told from the first bytes. Raises UnreadableImport for anything else."""
    if not path.is_file():
        raise UnreadableImport(path=path.name, what="there is no such file", remedy="Check the path.")
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head:
        raise UnreadableImport(path=path.name, what="the file is empty (0 bytes)", remedy="Download it again.")
    if head.startswith(_ZIP):
        return "xlsx"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<?xml", b"<!doctype", b"<gc:", b"<codelist")):
        return "xml"
    return "csv"


# ---- CSV


def csv_lines(path: Path) -> Iterator[Line]:
    """Yield the lines of a CSV file (comma, semicolon or tab; UTF-8 or UTF-16) that are not blank.

    Raises UnreadableImport for a file that is too large, no text, or not CSV.
    """
    text = _text(path)
    head = text[:65536].split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    yield from _within_limits(path, _parsed(path, text, delimiter))


def _text(path: Path) -> str:
    if path.stat().st_size > MAX_TEXT_BYTES:
        raise _too_large(path)
    content = path.read_bytes()
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_text(path) from error
    if "\0" in text:
        raise _no_text(path)
    return text


def _no_text(path: Path) -> UnreadableImport:
    return UnreadableImport(
        path=path.name,
        what="it is not text in UTF-8",
        remedy="Give the publisher's file as it is, or save it as CSV (UTF-8).",
    )


def _too_large(path: Path) -> UnreadableImport:
    return UnreadableImport(
        path=path.name,
        what="it is far larger than any official list",
        remedy="Check that it is the right file.",
    )


def _parsed(path: Path, text: str, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise UnreadableImport(
            path=path.name,
            what="its quotation marks or line ends are broken",
            remedy="Download it again; it may have been cut short.",
        ) from error


def _within_limits(path: Path, lines: Iterator[Line]) -> Iterator[Line]:
    for count, (number, cells) in enumerate(lines):
        if count >= MAX_ROWS or len(cells) > MAX_COLUMNS:
            raise _too_large(path)
        if any(cell.strip() for cell in cells):
            yield number, cells


# ---- workbooks


def sheets(path: Path) -> Iterator[list[Line]]:
    """Yield the sheets of an .xlsx workbook in their order, each as its lines that are not blank.

    Raises UnreadableImport for broken, locked and harmful workbooks.
    """
    _check_archive(path)
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    from keino.engine.ingest.sheet_text import as_text

    try:
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            numbered = ((number, list(as_text(row))) for number, row in enumerate(rows, start=1))
            yield list(_within_limits(path, numbered))
    except (CalamineError, PasswordError, OSError, ValueError, OverflowError) as error:
        raise _broken_workbook(path) from error


def _check_archive(path: Path) -> None:
    """Refuse an archive that unpacks to more than a list can be, whatever sizes it claims of itself."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise _too_large(path)
            # Unpacks each part up to the size it claims and compares its check sum: a part that lies about its size
            # fails here, before a reader that trusts it can fill the memory.
            damaged = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise _broken_workbook(path) from error
    if damaged:
        raise _broken_workbook(path)


def _broken_workbook(path: Path) -> UnreadableImport:
    return UnreadableImport(
        path=path.name,
        what="the workbook is broken, locked or cut short",
        remedy="Download it again, or save it as CSV (UTF-8).",
    )


# ---- genericode


def genericode_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Yield (line, row) of a genericode 1.0 code list; a row holds the simple values by column id.

    A document type is refused: lists need none, and entities are how XML reaches other files or unfolds without end.
    """
    if path.stat().st_size > MAX_XML_BYTES:
        raise _too_large(path)
    from lxml import etree

    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    try:
        for count, (_, element) in enumerate(etree.iterparse(str(path), tag="{*}Row", **options)):
            if element.getroottree().docinfo.doctype:
                raise _document_type(path)
            if count >= MAX_ROWS:
                raise _too_large(path)
            yield element.sourceline or 0, _values(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise UnreadableImport(
            path=path.name, what="its XML is broken or cut short", remedy="Download it again."
        ) from error


def _document_type(path: Path) -> UnreadableImport:
    return UnreadableImport(
        path=path.name,
        what="its XML declares a document type, which official lists don't",
        remedy="It may be a harmful file. Download the list from its publisher.",
    )


def _values(element: object) -> Row:
    found = {}
    for value in element.iterfind("{*}Value"):  # type: ignore[attr-defined]  # lxml has no types
        text = value.findtext("{*}SimpleValue") or ""
        found[value.get("ColumnRef", "")] = " ".join(text.split())
    return found


# ---- rows by the names of their columns


def named_rows(path: Path, lines: Iterator[Line]) -> Iterator[tuple[int, Row]]:
    """Yield (line, row) below the first line, which names the columns; cells lose blanks around them.

    Raises UnreadableImport without a header or with two columns of one name, and ImportProblems for ragged lines.
    """
    first = next(lines, None)
    if first is None:
        raise UnreadableImport(path=path.name, what="it has no rows", remedy="Download it again.")
    names = [" ".join(cell.split()) for cell in first[1]]
    while names and not names[-1]:
        names.pop()
    if len(set(names)) < len(names):
        raise UnreadableImport(
            path=path.name, what="two of its columns have the same name", remedy="Give the publisher's own file."
        )
    following = next(lines, None)
    if following is None:
        raise UnreadableImport(path=path.name, what="it has no rows below its header", remedy="Download it again.")
    for number, cells in chain([following], lines):
        yield number, dict(zip(names, _fitting(path, number, cells, len(names)), strict=True))


def _fitting(path: Path, number: int, cells: list[str], width: int) -> list[str]:
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        problem = f"row {number} has {len(cells)} cells, but the header names {width} columns."
        raise ImportProblems(path=path.name, count=1, problems=problem)
    return [" ".join(cell.split()) for cell in cells[:width]]


def demand_columns(path: Path, row: Row, needed: tuple[str, ...]) -> None:
    """Raise MissingImportColumns when a row lacks one of the columns."""
    if missing := [name for name in needed if name not in row]:
        raise MissingImportColumns(path=path.name, missing=", ".join(missing), found=column_names(row))


def column_names(row: Row) -> str:
    """The first columns of a file, to be shown."""
    return ", ".join([name for name in row if name][:30])
