"""Categories: from what a purchase line says of itself to a keino category, and why.

Order of evidence: the buyer's own rule, the CPV code, the account (by its number in a known chart, then by its words),
the words of the ledger's own category and of the description. The first evidence whose confidence reaches ``CLEAR``
decides; when none does, the most confident one decides. A vague account ("Other services") thus gives way to a clear
merchant category ("Airlines"), and a clear account never gives way. Before all facts, though after the buyer's rule,
comes an account that is certainly no purchase. Method: docs/methods/categories.md.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING

import ibis

from keino.columns import CATEGORISED, LEDGER
from keino.domain.ledgers.account_charts import (
    AccountRow,
    charts,
    names_agree,
    recognise_chart,
    split_account,
)
from keino.domain.ledgers.buyer_rules import BuyerRule, BuyerRules
from keino.domain.ledgers.buyer_rules import parse_buyer_rules as _parse_buyer_rules
from keino.domain.ledgers.category_words import CERTAIN, CLEAR, CategoryWords, WordMatch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ibis.expr.types import Table, Value

__all__ = [
    "CLEAR",
    "EVIDENCE_COLUMNS",
    "BuyerRule",
    "CategoryRules",
    "Decision",
    "categorised",
    "parse_buyer_rules",
    "recognise_chart",
]

#: An account whose name differs from the chart's name for its number is trusted this much less.
OTHER_NAME = 0.8
#: Words found in a free description are trusted this much less than words of a name.
FREE_TEXT = 0.8

_ACCOUNT_COLUMNS = ("account_name", "account_name_standard", "account_group")
_TEXT_COLUMNS = ("category_group", "category")
_NAMES = ("account_code", "account_code_standard", *_ACCOUNT_COLUMNS, *_TEXT_COLUMNS, "cpv_code")
_DECIDING = (*_NAMES, "description", "capital_or_revenue")

#: Columns of a purchase line that a decision may look at; those after ``capital_or_revenue`` only by a buyer's rule.
EVIDENCE_COLUMNS: tuple[str, ...] = (
    *_DECIDING,
    *(name for name, column in LEDGER.items() if column.type == "text" and name not in _DECIDING),
)

#: How ledgers print that a line is capital expenditure, in a column of its own or as the group of the account.
_CAPITAL = frozenset(
    {
        "c",
        "cap",
        "capital",
        "capital expenditure",
        "investment",
        "investointi",
        "investoinnit",
        "investering",
        "investeringar",
    }
)


@dataclass(frozen=True)
class Decision:
    """What was decided for a line; the fields are the columns ``CATEGORISED``. Confidence is 0-1."""

    category_code: str = ""
    category_basis: str = "none"
    category_confidence: float = 0.0
    category_evidence: str = ""
    exclusion_reason: str = ""
    is_investment: bool = False


UNDECIDED = Decision()


class CategoryRules:
    """All evidence of one run, built once from fact rows: ``decide`` then takes a line's evidence to a decision.

    ``accounts``, ``cpv`` and ``words`` are rows of the fact tables account_categories, cpv_categories and
    category_words; ``chart`` is what ``recognise_chart`` returned for the ledger (None: account numbers say nothing);
    ``editions`` name the edition of each table for the evidence shown.
    """

    def __init__(
        self,
        *,
        accounts: Iterable[Mapping[str, str]] = (),
        cpv: Iterable[Mapping[str, str]] = (),
        words: Iterable[Mapping[str, str]] = (),
        buyer_rules: Sequence[BuyerRule] = (),
        chart: str | None = None,
        editions: Mapping[str, str] | None = None,
    ) -> None:
        self._chart = charts(accounts).get(chart) if chart else None
        self._cpv = {row["cpv_prefix"]: row for row in cpv}
        self._words = CategoryWords(words)
        self._rules = BuyerRules(buyer_rules)
        self._editions = dict(editions or {})
        self._known: dict[tuple[str, ...], tuple[Decision, ...]] = {}

    @property
    def columns(self) -> tuple[str, ...]:
        """Evidence columns that can matter for these rules, in the order of ``EVIDENCE_COLUMNS``."""
        needed = {*self._rules.columns, "capital_or_revenue", "account_group"}
        if self._chart:
            needed.update(("account_code", "account_code_standard", *_ACCOUNT_COLUMNS))
        if self._cpv:
            needed.add("cpv_code")
        asked = {
            "account": (*_ACCOUNT_COLUMNS, *_TEXT_COLUMNS),
            "category": _TEXT_COLUMNS,
            "description": ("description",),
        }
        needed.update(column for scope in self._words.scopes for column in asked[scope])
        return tuple(column for column in EVIDENCE_COLUMNS if column in needed)

    def decide(self, evidence: Mapping[str, str]) -> Decision:
        """Return the decision for a line's evidence: column → text, missing columns count as empty."""
        facts = self._by_facts(evidence)
        rule = self._rules.first(evidence)
        chosen = _of_rule(rule) if rule else _choose(facts)
        if not chosen.category_code:
            return replace(chosen, is_investment=False)
        invested = _is_capital(evidence) or any(each.is_investment for each in (chosen, *facts[:1]))
        return replace(chosen, is_investment=invested)

    def _by_facts(self, evidence: Mapping[str, str]) -> tuple[Decision, ...]:
        """Decisions by account, CPV and text, the account's (or an undecided one) first."""
        description = self._of_words("text", "description", evidence.get("description") or "")
        if not description:
            return self._by_names(evidence)
        doubted = description.category_confidence * FREE_TEXT
        return (*self._by_names(evidence), replace(description, category_confidence=doubted))

    def _by_names(self, evidence: Mapping[str, str]) -> tuple[Decision, ...]:
        """As ``_by_facts`` without the description; remembered, since ledgers repeat their names and codes."""
        key = tuple(evidence.get(column) or "" for column in _NAMES)
        if key not in self._known:
            account = self._by_account(evidence) or UNDECIDED
            others = (self._by_cpv(evidence.get("cpv_code") or ""), self._by_category(evidence))
            self._known[key] = (account, *(each for each in others if each))
        return self._known[key]

    def _by_cpv(self, code: str) -> Decision | None:
        digits = code.strip()[:8]
        for length in range(len(digits), 1, -1):
            row = self._cpv.get(digits[:length])
            if row:
                found = f"cpv {row['cpv_prefix']}{self._edition('cpv_categories')}"
                return Decision(row["category"], "cpv", float(row["confidence"]), found)
        return None

    def _by_account(self, evidence: Mapping[str, str]) -> Decision | None:
        code, name = _account(evidence)
        by_words = self._of_words("account", "account", name, evidence.get("account_group") or "")
        row = self._chart.find(code) if self._chart else None
        if not row:
            return by_words
        by_number = self._of_account(code, row)
        if row.exclusion_reason or not by_words:
            return by_number
        if row.is_account and (not name or names_agree(name, row)):
            return by_number
        doubted = by_number.category_confidence * (OTHER_NAME if row.is_account else 1.0)
        if by_words.category_confidence > doubted:
            return replace(by_words, is_investment=by_words.is_investment or row.is_investment)
        return replace(by_number, category_confidence=doubted)

    def _of_account(self, code: str, row: AccountRow) -> Decision:
        chart = self._chart.name if self._chart else ""
        where = code if row.is_account else f"{code} in {row.first}-{row.last}"
        found = f"account {where} {chart}{self._edition('account_categories')}"
        return Decision(row.category, "account", row.confidence, found, row.exclusion_reason, row.is_investment)

    def _by_category(self, evidence: Mapping[str, str]) -> Decision | None:
        name, group = evidence.get("category") or "", evidence.get("category_group") or ""
        found = self._of_words("text", "category", name, group)
        if found or any(evidence.get(column) for column in _ACCOUNT_COLUMNS):
            return found
        return self._of_words("text", "account", name, group)  # some ledgers print account names as categories

    def _of_words(self, basis: str, scope: str, name: str, group: str = "") -> Decision | None:
        found = self._words.match(scope, name, group) if name or group else None
        return _of_match(basis, found) if found else None

    def _edition(self, table: str) -> str:
        edition = self._editions.get(table, "")
        return f" {edition}" if edition else ""


