"""Write a backup while the site runs."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from keino import __version__
from keino.web.operations.backup import archive, tables


def write_backup(path: Path) -> dict[str, Any]:
    """Write everything that the site keeps into one file; returns its manifest.

    The database is read in one moment. Files never change once they are whole, so those that the database names are the
    same before and after; uploads that come in meanwhile are not in the backup, or without their last pieces, which the
    sender's browser sends again.
    """
    entries: dict[str, archive.Entry] = {}
    described: dict[str, Any] = {}
    beside = path.with_name(f".{path.name.partition('.')[0]}.{os.getpid()}{''.join(path.suffixes)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)  # it holds everything: for its owner only
    os.close(descriptor)
    try:
        with archive.writing(beside) as tar:
            with tables.one_moment():
                nodes = tables.applied()
                for model in tables.tables_at(nodes):
                    name = tables.table_of(model)
                    rows, entry = _add_table(tar, model)
                    entries[f"{archive.TABLES}/{name}.jsonl"] = entry
                    columns = tables.columns_of(model)
                    described[name] = {"rows": rows, "sha256": entry.sha256, "columns": columns}
            for name, stream, size in _all_files():
                with stream:
                    entries[name] = archive.add(tar, name, stream, size)
            manifest = {
                "format": archive.FORMAT,
                "keino": __version__,
                "made_at": timezone.now().isoformat(),
                "database": connection.vendor,
                "migrations": nodes,
                "tables": described,
                "files": {name: asdict(entry) for name, entry in entries.items()},
            }
            text = json.dumps(manifest, indent=1).encode()
            archive.add(tar, archive.MANIFEST, io.BytesIO(text), len(text))
        beside.rename(path)
    finally:
        beside.unlink(missing_ok=True)
    return manifest


def _add_table(tar: Any, model: tables.Model) -> tuple[int, archive.Entry]:
    rows = 0
    with TemporaryFile() as text:
        for line in tables.rows_of(model):
            text.write(line)
            rows += 1
        size = text.tell()
        text.seek(0)
        return rows, archive.add(tar, f"{archive.TABLES}/{tables.table_of(model)}.jsonl", text, size)


def _all_files() -> Iterator[tuple[str, IO[bytes], int]]:
    """Uploaded files, the store and the key, with their sizes of now."""
    for name in sorted(stored_files()):
        try:
            stream = default_storage.open(name)
            yield f"{archive.FILES}/{name}", stream, default_storage.size(name)
        except FileNotFoundError:
            continue  # its time was over between the list and here
    for path in sorted(store_files()):
        try:
            opened = path.open("rb")
        except FileNotFoundError:
            continue
        yield f"{archive.STORE}/{path.relative_to(settings.STORE_FOLDER).as_posix()}", opened, path.stat().st_size
    key = Path(settings.DATA_FOLDER, "secret-key")
    if key.is_file():
        yield archive.KEY, key.open("rb"), key.stat().st_size


def stored_files(folder: str = "") -> Iterator[str]:
    """Names of all files in the storage of uploads."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        yield f"{folder}/{name}".lstrip("/")
    for inner in folders:
        yield from stored_files(f"{folder}/{inner}".lstrip("/"))


def store_files() -> Iterator[Path]:
    """Finished files of the store; a folder that begins with a dot is one that is being made."""
    root = Path(settings.STORE_FOLDER)
    for path in root.rglob("*") if root.is_dir() else ():
        inside = path.relative_to(root)
        if path.is_file() and not path.is_symlink() and not any(part.startswith(".") for part in inside.parts):
            yield path


def checksums() -> dict[str, str]:
    """SHA-256 of every table and file: equal before a backup and after its restoration."""
    from hashlib import file_digest, sha256

    found = {}
    with tables.one_moment():
        for model in tables.tables_at(tables.applied()):
            rows, digest = tables.checksums(model)
            found[f"{archive.TABLES}/{tables.table_of(model)}"] = f"{rows} {digest}"
    for name in sorted(stored_files()):
        with default_storage.open(name) as stream:
            digest_of = sha256()
            for block in stream.chunks(2**20):
                digest_of.update(block)
            found[f"{archive.FILES}/{name}"] = digest_of.hexdigest()
    for path in sorted(store_files()):
        with path.open("rb") as opened:
            inside = path.relative_to(settings.STORE_FOLDER).as_posix()
            found[f"{archive.STORE}/{inside}"] = file_digest(opened, "sha256").hexdigest()
    return found
