"""Words that tell a category: rows such as ``cleaning material*`` matched against names and texts.

A row matches when every one of its words occurs in the text, in any order; a trailing ``*`` stands for any ending.
Among matching rows the one with the most matched characters wins, so that ``cleaning material*`` outdoes
``cleaning``; the more confident row wins a tie, and after that the earlier one. One thing comes before length: a row
that is certain of an exclusion (``CERTAIN``) wins over categories, so that "Advertising income" is income.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Evidence of at least this confidence is clear: it isn't outdone by what is asked after it.
CLEAR = 0.6
#: Confidence of a row that matched only the group of an account or category, relative to its own.
GROUP_ONLY = 0.8
#: An exclusion of at least this confidence, found in the name or in its group alone, wins over any category.
CERTAIN = 0.9

SCOPES = ("account", "category", "description")

_TOKEN = re.compile(r"[^\W_]+")


def tokens(text: str) -> tuple[str, ...]:
    """Words of a text, casefolded, without punctuation.

    >>> tokens("ICT- palvelut")
    ('ict', 'palvelut')
    """
    return tuple(_TOKEN.findall(text.casefold()))


@dataclass(frozen=True)
class WordRow:
    """One row of the word table; exactly one of category and exclusion reason is filled.

    ``exact`` are its words without a star, ``starts`` the beginnings of those with one; ``rank`` (matched characters,
    confidence, earlier row) is largest for the winner.
    """

    text: str
    exact: frozenset[str]
    starts: tuple[str, ...]
    category: str
    exclusion_reason: str
    is_investment: bool
    confidence: float
    rank: tuple[int, float, int]

    @property
    def is_certain_exclusion(self) -> bool:
        """True when nothing about the name can make this a purchase after all."""
        return bool(self.exclusion_reason) and self.confidence >= CERTAIN

    def lies_in(self, present: frozenset[str]) -> bool:
        """True when every word of the row occurs among the tokens."""
        if not self.exact <= present:
            return False
        return all(any(token.startswith(start) for token in present) for start in self.starts)


@dataclass(frozen=True)
class WordMatch:
    """The row that won, and how sure it is here (0-1)."""

    row: WordRow
    confidence: float


def word_row(row: Mapping[str, str], order: int) -> WordRow:
    """Return a row of the fact table ``category_words`` in its typed form; ``order`` is its place in the table."""
    words = row["words"].casefold().split()
    confidence = float(row["confidence"])
    return WordRow(
        text=" ".join(words),
        exact=frozenset(word for word in words if not word.endswith("*")),
        starts=tuple(word[:-1] for word in words if word.endswith("*")),
        category=row["category"],
        exclusion_reason=row["exclusion_reason"],
        is_investment=row["is_investment"] == "1",
        confidence=confidence,
        rank=(sum(len(word.rstrip("*")) for word in words), confidence, -order),
    )


class _Index:
    """Rows of one scope by their longest word, so that a text meets only rows that can match it."""

    def __init__(self) -> None:
        self._exact: dict[str, list[WordRow]] = defaultdict(list)
        self._starting: dict[str, list[WordRow]] = defaultdict(list)
        self._reached: dict[str, list[WordRow]] = {}

    def add(self, row: WordRow) -> None:
        if row.exact:
            self._exact[max(row.exact, key=lambda word: (len(word), word))].append(row)
        else:
            self._starting[max(row.starts, key=len)].append(row)

    def _reachable(self, token: str) -> list[WordRow]:
        known = self._reached.get(token)
        if known is None:
            starts = (token[:length] for length in range(1, len(token) + 1))
            known = [*self._exact.get(token, ()), *(row for start in starts for row in self._starting.get(start, ()))]
            if known:  # what meets no row, such as invoice numbers, would fill the memory
                self._reached[token] = known
        return known

    def matching(self, present: frozenset[str]) -> list[WordRow]:
        """Rows whose words all occur among the tokens."""
        reachable = {row.rank: row for token in present for row in self._reachable(token)}
        return [row for row in reachable.values() if row.lies_in(present)]


class CategoryWords:
    """The word table, ready to be asked. Answers about names are remembered, since ledgers repeat them."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._indexes: dict[str, _Index] = {scope: _Index() for scope in SCOPES}
        self._scopes: set[str] = set()
        self._known: dict[tuple[str, str, str], WordMatch | None] = {}
        for order, row in enumerate(rows):
            scopes = SCOPES if row["applies_to"] == "any" else (row["applies_to"],)
            self._scopes.update(scopes)
            for scope in scopes:
                self._indexes[scope].add(word_row(row, order))

    @property
    def scopes(self) -> frozenset[str]:
        """Scopes that have any row."""
        return frozenset(self._scopes)

    def match(self, scope: str, name: str, group: str = "") -> WordMatch | None:
        """Return the winning row for a name within its group, or None.

        ``scope`` is account, category or description. When the name alone isn't clear, words of a category may be
        spread over name and group (``Transport`` + ``Maintenance``); a row found in the group alone counts only when
        the name says nothing, and less. Without a name the group is the name.
        """
        if scope == "description":  # hardly ever the same twice
            return self._find(scope, name, group)
        key = (scope, name, group)
        if key not in self._known:
            self._known[key] = self._find(scope, name, group)
        return self._known[key]

    def _find(self, scope: str, name_text: str, group_text: str) -> WordMatch | None:
        name, group = frozenset(tokens(name_text)), frozenset(tokens(group_text))
        if not name:
            name, group = group, name
        rows = self._indexes[scope].matching(name | group)
        of_name = [row for row in rows if row.lies_in(name)]
        of_group = [row for row in rows if row.lies_in(group)]
        spread = [row for row in rows if row not in of_group and not row.exclusion_reason]
        certain = _best([row for row in of_name + of_group if row.is_certain_exclusion])
        clear = _best(of_name)
        if certain or (clear and clear.confidence >= CLEAR):
            return certain or clear
        return _best(of_name + spread) or _best(of_group, GROUP_ONLY)


def _best(rows: list[WordRow], share: float = 1.0) -> WordMatch | None:
    if not rows:
        return None
    row = max(rows, key=lambda each: each.rank)
    return WordMatch(row, row.confidence * share)
