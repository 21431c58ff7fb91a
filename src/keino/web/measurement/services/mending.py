"""Rejected rows, mended: kept cell by cell, then read beside the ledger as a file that keino makes of them.

The ledger's own file never changes. Its rejected rows stay rejected, and a rejected row is never counted, so nothing
is counted twice (docs/how-to/mend-rejected-rows.md).
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from keino.errors import KeinoError
from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.measurement.choices import TAKES_FILES, FileState
from keino.web.measurement.files import folder_of
from keino.web.measurement.models import Ledger, LedgerFile, MendedRow

if TYPE_CHECKING:
    from keino.web.base.models import Person

LONGEST_CELL = 10_000
LARGEST_CSV_BYTES = 50 * 2**20


class NotRejected(KeinoError):
    """Rows that keino didn't reject."""

    code = "not_rejected"
    template = (
        "These rows are not among the rejected rows of this file: {rows}. Nothing was changed. Perhaps the ledger was "
        "read again meanwhile: take the rejected rows anew."
    )


class NotMendable(KeinoError):
    """A text that is no file of rejected rows."""

    code = "not_mendable"
    template = (
        "{name} is not a file of rejected rows, so nothing was changed. Download the rejected rows here, mend them in "
        "a spreadsheet program, leave the first two columns as they are, and save as CSV."
    )


class OtherHeader(KeinoError):
    """The rejected rows of another ledger."""

    code = "other_header"
    template = (
        "The columns of {name} are not those of this ledger, so nothing was changed. Check that it holds the rejected "
        "rows of this very file."
    )


class NothingMended(KeinoError):
    """Nobody mended a row."""

    code = "nothing_mended"
    template = "No row has been mended yet, so there is nothing to read again."


def rejected_folder(file: LedgerFile) -> Path:
    """Where the rejected rows of a file lie."""
    return Path(settings.STORE_FOLDER) / file.rejected_in


def mend_rows(
    file: LedgerFile, cells: Mapping[int, Sequence[str]], *, seen: Mapping[int, int], by: Person | None
) -> int:
    """Keep mended cells by row; all or none. Returns how many rows changed.

    ``seen`` has the version of each row that the person saw (0 = nobody had mended it). Rows that are as they were
    are passed over. Raises Conflict, NotRejected, NotAllowedNow.
    """
    from keino.engine.rejected import rejected_header, rejected_rows

    with transaction.atomic(), acting(by, act="mend rows"):
        _require_open(file)
        found = rejected_rows(rejected_folder(file), cells)
        if unknown := sorted(set(cells) - set(found)):
            raise NotRejected(rows=tuple(unknown[:10]))
        width = len(rejected_header(rejected_folder(file)))
        kept = {row.row: row for row in file.mended_rows.select_for_update().filter(row__in=list(cells))}
        changed = 0
        for number, given in cells.items():
            wanted = _fitted(given, width)
            before = kept.get(number)
            if wanted == (before.cells if before else list(found[number].cells)):
                continue
            if (before.version if before else 0) != seen.get(number, 0):
                raise Conflict
            _keep(file, number, wanted, before, by)
            changed += 1
    return changed


def _require_open(file: LedgerFile) -> None:
    ledger = Ledger.objects.select_for_update().get(pk=file.ledger_id)
    if ledger.state not in TAKES_FILES or file.state != FileState.READ or not file.rejected_in or file.mends_id:
        raise NotAllowedNow(state=str(ledger.get_state_display()))


def _fitted(cells: Sequence[str], width: int) -> list[str]:
    """As many cells as the ledger has columns, each on one line, since the file they go to is read line by line."""
    texts = [" ".join(cell.replace("\0", "").split())[:LONGEST_CELL] for cell in cells[:width]]
    return [*texts, *[""] * (width - len(texts))]


