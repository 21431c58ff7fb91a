"""Why targets can't be met: what is reachable, and which limits would have to give how much."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keino.domain.plans.evaluation import evaluate
from keino.domain.plans.formulation import formulate
from keino.domain.plans.robustness import spreads
from keino.domain.plans.solver import Search, Session
from keino.domain.plans.task import INVESTMENT, RUNNING, STAFF, TARGET, TOTAL, Limits, Target

if TYPE_CHECKING:
    from keino.domain.plans.evaluation import Start
    from keino.domain.plans.formulation import Formulation
    from keino.domain.plans.solver import Floats
    from keino.domain.plans.task import Task

#: What gives less than this share of itself counts as holding.
NOTHING = 1e-5
_ROUNDS = 30


@dataclass(frozen=True)
class Missed:
    """A target that can't be met, and what can be reached of it at the nearest, in kgCO2e a year."""

    year: int
    target_kgco2e: float
    reachable_kgco2e: float


@dataclass(frozen=True)
class Given:
    """A limit that would have to rise: name, year (None: the whole plan), what it is and by how much (€ or days)."""

    name: str
    year: int | None
    limit: float
    more: float


@dataclass(frozen=True)
class Conflict:
    """Targets and limits that can't hold together.

    ``missed``: with the limits as they are, the targets fall short by this, in all by the least sum of shares.
    ``limits``: raised by this, the targets could be met; the least sum of shares, so one way out among several. Empty
    when ``beyond_limits``: no money or staff would do; measures, their effects, start years and exclusions stand in the
    way.
    """

    missed: tuple[Missed, ...]
    limits: tuple[Given, ...]
    beyond_limits: bool


def explain(task: Task, search: Search, margin: float = 0.0) -> Conflict:
    """Explain a task whose targets can't be met."""
    reached, _ = _nearest(task, search, margin)
    asked = task.target_kgco2e()
    missed = tuple(
        Missed(year, asked[year], reached[year])
        for year in sorted(asked)
        if reached[year] < asked[year] * (1 - NOTHING)
    )
    made, values = _give(task, frozenset({INVESTMENT, RUNNING, STAFF, TOTAL}), search, margin)
    if values is None:
        return Conflict(missed, (), beyond_limits=True)
    limits = []
    for (name, year), (column, unit) in made.slack.items():
        limit = _limit(task.limits, name, year)
        more = float(values[column]) * unit
        if more > max(limit, unit) * NOTHING:
            limits.append(Given(name, year, limit, more))
    return Conflict(missed, tuple(limits), beyond_limits=False)


def nearest_targets(task: Task, search: Search, margin: float = 0.0) -> tuple[tuple[Target, ...], tuple[Start, ...]]:
    """The targets lowered to what is reachable, and a plan that shows it."""
    reached, starts = _nearest(task, search, margin)
    room = task.baseline_kgco2e * 1e-7
    lowered = tuple(Target(year, max(0.0, kgco2e - room)) for year, kgco2e in sorted(reached.items()))
    return lowered, starts


def _nearest(task: Task, search: Search, margin: float) -> tuple[dict[int, float], tuple[Start, ...]]:
    made, values = _give(task, frozenset({TARGET}), search, margin)
    starts = () if values is None else made.starts(values)
    wide = margin * spreads(task, starts) if margin else [0.0] * len(task.years)
    got = {y.year: y.reduction_kgco2e - width for y, width in zip(evaluate(task, starts).years, wide, strict=True)}
    return {year: max(0.0, min(kgco2e, got[year])) for year, kgco2e in task.target_kgco2e().items()}, starts


def _give(task: Task, names: frozenset[str], search: Search, margin: float) -> tuple[Formulation, Floats | None]:
    """Let the named ones give as little as possible, as a sum of shares; no values when even that doesn't help."""
    made = formulate(task, cheapest=True, elastic=names, margin=margin)
    session = Session(made.program, replace(search, watch=None))
    values = start = None
    for _ in range(_ROUNDS):
        solved = session.relaxed()
        rows = made.cuts(solved.values, 1e-3) if solved.values is not None else []
        if not rows:
            break
        session.add(rows)
    for _ in range(_ROUNDS):
        solved = session.whole(search.gap, start)
        if solved.values is None:
            break
        values = start = solved.values
        rows = made.whole_cuts(solved.values, 1e-5)
        if not rows or session.seconds_left <= 0:
            break
        session.add(rows)
    return made, None if solved.infeasible else values


def _limit(limits: Limits, name: str, year: int | None) -> float:
    if year is None:
        return limits.total_eur or 0.0
    return dict(limits.yearly())[name][year]
