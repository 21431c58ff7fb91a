"""States of ledgers, files and runs."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FileState(TextChoices):
    """Where one uploaded file stands."""

    RECEIVING = "receiving", _("being sent")
    CHECKING = "checking", _("being checked")  # all of it has come; its pieces are not one file yet
    RECEIVED = "received", _("received")
    REFUSED = "refused", _("refused")  # by the virus scanner, or not a ledger: the error says which
    READ = "read", _("read")
    FAILED = "failed", _("could not be read")
    REPLACED = "replaced", _("replaced by newer corrections")  # rows mended before; kept, not read again


#: States of a file that is there as a whole and may be read (again).
READABLE = (FileState.RECEIVED, FileState.READ, FileState.FAILED)


class LedgerState(TextChoices):
    """Where a ledger (one or more files that belong together) stands."""

    OPEN = "open", _("files are being added")
    READING = "reading", _("being read")
    READ = "read", _("read")
    FAILED = "failed", _("could not be read")
    CONFIRMED = "confirmed", _("looks right")  # somebody saw how it was read and said so
    APPROVED = "approved", _("approved")  # an approver compared the totals with the books
    WITHDRAWN = "withdrawn", _("withdrawn")


#: States of a file that has come whole since the ledger was read.
UNREAD = (FileState.CHECKING, FileState.RECEIVED)

#: States in which files may still be added to a ledger.
TAKES_FILES = (LedgerState.OPEN, LedgerState.READ, LedgerState.FAILED, LedgerState.CONFIRMED)

#: Allowed moves of a ledger; each is written to the audit trail.
LEDGER_MOVES: dict[str, frozenset[str]] = {
    LedgerState.OPEN: frozenset({LedgerState.READING, LedgerState.WITHDRAWN}),
    LedgerState.READING: frozenset({LedgerState.READ, LedgerState.FAILED}),
    LedgerState.READ: frozenset({LedgerState.READING, LedgerState.CONFIRMED, LedgerState.WITHDRAWN}),
    LedgerState.FAILED: frozenset({LedgerState.READING, LedgerState.WITHDRAWN}),
    LedgerState.CONFIRMED: frozenset({LedgerState.READING, LedgerState.APPROVED, LedgerState.WITHDRAWN}),
    LedgerState.APPROVED: frozenset({LedgerState.WITHDRAWN}),
    LedgerState.WITHDRAWN: frozenset(),
}


class RunState(TextChoices):
    """Where a calculation stands. A result that is done is never changed, only superseded."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("being calculated")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
