"""Import an official list into the user's own facts: read, check, and only then write, as an edition of its own.

Nothing that exists is ever overwritten, and an imported edition changes no result by itself: it is used only where its
name (``own-2026-1``) is given. Decision 0007 says why.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from keino.engine.import_files import ImportProblems
from keino.engine.official_lists import SHOWN_PROBLEMS, Draft, cpv_codes, figaro_factors, table_rows
from keino.errors import UsageError
from keino.facts import own
from keino.facts.check import cross_problems, source_problems, table_problems
from keino.facts.read import FactTable, Row, all_sources, default_edition, description, read, sources, table_names

KINDS = ("cpv", "figaro", "table")
#: What each kind of file takes beside an edition.
OPTIONS = {"cpv": (), "figaro": ("country",), "table": ("table", "sources")}
#: Imported lists should be looked at again after so many days: their publishers issue them yearly.
REVIEW_DAYS = 365

_EDITION = re.compile(r"^(?:own-)?(\d{4}-[1-9]\d*)$")
_COUNTRY = re.compile(r"^[A-Z]{2}$")


class WrongEditionName(UsageError):
    """The name for the new edition doesn't have the form of one."""

    code = "wrong_edition_name"
    template = "{edition} can't be the name of an edition. Use a year and a number, such as own-2026-1."


class EditionExists(UsageError):
    """The edition to be written is there already."""

    code = "edition_exists"
    template = (
        "Your own facts already hold {table} {edition}, and an edition is never overwritten. Nothing was written. "
        "Choose another name with --edition, or leave it out."
    )


class AlreadyImported(UsageError):
    """The same rows were imported before."""

    code = "already_imported"
    template = "{path} holds the same rows as {table} {edition}, which you imported before. Nothing was written."


class UnusedOption(UsageError):
    """An option was given that means nothing for this kind of file."""

    code = "unused_option"
    template = "--{option} means nothing for {kind}, so it would not be heeded. Leave it out."


class WrongCountry(UsageError):
    """A country is not named by its two letters."""

    code = "wrong_country"
    template = "{country} is not a country code. Use two letters, such as FI or SE."


class UnwritableFacts(UsageError):
    """The folder of the user's own facts can't be written."""

    code = "unwritable_facts"
    template = (
        "Your facts folder {path} can't be written ({reason}), so nothing was imported. "
        "Free or choose a folder with the environment variable KEINO_FACTS."
    )


@dataclass(frozen=True)
class ImportRequest:
    """What to import: kind (cpv, figaro or table), file, day of import, and what the kind takes."""

    kind: str
    path: Path
    today: date
    edition: str = ""
    country: str = ""
    table: str = ""
    sources: Path | None = None


@dataclass(frozen=True)
class Imported:
    """What was written: one edition of one table, and what should be told of it.

    ``left_out`` counts rows that belong to another list, ``expected_rows`` is how many the whole list has (None when
    that isn't known), ``missing_products`` are products that categories need and the file lacks. ``is_default`` says
    that the edition is read where none is named, which only happens to tables that the package doesn't have.
    """

    kind: str
    table: str
    edition: str
    rows: int
    path: Path
    sources: tuple[str, ...]
    left_out: int = 0
    expected_rows: int | None = None
    missing_products: tuple[str, ...] = ()
    is_default: bool = False


def import_facts(request: ImportRequest) -> Imported:
    """Import a file. Raises UsageError, with nothing written, for anything that isn't right."""
    _check_options(request)
    draft = _draft(request)
    about = description(draft.table)
    edition = _edition(draft.table, request)
    rows = tuple({column: row[column] for column in about["columns"]} for row in draft.rows)
    table = FactTable(draft.table, edition, about, rows)
    _check(request.path, table, draft.sources)
    path = _write(table, draft.sources)
    return Imported(
        kind=request.kind,
        table=draft.table,
        edition=edition,
        rows=len(rows),
        path=path,
        sources=tuple(sorted({row["source"] for row in rows})),
        left_out=draft.left_out,
        expected_rows=about.get("complete_rows"),
        missing_products=draft.missing_products,
        is_default=default_edition(draft.table) == edition,
    )


def _check_options(request: ImportRequest) -> None:
    for option in ("country", "table", "sources"):
        if getattr(request, option) and option not in OPTIONS[request.kind]:
            raise UnusedOption(option=option, kind=request.kind)
    if request.country and not _COUNTRY.match(request.country.upper()):
        raise WrongCountry(country=request.country)


def _draft(request: ImportRequest) -> Draft:
    review_by = (request.today + timedelta(days=REVIEW_DAYS)).isoformat()
    if request.kind == "cpv":
        return cpv_codes(request.path, review_by)
    if request.kind == "figaro":
        return figaro_factors(request.path, review_by, request.country.upper() or "FI")
    return table_rows(request.path, request.table, request.sources)


def _edition(table: str, request: ImportRequest) -> str:
    """The name asked for, or the next free one of this year."""
    taken = own.own_editions(table)
    if not request.edition:
        names = (f"{own.PREFIX}{request.today.year}-{number}" for number in count(1))
        return next(name for name in names if name not in taken)
    found = _EDITION.match(request.edition)
    if not found:
        raise WrongEditionName(edition=request.edition)
    edition = own.PREFIX + found[1]
    if edition in taken:
        raise EditionExists(table=table, edition=edition)
    return edition


# ---- checks


def _check(path: Path, table: FactTable, publications: tuple[Row, ...]) -> None:
    """Hold the new edition to what the package's own tables are held to."""
    known = all_sources() | {row["key"]: row for row in publications}
    found = [*source_problems(publications), *table_problems(table, known)]
    if not found:  # what other tables say of rows that are themselves wrong would only confuse
        found = _cross_problems(table)
    if found:
        raise ImportProblems(path=path.name, count=len(found), problems=" ".join(found[:SHOWN_PROBLEMS]))
    for edition in own.own_editions(table.name):
        if _content(read(table.name, edition).rows) == _content(table.rows):
            raise AlreadyImported(path=path.name, table=table.name, edition=edition)


def _cross_problems(table: FactTable) -> list[str]:
    """Problems of the new rows beside the package's tables; what the package's rows miss in it is no error."""
    tables = {name: read(name) for name in table_names()} | {table.name: table}
    own_place = (f"{table.name} {table.edition},", f"{table.name}:")
    return [problem for problem in cross_problems(tables) if problem.startswith(own_place)]


def _content(rows: Iterable[Row]) -> list[Row]:
    """Rows without what differs each time the same file is imported."""
    return [{name: cell for name, cell in row.items() if name != "review_by"} for row in rows]


# ---- writing


def _write(table: FactTable, publications: tuple[Row, ...]) -> Path:
    """Write the sources, then the edition, each whole or not at all; an edition never stands without its sources."""
    folder = own.facts_folder()
    path = own.own_file(table.name, table.edition)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            if path.exists():
                raise EditionExists(table=table.name, edition=table.edition)
            if publications:
                merged = own.own_sources() | {row["key"]: row for row in publications}
                _write_whole(folder / own.SOURCES, tuple(next(iter(sources().values()))), merged.values())
            _write_whole(path, tuple(table.about["columns"]), table.rows)
    except OSError as error:
        raise UnwritableFacts(path=folder, reason=error.strerror or type(error).__name__) from error
    read.cache_clear()
    return path


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one import at a time write here, where the system can lock files."""
    try:
        import fcntl
    except ImportError:  # Windows: a person importing twice in the same second is refused by the edition's name
        yield
        return
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write_whole(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        with unfinished.open("wb") as stream:
            stream.write(text.getvalue().encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
