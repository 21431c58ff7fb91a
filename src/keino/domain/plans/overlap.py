"""Measures of one category act on what the others leave: footprint × (1 − Π (1 − share)), as rows of a linear program.

With u = Σ −ln(1 − share) over the measures in force, the reduction is footprint × (1 − e^−u): concave in u, which is
linear in the columns. So every tangent bounds it from above everywhere and touches it where it was drawn. The program
begins with few tangents and gets the one at every solution that promises too much, until the promise is what
``evaluation`` works out. This is outer approximation (Duran & Grossmann 1986): its bound is valid all along, and at the
end the model is exact, not approximate. Three more bounds, valid for whole columns only, make the relaxed program
tighter: without overlap (Σ share), and two that follow from diminishing returns: what a measure adds to a set is at
most what it adds to a part of that set, and at least what it adds to all the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, log1p, prod
from typing import TYPE_CHECKING

from keino.domain.plans.solver import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keino.domain.plans.solver import Floats, Program, Terms

#: A measure that removes everything counts as removing all but this part: ln 0 has no value. It errs on the safe side.
LEFT = 1e-7

#: First tangents are drawn where this share of the footprint is reduced.
FIRST_TANGENTS = (0.1, 0.25, 0.45, 0.7)


@dataclass(frozen=True)
class Member:
    """A measure in a category and year: columns that are 1 together when it is in force, and the share it removes."""

    code: str
    terms: Terms
    share: float
    exclusive: frozenset[str]

    @property
    def depth(self) -> float:
        """−ln(1 − share)."""
        return -log1p(-min(self.share, 1 - LEFT))


class OverlapGroup:
    """The reduction of one category and year; ``size`` is its footprint in the program's units."""

    def __init__(self, program: Program, category: str, year: int, size: float, members: tuple[Member, ...]) -> None:
        self.category, self.year, self.size, self.members = category, year, size, members
        one_at_most = len(members) == 1 or bool(frozenset.intersection(*(member.exclusive for member in members)))
        self.reduction: Terms = self._plain() if one_at_most else {}
        self._column: int | None = None
        if not one_at_most:
            self._column = program.column(high=size * min(1.0, sum(member.share for member in members)))
            self.reduction = {self._column: 1.0}
            program.rows.append(self._bound(0.0, {member.code: member.share for member in members}))
            deepest = sum(member.depth for member in members)
            marks = [-log(1 - share) for share in FIRST_TANGENTS]
            program.rows.extend(self._tangent(depth) for depth in marks if depth < deepest)

    def cuts(self, values: Floats, tolerance: float) -> list[Row]:
        """Rows that a relaxed solution breaks by more than ``tolerance`` of the whole: the tangent where it stands."""
        if self._column is None:
            return []
        depth = sum(member.depth * _value(member.terms, values) for member in self.members)
        if values[self._column] <= self.size * (1 - exp(-depth)) + tolerance:
            return []
        return [self._tangent(depth)]

    def whole_cuts(self, values: Floats, tolerance: float) -> list[Row]:
        """Rows that a whole solution breaks: each touches the reduction of the measures in force."""
        made = self.cuts(values, tolerance)
        if not made:
            return []
        on = tuple(member.code for member in self.members if _value(member.terms, values) > 0.5)
        return [*made, self._after(on), self._before(on)]

    def _plain(self) -> Terms:
        total: dict[int, float] = {}
        for member in self.members:
            for column, factor in member.terms.items():
                total[column] = total.get(column, 0.0) + self.size * member.share * factor
        return total

    def _tangent(self, depth: float) -> Row:
        """Reduction ≤ 1 − e^−d + e^−d (u − d)."""
        left = exp(-depth)
        return self._bound(1 - left - left * depth, {member.code: left * member.depth for member in self.members})

    def _after(self, on: tuple[str, ...]) -> Row:
        """f(S) + Σ outside S: what each adds to S − Σ in S: what each adds to all others."""
        left = {member.code: max(1 - member.share, LEFT) for member in self.members}
        rest = prod(left[code] for code in on)
        everything = prod(left.values())
        last = {member.code: (1 - left[member.code]) * everything / left[member.code] for member in self.members}
        slopes = {m.code: last[m.code] if m.code in on else rest * (1 - left[m.code]) for m in self.members}
        return self._bound(1 - rest - sum(last[code] for code in on), slopes)

    def _before(self, on: tuple[str, ...]) -> Row:
        """f(S) + Σ outside S: what each does alone − Σ in S: what each adds to the rest of S."""
        left = {member.code: max(1 - member.share, LEFT) for member in self.members}
        rest = prod(left[code] for code in on)
        added = {code: rest * (1 - left[code]) / left[code] for code in on}
        slopes = {m.code: added.get(m.code, 1 - left[m.code]) for m in self.members}
        return self._bound(1 - rest - sum(added.values()), slopes)

    def _bound(self, constant: float, slopes: Mapping[str, float]) -> Row:
        """Reduction − size × Σ slope × in force ≤ size × constant."""
        assert self._column is not None
        terms: dict[int, float] = {self._column: 1.0}
        for member in self.members:
            for column, factor in member.terms.items():
                terms[column] = terms.get(column, 0.0) - self.size * slopes[member.code] * factor
        return Row(terms, high=self.size * constant)


def _value(terms: Terms, values: Floats) -> float:
    return float(sum(factor * values[column] for column, factor in terms.items()))
