"""The files of a withdrawn ledger are the organisation's to delete; results that were made of them never change.

What goes: the bytes, rows that were rejected or mended, and every sample of the contents, in the audit trail too. What
stays: the ledger's name and state, how many rows and which amount were read, and runs with their own lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from keino.errors import KeinoError
from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.measurement.choices import LedgerState, RunState
from keino.web.measurement.files import forget_ledger
from keino.web.measurement.models import Ledger, LedgerFile, MendedRow

if TYPE_CHECKING:
    from keino.web.base.models import Person


class BeingCounted(KeinoError):
    """A calculation that began before the ledger was withdrawn still reads its files."""

    code = "ledger_being_counted"
    template = (
        "A footprint is being calculated from this ledger, so its files were not deleted. Delete them when the "
        "calculation is over."
    )


@dataclass(frozen=True)
class Deletion:
    """What deleting a ledger's files would take away, and what would stay."""

    files: tuple[LedgerFile, ...]
    size_bytes: int
    mended_rows: int
    runs: int


def deletion_of(ledger: Ledger) -> Deletion:
    """Look at what would be deleted; changes nothing."""
    files = ledger.files.filter(mends=None).order_by("pk")
    return Deletion(
        files=tuple(files),
        size_bytes=ledger.files.aggregate(size=Sum("received_bytes"))["size"] or 0,
        mended_rows=MendedRow.objects.filter(file__ledger=ledger).count(),
        runs=ledger.runs.filter(state=RunState.DONE).count(),
    )


def delete_files(ledger: Ledger, *, by: Person, seen: int | None = None) -> None:
    """Delete the files of a withdrawn ledger for good. Doing it twice changes nothing.

    Raises NotAllowedNow for a ledger that isn't withdrawn, BeingCounted, Conflict.
    """
    with transaction.atomic(), acting(by, act="ledger files deleted"):
        kept = Ledger.objects.select_for_update().get(pk=ledger.pk)
        if kept.files_deleted_at is not None:
            return
        if kept.state != LedgerState.WITHDRAWN:
            raise NotAllowedNow(state=str(kept.get_state_display()))
        if seen is not None and kept.version != seen:
            raise Conflict
        if kept.runs.filter(state__in=(RunState.WAITING, RunState.RUNNING)).exists():
            raise BeingCounted
        _forget_mended(kept)
        for file in kept.files.select_for_update():
            file.stored_as = file.rejected_in = ""
            file.pieces, file.preview, file.error = [], None, None
            file.reading = _without_samples(file.reading)
            file.save()
        kept.files_deleted_at, kept.files_deleted_by = timezone.now(), by
        kept.version += 1
        kept.save()
        transaction.on_commit(lambda: forget_ledger(kept))


def _forget_mended(ledger: Ledger) -> None:
    """Delete mended rows, and their cells from the trail; who mended how often stays there."""
    rows = MendedRow.objects.filter(file__ledger=ledger)
    keys = list(rows.values_list("pk", flat=True))
    rows.delete()
    trail = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(MendedRow), object_id__in=keys)
    trail.update(changes={}, changes_text="", serialized_data=None)


def _without_samples(reading: dict[str, Any] | None) -> dict[str, Any] | None:
    """How a file was read, without a word of what stood in it."""
    if reading is None:
        return None
    return {
        **reading,
        "rejections": [{**each, "sample_text": ""} for each in reading["rejections"]],
        "total_rows": [{**each, "text": ""} for each in reading["total_rows"]],
        "choices": [],
    }
