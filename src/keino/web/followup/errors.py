"""Errors of following up and of council reports: what happened, what was kept, what to do."""

from __future__ import annotations

from keino.errors import KeinoError, UsageError, mark


class LinesMissing(KeinoError):
    """A run whose stored lines are gone: its result can be read, but nothing more asked of it."""

    code = "lines_missing"
    template = mark(
        "The stored lines of this calculation are missing, so the change can't be explained. The result itself is "
        "kept. Calculate again, or tell the site's keeper to restore the lines from the backup."
    )


class NoPurchasesInYear(UsageError):
    """A report of a year that no ledger has."""

    code = "no_purchases_in_year"
    template = mark(
        "The current result has no purchases of {year}, so no report was begun. It has {years}. Choose one of these, "
        "or calculate with the ledger of that year first."
    )


class ReportNotReady(UsageError):
    """An approval of a report whose numbers or words are missing."""

    code = "report_not_ready"
    template = mark("The report can't be approved yet, because {what} Nothing was approved.")


class ReportOutdated(UsageError):
    """An approval of numbers that a newer calculation has replaced."""

    code = "report_outdated"
    template = mark(
        "A newer calculation was finished after the numbers of this report were taken, so it was not approved and "
        "nothing was changed. Take the new numbers, look at them, and approve then."
    )


class CalculationGoesOn(UsageError):
    """An approval while the ledgers are being calculated again."""

    code = "calculation_goes_on"
    template = mark(
        "The footprint is being calculated again at this moment, so the report was not approved and nothing was "
        "changed. Wait until the calculation has ended, look at its numbers, and approve then."
    )


#: Why a report is not ready; parts of the sentence of ``ReportNotReady``.
NO_NUMBERS = mark("its numbers are still being collected.")
NO_WORDS = mark("nobody has written its summary in any language.")
