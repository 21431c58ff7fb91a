"""Background work on ledgers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from keino.web.base.jobs import Tell, ask_for, work
from keino.web.base.models import Job
from keino.web.base.timetable import daily, every
from keino.web.measurement.choices import READABLE, LedgerState
from keino.web.measurement.models import Ledger, LedgerFile
from keino.web.measurement.queries.ledgers import reading_job, subject_of
from keino.web.measurement.services.joining import join_waiting
from keino.web.measurement.services.ledgers import begin_reading, end_reading, give_up_reading
from keino.web.measurement.services.ledgers_reading import read_file
from keino.web.measurement.services.mending import renew_mended_file
from keino.web.measurement.services.uploads import retire_unfinished
from keino.web.measurement.services.visits import retire_visits, visits_are_over

if TYPE_CHECKING:
    from keino.web.base.models import Person

READ, RETIRE = "measurement.read_ledger", "measurement.retire_visits"


def ask_reading(ledger: Ledger, *, by: Person | None) -> Job | None:
    """Have a ledger read; the job that reads it already, where there is one. Raises NothingToRead, NotAllowedNow."""
    with transaction.atomic():
        if not begin_reading(ledger, by=by):
            return reading_job(ledger)
        return ask_for(READ, by=by, subject=subject_of(ledger), ledger=str(ledger.public_id))


def _given_up(job: Job) -> None:
    ledger = Ledger.objects.filter(public_id=job.arguments["ledger"]).first()
    if ledger is not None:
        give_up_reading(ledger)


@work(READ, on_failure=_given_up)
def read_ledger(job: Job, tell: Tell, *, ledger: str) -> None:
    """Read every file of a ledger. A ledger that is gone, or no longer being read, is left alone."""
    found = Ledger.objects.filter(public_id=ledger, state=LedgerState.READING).first()
    if found is None:
        return
    join_waiting(found, by=job.created_by, tell=lambda _file: tell("join", 0, 0))
    for number, file in enumerate(own := _files(found, mends=None)):
        if read_file(file, by=job.created_by, tell=_part_of(tell, number, len(own))) is not None:
            renew_mended_file(LedgerFile.objects.get(pk=file.pk), by=job.created_by)
    for file in _files(found, mends__isnull=False):
        read_file(file, by=job.created_by, tell=_part_of(tell, len(own), len(own)))
    end_reading(found, by=job.created_by)


def _files(ledger: Ledger, **which: object) -> list[LedgerFile]:
    files = ledger.files.filter(state__in=READABLE, **which)
    return list(files.select_related("ledger", "ledger__organisation", "mapping").order_by("pk"))


def _part_of(tell: Tell, number: int, whole: int) -> Tell:
    """Progress of one file as progress of the ledger."""
    return lambda step, _done, _whole: tell(step, number, whole)


@work(RETIRE, quick=True)
def retire(job: Job, tell: Tell) -> None:
    """Forget visits that are over, and uploads that nobody finished."""
    retire_visits()
    retire_unfinished()


def register_timetable() -> None:
    """Have visits forgotten by themselves."""

    @every("measurement.retire_visits", seconds=300)
    def look() -> None:
        if visits_are_over():
            ask_for(RETIRE)

    daily("measurement.retire_unfinished", at="03:50", work=RETIRE)
