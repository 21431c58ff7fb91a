"""Search, work the found plan out exactly, teach the program what it had wrong, and search again."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite
from typing import TYPE_CHECKING

from keino.domain.plans.evaluation import TOLERANCE, evaluate
from keino.domain.plans.formulation import SIZE
from keino.domain.plans.robustness import spreads
from keino.domain.plans.solver import Progress, Session

if TYPE_CHECKING:
    from keino.domain.plans.evaluation import Outcome, Start
    from keino.domain.plans.formulation import Formulation
    from keino.domain.plans.solver import Floats, Search, Solution

#: Rounds of the relaxed program at most, then of the whole one; each adds rows where the last was too hopeful.
RELAXED_ROUNDS, WHOLE_ROUNDS = 12, 60
#: Before them, only what the relaxed program left open is searched: a good plan, soon. That may take this many rounds.
OPEN_ROUNDS = 20
#: Programs of at most this many whole columns are solved to SMALL_GAP: it costs nothing.
SMALL, SMALL_GAP = 1000, 1e-6


@dataclass(frozen=True)
class Best:
    """The best plan found (None: none) with its value and the bound, both in € or kgCO2e, and how the search went."""

    starts: tuple[Start, ...] | None
    outcome: Outcome | None
    value: float | None
    bound: float
    infeasible: bool
    seconds: float

    @property
    def gap(self) -> float:
        """By what share the value may be off at most."""
        if self.value is None:
            return inf
        return abs(self.value - self.bound) / max(abs(self.value), 1e-9) if abs(self.value - self.bound) > 1e-6 else 0.0


class Rounds:
    """One search for the best plan of a formulation."""

    def __init__(self, made: Formulation, search: Search, *, cheapest: bool, margin: float = 0.0) -> None:
        self._made, self._search, self._cheapest, self._margin = made, search, cheapest, margin
        self._session = Session(made.program, search, self._found, self._moved)
        self._starts: tuple[Start, ...] | None = None
        self._outcome: Outcome | None = None
        self._value, self._bound = inf, -inf  # in the program's units: both are minimised
        self._part = self._stopped = False

    def run(self) -> Best:
        """Search until the gap is closed, the time is over, or nobody wants to know more."""
        gap = min(self._search.gap, SMALL_GAP) if sum(self._made.program.whole) <= SMALL else self._search.gap
        relaxed = self._relax()
        if relaxed.infeasible:
            return self._best(infeasible=True)
        if relaxed.values is not None:
            self._open(relaxed.values, gap)
        for _ in range(WHOLE_ROUNDS):
            if self._closed(gap) or self._stopped or self._session.seconds_left <= 0:
                break
            solved = self._session.whole(gap, self._known())
            if solved.infeasible:
                return self._best(infeasible=self._starts is None)
            self._bound = max(self._bound, solved.bound)
            if solved.values is None or not self._learn(solved.values):
                break
        return self._best()

    def _relax(self) -> Solution:
        """Solve the relaxed program, adding rows that its solution breaks."""
        for _ in range(RELAXED_ROUNDS):
            solved = self._session.relaxed()
            if solved.values is None:
                break
            self._bound = max(self._bound, solved.value)
            rows = self._made.cuts(solved.values, SIZE * 1e-6)
            if not rows:
                break
            self._session.add(rows)
        return solved

    def _open(self, relaxed: Floats, gap: float) -> None:
        """Search with all fixed that is whole in the relaxed solution; where that leaves no plan, it says nothing."""
        self._part = True
        self._session.fix(relaxed)
        for _ in range(OPEN_ROUNDS):
            solved = self._session.whole(gap / 4, self._known())
            if solved.values is None or not self._learn(solved.values) or self._closed(gap):
                break
        self._session.fix(None)
        self._part = False

    def _learn(self, values: Floats) -> bool:
        """Take the plan if it holds; add what the program had wrong. False when it had nothing wrong."""
        rows = self._made.whole_cuts(values, SIZE * 1e-8)
        self._found(values, trusted=not rows)
        self._session.add(rows)
        return bool(rows)

    def _found(self, values: Floats, *, trusted: bool = False) -> None:
        """Work a solution out; keep it if it holds and is better. ``trusted``: the program was right about it."""
        made = self._made
        starts = made.starts(values)
        outcome = evaluate(made.task, starts)
        value = (outcome.cost_eur if self._cheapest else outcome.reduction_kgco2e) / made.unit
        if value < self._value and (self._holds(starts, outcome) or (trusted and self._starts is None)):
            self._starts, self._outcome, self._value = starts, outcome, value

    def _holds(self, starts: tuple[Start, ...], outcome: Outcome) -> bool:
        if outcome.broken:
            return False
        if self._margin == 0:
            return True
        wide = self._margin * spreads(self._made.task, starts)
        room = self._made.task.baseline_kgco2e * TOLERANCE
        return all(
            year.target_kgco2e is None or year.reduction_kgco2e - width >= year.target_kgco2e - room
            for year, width in zip(outcome.years, wide, strict=True)
        )

    def _known(self) -> Floats | None:
        return None if self._starts is None else self._made.values(self._starts)

    def _closed(self, gap: float) -> bool:
        return isfinite(self._value) and self._value - self._bound <= gap * abs(self._value) + 1e-9

    def _moved(self, seconds: float, bound: float) -> bool | None:
        if self._search.watch is None:
            return None
        sure = self._bound if self._part or not isfinite(bound) else max(self._bound, bound)
        value = self._value * self._made.unit if self._starts is not None else None
        wanted = self._search.watch(Progress(seconds, value, sure * self._made.unit))
        self._stopped = self._stopped or wanted is False
        return wanted

    def _best(self, *, infeasible: bool = False) -> Best:
        value = self._value * self._made.unit if self._starts is not None else None
        bound = min(self._bound, self._value) * self._made.unit
        return Best(self._starts, self._outcome, value, bound, infeasible, self._session.seconds)
