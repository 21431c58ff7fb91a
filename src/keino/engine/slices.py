"""From sums per category and year to the slices that pages show, each with its 95 % interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from keino.domain.carbon.factors import Coefficient
from keino.domain.carbon.uncertainty import ErrorModel
from keino.engine.results import Slice
from keino.engine.tables import rows
from keino.flow import totals

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend
    from ibis.expr.types import Table

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sum:
    """Sums of lines that share category, year and the columns in ``keys``."""

    category: str
    year: int
    basis: str
    exclusion_reason: str
    keys: tuple[str, ...]
    lines: int
    spend: Decimal
    footprint_kgco2e: float | None
    spend_without_factor: Decimal


class Slicer:
    """Adds sums up by any key and works out the interval of each result, errors shared inside factors."""

    def __init__(self, coefficients: Sequence[Coefficient]) -> None:
        self._model = ErrorModel(coefficients)
        self._column = {key: index for index, key in enumerate(self._model.keys)}

    def slices(self, sums: Iterable[Sum], key_of: Callable[[Sum], dict[str, str | int]]) -> tuple[Slice, ...]:
        """One slice for each distinct key, in the order in which keys first appear."""
        groups: dict[tuple[Any, ...], list[Sum]] = {}
        keys: dict[tuple[Any, ...], dict[str, str | int]] = {}
        for part in sums:
            key = key_of(part)
            group = tuple(key.values())
            keys.setdefault(group, key)
            groups.setdefault(group, []).append(part)
        table = np.zeros((len(groups), max(1, len(self._column))))
        for row, parts in enumerate(groups.values()):
            for part in parts:
                column = self._column.get((part.category, part.year))
                if part.footprint_kgco2e is not None and column is not None:
                    table[row, column] += part.footprint_kgco2e
        low, high = self._model.bounds(table) if self._column else (np.zeros(len(groups)), np.zeros(len(groups)))
        return tuple(
            _slice(keys[group], parts, float(low[row]), float(high[row]))
            for row, (group, parts) in enumerate(groups.items())
        )

    def total(self, sums: Iterable[Sum]) -> Slice:
        """The sum of everything."""
        found = self.slices(sums, lambda _: {})
        return found[0] if found else Slice({}, 0, ZERO, None, None, None)


def _slice(keys: dict[str, str | int], parts: Sequence[Sum], low: float, high: float) -> Slice:
    known = [part.footprint_kgco2e for part in parts if part.footprint_kgco2e is not None]
    return Slice(
        keys=keys,
        lines=sum(part.lines for part in parts),
        spend=sum((part.spend for part in parts), ZERO),
        footprint_kgco2e=sum(known) if known else None,
        low_kgco2e=low if known else None,
        high_kgco2e=high if known else None,
        spend_without_factor=sum((part.spend_without_factor for part in parts), ZERO),
    )


def largest_first(slices: Iterable[Slice]) -> tuple[Slice, ...]:
    """Ordered by footprint, then by spend; those without a footprint last."""
    return tuple(sorted(slices, key=lambda s: (s.footprint_kgco2e is None, -(s.footprint_kgco2e or 0.0), -s.spend)))


def sums_of(backend: Backend, lines: Table, by: Sequence[str]) -> tuple[Sum, ...]:
    """Sum a table of lines with footprint by category, year, basis, reason of exclusion and the columns ``by``."""
    names = (*by, "category_code", "year", "category_basis", "exclusion_reason")
    table = totals(lines, names).order_by(list(names))
    return tuple(
        Sum(
            category=row["category_code"],
            year=int(row["year"]),
            basis=row["category_basis"],
            exclusion_reason=row["exclusion_reason"],
            keys=tuple(row[name] or "" for name in by),
            lines=int(row["lines"]),
            spend=row["spend"],
            footprint_kgco2e=row["footprint_kgco2e"],
            spend_without_factor=row["spend_without_factor"],
        )
        for row in rows(backend, table)
    )
