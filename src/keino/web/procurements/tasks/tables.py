"""Taking in a sent table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from keino.web.base.jobs import Tell, ask_for, work
from keino.web.base.models import Job
from keino.web.procurements.models import TableImport
from keino.web.procurements.services.tables import begin_taking, give_up_taking, take

if TYPE_CHECKING:
    from keino.web.base.models import Person

TAKE = "procurements.take_table"


def subject_of(sent: TableImport) -> str:
    """What a table's job is about."""
    return f"table:{sent.public_id}"


def ask_taking(sent: TableImport, *, by: Person) -> None:
    """Have a table taken in; pressing twice asks once. Raises NotAllowedNow for one without a row to take."""
    with transaction.atomic():
        if begin_taking(sent):
            ask_for(TAKE, by=by, subject=subject_of(sent), sent=str(sent.public_id))


def job_of(sent: TableImport) -> Job | None:
    """The newest job of a table."""
    return Job.objects.filter(kind=TAKE, subject=subject_of(sent)).order_by("-pk").first()


def _given_up(job: Job) -> None:
    sent = TableImport.objects.filter(public_id=job.arguments["sent"]).first()
    if sent is not None:
        give_up_taking(sent)


@work(TAKE, on_failure=_given_up)
def take_table(job: Job, tell: Tell, *, sent: str) -> None:
    """Take in a table. One that is gone or done is left alone."""
    found = TableImport.objects.filter(public_id=sent).first()
    if found is not None and job.created_by is not None:
        take(found, by=job.created_by)
