"""Mixed-integer programs, and the one place that hands them to a solver (HiGHS)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf, isfinite
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

#: A sum of columns: column → coefficient.
Terms: TypeAlias = Mapping[int, float]


@dataclass(frozen=True)
class Row:
    """low ≤ Σ coefficient × column ≤ high."""

    terms: Terms
    low: float = -inf
    high: float = inf


@dataclass
class Program:
    """Minimise cost × columns. ``low``, ``high`` bound a column; ``whole`` columns take whole numbers."""

    cost: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def column(self, *, low: float = 0.0, high: float = inf, cost: float = 0.0, whole: bool = False) -> int:
        """Add a column; returns its number."""
        self.cost.append(cost)
        self.low.append(low)
        self.high.append(high)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, terms: Terms, low: float = -inf, high: float = inf) -> None:
        """Add a row."""
        self.rows.append(Row(terms, low, high))


@dataclass(frozen=True)
class Progress:
    """Where a search is: seconds of solver time, value of the best plan so far (None: none yet), bound that no plan
    beats.

    Value and bound are discounted € when the cheapest plan is sought, else kgCO2e over the plan's years.
    """

    seconds: float
    value: float | None
    bound: float


#: Told of progress; returning False stops the search with the best found so far.
Watcher: TypeAlias = Callable[[Progress], bool | None]


@dataclass(frozen=True)
class Search:
    """How long and how exactly to search.

    ``time_limit_s`` is solver time; results repeat exactly unless it strikes. Explaining why targets can't be met takes
    up to three searches more. ``gap``: a plan counts as optimal when it
    is proven that no other is better by more than this share.
    """

    time_limit_s: float = 60.0
    gap: float = 1e-3
    seed: int = 0
    watch: Watcher | None = None


@dataclass(frozen=True)
class Solution:
    """``values`` per column (None: none found), whether the program is ``infeasible``, the bound, and seconds used."""

    values: Floats | None
    value: float
    bound: float
    infeasible: bool
    seconds: float


#: Told of each better solution inside a search, and of the bound as it moves; returning False stops the search.
Found: TypeAlias = Callable[[Floats], None]
Moved: TypeAlias = Callable[[float, float], bool | None]


class Session:
    """A program inside HiGHS. Rows may be added between searches; one thread and a given seed, so runs repeat."""

    def __init__(
        self, program: Program, search: Search, found: Found | None = None, moved: Moved | None = None
    ) -> None:
        import highspy

        self._highspy: Any = highspy
        self._search, self._found, self._moved = search, found, moved
        self._whole = np.flatnonzero(program.whole).astype(np.int32)
        self._low = np.array(program.low)[self._whole]
        self._high = np.array(program.high)[self._whole]
        self._highs: Any = self._highspy.Highs()
        for name, value in self._settings().items():
            self._highs.setOptionValue(name, value)
        self._highs.cbMipImprovingSolution.subscribe(self._on_found)
        self._highs.cbMipInterrupt.subscribe(self._on_move)
        self._highs.passModel(self._model(program))
        self.add(program.rows)

    @property
    def seconds(self) -> float:
        """Solver time used so far."""
        return float(self._highs.getRunTime())

    @property
    def seconds_left(self) -> float:
        """Solver time left."""
        return max(0.0, self._search.time_limit_s - self.seconds)

    def add(self, rows: Sequence[Row]) -> None:
        """Add rows to the program."""
        if not rows:
            return
        sizes = [len(row.terms) for row in rows]
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int32)
        columns = np.fromiter((column for row in rows for column in row.terms), dtype=np.int32, count=sum(sizes))
        factors = np.fromiter((part for row in rows for part in row.terms.values()), dtype=float, count=sum(sizes))
        low, high = np.array([row.low for row in rows]), np.array([row.high for row in rows])
        self._highs.addRows(len(rows), low, high, sum(sizes), starts, columns, factors)

    def fix(self, values: Floats | None) -> None:
        """Hold the whole columns that are whole in ``values`` where they are; None: let all go again."""
        low, high = self._low.copy(), self._high.copy()
        if values is not None:
            here = values[self._whole]
            held = np.abs(here - np.round(here)) < 1e-7
            low[held] = high[held] = np.round(here[held])
        self._highs.changeColsBounds(len(self._whole), self._whole, low, high)

    def relaxed(self) -> Solution:
        """Solve with columns that need not be whole."""
        self._kind(self._highspy.HighsVarType.kContinuous)
        return self._run()

    def whole(self, gap: float, start: Floats | None = None) -> Solution:
        """Solve with whole columns; ``start`` is a known solution, or a guess at the whole columns."""
        self._kind(self._highspy.HighsVarType.kInteger)
        self._highs.setOptionValue("mip_rel_gap", gap)
        if start is not None:
            known = np.asarray(start, dtype=float)[self._whole]
            self._highs.setSolution(len(self._whole), self._whole, known)
        return self._run()

    def _settings(self) -> dict[str, object]:
        return {
            "output_flag": False,
            "threads": 1,
            "random_seed": self._search.seed,
            "mip_abs_gap": 1e-9,
        }

    def _model(self, program: Program) -> Any:
        model = self._highspy.HighsLp()
        model.num_col_, model.num_row_ = len(program.cost), 0
        model.col_cost_ = np.array(program.cost)
        model.col_lower_, model.col_upper_ = np.array(program.low), np.array(program.high)
        model.row_lower_ = model.row_upper_ = np.zeros(0)
        model.a_matrix_.start_ = np.zeros(len(program.cost) + 1, dtype=np.int32)
        return model

    def _kind(self, kind: Any) -> None:
        kinds = np.full(len(self._whole), int(kind), dtype=np.uint8)
        self._highs.changeColsIntegrality(len(self._whole), self._whole, kinds)

    def _run(self) -> Solution:
        self._highs.setOptionValue("time_limit", self.seconds_left)
        self._highs.run()
        status = self._highs.getModelStatus()
        kinds = self._highspy.HighsModelStatus
        info = self._highs.getInfo()
        found = info.primal_solution_status == self._highspy.SolutionStatus.kSolutionStatusFeasible
        values = np.array(self._highs.getSolution().col_value) if found else None
        value = float(info.objective_function_value) if found else inf
        bound = float(info.mip_dual_bound) if len(self._whole) and isfinite(info.mip_dual_bound) else -inf
        infeasible = status in {kinds.kInfeasible, kinds.kUnboundedOrInfeasible}
        return Solution(values, value, bound, infeasible, self.seconds)

    def _on_found(self, event: Any) -> None:
        if self._found is not None:
            self._found(np.array(event.data_out.mip_solution))

    def _on_move(self, event: Any) -> None:
        if self._moved is not None and self._moved(self.seconds, event.data_out.mip_dual_bound) is False:
            event.interrupt()
