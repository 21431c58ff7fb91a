"""Files arrive in pieces: start a file, send its pieces in order, finish it. Pages and the API use the same three.

    file = start_file(ledger, name="ostot.csv", size=17_000_000, by=person)
    receive_piece(file, offset=file.received_bytes, stream=piece, by=person)     # until received_bytes == size_bytes
    finish_file(file, sha256="…", by=person)

Each may be repeated. Starting the same name and size again gives the file that is still being sent, with
``received_bytes`` where to go on; a piece that has come already is taken note of and not stored twice; a finished file
stays finished. A piece is first stored under a name of its own and then added to the row in one statement, so a process
that is killed at any line leaves a file that can be gone on with. Names in the storage are made of public ids only.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Protocol

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.errors import NotAllowedNow
from keino.web.base.file_names import shown_name
from keino.web.measurement.choices import TAKES_FILES, FileState
from keino.web.measurement.files import folder_of, forget_stored
from keino.web.measurement.models import Ledger, LedgerFile
from keino.web.measurement.services.joining import join_file
from keino.web.measurement.services.upload_errors import (
    FileTooLarge,
    NotAllReceived,
    PieceTooLarge,
    TooManyFiles,
    VisitFull,
    WrongOffset,
    room_for,
)

if TYPE_CHECKING:
    from keino.web.base.models import Person

_BLOCK_BYTES = 2**20
#: Largest ledger file of a visit without an account.
VISIT_LIMIT_BYTES = 200 * 2**20
#: A ledger of more files than this is sent as one file.
MOST_FILES = 500

#: A larger file is put together in the background: at about 200 MB/s, whoever sends it would wait for seconds.
JOINED_AT_ONCE_BYTES = 64 * 2**20
#: How long a file that was begun waits for its rest.
KEPT_UNFINISHED = timedelta(days=7)


class Readable(Protocol):
    """Whatever gives bytes: a request, an uploaded file."""

    def read(self, size: int = ..., /) -> bytes:
        """Return at most ``size`` bytes, b"" at the end."""


def start_file(ledger: Ledger, *, name: str, size: int, by: Person | None) -> LedgerFile:
    """Begin a file of ``size`` bytes, or find the one of that name and size that is still being sent.

    Raises FileTooLarge, TooManyFiles, NotAllowedNow.
    """
    shown = shown_name(name)
    limit = limit_of(ledger)
    if not 0 <= size <= limit:
        raise FileTooLarge(name=shown, limit_mib=limit // 2**20)
    with transaction.atomic(), acting(by):
        kept = Ledger.objects.select_for_update().get(pk=ledger.pk)
        if kept.state not in TAKES_FILES:
            raise NotAllowedNow(state=str(kept.get_state_display()))
        begun = kept.files.filter(name=shown, size_bytes=size, state=FileState.RECEIVING).order_by("pk").first()
        if begun is not None:
            return begun
        _require_room(kept, shown, size)
        return LedgerFile.objects.create(ledger=kept, name=shown, size_bytes=size)


def _require_room(ledger: Ledger, name: str, size: int) -> None:
    if ledger.files.count() >= MOST_FILES:
        raise TooManyFiles(limit=MOST_FILES)
    if ledger.visit_id:
        others = LedgerFile.objects.filter(ledger__visit=ledger.visit_id).aggregate(bytes=Sum("size_bytes"))["bytes"]
        if (others or 0) + size > limit_of(ledger):
            raise VisitFull(name=name, limit_mib=limit_of(ledger) // 2**20)


def limit_of(ledger: Ledger) -> int:
    """The largest file that this ledger takes, in bytes."""
    return min(settings.UPLOAD_LIMIT_BYTES, VISIT_LIMIT_BYTES) if ledger.visit_id else settings.UPLOAD_LIMIT_BYTES


def receive_piece(file: LedgerFile, *, offset: int, stream: Readable, by: Person | None) -> int:
    """Add the piece that begins at byte ``offset``; return how many bytes have come in all.

    Raises WrongOffset (its ``expected`` says where to go on), PieceTooLarge, StorageFull, NotAllowedNow.
    """
    file.refresh_from_db(fields=["received_bytes", "state", "pieces", "size_bytes"])
    if file.state != FileState.RECEIVING:
        if offset < file.size_bytes == file.received_bytes:
            return file.received_bytes  # the last answer was lost, and the file has been finished since
        raise NotAllowedNow(state=str(file.get_state_display()))
    if offset > file.received_bytes or offset < 0:
        raise WrongOffset(name=file.name, expected=file.received_bytes)
    with TemporaryFile() as piece, room_for(file):
        length = _copied(file, stream, piece)
        if offset + length > file.size_bytes:
            raise PieceTooLarge(name=file.name)
        if offset < file.received_bytes or not length:
            return _repeated(file, offset, length)
        piece.seek(0)
        stored = default_storage.save(f"{folder_of(file)}/{uuid.uuid4().hex}", File(piece))
    added = LedgerFile.objects.filter(pk=file.pk, state=FileState.RECEIVING, received_bytes=offset).update(
        received_bytes=offset + length, pieces=[*file.pieces, stored]
    )
    file.refresh_from_db(fields=["received_bytes", "state", "pieces"])
    if not added:  # the same piece came a second time, at the same moment
        default_storage.delete(stored)
        return _repeated(file, offset, length)
    return file.received_bytes


def _repeated(file: LedgerFile, offset: int, length: int) -> int:
    """A piece that lies within what has come is taken note of; one that reaches beyond begins at the wrong place."""
    if offset + length <= file.received_bytes:
        return file.received_bytes
    raise WrongOffset(name=file.name, expected=file.received_bytes)


def _copied(file: LedgerFile, stream: Readable, piece: IO[bytes]) -> int:
    """Copy one piece to ``piece`` and return its length."""
    length = 0
    while block := stream.read(_BLOCK_BYTES):
        length += len(block)
        if length > settings.UPLOAD_PIECE_BYTES:
            raise PieceTooLarge(name=file.name)
        piece.write(block)
    return length


def receive_whole(ledger: Ledger, *, name: str, size: int, stream: Readable, by: Person | None) -> LedgerFile:
    """Take a whole file at once, as a form without JavaScript sends it: start, all pieces, finish.

    ``stream`` is read from its beginning; where the file was begun before, what has come is passed over.
    """
    file = start_file(ledger, name=name, size=size, by=by)
    offset = 0
    while offset < file.size_bytes:
        piece = _Part(stream, min(settings.UPLOAD_PIECE_BYTES, file.size_bytes - offset))
        if offset + piece.left <= file.received_bytes:
            offset += piece.pass_over()
            continue
        receive_piece(file, offset=offset, stream=piece, by=by)
        offset += piece.taken
        if not piece.taken:
            break
    return finish_file(file, by=by)


class _Part:
    """The next bytes of a stream, at most ``left``."""

    def __init__(self, stream: Readable, left: int) -> None:
        self.stream, self.left, self.taken = stream, left, 0

    def read(self, size: int = _BLOCK_BYTES, /) -> bytes:
        block = self.stream.read(min(size, self.left))
        self.left -= len(block)
        self.taken += len(block)
        return block

    def pass_over(self) -> int:
        while self.read():
            pass
        return self.taken


def finish_file(file: LedgerFile, *, sha256: str | None = None, by: Person | None) -> LedgerFile:
    """Make one file of the pieces. With ``sha256`` (hex) the bytes must be the sender's.

    A large file only says that all of it has come (CHECKING): its pieces are put together and compared in the
    background, before it is read. Raises NotAllReceived, ChecksumDiffers (the file begins anew at byte 0).
    """
    file.refresh_from_db()
    if file.state != FileState.RECEIVING:
        return file
    if file.received_bytes != file.size_bytes:
        raise NotAllReceived(name=file.name, received=file.received_bytes, size=file.size_bytes)
    if file.size_bytes <= JOINED_AT_ONCE_BYTES:
        return join_file(file, sha256=sha256, by=by)
    with transaction.atomic(), acting(by):
        kept = LedgerFile.objects.select_for_update().get(pk=file.pk)
        if kept.state == FileState.RECEIVING and kept.received_bytes == kept.size_bytes:
            kept.state, kept.sha256 = FileState.CHECKING, (sha256 or "").strip().lower()[:64]
            kept.save(update_fields=["state", "sha256"])
    return kept


def remove_file(file: LedgerFile, *, by: Person | None) -> None:
    """Take a file, and the rows that were mended in it, out of a ledger that isn't confirmed yet."""
    with transaction.atomic(), acting(by):
        ledger = Ledger.objects.select_for_update().get(pk=file.ledger_id)
        if ledger.state not in TAKES_FILES:
            raise NotAllowedNow(state=str(ledger.get_state_display()))
        gone = [*file.mended_files.all(), file]
        for each in gone:
            each.delete()
        transaction.on_commit(lambda: _forget_all(gone))


def _forget_all(files: list[LedgerFile]) -> None:
    for file in files:
        forget_stored(file)


def retire_unfinished() -> int:
    """Delete uploads that nobody went on with for a week. Returns how many went."""
    old = LedgerFile.objects.filter(
        state=FileState.RECEIVING, created_at__lt=timezone.now() - KEPT_UNFINISHED
    ).select_related("ledger")
    gone = list(old)
    for file in gone:
        file.delete()
        forget_stored(file)
    return len(gone)
