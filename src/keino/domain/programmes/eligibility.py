"""Whether an organisation may take part in an edition, rule by rule: met, not met, or can't be told.

A rule asks for one thing; what is known of the organisation stands beside it. A rule that asks for something nobody
told can't be told: it is neither held against the organisation nor taken for granted. Reasons are codes; pages say
them.

Method: docs/how-to/apply-to-an-academy.md.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What can be said of one rule, or of all of them."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Wanted:
    """One rule of an edition. ``field`` names what it asks; met when the answer is among ``values``.

    For a number of people or months, ``at_least`` is the smallest that is enough and ``values`` is empty.
    """

    code: str
    field: str
    values: frozenset[str] = frozenset()
    at_least: int | None = None


@dataclass(frozen=True)
class Checked:
    """One rule with what was found: the verdict, and what the organisation said (None = nothing)."""

    code: str
    verdict: Verdict
    said: str | int | None


def check(rules: Sequence[Wanted], known: dict[str, str | int | None]) -> list[Checked]:
    """Each rule in its order, against what is known of the organisation by field."""
    return [_check(rule, known.get(rule.field)) for rule in rules]


def _check(rule: Wanted, said: str | int | None) -> Checked:
    if said is None or said == "":
        return Checked(rule.code, Verdict.UNKNOWN, None)
    return Checked(rule.code, Verdict.MET if _holds(rule, said) else Verdict.NOT_MET, said)


def _holds(rule: Wanted, said: str | int) -> bool:
    if rule.at_least is None:
        return str(said) in rule.values
    return isinstance(said, int) and said >= rule.at_least


def overall(checked: Collection[Checked]) -> Verdict:
    """One thing that isn't met is enough to say no; all must be met to say yes."""
    verdicts = {each.verdict for each in checked}
    if Verdict.NOT_MET in verdicts:
        return Verdict.NOT_MET
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.MET
