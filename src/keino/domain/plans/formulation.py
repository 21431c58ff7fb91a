"""A plan as a mixed-integer program.

Columns: *begun* by a year, one 0/1 column per measure and year in which it may start (cumulative, so that prerequisites
and lifetimes are plain differences and a search decides "early or late" rather than one year among many); *reduction*
of each category and year, bounded from above by rows that are exact where all begun columns are whole (see
``overlap``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from keino.domain.plans.evaluation import Start
from keino.domain.plans.overlap import Member, OverlapGroup
from keino.domain.plans.robustness import Spread
from keino.domain.plans.solver import Program
from keino.domain.plans.task import INVESTMENT, RUNNING, STAFF, TARGET, TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keino.domain.plans.measures import Measure
    from keino.domain.plans.solver import Floats, Row, Terms
    from keino.domain.plans.task import Task

#: Limits and reductions are scaled to this size, so that the solver's absolute tolerances mean the same for all.
SIZE = 1000.0


@dataclass
class Formulation:
    """A program with the meaning of its columns.

    ``begun``: measure → (start year, column), in order of years. ``slack``: (limit or target, year) → (column, its unit
    in € / days / kg). ``unit``: what one unit of the objective is worth, in € or kgCO2e; negative where the most is
    sought.
    """

    task: Task
    program: Program = field(default_factory=Program)
    begun: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    groups: list[OverlapGroup] = field(default_factory=list)
    spreads: list[Spread] = field(default_factory=list)
    slack: dict[tuple[str, int | None], tuple[int, float]] = field(default_factory=dict)
    unit: float = 1.0

    def starts(self, values: Floats) -> tuple[Start, ...]:
        """The starts that a solution stands for."""
        found = []
        for measure, columns in self.begun.items():
            first = next((year for year, column in columns if values[column] > 0.5), None)
            if first is not None:
                found.append(Start(first, measure))
        return tuple(sorted(found))

    def values(self, starts: Iterable[Start]) -> Floats:
        """The begun columns of given starts; other columns are 0."""
        year_of = {start.measure: start.year for start in starts}
        values = np.zeros(len(self.program.cost))
        for code, columns in self.begun.items():
            for year, column in columns:
                values[column] = float(code in year_of and year_of[code] <= year)
        return values

    def cuts(self, values: Floats, tolerance: float) -> list[Row]:
        """Rows that a relaxed solution should obey and doesn't."""
        rows = [row for part in self.groups for row in part.cuts(values, tolerance)]
        return rows + [row for part in self.spreads for row in part.cuts(values, tolerance)]

    def whole_cuts(self, values: Floats, tolerance: float) -> list[Row]:
        """The same for a solution with whole columns, where more can be said."""
        rows = [row for part in self.groups for row in part.whole_cuts(values, tolerance)]
        return rows + [row for part in self.spreads for row in part.cuts(values, tolerance)]

    def in_force(self, measure: Measure, year: int) -> Terms:
        """1 in a year in which the measure has its effect."""
        return _minus(self._begun_by(measure.code, year), self._begun_by(measure.code, year - measure.lifetime_years))

    def starting(self, measure: Measure, year: int) -> Terms:
        """1 in the start year."""
        return _minus(self._begun_by(measure.code, year), self._begun_by(measure.code, year - 1))

    def cost_terms(self) -> dict[int, float]:
        """Discounted cost of the plan in €."""
        return _sum(
            (task_cost, self.starting(measure, year))
            for measure in self.task.measures
            for year, _ in self.begun[measure.code]
            for task_cost in (self.task.cost_eur(measure, year),)
        )

    def reduction_terms(self, year: int) -> dict[int, float]:
        """Reduction of a year, in ``SIZE``-ths of the baseline."""
        return _sum((1.0, group.reduction) for group in self.groups if group.year == year)

    def _begun_by(self, measure: str, year: int) -> Terms:
        columns = [column for start, column in self.begun[measure] if start <= year]
        return {columns[-1]: 1.0} if columns else {}


def formulate(task: Task, *, cheapest: bool, elastic: frozenset[str] = frozenset(), margin: float = 0.0) -> Formulation:
    """Build the program.

    ``cheapest``: minimise discounted cost, else maximise reduction over the plan's years. ``elastic``: names of limits
    and targets that may give; then the sum of what they give, as shares of themselves, is minimised instead.
    ``margin``: by how many standard deviations a target must be passed (see ``robustness``).
    """
    made = Formulation(task)
    made.program.column(high=0.0)  # a solver refuses a program without columns, which measures without start years make
    for measure in task.measures:
        made.begun[measure.code] = [
            (year, made.program.column(high=1.0, whole=True)) for year in task.start_years(measure)
        ]
        _once(made, measure)
    _links(made)
    reduce_in = set(task.target_kgco2e()) if cheapest or elastic else set(task.years)
    for year in task.years:
        if year in reduce_in:
            _overlaps(made, year)
    _limits(made, elastic)
    for year, asked in task.target_kgco2e().items():
        _target(made, year, asked, elastic, margin)
    if not elastic:
        _objective(made, cheapest=cheapest)
    return made


