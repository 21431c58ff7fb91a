"""What columns mean, as people teach it: for one file, and from then on for every file with the same header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.measurement.choices import TAKES_FILES
from keino.web.measurement.models import Ledger, LedgerFile, SavedMapping
from keino.web.measurement.queries.mappings import mapping_for

if TYPE_CHECKING:
    from keino.web.base.models import Person


def save_mapping(file: LedgerFile, *, content: str, by: Person | None, seen: int = 0) -> None:
    """Keep a mapping (TOML text) for this file and those of its ledger with the same header, and learn it.

    ``seen`` is the version of the learned mapping that the person saw, 0 where there was none. Raises Conflict when
    somebody else taught the same header meanwhile, NotAllowedNow for a ledger that is closed.
    """
    from keino.engine.ingest.mapping_file import mapping_from_text

    mapping_from_text(content)  # raises what is wrong with it
    with transaction.atomic(), acting(by, act="teach columns"):
        ledger = Ledger.objects.select_for_update().get(pk=file.ledger_id)
        if ledger.state not in TAKES_FILES:
            raise NotAllowedNow(state=str(ledger.get_state_display()))
        learned = _learn(ledger, file, content, by, seen)
        same = ledger.files.filter(mends=None).select_for_update()
        same = same.filter(header_key=file.header_key) if file.header_key else same.filter(pk=file.pk)
        for each in same:
            each.mapping, each.mapping_content = learned, content
            each.save(update_fields=["mapping", "mapping_content"])


def _learn(ledger: Ledger, file: LedgerFile, content: str, by: Person | None, seen: int) -> SavedMapping | None:
    if not file.header_key:
        return None  # nothing by which to know such a file again
    kept = mapping_for(ledger, file.header_key)
    if (kept.version if kept else 0) != seen:
        raise Conflict
    if kept is None:
        try:
            with transaction.atomic():
                return SavedMapping.objects.create(
                    organisation=ledger.organisation,
                    visit=ledger.visit,
                    header_key=file.header_key,
                    title=file.name,
                    content=content,
                    made_by=by,
                )
        except IntegrityError as error:
            raise Conflict from error
    kept.content, kept.title, kept.made_by, kept.made_at = content, file.name, by, timezone.now()
    kept.version += 1
    kept.save()
    return kept


def forget_mapping(mapping: SavedMapping, *, by: Person | None) -> None:
    """Don't use this mapping for new files. Files that were read with it keep how they were read."""
    with transaction.atomic(), acting(by):
        mapping.delete()
