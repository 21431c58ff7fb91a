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

import errno
import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Protocol

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from keino.errors import KeinoError
from keino.web.base.audit import acting
from keino.web.base.errors import NotAllowedNow, as_data
from keino.web.measurement.choices import TAKES_FILES, FileState
from keino.web.measurement.files import folder_of, forget_stored, shown_name
from keino.web.measurement.models import Ledger, LedgerFile

if TYPE_CHECKING:
    from keino.web.base.models import Person

_BLOCK_BYTES = 2**20
#: Largest ledger file of a visit without an account.
VISIT_LIMIT_BYTES = 200 * 2**20
#: A ledger of more files than this is sent as one file.
MOST_FILES = 500

#: How long a file that was begun waits for its rest.
KEPT_UNFINISHED = timedelta(days=7)


class Readable(Protocol):
    """Whatever gives bytes: a request, an uploaded file."""

    def read(self, size: int = ..., /) -> bytes:
        """Return at most ``size`` bytes, b"" at the end."""


class FileTooLarge(KeinoError):
    """A file beyond the site's limit."""

    code = "file_too_large"
    template = (
        "{name} is larger than the site takes ({limit_mib} MiB), so it was not sent. Export the ledger in parts, for "
        "example one year at a time, or save it as CSV or Parquet."
    )


class VisitFull(KeinoError):
    """More than a visit without an account takes."""

    code = "visit_full"
    template = (
        "Without an account the site takes {limit_mib} MiB in all, and {name} would be more, so it was not sent. Make "
        "an account to use larger ledgers."
    )


class TooManyFiles(KeinoError):
    """A ledger of too many files."""

    code = "too_many_files"
    template = "A ledger takes at most {limit} files. What was sent is kept. Put the rest into another ledger."


class WrongOffset(KeinoError):
    """A piece that doesn't begin where the last one ended."""

    code = "wrong_offset"
    template = "{name} has come as far as byte {expected}. Nothing was lost: go on from there."

    @property
    def expected(self) -> int:
        """Where the next piece begins."""
        return int(str(self.values["expected"]))


class PieceTooLarge(KeinoError):
    """A piece that is larger than agreed, or goes beyond the end of its file."""

    code = "piece_too_large"
    template = "A piece of {name} was larger than agreed and was not kept. Send {name} again from the beginning."


class NotAllReceived(KeinoError):
    """The file is finished before all of it has come."""

    code = "not_all_received"
    template = "Of {name} {received} of {size} bytes have come. Nothing was lost: send the rest."


class ChecksumDiffers(KeinoError):
    """The bytes that came are not the bytes that were sent."""

    code = "checksum_differs"
    template = (
        "{name} changed on its way, or while it was being sent, so it was not kept. Your own file is untouched: send "
        "it again."
    )


class AlreadyInLedger(KeinoError):
    """The same bytes twice in one ledger would be counted twice."""

    code = "already_in_ledger"
    template = (
        "{name} is the same file as {other}, which is in this ledger already. It was left out, so that nothing is "
        "counted twice. If it should be another file, choose the right one."
    )


class StorageFull(KeinoError):
    """No room is left where files are kept."""

    code = "storage_full"
    template = (
        "The site has no room left for {name}. What has come so far is kept. Tell the site's keeper, and go on later "
        "with the same file."
    )


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
    with TemporaryFile() as piece, _room_for(file):
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


@contextmanager
def _room_for(file: LedgerFile) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageFull(name=file.name) from error
        raise


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

    Raises NotAllReceived, ChecksumDiffers (the file begins anew at byte 0), AlreadyInLedger (the file is refused).
    """
    file.refresh_from_db()
    if file.state != FileState.RECEIVING:
        return file
    if file.received_bytes != file.size_bytes:
        raise NotAllReceived(name=file.name, received=file.received_bytes, size=file.size_bytes)
    try:
        with _room_for(file):
            stored, digest = _joined(file)
    except FileNotFoundError:  # a second request has finished it and tidied the pieces away
        file.refresh_from_db()
        if file.state == FileState.RECEIVING:
            raise
        return file
    if sha256 and sha256.lower() != digest:
        _begin_anew(file)
        raise ChecksumDiffers(name=file.name)
    other = _same_in_ledger(file, digest)
    with transaction.atomic(), acting(by):
        kept = LedgerFile.objects.select_for_update().get(pk=file.pk)
        if kept.state != FileState.RECEIVING:
            return kept  # finished by a second request meanwhile; what this one joined is swept up with the rest
        kept.sha256, kept.pieces = digest, []
        kept.state, kept.stored_as = FileState.RECEIVED, stored
        if other is not None:
            kept.state, kept.stored_as = FileState.REFUSED, ""
            kept.error = as_data(AlreadyInLedger(name=kept.name, other=other.name))
        kept.save()
        transaction.on_commit(lambda: forget_stored(kept, but=kept.stored_as))
    return kept


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
    LedgerFile.objects.filter(pk=file.pk, state=FileState.RECEIVING).update(received_bytes=0, pieces=[])
    forget_stored(file)


def _same_in_ledger(file: LedgerFile, digest: str) -> LedgerFile | None:
    """A file of the same bytes in the same ledger, kept and not the rows of a mending."""
    return (
        LedgerFile.objects.filter(ledger=file.ledger_id, sha256=digest, mends=None)
        .exclude(pk=file.pk)
        .exclude(state__in=(FileState.REFUSED, FileState.RECEIVING))
        .order_by("pk")
        .first()
    )


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
