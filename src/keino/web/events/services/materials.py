"""Materials and recordings: taken in, shown when somebody chooses so, taken away.

A file is stored before its row is written and deleted after its row is gone, so a process that is killed leaves at
worst a file without a row, which ``sweep_materials`` deletes.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path, PurePath
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.file_names import shown_name
from keino.web.base.scanner import scan
from keino.web.events.choices import MaterialKind
from keino.web.events.errors import FileNotTaken
from keino.web.events.models import Event, Material

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from keino.web.base.models import Person

FOLDER = "event-materials"
MOST_MB = 50
#: A file without a row this old belongs to a request that is gone.
SWEPT_AFTER = dt.timedelta(hours=24)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
#: What is taken, as what it is given out, and how it begins: nothing that a browser would run.
KINDS = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".pptx": (_OFFICE + "presentationml.presentation", b"PK"),
    ".docx": (_OFFICE + "wordprocessingml.document", b"PK"),
    ".xlsx": (_OFFICE + "spreadsheetml.sheet", b"PK"),
    ".odp": (_OPEN + "presentation", b"PK"),
    ".odt": (_OPEN + "text", b"PK"),
    ".ods": (_OPEN + "spreadsheet", b"PK"),
    ".csv": ("text/csv", b""),
    ".txt": ("text/plain", b""),
    ".png": ("image/png", b"\x89PNG"),
    ".jpg": ("image/jpeg", b"\xff\xd8"),
    ".jpeg": ("image/jpeg", b"\xff\xd8"),
}


def add_link(
    event: Event, *, title: str, link: str, kind: str = MaterialKind.LINK, publish: bool, by: Person
) -> Material:
    """Add a link, or a recording that is kept elsewhere; the same one twice is one."""
    with transaction.atomic(), acting(by, act="event_material_added"):
        Event.objects.select_for_update().get(pk=event.pk)
        return Material.objects.get_or_create(
            event=event,
            link=link,
            kind=kind,
            defaults={"title": title, "added_by": by, "published_at": timezone.now() if publish else None},
        )[0]


def add_file(event: Event, *, title: str, file: UploadedFile, publish: bool, by: Person) -> Material:
    """Keep a file. Raises FileNotTaken for a kind or size that isn't taken, Infected and ScannerFailed."""
    name = shown_name(file.name or "", "file")
    stored = _store(file, name)
    try:
        with transaction.atomic(), acting(by, act="event_material_added"):
            return Material.objects.create(
                event=event,
                kind=MaterialKind.FILE,
                title=title,
                file_name=name,
                stored_as=stored,
                size_bytes=file.size or 0,
                added_by=by,
                published_at=timezone.now() if publish else None,
            )
    except BaseException:
        default_storage.delete(stored)
        raise


def _store(file: UploadedFile, name: str) -> str:
    ending = PurePath(name).suffix.lower()
    beginning = file.read(8)
    file.seek(0)
    taken = ending in KINDS and beginning.startswith(KINDS[ending][1]) and beginning
    if not taken or (file.size or 0) > MOST_MB * 2**20:
        raise FileNotTaken(name=name, kinds=tuple(sorted(KINDS)), most=MOST_MB)
    with NamedTemporaryFile(prefix="keino-material-") as copy:
        for block in file.chunks():
            copy.write(block)
        copy.flush()
        scan(Path(copy.name), name)
        copy.seek(0)
        return default_storage.save(f"{FOLDER}/{uuid4().hex}{ending}", File(copy))


def show_material(material: Material, *, shown: bool, by: Person) -> Material:
    """Publish a material or take it back. Twice is harmless."""
    with transaction.atomic(), acting(by, act="event_material_shown" if shown else "event_material_hidden"):
        held = Material.objects.select_for_update().get(pk=material.pk)
        if shown != (held.published_at is not None):
            held.published_at = timezone.now() if shown else None
            held.save(update_fields=["published_at"])
    return held


def remove_material(material: Material, *, by: Person) -> None:
    """Take a material away, its file too."""
    with transaction.atomic(), acting(by, act="event_material_removed"):
        stored = material.stored_as
        material.delete()
        if stored:
            transaction.on_commit(lambda: default_storage.delete(stored))


def media_type(material: Material) -> str:
    """As what a file is given out."""
    return KINDS[PurePath(material.stored_as).suffix.lower()][0]


def sweep_materials() -> int:
    """Delete stored files that no row points to and that nobody is writing any more. Returns how many went."""
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return 0
    kept = set(Material.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    oldest, gone = timezone.now() - SWEPT_AFTER, 0
    for stored in (f"{FOLDER}/{name}" for name in names):
        if stored not in kept and default_storage.get_modified_time(stored) < oldest:
            default_storage.delete(stored)
            gone += 1
    return gone
