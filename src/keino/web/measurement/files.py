"""Where a ledger's bytes lie, and how the engine gets them: paths on this machine under the names of their senders.

In the file storage a file lies in ``ledgers/<ledger>/<file>/``, names made of public ids; what the engine wrote about
it (rejected rows) lies in a folder of the same name under the store. What a sender called a file is shown, never used
as a path.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import default_storage

from keino.web.base.file_names import shown_name
from keino.web.measurement.choices import FileState
from keino.web.measurement.models import Ledger, LedgerFile

if TYPE_CHECKING:
    from keino.engine.ingest.reading import ReadOptions


@dataclass(frozen=True)
class LedgerInput:
    """One stored file: its row, where it can be read, and what its organisation said about how to read it."""

    file: LedgerFile
    path: Path
    read: ReadOptions


def folder_of(file: LedgerFile) -> str:
    """Where a file lies in the storage, and under the store."""
    return f"ledgers/{file.ledger.public_id.hex}/{file.public_id.hex}"


def forget_stored(file: LedgerFile, *, but: str = "") -> None:
    """Delete what lies in a file's folder of the storage, except ``but``, and what the engine kept when nothing is."""
    forget_folder(folder_of(file), but=but)


def forget_ledger(ledger: Ledger) -> None:
    """Delete everything stored of a ledger."""
    forget_folder(f"ledgers/{ledger.public_id.hex}")


def forget_folder(folder: str, *, but: str = "") -> None:
    """Delete a folder of the storage and of the store, except the one file ``but``."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        folders, names = [], []
    for name in folders:
        forget_folder(f"{folder}/{name}", but=but)
    for name in names:
        if f"{folder}/{name}" != but:
            default_storage.delete(f"{folder}/{name}")
    if not but:
        default_storage.delete(folder)
        shutil.rmtree(settings.STORE_FOLDER / folder, ignore_errors=True)


@contextmanager
def ledger_inputs(
    ledgers: Iterable[Ledger], *, states: Iterable[str] = (FileState.READ,)
) -> Iterator[list[LedgerInput]]:
    """The files of these ledgers that were read, in a folder that is gone afterwards; bytes are linked where possible.

    Only files that were read have been seen by the virus scanner.
    """
    with TemporaryDirectory(prefix="keino-ledgers-") as folder:
        files = LedgerFile.objects.filter(ledger__in=list(ledgers), state__in=tuple(states)).order_by("pk")
        yield [
            LedgerInput(file, placed(file, Path(folder, str(number))), read_options(file))
            for number, file in enumerate(files.select_related("ledger"))
        ]


@contextmanager
def one_input(file: LedgerFile) -> Iterator[Path]:
    """One stored file under its sender's name."""
    with TemporaryDirectory(prefix="keino-ledger-") as folder:
        yield placed(file, Path(folder, "file"))


def placed(file: LedgerFile, folder: Path) -> Path:
    """The file's bytes in a new ``folder``: a link where the storage has paths, else a copy."""
    folder.mkdir()
    path = folder / shown_name(file.name)
    try:
        path.symlink_to(default_storage.path(file.stored_as))
    except NotImplementedError:  # a storage without paths: fetch the bytes
        with default_storage.open(file.stored_as) as source, path.open("wb") as target:
            shutil.copyfileobj(source, target, 2**20)
    return path


def read_options(file: LedgerFile) -> ReadOptions:
    """How the file is read: by the mapping it was last read with, in the ledger's year."""
    from keino.engine.ingest.mapping_file import mapping_from_text
    from keino.engine.ingest.reading import ReadOptions

    mapping = mapping_from_text(file.mapping_content) if file.mapping_content else None
    return ReadOptions(mapping=mapping, year=file.ledger.ledger_year)
