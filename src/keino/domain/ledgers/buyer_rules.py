"""The buyer's own rules: a table in which each row sends the lines it describes to a category or leaves them out.

A row fills one or more evidence columns and either ``category`` or ``exclusion_reason``; ``note`` is free. Every filled
cell must match, ignoring case; a trailing ``*`` matches any ending. The first matching row wins.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from keino.errors import Problem, Problems, UsageError, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_ANSWER = ("category", "exclusion_reason", "note")


class BrokenRules(UsageError):
    """Rows of the buyer's rules that can't be used; ``problems`` are all of them."""

    code = "broken_rules"
    template = (
        "The rules file could not be used, so no line was categorised with it. Mend what is named here and run again:"
        "{problems}"
    )


_UNKNOWN = {
    "category": mark("Row {row} names the category {code}, which is not known.{hint}"),
    "exclusion_reason": mark("Row {row} names the exclusion reason {code}, which is not known.{hint}"),
}


@dataclass(frozen=True)
class BuyerRule:
    """One row of the buyer's rules; ``conditions`` are (column, pattern) pairs, ``row`` is 2 right below the header."""

    row: int
    conditions: tuple[tuple[str, str], ...]
    category: str
    exclusion_reason: str
    note: str = ""

    def matches(self, folded: Mapping[str, str]) -> bool:
        """True when every condition holds for a line's evidence, given without outer blanks and casefolded."""
        return all(_fits(folded[column], pattern) for column, pattern in self.conditions)


def _fits(value: str, pattern: str) -> bool:
    if pattern.endswith("*"):
        return value.startswith(pattern[:-1])
    return value == pattern


class BuyerRules:
    """The buyer's rules in their order, found by their first condition so that a thousand rules stay fast."""

    def __init__(self, rules: Iterable[BuyerRule]) -> None:
        self._rules = tuple(rules)
        self.columns = frozenset(column for rule in self._rules for column, _ in rule.conditions)
        self._exact: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._starting: dict[tuple[str, str], list[int]] = defaultdict(list)
        for order, rule in enumerate(self._rules):
            column, pattern = rule.conditions[0]
            index = self._starting if pattern.endswith("*") else self._exact
            index[column, pattern.removesuffix("*")].append(order)
        self._starts = frozenset((column, len(start)) for column, start in self._starting)

    def first(self, evidence: Mapping[str, str]) -> BuyerRule | None:
        """Return the first rule that fits a line's evidence (column → text), or None."""
        folded = {column: (evidence.get(column) or "").strip().casefold() for column in self.columns}
        orders = [order for column, value in folded.items() for order in self._exact.get((column, value), ())]
        for column, length in self._starts:
            orders += self._starting.get((column, folded[column][:length]), ())
        return next((self._rules[order] for order in sorted(orders) if self._rules[order].matches(folded)), None)


class _Reader:
    """Turns rows into rules and collects what is wrong with them."""

    def __init__(self, columns: Sequence[str], categories: Sequence[str], reasons: Sequence[str]) -> None:
        self._columns = columns
        self._categories = {code.casefold(): code for code in categories}
        self._reasons = {code.casefold(): code for code in reasons}
        self.problems: list[Problem] = []

    def rule(self, number: int, cells: Mapping[str, str]) -> BuyerRule:
        category, reason = cells.get("category", ""), cells.get("exclusion_reason", "")
        conditions = tuple(
            (column, value.casefold()) for column, value in cells.items() if column not in _ANSWER and value
        )
        self._check_shape(number, conditions, category, reason)
        return BuyerRule(
            row=number,
            conditions=conditions,
            category=self._known(number, "category", category, self._categories),
            exclusion_reason=self._known(number, "exclusion_reason", reason, self._reasons),
            note=cells.get("note", ""),
        )

    def check_columns(self, columns: Iterable[str]) -> None:
        for column in columns:
            if column not in self._columns and column not in _ANSWER:
                hint = _near(column, [*self._columns, *_ANSWER])
                self.problems.append(Problem("Column {column} is not known.{hint}", column=column, hint=hint))

    def _check_shape(self, number: int, conditions: tuple[tuple[str, str], ...], category: str, reason: str) -> None:
        if not conditions:
            self.problems.append(Problem("Row {row} has no condition, so it would take every line.", row=number))
        if category and reason:
            self.problems.append(
                Problem("Row {row} has both a category and an exclusion reason. Leave one of them empty.", row=number)
            )
        elif not category and not reason:
            self.problems.append(
                Problem("Row {row} has neither a category nor an exclusion reason. Fill one of them.", row=number)
            )

    def _known(self, number: int, what: str, code: str, known: Mapping[str, str]) -> str:
        if not code or code.casefold() in known:
            return known.get(code.casefold(), "")
        leaves = tuple(leaf for leaf in known.values() if leaf.startswith(f"{code.upper()}."))
        near = Problem(" Choose one of: {codes}.", codes=leaves) if leaves else _near(code, list(known.values()))
        self.problems.append(Problem(_UNKNOWN[what], row=number, code=code, hint=near))
        return ""


def _near(word: str, known: Sequence[str]) -> Problem | str:
    """The known words nearest to one, to end a sentence with; nothing when none is near."""
    folded = {each.casefold(): each for each in known}
    close = tuple(folded[each] for each in get_close_matches(word.casefold(), list(folded), n=4, cutoff=0.5))
    return Problem(" Near it: {codes}.", codes=close) if close else ""


def parse_buyer_rules(
    rows: Iterable[Mapping[str, str]],
    *,
    columns: Sequence[str],
    categories: Iterable[Mapping[str, str]],
    exclusion_reasons: Iterable[Mapping[str, str]],
) -> tuple[BuyerRule, ...]:
    """Return the buyer's rules in their order; empty rows are passed over.

    ``columns`` are the columns a rule may look at, ``categories`` and ``exclusion_reasons`` the fact tables of those
    names; a rule may name a leaf category only. Raises BrokenRules, which lists every problem at once.
    """
    leaves = [row["code"] for row in categories if row["parent"]]
    reader = _Reader(columns, leaves, [row["code"] for row in exclusion_reasons])
    rules: list[BuyerRule] = []
    seen: dict[str, None] = {}
    for number, row in enumerate(rows, start=2):
        cells = _cells(row)
        seen.update(dict.fromkeys(cells))
        if any(cells.values()):
            rules.append(reader.rule(number, cells))
    reader.check_columns(seen)
    if reader.problems:
        raise BrokenRules(problems=Problems(reader.problems))
    return tuple(rules)


def _cells(row: Mapping[str, str]) -> dict[str, str]:
    """A row's cells without blanks around them; cells beyond the header, as csv.DictReader gives them, are left out."""
    return {column.strip(): (value or "").strip() for column, value in row.items() if column}
