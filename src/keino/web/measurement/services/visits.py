"""Visits without an account: begun by a first file, forgotten at once on wish and by themselves after two idle hours.

Keeping a visit moves everything of it to an organisation; then nothing is left to forget.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.measurement.files import forget_folder, forget_ledger
from keino.web.measurement.models import CategoryRule, Ledger, Run, SavedMapping, Visit

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

#: How long a visit lives after the last page that was opened in it.
IDLE = timedelta(hours=2)
#: A page moves the end only when it comes this much nearer, so that reading pages doesn't write all the time.
_MOVED_AFTER = timedelta(minutes=5)


def begin_visit() -> Visit:
    """A new visit."""
    return Visit.objects.create(expires_at=timezone.now() + IDLE)


def live_visit(public_id: str) -> Visit | None:
    """The visit of this key while it lasts; its end moves away by being used."""
    try:
        visit = Visit.objects.filter(public_id=UUID(public_id), expires_at__gt=timezone.now()).first()
    except ValueError:
        return None
    if visit is not None and visit.expires_at < timezone.now() + IDLE - _MOVED_AFTER:
        visit.expires_at = timezone.now() + IDLE
        visit.save(update_fields=["expires_at"])
    return visit


def forget_visit(visit: Visit) -> None:
    """Delete a visit with its files, readings, runs and rules, from the database and from the disk. May be repeated."""
    with transaction.atomic():
        kept = Visit.objects.select_for_update().filter(pk=visit.pk).first()
        if kept is None:
            return
        ledgers = list(kept.ledgers.all())
        for run in Run.objects.filter(visit=kept).order_by("-pk"):  # the newest first: it points to the one before
            run.delete()
        CategoryRule.objects.filter(visit=kept).delete()
        Ledger.objects.filter(visit=kept).delete()
        kept.delete()
        transaction.on_commit(lambda: _forget_files(visit, ledgers))


def _forget_files(visit: Visit, ledgers: list[Ledger]) -> None:
    for ledger in ledgers:
        forget_ledger(ledger)
    shutil.rmtree(settings.STORE_FOLDER / str(visit.public_id), ignore_errors=True)


def visits_are_over() -> bool:
    """Whether the time of any visit is over."""
    return Visit.objects.filter(expires_at__lte=timezone.now()).exists()


def retire_visits() -> int:
    """Forget visits whose time is over, and files that no ledger points to any more. Returns how many visits went."""
    over = list(Visit.objects.filter(expires_at__lte=timezone.now()))
    for visit in over:
        forget_visit(visit)
    _sweep_files()
    return len(over)


def _sweep_files() -> None:
    """Delete what a process left behind that was killed between the database and the disk."""
    try:
        folders, _ = default_storage.listdir("ledgers")
    except FileNotFoundError:
        folders = []
    store = settings.STORE_FOLDER / "ledgers"
    found = {*folders, *(path.name for path in store.iterdir())} if store.is_dir() else set(folders)
    known = {key.hex for key in Ledger.objects.values_list("public_id", flat=True)}
    for name in found - known:
        forget_folder(f"ledgers/{name}")


def keep_visit(visit: Visit, *, organisation: Organisation, by: Person) -> list[Ledger]:
    """Move a visit's ledgers, mappings, rules and runs to an organisation and end the visit. Returns the ledgers.

    What the organisation has taught about columns stays before what the visit taught. Raises PermissionDenied.
    """
    if not by.has_perm("measurement.work", organisation):
        raise PermissionDenied
    with transaction.atomic(), acting(by, act="keep visit"):
        kept = Visit.objects.select_for_update().filter(pk=visit.pk).first()
        if kept is None:
            return []
        ledgers = list(kept.ledgers.select_for_update())
        for ledger in ledgers:
            ledger.organisation, ledger.visit, ledger.owner, ledger.uploaded_by = organisation, None, by, by
            ledger.version += 1
            ledger.save()
        known = SavedMapping.objects.filter(organisation=organisation).values_list("header_key", flat=True)
        SavedMapping.objects.filter(visit=kept, header_key__in=list(known)).delete()
        for model in (SavedMapping, CategoryRule, Run):
            model.objects.filter(visit=kept).update(organisation=organisation, visit=None)
        kept.delete()
    return ledgers
