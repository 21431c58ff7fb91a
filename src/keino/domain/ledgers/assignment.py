"""Give source columns to keino's columns: what the header says, as far as the values don't contradict it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from keino.columns import LEDGER
from keino.domain.ledgers.column_fit import ColumnProfile, fit
from keino.domain.ledgers.headers import HeaderWords, Meaning

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: Where values contradict the header, the column it may have been meant for: a name under the code's header.
_COUNTERPARTS = {
    "account_code": "account_name",
    "account_name": "account_code",
    "account_code_standard": "account_name_standard",
    "account_name_standard": "account_code_standard",
    "unit_code": "unit_name",
    "unit_name": "unit_code",
    "buyer_code": "buyer_name",
    "buyer_name": "buyer_code",
    "supplier_id": "supplier_name",
    "supplier_name": "supplier_id",
    "posting_date": "period",
    "doc_date": "period",
    "payment_date": "period",
    "parent_code": "parent_name",
    "parent_name": "parent_code",
}
_COUNTERPART_WEIGHT = 0.75
_EMPTY_WEIGHT = 0.2
#: Roles of the fact table that are no column of a purchase line.
_ROLES = ("amount_basis", "other")


@dataclass(frozen=True)
class Candidate:
    """One way to use a source column (``index``): the keino column, the score (0-1) and the words behind it."""

    column: str
    index: int
    score: float
    meaning: Meaning


@dataclass
class Assignment:
    """``columns`` and ``roles`` map names to source columns; ``rivals`` are the candidates that lost a column.

    ``contradicted`` are filled source columns whose header names a column that their values can't be.
    """

    columns: dict[str, Candidate] = field(default_factory=dict)
    roles: dict[str, int] = field(default_factory=dict)
    rivals: list[Candidate] = field(default_factory=list)
    contradicted: dict[int, tuple[Meaning, ...]] = field(default_factory=dict)
    known: set[int] = field(default_factory=set)

    @property
    def taken(self) -> set[int]:
        """Source columns that stand for something."""
        return {candidate.index for candidate in self.columns.values()} | set(self.roles.values())

    def give(self, column: str, index: int, meaning: Meaning | None = None) -> None:
        """Let a source column stand for ``column`` and for nothing else."""
        for name in [name for name, candidate in self.columns.items() if candidate.index == index]:
            del self.columns[name]
        self.columns[column] = Candidate(column, index, 1.0, meaning or _unsaid(column))


def _unsaid(column: str) -> Meaning:
    return Meaning(column, 0.0, "", "", "", "")


def _weight(column: str, profile: ColumnProfile) -> float | None:
    """0-1 for values that fit the column, None when they contradict it."""
    if profile.is_empty:
        return _EMPTY_WEIGHT
    fitting = 1.0 if column in _ROLES else fit(column, profile)
    return None if fitting is None else 0.55 + 0.45 * fitting


def _candidates(index: int, meanings: Iterable[Meaning], profile: ColumnProfile) -> list[Candidate]:
    found: list[Candidate] = []
    for meaning in meanings:
        weight = _weight(meaning.column, profile)
        if weight is not None:
            found.append(Candidate(meaning.column, index, meaning.score * weight, meaning))
        elif other := _COUNTERPARTS.get(meaning.column):
            weight = _weight(other, profile)
            if weight is not None:
                found.append(Candidate(other, index, meaning.score * weight * _COUNTERPART_WEIGHT, meaning))
    return found


def assign(header: Sequence[str], profiles: Sequence[ColumnProfile], words: HeaderWords) -> Assignment:
    """Return the best use of every source column: highest score first, each source and each column once."""
    result = Assignment()
    candidates: list[Candidate] = []
    for index, profile in enumerate(profiles):
        meanings = words.meanings(header[index]) if index < len(header) else ()
        found = _candidates(index, meanings, profile)
        candidates.extend(found)
        if meanings:
            result.known.add(index)
        if meanings and not found:
            result.contradicted[index] = meanings
    for candidate in sorted(candidates, key=lambda one: (-one.score, one.index)):
        _place(candidate, result)
    return result


def _place(candidate: Candidate, result: Assignment) -> None:
    if candidate.index in result.taken:
        return
    if candidate.column in _ROLES:
        name = candidate.column if candidate.column == "amount_basis" else f"other {candidate.index}"
        result.roles.setdefault(name, candidate.index)
    elif candidate.column in result.columns:
        result.rivals.append(candidate)
    elif candidate.column in LEDGER:
        result.columns[candidate.column] = candidate


def determines(keys: Sequence[str], names: Sequence[str]) -> bool:
    """Whether each code has one name and most codes their own: the second column is the first one's name."""
    seen: dict[str, str] = {}
    pairs = [(key.strip(), name.strip()) for key, name in zip(keys, names, strict=True) if key.strip()]
    kept = sum(seen.setdefault(key, name) == name for key, name in pairs)
    different = {name for name in seen.values() if name}
    return len(seen) > 1 and kept >= 0.98 * len(pairs) and len(different) >= max(2, 0.6 * len(seen))


def mapped(assignment: Assignment) -> dict[str, int]:
    """Keino's columns in their usual order with the index of their source column."""
    return {name: assignment.columns[name].index for name in LEDGER if name in assignment.columns}


def languages(assignment: Assignment) -> Mapping[str, int]:
    """How many mapped headers are worded in each language."""
    counts: dict[str, int] = {}
    for candidate in assignment.columns.values():
        if candidate.meaning.language:
            counts[candidate.meaning.language] = counts.get(candidate.meaning.language, 0) + 1
    return counts
