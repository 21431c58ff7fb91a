"""What kind of file is this? Told from its first bytes, not from its name.

Every file that can't hold a ledger is refused here with a sentence that says what it is and what to do.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

from keino.errors import UnreadableLedger

Container = Literal["csv", "xlsx", "xls", "ods", "parquet"]

#: Endings that a folder is searched for.
LEDGER_SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods", ".xls", ".parquet")

#: A workbook may unpack to at most this much, and to at most this many times its own size: a zip bomb unpacks to more.
MAX_UNPACKED_BYTES = 4 * 1024**3
MAX_UNPACKED_RATIO = 250
SMALL_UNPACKED_BYTES = 64 * 1024**2

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF document", "Ask the finance system for the ledger as CSV or Excel."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first and give the file inside."),
    (b"BZh", "a bzip2 archive", "Unpack it first and give the file inside."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it first and give the file inside."),
    (b"Rar!", "a RAR archive", "Unpack it first and give the file inside."),
    (b"\x89PNG", "a picture", "Give the ledger itself, as CSV or Excel."),
    (b"\xff\xd8\xff", "a picture", "Give the ledger itself, as CSV or Excel."),
    (b"SQLite format 3", "an SQLite database", "Export the purchase lines as CSV."),
    (b"\x7fELF", "a program", "Give the ledger itself, as CSV or Excel."),
    (b"MZ", "a program", "Give the ledger itself, as CSV or Excel."),
)


def unreadable(path: Path, what: str, remedy: str) -> UnreadableLedger:
    """Return the error for a file that can't be read; ``remedy`` says what to do."""
    return UnreadableLedger(path=path.name, what=what, remedy=remedy)


def ledger_files(paths: list[Path]) -> list[Path]:
    """Return the files to read: files as given, folders replaced by the ledgers in them (sorted, hidden ones left out).

    Raises UnreadableLedger for a path that does not exist or a folder without a ledger.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if _is_ledger_name(p, path))
            if not inside:
                raise unreadable(
                    path, "the folder holds no ledger", f"Put a file there ({', '.join(LEDGER_SUFFIXES)})."
                )
            found.extend(inside)
        elif path.is_file():
            found.append(path)
        else:
            raise unreadable(path, "there is no such file or folder", "Check the path.")
    return found


def _is_ledger_name(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    return path.is_file() and not hidden and path.suffix.lower() in LEDGER_SUFFIXES


def container_of(path: Path) -> Container:
    """Return what the file is. Raises UnreadableLedger for anything that is not a ledger's container."""
    if not path.is_file():
        raise unreadable(path, "there is no such file", "Check the path.")
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head:
        raise unreadable(path, "the file is empty (0 bytes)", "Export the ledger again.")
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK"):
        return _zip_container(path)
    if head.startswith(_OLE):
        return _ole_container(path)
    for mark, what, remedy in _MARKS:
        if head.startswith(mark):
            raise unreadable(path, f"it is {what}", remedy)
    _refuse_markup(path, head)
    return "csv"


def _refuse_markup(path: Path, head: bytes) -> None:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    if text.startswith((b"<!doctype html", b"<html")) or b"<table" in text:
        raise unreadable(
            path,
            f"it is a web page that is named {path.suffix or 'like a ledger'}",
            "Open it in a spreadsheet program and save it as .xlsx or .csv.",
        )
    if text.startswith((b"<?xml", b"<!doctype", b"<!entity")) or (text.startswith(b"<") and b"xmlns" in text):
        raise unreadable(path, "it is an XML document, not a table", "Export the ledger as CSV or Excel.")
    if text.startswith((b"{", b"[")) and path.suffix.lower() == ".json":
        raise unreadable(path, "it is JSON, not a table", "Export the ledger as CSV, Excel or Parquet.")


def _ole_container(path: Path) -> Container:
    with path.open("rb") as stream:
        content = stream.read(64 * 1024**2)
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise unreadable(path, "the workbook is locked with a password", "Save it without a password and try again.")
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return "xls"
    raise unreadable(path, "it is an old Office document without a workbook", "Save the ledger as .xlsx or .csv.")


def _zip_container(path: Path) -> Container:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            mimetype = archive.read("mimetype")[:200] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise unreadable(
            path, "the workbook is broken or cut short", "Open it in a spreadsheet program and save it again."
        ) from error
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise unreadable(path, "the archive is locked with a password", "Save it without a password and try again.")
    unpacked = sum(entry.file_size for entry in entries)
    limit = max(SMALL_UNPACKED_BYTES, MAX_UNPACKED_RATIO * path.stat().st_size)
    if unpacked > min(limit, MAX_UNPACKED_BYTES):
        raise unreadable(
            path,
            f"it unpacks to {unpacked // 1024**2} MiB, far more than a ledger of its size",
            "It may be a harmful file. If it is yours, save the ledger as CSV.",
        )
    if "xl/workbook.xml" in names or any(name.endswith("workbook.bin") for name in names):
        return "xlsx"
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    raise unreadable(path, "it is a zip archive without a workbook", "Unpack it and give the ledger inside.")
