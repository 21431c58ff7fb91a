"""Files sent with answers: looked at by the virus scanner, stored under names of our own, deleted with their answer.

A file is stored before its row is written and deleted after its row is gone, so a process that is killed leaves at
worst a file without a row, which ``sweep_attachments`` deletes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from keino.web.base.file_names import shown_name
from keino.web.base.scanner import scan
from keino.web.surveys.form_errors import FileIsEmpty, FileKindNotTaken, FileTooLargeToAttach
from keino.web.surveys.models import Attachment, FormAnswer

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from keino.web.base.models import Person

LIMIT_MIB = 20
#: What people send to one another and open without running anything: no programs, pages or macros.
KINDS = ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "txt", "csv", "png", "jpg", "jpeg")
FOLDER = "form_answers"
#: A file without a row this old belongs to a request that is gone.
SWEPT_AFTER_HOURS = 24


@dataclass(frozen=True)
class Stored:
    """A file that lies in the storage and has no row yet."""

    name: str
    stored_as: str
    size_bytes: int
    sha256: str


def store_files(answer: FormAnswer, files: Mapping[str, UploadedFile]) -> dict[str, Stored]:
    """Look at all files, then store them. Raises FileTooLargeToAttach, FileKindNotTaken, FileIsEmpty, Infected, …"""
    for file in files.values():
        _require_taken(file)
    stored: dict[str, Stored] = {}
    try:
        for code, file in files.items():
            stored[code] = _store(answer, file)
    except BaseException:
        forget_stored(stored.values())
        raise
    return stored


def _require_taken(file: UploadedFile) -> None:
    name = shown_name(file.name or "", "file")
    if not file.size:
        raise FileIsEmpty(name=name)
    if file.size > LIMIT_MIB * 2**20:
        raise FileTooLargeToAttach(name=name, limit_mib=LIMIT_MIB)
    if PurePosixPath(name).suffix.lower().lstrip(".") not in KINDS:
        raise FileKindNotTaken(name=name, kinds=KINDS)


def _store(answer: FormAnswer, file: UploadedFile) -> Stored:
    name = shown_name(file.name or "", "file")
    digest = hashlib.sha256()
    with NamedTemporaryFile(prefix="keino-attachment-") as copy:
        for block in file.chunks():
            digest.update(block)
            copy.write(block)
        copy.flush()
        scan(Path(copy.name), name)
        copy.seek(0)
        stored_as = default_storage.save(f"{FOLDER}/{answer.public_id.hex}/{uuid.uuid4().hex}", File(copy))
    return Stored(name, stored_as, file.size or 0, digest.hexdigest())


def forget_stored(stored: Iterable[Stored]) -> None:
    """Delete files that get no row."""
    for each in stored:
        default_storage.delete(each.stored_as)


def keep_files(answer: FormAnswer, stored: Mapping[str, Stored], *, by: Person | None) -> dict[str, str]:
    """Give stored files their rows; returns question → public id. To be called in the transaction of the answer."""
    at = None if answer.form_version.form.is_anonymous else timezone.now()
    return {
        code: str(
            Attachment.objects.create(
                answer=answer,
                question_code=code,
                name=each.name,
                stored_as=each.stored_as,
                size_bytes=each.size_bytes,
                sha256=each.sha256,
                sent_by=by,
                sent_at=at,
            ).public_id
        )
        for code, each in stored.items()
    }


def drop_files(attachments: Iterable[Attachment]) -> None:
    """Delete rows now and their files once that is certain."""
    for each in list(attachments):
        _delete_on_commit(each.stored_as)
        each.delete()


def _delete_on_commit(stored_as: str) -> None:
    transaction.on_commit(lambda: default_storage.delete(stored_as))


def sweep_attachments() -> int:
    """Delete stored files that no row points to and that nobody is writing any more. Returns how many went."""
    oldest = timezone.now() - dt.timedelta(hours=SWEPT_AFTER_HOURS)
    kept = set(Attachment.objects.values_list("stored_as", flat=True))
    gone = 0
    for folder in _listed(FOLDER)[0]:
        for name in _listed(f"{FOLDER}/{folder}")[1]:
            stored_as = f"{FOLDER}/{folder}/{name}"
            if stored_as not in kept and default_storage.get_modified_time(stored_as) < oldest:
                default_storage.delete(stored_as)
                gone += 1
    return gone


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
