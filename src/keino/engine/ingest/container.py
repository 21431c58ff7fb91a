"""What kind of file is this? Told from its first bytes, not from its name.

Every file that can't hold a ledger is refused here with a sentence that says what it is and what to do.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

from keino.engine.ingest import problems

Container = Literal["csv", "xlsx", "xls", "ods", "parquet"]

#: Endings that a folder is searched for.
LEDGER_SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods", ".xls", ".parquet")

#: A workbook may unpack to at most this much, and to at most this many times its own size: a zip bomb unpacks to more.
MAX_UNPACKED_BYTES = 4 * 1024**3
MAX_UNPACKED_RATIO = 250
SMALL_UNPACKED_BYTES = 64 * 1024**2

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS: tuple[tuple[bytes, type[problems.LedgerProblem]], ...] = (
    (b"%PDF", problems.IsPdf),
    (b"\x1f\x8b", problems.IsArchive),
    (b"BZh", problems.IsArchive),
    (b"7z\xbc\xaf", problems.IsArchive),
    (b"Rar!", problems.IsArchive),
    (b"\xfd7zXZ", problems.IsArchive),
    (b"\x28\xb5\x2f\xfd", problems.IsArchive),
    (b"\x89PNG", problems.IsPicture),
    (b"\xff\xd8\xff", problems.IsPicture),
    (b"GIF8", problems.IsPicture),
    (b"SQLite format 3", problems.IsDatabase),
    (b"\x7fELF", problems.IsProgram),
    (b"MZ\x90", problems.IsProgram),
)


def ledger_files(paths: list[Path]) -> list[Path]:
    """Return the files to read: files as given, folders replaced by the ledgers in them (sorted, hidden ones left out).

    Raises UnreadableLedger for a path that does not exist, is no file, or a folder without a ledger.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if _is_ledger_name(p, path))
            if not inside:
                raise problems.EmptyFolder(path, suffixes=", ".join(LEDGER_SUFFIXES))
            found.extend(inside)
        else:
            refuse_no_file(path)
            found.append(path)
    return found


def refuse_no_file(path: Path) -> None:
    """Raise UnreadableLedger unless the path is an ordinary file that may be opened."""
    if not path.is_file():
        raise problems.NotAFile(path) if path.exists() else problems.NoSuchPath(path)
    try:
        path.open("rb").close()
    except OSError as error:
        raise problems.MayNotOpen(path, reason=error.strerror or type(error).__name__) from error


def _is_ledger_name(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    return path.is_file() and not hidden and path.suffix.lower() in LEDGER_SUFFIXES


def container_of(path: Path) -> Container:
    """Return what the file is. Raises UnreadableLedger for anything that is not a ledger's container."""
    refuse_no_file(path)
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head:
        raise problems.EmptyFile(path)
    for mark, problem in _MARKS:
        if head.startswith(mark):
            raise problem(path)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_container(path)
    if head.startswith(_OLE):
        return _ole_container(path)
    _refuse_markup(path, head)
    return "csv"


def _refuse_markup(path: Path, head: bytes) -> None:
    # Markup in utf-16 is ASCII with zeros between.
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1024].lower()
    if text.startswith((b"<!doctype html", b"<html", b"<meta", b"<head", b"<style")) or b"<table" in text:
        raise problems.IsWebPage(path)
    if text.startswith((b"<?xml", b"<!doctype", b"<!entity")) or (text.startswith(b"<") and b"xmlns" in text):
        raise problems.IsXml(path)
    if text.startswith((b"{", b"[")) and (path.suffix.lower() == ".json" or b'":' in text):
        raise problems.IsJson(path)


def _ole_container(path: Path) -> Container:
    with path.open("rb") as stream:
        content = stream.read(64 * 1024**2)
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise problems.LockedWorkbook(path)
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return "xls"
    raise problems.IsOldOffice(path)


def _zip_container(path: Path) -> Container:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            is_locked = any(entry.flag_bits & 0x1 for entry in entries)
            mimetype = archive.read("mimetype")[:200] if "mimetype" in names and not is_locked else b""
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise problems.BrokenWorkbook(path) from error
    if is_locked:
        raise problems.LockedWorkbook(path)
    unpacked = sum(entry.file_size for entry in entries)
    limit = max(SMALL_UNPACKED_BYTES, MAX_UNPACKED_RATIO * path.stat().st_size)
    if unpacked > min(limit, MAX_UNPACKED_BYTES):
        raise problems.UnpacksTooLarge(path, size_mib=unpacked // 1024**2)
    if "xl/workbook.xml" in names:
        return "xlsx"
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    if any(name.endswith("workbook.bin") for name in names):
        raise problems.IsBinaryWorkbook(path)
    raise problems.NoWorkbookInside(path)
