"""Two runs side by side: what is different in what they were made from, and what that did to each category."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keino.web.measurement.models import Run
from keino.web.measurement.queries.runs import run_result

if TYPE_CHECKING:
    from keino.engine.results import Slice


@dataclass(frozen=True)
class CategoryPair:
    """A category in both runs; None where a run has none of it."""

    category: str
    old: Slice | None
    new: Slice | None

    @property
    def change_kgco2e(self) -> float:
        """New less old; what only rounding of sums could make is nothing."""
        old, new = _kg(self.old), _kg(self.new)
        return 0.0 if math.isclose(old, new, rel_tol=_ROUNDING, abs_tol=_ROUNDING) else new - old

    @property
    def is_same(self) -> bool:
        """Whether neither spend nor footprint differ."""
        spend = [part.spend if part else None for part in (self.old, self.new)]
        return spend[0] == spend[1] and not self.change_kgco2e


#: Sums of floats in another order differ from about the fifteenth digit on.
_ROUNDING = 1e-9


def _kg(part: Slice | None) -> float:
    return (part.footprint_kgco2e if part else None) or 0.0


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two runs."""

    editions: tuple[tuple[str, str, str], ...]  # fact table, old edition, new edition
    factors: tuple[str, str]  # set and edition of the emission factors
    code_versions: tuple[str, str]
    files_gone: tuple[str, ...]
    files_new: tuple[str, ...]
    rules: tuple[int, int]  # how many rules each used
    rules_differ: bool
    categories: tuple[CategoryPair, ...]  # those that differ, the largest change first
    unchanged: int  # how many categories are the same

    @property
    def is_same(self) -> bool:
        """Whether both were made from the same files by the same rules, facts and program."""
        differs = self.files_gone or self.files_new or self.rules_differ or self.editions
        return not differs and all(pair[0] == pair[1] for pair in (self.factors, self.code_versions))


def compare_runs(old: Run, new: Run) -> Comparison:
    """Compare two finished runs."""
    before, after = run_result(old), run_result(new)
    tables = sorted(before.editions.keys() | after.editions.keys())
    editions = ((name, before.editions.get(name, ""), after.editions.get(name, "")) for name in tables)
    files = [{reading.sha256: reading.path for reading in result.readings} for result in (before, after)]
    parts = [{str(part.keys["category"]): part for part in result.by_category} for result in (before, after)]
    pairs = [CategoryPair(code, parts[0].get(code), parts[1].get(code)) for code in parts[0].keys() | parts[1].keys()]
    different = [pair for pair in pairs if not pair.is_same]
    rules = [old.options.get("rules", []), new.options.get("rules", [])]
    return Comparison(
        editions=tuple(row for row in editions if row[1] != row[2]),
        factors=(before.factor_edition, after.factor_edition),
        code_versions=(before.code_version, after.code_version),
        files_gone=tuple(sorted(files[0][key] for key in files[0].keys() - files[1].keys())),
        files_new=tuple(sorted(files[1][key] for key in files[1].keys() - files[0].keys())),
        rules=(len(rules[0]), len(rules[1])),
        rules_differ=[rule["id"] for rule in rules[0]] != [rule["id"] for rule in rules[1]],
        categories=tuple(sorted(different, key=lambda pair: (-abs(pair.change_kgco2e), pair.category))),
        unchanged=len(pairs) - len(different),
    )
