"""Ask for a file of a result, make it, let it go when its time is over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.errors import NotAllowedNow
from keino.web.base.models import Person
from keino.web.dashboards.choices import ExportFormat
from keino.web.dashboards.drawn import drawing_code
from keino.web.dashboards.files import write_export
from keino.web.dashboards.models import Export
from keino.web.measurement.choices import RunState
from keino.web.measurement.models import Run

KEPT_FOR = timedelta(days=7)


def ask_export(*, run: Run, wanted: ExportFormat, language: str, query: str = "", by: Person) -> Export:
    """Add a file to be made (``query`` chooses lines); asked twice, it is one, kept for a week more."""
    if run.state != RunState.DONE:
        raise NotAllowedNow(state=str(run.get_state_display()))
    with transaction.atomic(), acting(by, act="ask export"):
        export, _ = Export.objects.update_or_create(
            run=run,
            format=wanted,
            query=query,
            language=language,
            made_with=drawing_code(),
            defaults={"expires_at": timezone.now() + KEPT_FOR},
            create_defaults={"expires_at": timezone.now() + KEPT_FOR, "asked_by": by},
        )
    return export


def make_export(export: Export) -> None:
    """Write the file and keep it; safe to be done again: a file that is there already stays."""
    if export.is_ready:
        return
    wanted = ExportFormat(export.format)
    with TemporaryDirectory(prefix="keino-export-") as folder:
        path = Path(folder, "export")
        write_export(export.run, wanted, path, export.language, query=export.query)
        with path.open("rb") as made:
            name = default_storage.save(f"exports/{export.public_id}.{wanted.value.rpartition('.')[2]}", File(made))
        size = path.stat().st_size
    kept = Export.objects.filter(pk=export.pk, stored_as="").update(stored_as=name, size_bytes=size)
    if not kept:  # another attempt was first, or nobody wants it any more
        default_storage.delete(name)


def forget_exports() -> int:
    """Delete the files whose time is over, with their rows. Returns how many."""
    gone = 0
    for export in Export.objects.filter(expires_at__lte=timezone.now()).order_by("pk"):
        export.delete()
        if export.stored_as:
            default_storage.delete(export.stored_as)
        gone += 1
    return gone
