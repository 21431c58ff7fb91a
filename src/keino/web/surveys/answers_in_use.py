"""Answers that something else still stands on, an application or an assignment: they outlive their form's time.

An answer names what it is about in words alone (``FormAnswer.subject``). Apps on the right register (in their
``apps.py``) who tells which of these they still need; this one never imports them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import islice
from uuid import UUID

#: Of these subjects, those that are still needed.
InUse = Callable[[Collection[str]], Collection[str]]

_ASKED: list[InUse] = []
#: A database takes only so many values in one question.
_AT_ONCE = 500


def keeps_answers(in_use: InUse) -> None:
    """Ask ``in_use`` before old answers are deleted."""
    if in_use not in _ASKED:
        _ASKED.append(in_use)


def still_needed(subjects: Collection[str]) -> set[str]:
    """Those of the subjects that some app still needs."""
    found: set[str] = set()
    rest = iter(sorted(subjects))
    while some := list(islice(rest, _AT_ONCE)):
        for in_use in _ASKED:
            found.update(in_use(some))
    return found


def named_by(subjects: Collection[str], kind: str) -> dict[str, UUID]:
    """The subjects of a kind, each with the thing that it names: ``kind:<public id>`` and perhaps more after it."""
    found = {}
    for subject in subjects:
        named, _colon, rest = subject.partition(":")
        if named == kind:
            found[subject] = UUID(rest.partition(":")[0])
    return found
