"""What can go wrong while a file is being sent, each with what is lost (nothing) and what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from keino.errors import KeinoError

if TYPE_CHECKING:
    from keino.web.measurement.models import LedgerFile


class FileTooLarge(KeinoError):
    """A file beyond the site's limit."""

    code = "file_too_large"
    template = (
        "{name} is larger than the site takes ({limit_mib} MiB), so it was not sent. Export the ledger in parts, for "
        "example one year at a time, or save it as CSV or Parquet."
    )


class VisitFull(KeinoError):
    """More than a visit without an account takes."""

    code = "visit_full"
    template = (
        "Without an account the site takes {limit_mib} MiB in all, and {name} would be more, so it was not sent. Make "
        "an account to use larger ledgers."
    )


class TooManyFiles(KeinoError):
    """A ledger of too many files."""

    code = "too_many_files"
    template = "A ledger takes at most {limit} files. What was sent is kept. Put the rest into another ledger."


class WrongOffset(KeinoError):
    """A piece that doesn't begin where the last one ended."""

    code = "wrong_offset"
    template = "{name} has come as far as byte {expected}. Nothing was lost: go on from there."

    @property
    def expected(self) -> int:
        """Where the next piece begins."""
        return int(str(self.values["expected"]))


class PieceTooLarge(KeinoError):
    """A piece that is larger than agreed, or goes beyond the end of its file."""

    code = "piece_too_large"
    template = "A piece of {name} was larger than agreed and was not kept. Send {name} again from the beginning."


class NotAllReceived(KeinoError):
    """The file is finished before all of it has come."""

    code = "not_all_received"
    template = "Of {name} {received} of {size} bytes have come. Nothing was lost: send the rest."


class ChecksumDiffers(KeinoError):
    """The bytes that came are not the bytes that were sent."""

    code = "checksum_differs"
    template = (
        "{name} changed on its way, or while it was being sent, so it was not kept. Your own file is untouched: send "
        "it again."
    )


class AlreadyInLedger(KeinoError):
    """The same bytes twice in one ledger would be counted twice."""

    code = "already_in_ledger"
    template = (
        "{name} is the same file as {other}, which is in this ledger already. It was left out, so that nothing is "
        "counted twice. If it should be another file, choose the right one."
    )


class StorageFull(KeinoError):
    """No room is left where files are kept."""

    code = "storage_full"
    template = (
        "The site has no room left for {name}. What has come so far is kept. Tell the site's keeper, and go on later "
        "with the same file."
    )


@contextmanager
def room_for(file: LedgerFile) -> Iterator[None]:
    """Say in our words that a storage is full."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageFull(name=file.name) from error
        raise
