"""The store: one folder per finished run, written whole or not at all. Layout: docs/reference/store.md.

``STORE_FOLDER/<owner>/<run>/`` holds the lines of a run and its manifest; names are public ids. While a run is being
calculated its folder is a hidden sibling, which becomes the real one in a single step when everything is in it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from keino.web.measurement.models import Run

MANIFEST = "manifest.json"
#: An unfinished folder this old belongs to a worker that is gone; a finished one without a run to a lost database.
SWEPT_AFTER_HOURS = 24


def name_of(run: Run) -> str:
    """Where a run's folder lies under the store."""
    owner = run.organisation or run.visit
    assert owner is not None
    return f"{owner.public_id}/{run.public_id}"


def folder_of(run: Run) -> Path:
    """A finished run's folder."""
    if not run.folder:
        raise LookupError("the run has no folder")
    return Path(settings.STORE_FOLDER) / run.folder


def has_lines(run: Run) -> bool:
    """Whether a finished run's lines are where they should be; without them its result can still be read."""
    return bool(run.folder) and (folder_of(run) / "lines.parquet").is_file()


def unfinished_folder(run: Run) -> Path:
    """A new hidden folder beside where the run's will be."""
    place = Path(settings.STORE_FOLDER) / name_of(run)
    folder = place.with_name(f".{place.name}-{uuid4().hex[:8]}")
    folder.mkdir(parents=True, mode=0o700)
    return folder


def put_in_place(unfinished: Path, run: Run) -> str:
    """Make a whole folder the run's; what an attempt that never finished left there goes. Returns its name.

    To be called while the run's row is locked, and only for a run that isn't finished.
    """
    name = name_of(run)
    place = Path(settings.STORE_FOLDER) / name
    if place.exists():
        place.rename(place.with_name(f".{place.name}-{uuid4().hex[:8]}"))  # swept later
    unfinished.rename(place)
    _flush(place.parent)
    return name


def seal(folder: Path) -> None:
    """Bring the files to the disk and make them read-only."""
    for path in folder.iterdir():
        path.chmod(0o400)
        _flush(path)
    _flush(folder)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def hashes_of(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a folder but the manifest, by name."""
    from keino.engine.manifest import sha256_of

    return {path.name: sha256_of(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST}


def write_json(content: dict[str, Any], path: Path) -> None:
    """Write a manifest; equal content gives equal bytes."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def damaged_files(run: Run) -> tuple[str, ...]:
    """Files of a finished run that are missing or not as they were written."""
    folder = folder_of(run)
    kept: dict[str, str] = (run.manifest or {}).get("store", {})
    found = hashes_of(folder) if folder.is_dir() else {}
    return tuple(sorted(name for name, sha256 in kept.items() if found.get(name) != sha256))


def sweep_store() -> int:
    """Delete folders that no run points to and that nobody is writing any more. Returns how many went."""
    oldest = timezone.now().timestamp() - SWEPT_AFTER_HOURS * 3600
    kept = set(Run.objects.exclude(folder="").values_list("folder", flat=True))
    gone = 0
    for owner in _owners():
        for folder in owner.iterdir():
            if f"{owner.name}/{folder.name}" not in kept and folder.stat().st_mtime < oldest:
                shutil.rmtree(folder)
                gone += 1
        if not any(owner.iterdir()):
            owner.rmdir()
    return gone


def _owners() -> Iterator[Path]:
    """Folders named by a public id: others (of ledgers) are not the sweeper's business."""
    store = Path(settings.STORE_FOLDER)
    for folder in store.iterdir() if store.is_dir() else ():
        try:
            UUID(folder.name)
        except ValueError:
            continue
        yield folder
