"""Read one uploaded file and keep how it was read. May be repeated; a killed worker leaves nothing half written."""

from __future__ import annotations

import logging
import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from keino.errors import KeinoError
from keino.web.base.audit import acting
from keino.web.base.errors import as_data
from keino.web.base.jobs import ClaimLost, WorkFailed
from keino.web.base.scanner import Infected, scan
from keino.web.measurement.choices import FileState
from keino.web.measurement.files import folder_of, forget_stored, one_input
from keino.web.measurement.models import LedgerFile, SavedMapping
from keino.web.measurement.previews import Preview, preview_as_json
from keino.web.measurement.queries.mappings import mapping_for
from keino.web.measurement.result_json import reading_as_json

if TYPE_CHECKING:
    from keino.engine.ingest.reading import ReadOptions
    from keino.engine.results import LedgerReading
    from keino.web.base.models import Person

Tell = Callable[[str, int, int], None]


@dataclass
class _Outcome:
    """What came of reading one file."""

    error: KeinoError | None = None
    reading: LedgerReading | None = None
    preview: Preview | None = None
    header_key: str = ""
    saved: SavedMapping | None = None
    content: str = ""
    rejected_in: str = ""


def read_file(file: LedgerFile, *, by: Person | None, tell: Tell = lambda *_: None) -> LedgerFile | None:
    """Scan and read one file; its row then says how it was read, or why it could not be. None when it is gone."""
    with one_input(file) as path:
        try:
            _scan(file, path)
        except Infected as error:
            return _refuse(file, error, by)
        except KeinoError as error:
            return _keep(file, _Outcome(error=error), by)
        try:
            outcome = _read(file, path, tell)
        except ClaimLost:  # another worker holds the job now
            raise
        except Exception:  # one file's trouble must not sink the others, and must be seen
            logging.getLogger("keino.ledgers").exception("file %s could not be read", file.public_id)
            outcome = _Outcome(error=WorkFailed(job=str(file.public_id)[:8]))
        return _keep(file, outcome, by)


def _scan(file: LedgerFile, path: Path) -> None:
    if file.scanned_at is None:
        scan(path, file.name)
        if settings.VIRUS_SCANNER:
            file.scanned_at = timezone.now()
            LedgerFile.objects.filter(pk=file.pk).update(scanned_at=file.scanned_at)


def _read(file: LedgerFile, path: Path, tell: Tell) -> _Outcome:
    from keino.engine.ingest.mapping_file import mapping_from_text
    from keino.engine.ingest.reading import ReadOptions
    from keino.engine.look import look

    outcome = _Outcome(content=file.mapping_content, saved=file.mapping)
    year = file.ledger.ledger_year
    try:
        seen = look(path, ReadOptions(year=year))
        outcome.header_key = seen.header_key
        if not outcome.content and (learned := mapping_for(file.ledger, seen.header_key)):
            outcome.saved, outcome.content = learned, learned.content
        mapping = mapping_from_text(outcome.content) if outcome.content else None
        options = ReadOptions(mapping=mapping, year=year)
        outcome.preview = Preview(look(path, options) if mapping else seen)
        _read_lines(file, path, options, outcome, tell)
    except KeinoError as error:
        outcome.error = error
    return outcome


def _read_lines(file: LedgerFile, path: Path, options: ReadOptions, outcome: _Outcome, tell: Tell) -> None:
    from keino.engine.ingest.mapping_file import mapping_text
    from keino.engine.look import read_one

    folder = f"{folder_of(file)}/rejected-{uuid.uuid4().hex}"
    rejected = settings.STORE_FOLDER / folder
    rejected.parent.mkdir(parents=True, exist_ok=True)
    one = read_one(path, options, rejected=rejected, progress=tell)
    assert outcome.preview is not None
    outcome.preview = replace(outcome.preview, rows=one.rows, as_read=mapping_text(one.as_read))
    outcome.reading = replace(one.reading, path=file.name, sha256=file.sha256)
    outcome.rejected_in = folder if one.reading.rejected else ""


def _refuse(file: LedgerFile, error: Infected, by: Person | None) -> LedgerFile | None:
    with transaction.atomic(), acting(by):
        kept = LedgerFile.objects.select_for_update().filter(pk=file.pk).first()
        if kept is not None:
            kept.state, kept.error, kept.stored_as = FileState.REFUSED, as_data(error), ""
            kept.save()
        transaction.on_commit(lambda: forget_stored(file))
    return kept


def _keep(file: LedgerFile, outcome: _Outcome, by: Person | None) -> LedgerFile | None:
    with transaction.atomic(), acting(by):
        kept = LedgerFile.objects.select_for_update().select_related("ledger").filter(pk=file.pk).first()
        if kept is None:  # removed, or its visit was forgotten, while it was being read
            transaction.on_commit(lambda: forget_stored(file))
            return None
        kept.state = FileState.READ if outcome.error is None else FileState.FAILED
        kept.error = None if outcome.error is None else as_data(outcome.error)
        kept.reading = reading_as_json(outcome.reading) if outcome.reading else None
        kept.preview = preview_as_json(outcome.preview) if outcome.preview else None
        kept.header_key, kept.rejected_in = outcome.header_key, outcome.rejected_in
        kept.mapping, kept.mapping_content = outcome.saved, outcome.content
        kept.save()
        transaction.on_commit(lambda: _forget_older(kept))
    return kept


def _forget_older(file: LedgerFile) -> None:
    """Delete rejected rows of earlier readings, and what a killed worker left."""
    for folder in (settings.STORE_FOLDER / folder_of(file)).glob("*rejected-*"):
        if folder != settings.STORE_FOLDER / file.rejected_in or not file.rejected_in:
            shutil.rmtree(folder, ignore_errors=True)
