"""One family of errors: each has a code, a sentence and the values that caused it.

The sentence says what was met, where, why it matters to the result and what to do. It is an English
template; shells translate it by its text (see ``keino.report.language``) and fill in the values.
"""

from __future__ import annotations

from typing import ClassVar


class KeinoError(Exception):
    """Base of every error that is meant for people.

    ``code`` is stable and may be used by programs; ``template`` is English with ``{named}`` values.
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 3
    template: ClassVar[str] = "Something went wrong: {detail}"

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.template.format(**values))


class UsageError(KeinoError):
    """The request itself is wrong: an unknown option value, a missing mapping choice."""

    code = "usage"
    exit_code = 2
    template = "{detail}"


class FactsError(KeinoError):
    """A fact table, edition or row is missing or malformed."""

    code = "facts"
    exit_code = 2
    template = "{detail}"


class UnreadableLedger(KeinoError):
    """A file can't be read as a purchase ledger at all."""

    code = "unreadable_ledger"
    exit_code = 3
    template = "{path} could not be read: {what}. Nothing was counted from it. {remedy}"
