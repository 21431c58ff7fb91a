"""The buyer's planned reductions as a CSV file. Its columns: docs/how-to/follow-up.md."""

from __future__ import annotations

import math
from pathlib import Path

from keino.domain.plans.measured_path import PlannedReduction
from keino.engine.factor_sets import table_rows
from keino.errors import Problem, Problems, UsageError

#: Columns of a plan file; ``acts_on`` (intensity or volume) may be left out.
PLAN_COLUMNS = ("measure", "category", "year", "reduction_kgco2e")


class BrokenPlan(UsageError):
    """Rows of a plan file that can't be used; ``problems`` are all of them."""

    code = "broken_plan"
    template = "The plan can't be used, so nothing was calculated. Mend what is named here and run again:{problems}"


def read_plan(path: Path, year: int) -> tuple[PlannedReduction, ...]:
    """Return the planned reductions of ``year`` from a CSV file with ``PLAN_COLUMNS``.

    Raises BrokenPlan, which lists what is wrong with which row, and UsageError when the file can't be read.
    """
    rows = table_rows(path)
    missing = [name for name in PLAN_COLUMNS if not rows or name not in rows[0]]
    if missing:
        raise BrokenPlan(problems=Problems([Problem("the columns {missing} are missing", missing=tuple(missing))]))
    problems: list[Problem] = []
    plan = [_planned(number, row, year, problems) for number, row in enumerate(rows, start=2)]
    if problems:
        raise BrokenPlan(problems=Problems(problems))
    return tuple(item for item in plan if item is not None)


def _planned(number: int, row: dict[str, str], year: int, problems: list[Problem]) -> PlannedReduction | None:
    found = [Problem("{column} is empty", column=name) for name in PLAN_COLUMNS if not row[name]]
    acts_on = row.get("acts_on") or "intensity"
    if acts_on not in ("intensity", "volume"):
        found.append(Problem("acts_on is {text}, it must be intensity or volume", text=acts_on))
    if row["year"] and not (row["year"].isascii() and row["year"].isdigit() and len(row["year"]) == 4):
        found.append(Problem("year is {text}, it must be four digits", text=row["year"]))
    reduction = _kilograms(row["reduction_kgco2e"], found)
    problems += [Problem("Row {row}: {problem}.", row=number, problem=each) for each in found]
    if found or int(row["year"]) != year or not reduction:
        return None
    return PlannedReduction(
        row["measure"], row["category"], reduction, "volume" if acts_on == "volume" else "intensity"
    )


def _kilograms(text: str, found: list[Problem]) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if text and not (math.isfinite(value) and value >= 0):
        found.append(
            Problem("{column} is {text}, it must be at least {least}", column="reduction_kgco2e", text=text, least="0")
        )
    return value
