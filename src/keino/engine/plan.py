"""Ledgers, measures and the buyer's own plan → how much procurement can take away, and what to start when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from keino.engine.contract_file import read_contracts
from keino.engine.plan_file import PlanFile, read_plan_file
from keino.engine.plan_result import PlanRequest, PlanResult, plan_result
from keino.engine.run import Progress, RunOptions, no_progress, run_footprint
from keino.errors import UsageError
from keino.facts.read import read


class BaselineYears(UsageError):
    """Two baseline years, or one without purchases."""

    code = "baseline_years"
    template = (
        "The plan file measures from {planned}, but --year says {year}, so it is not clear what a reduction is "
        "measured from. Leave one of them out."
    )


class TargetTwice(UsageError):
    """A target on the command line beside those of the plan file."""

    code = "target_twice"
    template = "--target is for a look without a plan file. Write the target into {path}, or leave --plan out."


@dataclass(frozen=True)
class PlanOptions:
    """What is wanted. ``target``: year and reduction share (None: the year alone) for a look without a plan file.

    ``time_limit_s``: of each search; there is one for the plan and, with budgets, two for the price of a budget.
    """

    run: RunOptions = field(default_factory=RunOptions)
    year: int | None = None
    plan: Path | None = None
    contracts: Path | None = None
    target: tuple[int, float | None] | None = None
    time_limit_s: float = 60.0


def run_plan(paths: Sequence[Path], options: PlanOptions, progress: Progress = no_progress) -> PlanResult:
    """Read the ledgers, work out the potential and, with a plan file, the best plan. Raises KeinoError."""
    categories = frozenset(row["code"] for row in read("categories").rows)
    wanted = read_plan_file(options.plan, categories) if options.plan else None
    contracts = read_contracts(options.contracts, categories) if options.contracts else None
    year = _baseline_year(options, wanted)
    result = run_footprint(paths, replace(options.run, year=year), progress)
    asked = PlanRequest(wanted, contracts, year, options.target, time_limit_s=options.time_limit_s)
    return plan_result(result, asked, progress)


def _baseline_year(options: PlanOptions, wanted: PlanFile | None) -> int | None:
    if options.plan is not None and options.target is not None:
        raise TargetTwice(path=options.plan.name)
    planned = wanted.baseline_year if wanted else None
    if planned and options.year and planned != options.year:
        raise BaselineYears(planned=planned, year=options.year)
    return planned or options.year