def _keep(file: LedgerFile, number: int, cells: list[str], before: MendedRow | None, by: Person | None) -> None:
    if before is None:
        try:
            with transaction.atomic():
                MendedRow.objects.create(file=file, row=number, cells=cells, mended_by=by)
        except IntegrityError as error:
            raise Conflict from error
        return
    before.cells, before.mended_by, before.mended_at = cells, by, timezone.now()
    before.version += 1
    before.save()


def mend_from_csv(file: LedgerFile, *, name: str, content: bytes, by: Person | None) -> int:
    """Take mended rows from the file of rejected rows as a spreadsheet program saved it. Returns how many changed.

    Rows that are missing or unchanged stay as they are. Raises NotMendable, OtherHeader, NotRejected, NotAllowedNow.
    """
    from keino.domain.ledgers.headers import normalise_header
    from keino.engine.rejected import NotRejectedRows, rejected_header, rows_of_mended_csv

    if not file.rejected_in:
        raise NotAllowedNow(state=str(file.get_state_display()))
    try:
        header, rows = rows_of_mended_csv(_text(content))
    except NotRejectedRows as error:
        raise NotMendable(name=name) from error
    own = [normalise_header(cell) for cell in rejected_header(rejected_folder(file))]
    given = [normalise_header(cell) for cell in header]
    if given[: len(own)] != own or any(given[len(own) :]):
        raise OtherHeader(name=name)
    seen = dict(file.mended_rows.values_list("row", "version"))
    return mend_rows(file, rows, seen=seen, by=by)


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def make_mended_file(file: LedgerFile, *, by: Person | None) -> LedgerFile:
    """Make a file of the rows that were mended, to be read beside the ledger; one that was made before is replaced.

    Raises NothingMended, NotAllowedNow.
    """
    with transaction.atomic(), acting(by, act="read mended rows"):
        _require_open(file)
        made = _made(file)
        if made is None:
            raise NothingMended
        return made


def renew_mended_file(file: LedgerFile, *, by: Person | None) -> None:
    """After a file was read anew: make the file of its mended rows anew where it no longer fits.

    Rows that are no longer rejected are counted in the ledger now, and must not be counted a second time.
    """
    if not _current(file).exists():
        return
    with transaction.atomic(), acting(by, act="renew mended rows"):
        if file.state != FileState.READ or not file.rejected_in or _made(file) is None:
            _replace(_current(file))


def _current(file: LedgerFile) -> QuerySet[LedgerFile]:
    return file.mended_files.exclude(state=FileState.REPLACED)


def _replace(older: QuerySet[LedgerFile]) -> None:
    for file in older.select_for_update():
        file.state = FileState.REPLACED
        file.save(update_fields=["state"])


def _made(file: LedgerFile) -> LedgerFile | None:
    """The file of the rows that were mended and are rejected still; None when there are none.

    Where the one that was made before is the same, it stays.
    """
    from keino.engine.rejected import mended_csv, rejected_header, rejected_rows

    folder = rejected_folder(file)
    rows = dict(file.mended_rows.order_by("row").values_list("row", "cells"))
    found = rejected_rows(folder, rows)
    if not found:
        return None
    content = mended_csv(rejected_header(folder), [(row, cells) for row, cells in rows.items() if row in found])
    what = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "mapping_content": (file.preview or {}).get("as_read", ""),
        "replaced_amount": sum((row.amount for row in found.values() if row.amount is not None), Decimal(0)),
    }
    same = _current(file).filter(**what).first()
    if same is not None:
        _replace(_current(file).exclude(pk=same.pk))
        return same
    _replace(_current(file))
    size = len(content)
    made = LedgerFile(
        ledger=file.ledger, name=f"mended-{Path(file.name).stem}.csv", size_bytes=size, received_bytes=size, **what
    )
    made.mends, made.state = file, FileState.RECEIVED
    made.stored_as = default_storage.save(f"{folder_of(made)}/{uuid.uuid4().hex}", ContentFile(content))
    made.save()
    return made
