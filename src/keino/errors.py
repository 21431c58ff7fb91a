"""One family of errors: each has a code, a sentence and the values that caused it.

The sentence says what was met, where, why it matters to the result and what to do. It is an English
template; shells translate it by its text (see ``keino.report.language``) and fill in the values.
"""

from __future__ import annotations

from typing import ClassVar


def mark(message: str) -> str:
    """Return ``message`` unchanged; marks a sentence for the catalogs where it is translated later."""
    return message


class Problem:
    """A sentence, or part of one, that stands as a value inside an error and is translated by its text as errors are.

    Its own values may be problems too, or tuples, which are read as a list.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template.format(**{name: _in_english(value) for name, value in self.values.items()})

    def __repr__(self) -> str:
        return f"Problem({str(self)!r})"


class Problems(tuple[Problem, ...]):
    """Everything that is wrong with one thing, told together: each problem on a line of its own."""

    __slots__ = ()

    def __str__(self) -> str:
        return "".join(f"\n- {problem}" for problem in self)


def _in_english(value: object) -> object:
    """A value as it stands in the English sentence; numbers stay numbers, so that a template may format them."""
    if isinstance(value, Problems):
        return str(value)
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else value


class KeinoError(Exception):
    """Base of every error that is meant for people.

    ``code`` is stable and may be used by programs; ``template`` is English with ``{named}`` values.
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 3
    template: ClassVar[str] = "Something went wrong: {detail}"

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.template.format(**{name: _in_english(value) for name, value in values.items()}))


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
