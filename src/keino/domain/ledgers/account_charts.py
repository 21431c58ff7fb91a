"""Charts of accounts: find an account's row, and recognise which chart a ledger uses.

The same number means different things in different charts (4391 in a Finnish town, 5706 in an English county), so a
chart is used only when the ledger's own codes and names show that it is the one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keino.domain.ledgers.category_words import tokens
from keino.domain.ledgers.values import split_code_and_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: Share of the words of two names that must be common for the names to agree.
COMMON_WORDS = 0.5
#: Share of the named accounts whose names must agree with the chart.
AGREEING_NAMES = 0.5
#: Share of the codes that must exist in the chart when the ledger gives no names, and how many codes it takes.
EXISTING_CODES = 0.8
FEWEST_CODES = 3

_STEM = 5  # letters compared, since Finnish and Swedish words bend at their ends
_LINKS = frozenset({"ja", "och", "samt", "sekä", "pl", "på", "för", "av", "till"})


def split_account(code: str, name: str) -> tuple[str, str]:
    """Return an account's number and name; some ledgers print both in one cell.

    >>> split_account("4340 Asiantuntijapalvelut", "")
    ('4340', 'Asiantuntijapalvelut')
    """
    both = split_code_and_name(code)
    return (both[0], name.strip() or both[1]) if both else (code.strip(), name.strip())


@dataclass(frozen=True)
class AccountRow:
    """An account (``first`` = ``last``) or the range between two accounts; one of category and exclusion is filled."""

    first: str
    last: str
    category: str
    exclusion_reason: str
    is_investment: bool
    confidence: float
    names: tuple[str, ...]

    @property
    def is_account(self) -> bool:
        """True for an account of the chart itself, False for a range between accounts."""
        return self.first == self.last and bool(self.names)


def account_row(row: Mapping[str, str]) -> AccountRow:
    """Return a row of the fact table ``account_categories`` in its typed form."""
    return AccountRow(
        first=row["account_from"],
        last=row["account_to"],
        category=row["category"],
        exclusion_reason=row["exclusion_reason"],
        is_investment=row["is_investment"] == "1",
        confidence=float(row["confidence"]),
        names=tuple(name for name in (row["label_fi"], row.get("label_sv", "")) if name),
    )


class Chart:
    """One chart of accounts: rows in order, without overlaps."""

    def __init__(self, name: str, rows: Iterable[AccountRow]) -> None:
        self.name = name
        self._rows = sorted(rows, key=lambda row: row.first)
        self._firsts = [row.first for row in self._rows]
        self._width = len(self._firsts[0]) if self._firsts else 0

    def find(self, code: str) -> AccountRow | None:
        """Return the row of an account; a longer code is read by its first digits (4390 of 439010)."""
        digits = code.strip()
        if not digits.isdecimal() or len(digits) < self._width:
            return None
        start = digits[: self._width]
        place = bisect_right(self._firsts, start) - 1
        if place < 0 or self._rows[place].last < start:
            return None
        return self._rows[place]

    def has_account(self, code: str) -> bool:
        """True when exactly this code is an account of the chart."""
        row = self.find(code)
        return row is not None and row.is_account and row.first == code.strip()


def charts(rows: Iterable[Mapping[str, str]]) -> dict[str, Chart]:
    """Return the charts of the fact table ``account_categories`` by their code."""
    by_chart: dict[str, list[AccountRow]] = defaultdict(list)
    for row in rows:
        by_chart[row["chart"]].append(account_row(row))
    return {name: Chart(name, of_chart) for name, of_chart in by_chart.items()}


def _stems(name: str) -> frozenset[str]:
    return frozenset(token[:_STEM] for token in tokens(name) if token not in _LINKS)


def names_agree(name: str, row: AccountRow) -> bool:
    """True when a ledger's name of an account and one of the chart's names share at least half of their words.

    Words are compared by their first five letters: "ICT- palvelut" is "ICT-palvelut", "Vaatteisto ja tekstiilit" is
    "Vaatteisto".
    """
    stems = _stems(name)
    labels = [_stems(label) for label in row.names]
    return any(len(stems & label) >= COMMON_WORDS * len(stems | label) > 0 for label in labels)


def _agreement(named: Sequence[tuple[str, str]], chart: Chart) -> float:
    """Share of named accounts that the chart holds under the same name; 0 when too few codes are in the chart."""
    rows = [(name, chart.find(code)) for code, name in named]
    accounts = [(name, row) for name, row in rows if row is not None and row.is_account]
    if len(accounts) < AGREEING_NAMES * len(named) or not accounts:
        return 0.0
    return sum(names_agree(name, row) for name, row in accounts) / len(accounts)


def _existence(codes: frozenset[str], chart: Chart) -> float:
    if len(codes) < FEWEST_CODES:
        return 0.0
    return sum(chart.has_account(code) for code in codes) / len(codes)


def recognise_chart(accounts: Iterable[tuple[str, str]], account_rows: Iterable[Mapping[str, str]]) -> str | None:
    """Return the chart that a ledger's (code, name) pairs come from, or None.

    With names, at least half of the named accounts must be in the chart, and at least half of those under the same
    name, in Finnish or Swedish. Without any names at least four fifths of the codes must be accounts of the chart.
    """
    pairs = {split_account(code, name or "") for code, name in accounts if code and code.strip()}
    named = sorted((code, name) for code, name in pairs if name)
    codes = frozenset(code for code, _ in pairs)
    scores: dict[str, float] = {}
    for name, chart in charts(account_rows).items():
        score = _agreement(named, chart) if named else _existence(codes, chart)
        if score >= (AGREEING_NAMES if named else EXISTING_CODES):
            scores[name] = score
    return max(sorted(scores), key=lambda name: scores[name], default=None)
