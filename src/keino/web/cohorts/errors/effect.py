"""What can go wrong with the engagement log and with reports on the effect."""

from __future__ import annotations

from keino.errors import UsageError, mark


class ProposalGone(UsageError):
    """A proposal that was answered already, or whose event was called off."""

    code = "proposal_gone"
    template = mark(
        "This proposal is no longer there: it was answered before, or its event or session was changed. Nothing was "
        "written twice. Look at your log below."
    )


class NoNumbersYet(UsageError):
    """A report that nothing was worked out for."""

    code = "effect_no_numbers"
    template = mark(
        "The numbers have not been worked out yet, so no report was begun. Ask for them on this page, wait until they "
        "are there, look at them, and begin the report then."
    )


class EffectReportNotReady(UsageError):
    """An approval of a report that nobody has written a word of."""

    code = "effect_report_not_ready"
    template = mark(
        "The report can't be approved yet, because nobody has written its summary in any language. Nothing was "
        "approved. Write a few sentences on what the numbers say and what they don't, and approve then."
    )
