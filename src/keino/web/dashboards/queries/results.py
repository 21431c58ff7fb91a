"""A run's result as pages need it: whole, or of a choice of its lines."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import QueryDict

from keino.web.measurement.models import Run
from keino.web.measurement.queries.lines import NONE, filter_from
from keino.web.measurement.queries.runs import run_result
from keino.web.measurement.store import folder_of

if TYPE_CHECKING:
    from keino.engine.results import FootprintResult, Slice
    from keino.engine.stored import Filter


@dataclass(frozen=True)
class Chosen:
    """What a reader chose to see of a result. Everything empty = the whole result."""

    year: str = ""
    category: str = ""
    unit: str = ""
    supplier: str = ""
    basis: str = ""

    @property
    def is_everything(self) -> bool:
        """Whether nothing was chosen."""
        return self == Chosen()

    @property
    def is_common(self) -> bool:
        """Whether so few others are like it that what is drawn of it may be kept."""
        return not self.supplier and sum(map(bool, vars(self).values())) <= 2

    def filter(self) -> Filter:
        """The same as a question to the engine."""
        return filter_from(QueryDict(urlencode(self.address())))

    def address(self, **more: object) -> dict[str, str]:
        """The choice with something more chosen, as fields of an address."""
        fields = {name: value for name, value in vars(self).items() if value}
        return fields | {name: str(value) or NONE for name, value in more.items()}


def chosen_result(run: Run, chosen: Chosen) -> FootprintResult:
    """The result of a choice of lines: the same shape, with its sums, intervals and shares worked out anew."""
    whole = run_result(run)
    if chosen.is_everything:
        return whole
    return _chosen(_Place(run.public_id, folder_of(run), whole), chosen)


@dataclass(frozen=True)
class _Place:
    """A run's lines and result, told from others by the run alone."""

    public_id: uuid.UUID
    folder: Path = field(compare=False)
    whole: FootprintResult = field(compare=False)


@lru_cache(maxsize=64)
def _chosen(place: _Place, chosen: Chosen) -> FootprintResult:
    from keino.engine.stored import slices_of, total_of

    folder, whole = place.folder, place.whole
    where = chosen.filter()
    total = total_of(folder, where)
    by_basis = slices_of(folder, ("basis",), where)
    return replace(
        whole,
        total=total,
        years=tuple(year for year in whole.years if not chosen.year or str(year) == chosen.year),
        by_category=slices_of(folder, ("category",), where),
        by_main_category=_renamed(slices_of(folder, ("main_category",), where), "main_category", "category"),
        by_year=tuple(sorted(slices_of(folder, ("year",), where), key=lambda part: part.keys["year"])),
        by_category_year=slices_of(folder, ("category", "year"), where),
        by_unit=slices_of(folder, ("unit",), where),
        by_supplier=slices_of(folder, ("supplier",), where),
        coverage=replace(
            whole.coverage,
            spend_in_scope=total.spend,
            by_basis=by_basis,
            excluded=(),
            without_factor=total.spend_without_factor,
        ),
        hotspots=(),
        changes=tuple(
            change
            for change in whole.changes
            if chosen == Chosen(category=chosen.category) and change.category == chosen.category
        ),
        factors=tuple(use for use in whole.factors if _belongs(whole, use.category, use.year, chosen)),
        population=None,
    )


def _renamed(slices: Sequence[Slice], old: str, new: str) -> tuple[Slice, ...]:
    return tuple(replace(part, keys={new: part.keys[old]}) for part in slices)


def _belongs(whole: FootprintResult, category: str, year: int, chosen: Chosen) -> bool:
    """Whether a factor was used for the chosen category and year."""
    label = whole.categories.get(category)
    mains = {category, label.parent if label else category.partition(".")[0]}
    return (not chosen.category or chosen.category in mains) and (not chosen.year or str(year) == chosen.year)


def supplier_key(part: Slice) -> str:
    """What a filter calls a supplier: its business id, else its name in capitals (as the engine tells them apart)."""
    return str(
        part.keys.get("supplier") or part.keys["supplier_business_id"] or str(part.keys["supplier_name"]).upper()
    )
