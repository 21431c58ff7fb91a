"""A ledger's files as the engine wants them: paths on this machine under the names that their senders gave them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage

from keino.web.measurement.models import Ledger, LedgerFile

if TYPE_CHECKING:
    from keino.engine.ingest.reading import ReadOptions


@dataclass(frozen=True)
class LedgerInput:
    """One stored file: its row, where it can be read, and what its organisation said about how to read it."""

    file: LedgerFile
    path: Path
    read: ReadOptions


def shown_name(name: str) -> str:
    """A sent file name without folders and control characters, at most 200 characters; never empty."""
    last = PureWindowsPath(PurePosixPath(name.replace("\0", "")).name).name
    clean = "".join(character for character in last if character.isprintable()).strip().strip(".")
    return clean[-200:] or "ledger"


@contextmanager
def ledger_inputs(ledgers: Iterable[Ledger]) -> Iterator[list[LedgerInput]]:
    """The received files of these ledgers, in a folder that is gone afterwards; bytes are linked where that works."""
    with TemporaryDirectory(prefix="keino-ledgers-") as folder:
        files = LedgerFile.objects.filter(ledger__in=list(ledgers), state__in=("received", "read")).order_by("pk")
        yield [
            LedgerInput(file, _placed(file, Path(folder, str(number))), _read_options(file))
            for number, file in enumerate(files.select_related("ledger", "mapping"))
        ]


def _placed(file: LedgerFile, folder: Path) -> Path:
    folder.mkdir()
    path = folder / shown_name(file.name)
    try:
        path.symlink_to(default_storage.path(file.stored_as))
    except NotImplementedError:  # a storage without paths: fetch the bytes
        with default_storage.open(file.stored_as) as source, path.open("wb") as target:
            shutil.copyfileobj(source, target, 2**20)
    return path


def _read_options(file: LedgerFile) -> ReadOptions:
    from keino.engine.ingest.mapping_file import mapping_from_text
    from keino.engine.ingest.reading import ReadOptions

    mapping = mapping_from_text(file.mapping.content) if file.mapping else None
    return ReadOptions(mapping=mapping, year=file.ledger.ledger_year)
