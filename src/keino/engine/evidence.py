"""What a category is decided from: sums of lines that are alike in all evidence, each decided once.

A ledger of millions of lines has a few hundred accounts and category words. Only lines whose other evidence is not
clear are told apart by their free description too, which costs a second pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from keino.columns import CATEGORISED
from keino.domain.ledgers.categories import CLEAR, CategoryRules, Decision
from keino.engine.tables import MONEY, NUMBER, TEXT, TRUTH, WHOLE, Columns

if TYPE_CHECKING:
    from keino.engine.ingest.counting import Counted

#: Text columns that may decide a category without a buyer's rule; free description apart.
EVIDENCE = (
    "account_code",
    "account_code_standard",
    "account_name",
    "account_name_standard",
    "account_group",
    "category_group",
    "category",
    "cpv_code",
    "capital_or_revenue",
)
#: The description where it may decide, else empty: the last evidence column of every table.
DESCRIPTION_KEY = "description_key"


@dataclass(frozen=True)
class Key:
    """Sum of lines that are alike in evidence and year."""

    evidence: tuple[str, ...]
    description: str
    year: int
    lines: int
    amount: Decimal


class Decided:
    """The decisions of a run: one for each distinct evidence, and which evidence is too vague to do without words."""

    def __init__(self, columns: Sequence[str], rules: CategoryRules, *, reads_whole_descriptions: bool = False) -> None:
        self.reads_whole_descriptions = reads_whole_descriptions
        self.columns = (*columns, DESCRIPTION_KEY)
        self.vague: set[tuple[str, ...]] = set()
        self._names = (*columns, "description")
        self._rules = rules
        self._known: dict[tuple[str, ...], Decision] = {}
        self._representatives: dict[tuple[tuple[str, ...], Decision], str] = {}

    def decide(self, evidence: tuple[str, ...], description: str = "") -> Decision:
        """The decision for evidence (texts in the order of ``columns``) and a description, remembered."""
        key = (*evidence, description)
        if key not in self._known:
            self._known[key] = self._asked(evidence, description)
        return self._known[key]

    def representative(self, evidence: tuple[str, ...], description: str) -> str:
        """The description that stands for all that decide the same; empty when this one decides nothing."""
        decision = self._asked(evidence, description)
        if decision == self.decide(evidence):
            return ""
        shown = self._representatives.setdefault((evidence, decision), description)
        self._known.setdefault((*evidence, shown), decision)
        return shown

    def _asked(self, evidence: tuple[str, ...], description: str) -> Decision:
        return self._rules.decide(dict(zip(self._names, (*evidence, description), strict=True)))

    def table(self) -> Columns:
        """Every distinct evidence with its decision, for joining to lines."""
        names = (*self.columns, *CATEGORISED)
        kinds = {"category_confidence": NUMBER, "is_investment": TRUTH}
        rows = [(*key, *astuple(decision)) for key, decision in self._known.items()]
        return {name: (kinds.get(name, TEXT), [row[place] for row in rows]) for place, name in enumerate(names)}

    def vague_table(self) -> Columns:
        """The vague evidence, one row each."""
        rows = sorted(self.vague)
        return {name: (TEXT, [row[place] for row in rows]) for place, name in enumerate(self.columns[:-1])}


def decide_all(
    counted: Sequence[Counted], rules: CategoryRules, columns: Sequence[str], *, reads_whole_descriptions: bool = False
) -> tuple[list[Key], Decided]:
    """Return the sums of all lines by evidence and year, and the decisions for them.

    Where a ledger has descriptions, ``vague`` of the decisions names the evidence they may decide (``describe``).
    A buyer's rule may look at a whole description; without one only its words count, not its numbers.
    """
    decided = Decided(columns, rules, reads_whole_descriptions=reads_whole_descriptions)
    keys = [
        Key(group.keys, "", group.year or 0, group.lines, group.amount) for each in counted for group in each.groups
    ]
    for key in keys:
        decided.decide(key.evidence)
    if any("description" in each.ledger.layout.columns for each in counted):
        decided.vague = {key.evidence for key in keys if decided.decide(key.evidence).category_confidence < CLEAR}
    return keys, decided


def key_table(keys: Sequence[Key], decided: Decided) -> Columns:
    """The sums as a table of lines: evidence, year, lines, amount_net."""
    texts = [(*key.evidence, key.description) for key in keys]
    return {
        **{name: (TEXT, [row[place] for row in texts]) for place, name in enumerate(decided.columns)},
        "year": (WHOLE, [key.year for key in keys]),
        "lines": (WHOLE, [key.lines for key in keys]),
        "amount_net": (MONEY, [key.amount for key in keys]),
    }
