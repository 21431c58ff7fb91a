"""The pieces of a file that has come whole are made one file, compared with what was sent, and kept once.

Small files are joined where they end; large ones by the work that reads their ledger. Both may be repeated.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction

from keino.errors import KeinoError
from keino.web.base.audit import acting
from keino.web.base.errors import as_data
from keino.web.measurement.choices import FileState
from keino.web.measurement.files import folder_of, forget_stored
from keino.web.measurement.models import Ledger, LedgerFile
from keino.web.measurement.services.upload_errors import AlreadyInLedger, ChecksumDiffers, room_for

if TYPE_CHECKING:
    from keino.web.base.models import Person

_BLOCK_BYTES = 2**20
_WHOLE = (FileState.RECEIVING, FileState.CHECKING)


def join_file(file: LedgerFile, *, sha256: str | None, by: Person | None) -> LedgerFile:
    """Make one file of pieces that have all come. Bytes that are in the ledger already are refused, not kept twice.

    Raises ChecksumDiffers (the file begins anew at byte 0), StorageFull.
    """
    try:
        with room_for(file):
            stored, digest = _joined(file)
    except FileNotFoundError:  # a second request has finished it and tidied the pieces away
        file.refresh_from_db()
        if file.state in _WHOLE:
            raise
        return file
    if sha256 and sha256.lower() != digest:
        _begin_anew(file)
        raise ChecksumDiffers(name=file.name)
    other = _same_in_ledger(file, digest)
    with transaction.atomic(), acting(by):
        kept = LedgerFile.objects.select_for_update().get(pk=file.pk)
        if kept.state not in _WHOLE:
            return kept  # finished by a second request meanwhile; what this one joined is swept up with the rest
        kept.sha256, kept.pieces = digest, []
        kept.state, kept.stored_as = FileState.RECEIVED, stored
        if other is not None:
            kept.state, kept.stored_as = FileState.REFUSED, ""
            kept.error = as_data(AlreadyInLedger(name=kept.name, other=other.name))
        kept.save()
        transaction.on_commit(lambda: forget_stored(kept, but=kept.stored_as))
    return kept


def join_waiting(ledger: Ledger, *, by: Person | None, tell: Callable[[LedgerFile], None]) -> None:
    """Join the large files of a ledger. One that can't be kept says why on its page; the others go on."""
    waiting = ledger.files.filter(state=FileState.CHECKING).select_related("ledger").order_by("pk")
    for file in list(waiting):
        tell(file)
        try:
            join_file(file, sha256=file.sha256, by=by)
        except ChecksumDiffers as error:
            _refuse(file, error, by)


def _refuse(file: LedgerFile, error: KeinoError, by: Person | None) -> None:
    with transaction.atomic(), acting(by):
        kept = LedgerFile.objects.select_for_update().get(pk=file.pk)
        kept.state, kept.error = FileState.REFUSED, as_data(error)
        kept.sha256, kept.pieces, kept.received_bytes = "", [], kept.size_bytes
        kept.save()


def _joined(file: LedgerFile) -> tuple[str, str]:
    """Store the pieces as one file; return its name in the storage and its SHA-256. One piece is the file already."""
    digest = hashlib.sha256()
    if len(file.pieces) == 1:
        for block in _blocks(file.pieces):
            digest.update(block)
        return file.pieces[0], digest.hexdigest()
    with TemporaryUploadedFile(file.public_id.hex, None, file.size_bytes, None) as whole:
        for block in _blocks(file.pieces):
            digest.update(block)
            whole.write(block)
        whole.flush()
        whole.seek(0)
        return default_storage.save(f"{folder_of(file)}/{uuid.uuid4().hex}", whole), digest.hexdigest()


def _blocks(pieces: list[str]) -> Iterator[bytes]:
    for name in pieces:
        with default_storage.open(name) as piece:
            while block := piece.read(_BLOCK_BYTES):
                yield block


def _begin_anew(file: LedgerFile) -> None:
    LedgerFile.objects.filter(pk=file.pk, state__in=_WHOLE).update(received_bytes=0, pieces=[])
    forget_stored(file)


def _same_in_ledger(file: LedgerFile, digest: str) -> LedgerFile | None:
    """A file of the same bytes in the same ledger, kept and not the rows of a mending."""
    return (
        LedgerFile.objects.filter(ledger=file.ledger_id, sha256=digest, mends=None)
        .exclude(pk=file.pk)
        .exclude(state__in=(FileState.REFUSED, *_WHOLE))
        .order_by("pk")
        .first()
    )
