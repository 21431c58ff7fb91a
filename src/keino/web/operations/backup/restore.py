"""Restore a backup: everything is unpacked and checked beside the site first, then put in place in one step.

SQLite: the new database is a file of its own that takes the place of the old one. PostgreSQL: one transaction. Files
and store are folders that change places. What was there before is kept beside as ``….before-<time>`` until the keeper
deletes it; on PostgreSQL the old database is in the backup that one makes before.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from keino.errors import UsageError, mark
from keino.web.base.models import Person, WorkerBeat
from keino.web.operations.backup import archive, tables
from keino.web.operations.backup.write import stored_files


class SiteNotEmpty(UsageError):
    """There is a site already."""

    code = "site_not_empty"
    template = mark(
        "This site has people or files already, so nothing was restored. To put the backup in their place: --replace. "
        "Make a backup of what is here first."
    )


class SiteRuns(UsageError):
    """Processes of the site are alive."""

    code = "site_runs"
    template = mark("The site is running ({workers}), so nothing was restored. Stop it first: web server and workers.")


def restore(path: Path, *, replace: bool = False) -> dict[str, Any]:
    """Put a backup in place; returns its manifest. Raises BadBackup, SiteNotEmpty, SiteRuns; then nothing changed."""
    _must_be_stopped()
    if not replace and _has_something():
        raise SiteNotEmpty
    data = Path(settings.DATA_FOLDER)
    data.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(prefix=".restore-", dir=data))
    try:
        manifest = archive.unpack(path, beside)
        nodes: tables.Nodes = [(app, name) for app, name in manifest["migrations"]]
        if newer := tables.unknown(nodes):
            raise archive.BadBackup(
                path=path.name, reason=f"a newer keino made it ({manifest['keino']}; {newer[0][0]}.{newer[0][1]})"
            )
        with _database_replaced(beside):
            _fill(nodes, manifest, beside, path)
            _put_files(beside)
        _put_key(beside)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return manifest


def _must_be_stopped() -> None:
    try:
        alive = WorkerBeat.objects.filter(beat_at__gte=timezone.now() - timedelta(seconds=15))
        names = ", ".join(alive.values_list("name", flat=True))
    except DatabaseError:
        return  # no tables yet: nothing runs on them
    if names:
        raise SiteRuns(workers=names)


def _has_something() -> bool:
    try:
        people = Person.objects.exists()
    except DatabaseError:
        people = False
    return people or next(iter(stored_files()), None) is not None


# ---- the database


def _fill(nodes: tables.Nodes, manifest: dict[str, Any], beside: Path, path: Path) -> None:
    tables.migrate_to(nodes)
    found = tables.tables_at(nodes)
    with transaction.atomic():
        tables.clear(found)
        for model in found:
            name = tables.table_of(model)
            about = manifest["tables"].get(name)
            if about is None:
                raise archive.BadBackup(path=path.name, reason=f"the table {name} is missing in it")
            with (beside / archive.TABLES / f"{name}.jsonl").open("rb") as stream:
                rows = tables.load(model, about["columns"], tables.read_lines(stream))
            if rows != about["rows"]:
                raise archive.BadBackup(path=path.name, reason=f"the table {name} has {rows} rows, not {about['rows']}")
        tables.settle(found)
    tables.migrate_to_newest()


@contextmanager
def _database_replaced(beside: Path) -> Iterator[None]:
    """Inside, the connection is to an empty database; it takes the old one's place when all went well."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            tables.drop_everything()
            yield
        return
    place = str(connection.settings_dict["NAME"])
    new = str(beside / "database.sqlite3")
    connection.close()
    connection.settings_dict["NAME"] = new
    try:
        yield
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = place
    _take_place(Path(new), Path(place))


def _take_place(new: Path, place: Path) -> None:
    """The new file comes, the old one steps aside with its journal, so that no journal meets the wrong file."""
    before = _before(place)
    for end in ("", "-wal", "-shm"):
        old = place.with_name(place.name + end)
        if old.exists():
            old.rename(before.with_name(before.name + end))
    new.rename(place)


def _before(place: Path) -> Path:
    return place.with_name(f"{place.name}.before-{timezone.now():%Y%m%dT%H%M%S%f}")


# ---- files


def _put_files(beside: Path) -> None:
    _swap(beside / archive.STORE, Path(settings.STORE_FOLDER))
    if isinstance(storages["default"], FileSystemStorage):
        _swap(beside / archive.FILES, Path(default_storage.path("")))
        return
    root = beside / archive.FILES
    for source in sorted(root.rglob("*")) if root.is_dir() else ():
        if source.is_file():
            name = source.relative_to(root).as_posix()
            default_storage.delete(name)
            with source.open("rb") as stream:
                default_storage.save(name, File(stream))


def _swap(new: Path, place: Path) -> None:
    new.mkdir(exist_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir() and not any(place.iterdir()):
        place.rmdir()
    elif place.exists():
        place.rename(_before(place))
    try:
        new.rename(place)
    except OSError:  # another disk
        shutil.copytree(new, place)


def _put_key(beside: Path) -> None:
    new = beside / archive.KEY
    if new.is_file():
        os.replace(new, Path(settings.DATA_FOLDER, "secret-key"))  # noqa: PTH105  # over the old one
