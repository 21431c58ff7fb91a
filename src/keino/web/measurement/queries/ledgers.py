"""Ledgers and how they were read: lists, and totals that tie to the cent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from keino.web.base.models import Job
from keino.web.measurement.choices import FileState, LedgerState
from keino.web.measurement.models import Ledger, LedgerFile, Run
from keino.web.measurement.previews import Preview, preview_from_json
from keino.web.measurement.result_json import reading_from_json

if TYPE_CHECKING:
    from keino.engine.results import LedgerReading
    from keino.web.organisations.models import Organisation

ZERO = Decimal(0)


@dataclass(frozen=True)
class FileReading:
    """One file of a ledger with how it was read, and the file of its mended rows, if any."""

    file: LedgerFile
    reading: LedgerReading | None
    preview: Preview | None
    mended: FileReading | None = None

    @property
    def mended_lines(self) -> int:
        """Rows that were rejected first and are counted since somebody mended them."""
        found = self.mended.reading if self.mended else None
        return found.accepted + found.repaired if found else 0

    @property
    def mended_amount(self) -> Decimal:
        """What those rows come to."""
        found = self.mended.reading if self.mended else None
        return found.amount_accepted + found.amount_repaired if found else ZERO

    @property
    def rejected(self) -> int:
        """Rows that are rejected still."""
        return self.reading.rejected - self.mended_lines if self.reading else 0

    @property
    def amount_rejected(self) -> Decimal:
        """What the rows that are rejected still come to, where that can be read."""
        if self.reading is None:
            return ZERO
        if self.mended is None or self.mended.reading is None:
            return self.reading.amount_rejected
        replaced = self.mended.file.replaced_amount or ZERO
        return self.reading.amount_rejected - replaced + self.mended.reading.amount_rejected


@dataclass(frozen=True)
class Total:
    """The files of one currency: rows = accepted + repaired + mended + rejected, and so for the money."""

    currency: str
    rows: int = 0
    accepted: int = 0
    repaired: int = 0
    mended: int = 0
    rejected: int = 0
    amount_accepted: Decimal = ZERO
    amount_repaired: Decimal = ZERO
    amount_mended: Decimal = ZERO
    amount_rejected: Decimal = ZERO

    @property
    def counted(self) -> Decimal:
        """The control total: what is counted."""
        return self.amount_accepted + self.amount_repaired + self.amount_mended

    @property
    def amount(self) -> Decimal:
        """Everything whose amount could be read."""
        return self.counted + self.amount_rejected

    def plus(self, one: FileReading) -> Total:
        """This total with one more file."""
        reading = one.reading
        assert reading is not None
        return Total(
            self.currency,
            self.rows + reading.rows,
            self.accepted + reading.accepted,
            self.repaired + reading.repaired,
            self.mended + one.mended_lines,
            self.rejected + one.rejected,
            self.amount_accepted + reading.amount_accepted,
            self.amount_repaired + reading.amount_repaired,
            self.amount_mended + one.mended_amount,
            self.amount_rejected + one.amount_rejected,
        )


@dataclass(frozen=True)
class Reconciliation:
    """A ledger's files and their totals, one for each currency."""

    files: tuple[FileReading, ...]
    totals: tuple[Total, ...] = field(default=())

    @property
    def is_whole(self) -> bool:
        """Whether every file could be read."""
        return all(each.file.state == FileState.READ for each in self.files)


def reconciliation(ledger: Ledger) -> Reconciliation:
    """How a ledger was read: a constant number of queries, whatever its number of files."""
    files = list(ledger.files.exclude(state=FileState.REPLACED).select_related("mapping").order_by("pk"))
    for file in files:
        file.ledger = ledger
    mended = {file.mends_id: _file_reading(file) for file in files if file.mends_id}
    readings = tuple(_file_reading(file, mended.get(file.pk)) for file in files if not file.mends_id)
    totals: dict[str, Total] = {}
    for each in readings:
        if each.reading is not None:
            currency = each.reading.currency
            totals[currency] = totals.get(currency, Total(currency)).plus(each)
    return Reconciliation(readings, tuple(totals[currency] for currency in sorted(totals)))


def _file_reading(file: LedgerFile, mended: FileReading | None = None) -> FileReading:
    reading = reading_from_json(file.reading) if file.reading and file.state == FileState.READ else None
    return FileReading(file, reading, preview_from_json(file.preview), mended)


def ledgers_of(organisation: Organisation) -> QuerySet[Ledger]:
    """An organisation's ledgers with the number of their files, newest first."""
    is_own = Q(files__mends=None) & ~Q(files__state=FileState.REPLACED)
    found = Ledger.objects.filter(organisation=organisation).annotate(file_count=Count("files", filter=is_own))
    return found.select_related("uploaded_by", "approved_by").order_by("-created_at", "-pk")


def usable_ledgers(organisation: Organisation) -> QuerySet[Ledger]:
    """Ledgers that somebody said look right: what a run counts."""
    return Ledger.objects.filter(
        organisation=organisation, state__in=(LedgerState.CONFIRMED, LedgerState.APPROVED)
    ).order_by("pk")


def twins_of(files: Iterable[LedgerFile], ledger: Ledger) -> dict[int, LedgerFile]:
    """For files that were uploaded before in another ledger of the same owner: the earlier file, by this one's key."""
    sums = {file.sha256: file.pk for file in files if file.sha256}
    earlier = LedgerFile.objects.filter(
        sha256__in=sums,
        mends=None,
        stored_as__gt="",
        ledger__organisation=ledger.organisation_id,
        ledger__visit=ledger.visit_id,
    ).exclude(ledger=ledger)
    found = earlier.exclude(ledger__state=LedgerState.WITHDRAWN).select_related("ledger").order_by("-pk")
    return {sums[file.sha256]: file for file in found}


def reading_job(ledger: Ledger) -> Job | None:
    """The last piece of background work on this ledger's reading."""
    return Job.objects.filter(subject=subject_of(ledger), kind="measurement.read_ledger").order_by("-pk").first()


def newest_run(ledger: Ledger) -> Run | None:
    """The newest run that counts this ledger."""
    return ledger.runs.defer("result", "manifest").order_by("-pk").first()


def subject_of(ledger: Ledger) -> str:
    """What background work on this ledger names as its subject."""
    return f"ledger:{ledger.public_id}"
