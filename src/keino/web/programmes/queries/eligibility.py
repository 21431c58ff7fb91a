"""The open self-check: an edition's rules against what somebody answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from keino.domain.programmes.eligibility import Checked, Verdict, Wanted, check, overall
from keino.web.programmes.choices import RuleKind
from keino.web.programmes.models import Edition, EligibilityRule


@dataclass(frozen=True)
class Result:
    """What the check found: each rule with its verdict, and what follows from all that are required."""

    rows: list[tuple[EligibilityRule, Checked]]
    overall: Verdict

    @property
    def why_not(self) -> list[EligibilityRule]:
        """Required rules that aren't met."""
        return [rule for rule, found in self.rows if found.verdict == Verdict.NOT_MET and rule.is_required]


def rules_of(edition: Edition) -> list[EligibilityRule]:
    """The edition's rules in their order."""
    return list(edition.eligibility_rules.select_related("edition"))


def self_check(rules: Sequence[EligibilityRule], known: Mapping[str, str | None]) -> Result:
    """Check what is known against the rules. What isn't required calls for a talk and closes no way."""
    found = check([_wanted(rule) for rule in rules], known)
    rows = list(zip(rules, found, strict=True))
    return Result(rows, overall([each for rule, each in rows if rule.is_required]))


def _wanted(rule: EligibilityRule) -> Wanted:
    if rule.kind == RuleKind.ORGANISATION_KIND:
        return Wanted(rule.code, "kind", frozenset(rule.values))
    return Wanted(rule.code, rule.code, frozenset({"yes"}))