def _account(evidence: Mapping[str, str]) -> tuple[str, str]:
    """Number and name of the account: in the national standard chart where the ledger gives it, else as printed."""
    code = evidence.get("account_code_standard") or evidence.get("account_code") or ""
    name = evidence.get("account_name_standard") or evidence.get("account_name") or ""
    return split_account(code, name)


def _of_match(basis: str, found: WordMatch) -> Decision:
    row = found.row
    said = f"words {row.text}"
    return Decision(row.category, basis, found.confidence, said, row.exclusion_reason, row.is_investment)


def _of_rule(rule: BuyerRule) -> Decision:
    return Decision(rule.category, "rule", 1.0, f"rule row {rule.row}", rule.exclusion_reason)


def _choose(decisions: Sequence[Decision]) -> Decision:
    """Return the account's certain exclusion, else the first clear decision, else the most confident one.

    A CPV code or a text can't turn the counter-entry of an investment or a salary into a purchase. In a tie the earlier
    kind of evidence decides.
    """
    ordered = sorted(decisions, key=lambda each: ("cpv", "account", "text", "none").index(each.category_basis))
    excluded = (each for each in ordered if each.category_basis == "account" and _is_certain_exclusion(each))
    clear = (each for each in ordered if each.category_confidence >= CLEAR)
    vague = max(ordered, key=lambda each: each.category_confidence)
    return next(excluded, None) or next(clear, vague)