def _once(made: Formulation, measure: Measure) -> None:
    """What has begun stays begun."""
    columns = [column for _, column in made.begun[measure.code]]
    for before, after in pairwise(columns):
        made.program.row({after: 1.0, before: -1.0}, low=0.0)


def _links(made: Formulation) -> None:
    exclusive: dict[str, list[int]] = {}
    for measure in made.task.measures:
        begun = made.begun[measure.code]
        for group in measure.exclusive_groups:
            if begun:
                exclusive.setdefault(group, []).append(begun[-1][1])
        for needed in measure.prerequisites:
            for year, column in begun:
                made.program.row(_minus({column: 1.0}, made._begun_by(needed, year)), high=0.0)  # noqa: SLF001 # same thing
    for columns in exclusive.values():
        made.program.row(dict.fromkeys(columns, 1.0), high=1.0)


def _overlaps(made: Formulation, year: int) -> None:
    task = made.task
    members: dict[str, list[Member]] = {}
    for measure in task.measures:
        terms = made.in_force(measure, year)
        if terms:
            member = Member(measure.code, terms, task.planning_share(measure), frozenset(measure.exclusive_groups))
            members.setdefault(measure.category, []).append(member)
    for category, parts in members.items():
        size = SIZE * task.footprints_kgco2e[category] / task.baseline_kgco2e
        if size > 0:
            made.groups.append(OverlapGroup(made.program, category, year, size, tuple(parts)))


def _use(made: Formulation, name: str, year: int) -> dict[int, float]:
    uses = {
        INVESTMENT: lambda measure: [(measure.investment, made.starting(measure, year))],
        RUNNING: lambda measure: [(measure.running, made.in_force(measure, year))],
        STAFF: lambda measure: [
            (measure.staff_days_per_year, made.in_force(measure, year)),
            (measure.staff_days_start - measure.staff_days_per_year, made.starting(measure, year)),
        ],
    }
    return _sum(part for measure in made.task.measures for part in uses[name](measure))


def _limits(made: Formulation, elastic: frozenset[str]) -> None:
    for name, limits in made.task.limits.yearly():
        for year, limit in limits.items():
            _limit(made, name, year, _use(made, name, year), limit, elastic)
    total = made.task.limits.total_eur
    if total is not None:
        _limit(made, TOTAL, None, made.cost_terms(), total, elastic)


def _limit(
    made: Formulation, name: str, year: int | None, use: dict[int, float], limit: float, elastic: frozenset[str]
) -> None:
    unit = (limit or max(map(abs, use.values()), default=1.0) or 1.0) / SIZE
    terms = {column: factor / unit for column, factor in use.items() if factor}
    if name in elastic:
        column = made.program.column(cost=1.0 / SIZE)
        terms[column] = -1.0
        made.slack[name, year] = (column, unit)
    made.program.row(terms, high=limit / unit)


def _target(made: Formulation, year: int, asked_kgco2e: float, elastic: frozenset[str], margin: float) -> None:
    task = made.task
    terms = made.reduction_terms(year)
    asked = SIZE * asked_kgco2e / task.baseline_kgco2e
    if TARGET in elastic and asked > 0:
        column = made.program.column(high=asked, cost=1.0 / asked)
        terms[column] = 1.0
        made.slack[TARGET, year] = (column, task.baseline_kgco2e / SIZE)
    if margin > 0:
        in_force = ((measure, made.in_force(measure, year)) for measure in task.measures)
        spread = Spread(
            made.program, task, [(measure, on) for measure, on in in_force if on], SIZE / task.baseline_kgco2e
        )
        made.spreads.append(spread)
        terms[spread.column] = -margin
    made.program.row(terms, low=asked)


def _objective(made: Formulation, *, cheapest: bool) -> None:
    cost = made.program.cost
    if cheapest:
        terms = made.cost_terms()
        made.unit = (max(map(abs, terms.values()), default=1.0) or 1.0) / 100
        for column, factor in terms.items():
            cost[column] += factor / made.unit
        return
    made.unit = -made.task.baseline_kgco2e / SIZE
    for year in made.task.years:
        for column, factor in made.reduction_terms(year).items():
            cost[column] -= factor


def _minus(plus: Terms, minus: Terms) -> dict[int, float]:
    return _sum(((1.0, plus), (-1.0, minus)))


def _sum(parts: Iterable[tuple[float, Terms]]) -> dict[int, float]:
    total: dict[int, float] = {}
    for factor, terms in parts:
        for column, value in terms.items():
            total[column] = total.get(column, 0.0) + factor * value
    return {column: value for column, value in total.items() if value}
