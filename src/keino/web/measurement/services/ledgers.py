"""A ledger's way from open to approved. Every move is one transaction along ``choices.LEDGER_MOVES``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.errors import KeinoError
from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.measurement.choices import LEDGER_MOVES, READABLE, UNREAD, FileState, LedgerState
from keino.web.measurement.models import Ledger
from keino.web.measurement.queries.ledgers import reconciliation

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.measurement.models import Visit
    from keino.web.organisations.models import Organisation


class NothingToRead(KeinoError):
    """A ledger without a whole file."""

    code = "nothing_to_read"
    template = "There is no whole file in this ledger yet. Choose a file and send it."


class NotAllRead(KeinoError):
    """Some file came after the ledger was read."""

    code = "not_all_read"
    template = "A file has been added since the ledger was read. Have it read again first; nothing was changed."


class BooksDiffer(KeinoError):
    """The books and the ledger don't tie, and nobody said why."""

    code = "books_differ"
    template = (
        "The books and the ledger differ by {difference} {currency}. The ledger was not approved. Write down why they "
        "differ, or ask for a corrected export."
    )


def open_ledger(
    *,
    organisation: Organisation | None = None,
    visit: Visit | None = None,
    title: str,
    ledger_year: int | None = None,
    by: Person | None,
) -> Ledger:
    """Begin a ledger that takes files."""
    with transaction.atomic(), acting(by):
        return Ledger.objects.create(
            organisation=organisation, visit=visit, title=title, ledger_year=ledger_year, uploaded_by=by, owner=by
        )


@contextmanager
def moving(ledger: Ledger, to: LedgerState, *, by: Person | None, seen: int | None = None) -> Iterator[Ledger]:
    """Change a ledger and move it in one transaction. ``seen`` is the version that the person saw.

    Raises NotAllowedNow where the table of moves has no such move, Conflict where somebody else was quicker.
    """
    with transaction.atomic(), acting(by, act=f"ledger {to}"):
        kept = Ledger.objects.select_for_update().get(pk=ledger.pk)
        if to not in LEDGER_MOVES[kept.state]:
            raise NotAllowedNow(state=str(kept.get_state_display()))
        if seen is not None and kept.version != seen:
            raise Conflict
        yield kept
        kept.state, kept.version = to, kept.version + 1
        kept.save()
    ledger.state, ledger.version = kept.state, kept.version


def begin_reading(ledger: Ledger, *, by: Person | None) -> bool:
    """Close the ledger for reading; False when it is being read already. Raises NothingToRead, NotAllowedNow."""
    with transaction.atomic():
        ledger.refresh_from_db()
        if ledger.state == LedgerState.READING:
            return False
        if not ledger.files.filter(state__in=(*UNREAD, *READABLE)).exists():
            raise NothingToRead
        with moving(ledger, LedgerState.READING, by=by):
            pass
    return True


def end_reading(ledger: Ledger, *, by: Person | None) -> None:
    """Say how reading went: read when any file could be read, else failed. A ledger that isn't being read stays."""
    with transaction.atomic():
        ledger.refresh_from_db()
        if ledger.state != LedgerState.READING:
            return
        is_read = ledger.files.filter(state=FileState.READ).exists()
        with moving(ledger, LedgerState.READ if is_read else LedgerState.FAILED, by=by):
            pass


def give_up_reading(ledger: Ledger) -> None:
    """The work was given up: the ledger can be read again."""
    with transaction.atomic():
        ledger.refresh_from_db()
        if ledger.state == LedgerState.READING:
            with moving(ledger, LedgerState.FAILED, by=None):
                pass


def confirm_ledger(ledger: Ledger, *, by: Person | None, seen: int | None = None) -> None:
    """Somebody saw how the ledger was read and says that it looks right. Doing it twice changes nothing."""
    with transaction.atomic():
        ledger.refresh_from_db()
        if ledger.state == LedgerState.CONFIRMED:
            return
        if ledger.files.filter(state__in=UNREAD).exists():
            raise NotAllRead
        with moving(ledger, LedgerState.CONFIRMED, by=by, seen=seen):
            pass


def approve_ledger(
    ledger: Ledger, *, books_total: Decimal, note: str = "", by: Person, seen: int | None = None
) -> None:
    """An approver compared the control total with the books. A difference needs its reason in ``note``.

    Raises BooksDiffer, NotAllowedNow, Conflict.
    """
    with moving(ledger, LedgerState.APPROVED, by=by, seen=seen) as kept:
        totals = reconciliation(kept).totals
        if len(totals) == 1 and (difference := books_total - totals[0].counted) and not note.strip():
            raise BooksDiffer(difference=abs(difference).quantize(Decimal("0.01")), currency=totals[0].currency)
        kept.books_total, kept.approval_note = books_total, note.strip()
        kept.approved_by, kept.approved_at = by, timezone.now()


def withdraw_ledger(ledger: Ledger, *, by: Person, seen: int | None = None) -> None:
    """Take a ledger out of use; runs that were made of it stay as they are. Doing it twice changes nothing."""
    ledger.refresh_from_db()
    if ledger.state != LedgerState.WITHDRAWN:
        with moving(ledger, LedgerState.WITHDRAWN, by=by, seen=seen):
            pass


def rename_ledger(ledger: Ledger, *, title: str, ledger_year: int | None, by: Person | None, seen: int) -> None:
    """Change the title, or the year of rows without a date (which the next reading takes). Raises Conflict."""
    with transaction.atomic(), acting(by):
        kept = Ledger.objects.select_for_update().get(pk=ledger.pk)
        if kept.version != seen:
            raise Conflict
        if kept.state in {LedgerState.APPROVED, LedgerState.WITHDRAWN}:
            raise NotAllowedNow(state=str(kept.get_state_display()))
        kept.title, kept.ledger_year, kept.version = title, ledger_year, kept.version + 1
        kept.save()