def _is_certain_exclusion(decision: Decision) -> bool:
    return bool(decision.exclusion_reason) and decision.category_confidence >= CERTAIN


def _is_capital(evidence: Mapping[str, str]) -> bool:
    printed = (evidence.get(column) or "" for column in ("capital_or_revenue", "account_group"))
    return any(text.strip().casefold() in _CAPITAL for text in printed)


def parse_buyer_rules(
    rows: Iterable[Mapping[str, str]],
    *,
    categories: Iterable[Mapping[str, str]],
    exclusion_reasons: Iterable[Mapping[str, str]],
) -> tuple[BuyerRule, ...]:
    """Return the buyer's rules from the rows of their file; raises UsageError naming every problem at once."""
    return _parse_buyer_rules(
        rows, columns=EVIDENCE_COLUMNS, categories=categories, exclusion_reasons=exclusion_reasons
    )


def categorised(lines: Table, keys: Table, *, on: Sequence[str]) -> Table:
    """Return the lines with the columns ``CATEGORISED``, taken from the key table.

    ``keys`` holds each combination of the evidence columns ``on`` once, with its decision; an empty cell is '' there,
    and null counts as ''. A line whose combination is absent is undecided: basis none, confidence 0. Lines stay as many
    as they were.
    """
    if not on:
        return lines.mutate(**{name: ibis.literal(value) for name, value in _undecided().items()})
    with_key = lines.mutate(**{f"_key_{column}": lines[column].fill_null("") for column in on})
    answers = keys.select(
        **{f"_key_{column}": keys[column].fill_null("") for column in on},
        **{f"_{name}": keys[name] for name in CATEGORISED},
    )
    joined = with_key.left_join(answers, [f"_key_{column}" for column in on])
    decided: dict[str, Value] = {name: joined[f"_{name}"].fill_null(value) for name, value in _undecided().items()}
    return joined.select(*(joined[name] for name in lines.columns), **decided)


def _undecided() -> dict[str, str | float | bool]:
    return dict(zip(CATEGORISED, astuple(UNDECIDED), strict=True))
