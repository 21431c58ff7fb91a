"""Whether an organisation may take part in an edition, rule by rule: met, not met, or can't be told.

A rule asks for one thing; what is known of the organisation stands beside it. A rule that asks for something nobody
told can't be told: it is neither held against the organisation nor taken for granted. Reasons are codes; pages say
them.

Method: docs/how-to/apply-to-an-academy.md.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What can be said of one rule, or of all of them."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Wanted:
    """One rule of an edition. ``field`` names what it asks; met when the answer is among ``values``."""

    code: str
    field: str
    values: frozenset[str]


@dataclass(frozen=True)
class Checked:
    """One rule with what was found: the verdict, and what the organisation said (None = nothing)."""

    code: str
    verdict: Verdict
    said: str | None


def check(rules: Sequence[Wanted], known: Mapping[str, str | None]) -> list[Checked]:
    """Each rule in its order, against what is known of the organisation by field."""
    return [_check(rule, known.get(rule.field)) for rule in rules]


def _check(rule: Wanted, said: str | None) -> Checked:
    if not said:
        return Checked(rule.code, Verdict.UNKNOWN, None)
    return Checked(rule.code, Verdict.MET if said in rule.values else Verdict.NOT_MET, said)


def overall(checked: Collection[Checked]) -> Verdict:
    """One thing that isn't met is enough to say no; all must be met to say yes."""
    verdicts = {each.verdict for each in checked}
    if Verdict.NOT_MET in verdicts:
        return Verdict.NOT_MET
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.MET
