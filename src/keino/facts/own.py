"""The user's own fact tables: editions imported from a publisher's file, kept beside the package and never inside it.

They lie in ``$KEINO_FACTS``, or where this system keeps a program's data (``~/.local/share/keino/facts`` on Linux), in
the same form as in the package: ``<table>/<edition>.csv`` and one ``sources.csv``. Their editions and the keys of their
sources begin with ``own-``, so that no later edition of the package can take the same name (docs/decisions/0007).
"""

from __future__ import annotations

import csv
import io
import os
import re
import sys
from pathlib import Path

from keino.errors import FactsError

PREFIX = "own-"
SOURCES = "sources.csv"
_EDITION = re.compile(r"^own-\d{4}-[1-9]\d*$")
_TABLE = re.compile(r"^[a-z][a-z0-9_]*$")


class BrokenOwnFacts(FactsError):
    """A file in the folder of the user's own facts can't be read any more."""

    code = "broken_own_facts"
    template = (
        "Your own facts in {path} can't be read, so nothing was taken from them. Remove the file and import it again."
    )


def facts_folder() -> Path:
    """The folder of the user's own facts; it need not exist."""
    named = os.environ.get("KEINO_FACTS", "")
    return Path(named) if named else _data_folder() / "keino" / "facts"


def _data_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or _home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return _home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or _home() / ".local" / "share")


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # a user without a home, as in some containers, has no own facts unless KEINO_FACTS says where
        return Path()


def is_own(edition: str) -> bool:
    """Whether an edition is named as the user's own ones are: ``own-2026-1``."""
    return bool(_EDITION.match(edition))


def own_tables() -> tuple[str, ...]:
    """Names of the tables of which the user has own editions, in alphabetical order."""
    folder = facts_folder()
    names = (entry.name for entry in folder.iterdir() if entry.is_dir()) if folder.is_dir() else ()
    return tuple(sorted(name for name in names if own_editions(name)))


def own_editions(name: str) -> tuple[str, ...]:
    """The user's own editions of a table, oldest first; none for a table without."""
    folder = facts_folder() / name
    if not _TABLE.match(name) or not folder.is_dir():
        return ()
    stems = (entry.name.removesuffix(".csv") for entry in folder.iterdir() if entry.name.endswith(".csv"))
    return tuple(sorted((stem for stem in stems if is_own(stem)), key=_edition_order))


def _edition_order(edition: str) -> tuple[int, int]:
    year, number = edition.removeprefix(PREFIX).split("-")
    return int(year), int(number)


def own_file(name: str, edition: str) -> Path:
    """Where an own edition lies."""
    return facts_folder() / name / f"{edition}.csv"


def own_sources() -> dict[str, dict[str, str]]:
    """Publications behind the user's own editions by key, with the columns of the package's ``sources.csv``."""
    path = facts_folder() / SOURCES
    return {row["key"]: row for row in own_rows(path, own_bytes(path))} if path.is_file() else {}


def own_bytes(path: Path) -> bytes:
    """The content of an own file. Raises BrokenOwnFacts when it can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BrokenOwnFacts(path=path) from error


def own_rows(path: Path, content: bytes) -> list[dict[str, str]]:
    """Rows of an own file with this content. Raises BrokenOwnFacts when it is no longer what keino wrote."""
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BrokenOwnFacts(path=path) from error
    if any(None in row or None in row.values() for row in rows):
        raise BrokenOwnFacts(path=path)
    return rows
