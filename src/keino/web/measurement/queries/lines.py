"""Stored lines of a run: filters as addresses write them, and what a correction would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from keino.web.measurement.models import Run
from keino.web.measurement.queries.runs import run_result
from keino.web.measurement.store import folder_of, has_lines

if TYPE_CHECKING:
    from keino.engine.results import Slice
    from keino.engine.stored import Filter, StoredLine

#: Names in an address, and the parts of a filter they fill; each may stand several times.
_LISTS = {
    "category": "categories",
    "unit": "units",
    "supplier": "suppliers",
    "basis": "bases",
    "exclusion": "exclusions",
    "file": "files",
}
#: In an address: what has none of it (no category, no unit). An empty value asks nothing, as forms send it.
NONE = "-"
_LARGEST = Decimal(10) ** 15
_LONGEST_TEXT = 200


def filter_from(query: QueryDict) -> Filter:
    """The filter that an address asks for: ``?year=2023&category=FOOD&unit=…&supplier=…&q=…``.

    What can't be read (a year that is no number) asks nothing.
    """
    from keino.engine.stored import Filter

    asked = {name: _asked(query.getlist(name)) for name in _LISTS}
    scope = query.get("scope", "")
    return Filter(
        years=tuple(int(year) for year in query.getlist("year") if year.isascii() and year.isdigit() and len(year) < 6),
        categories=asked["category"],
        units=asked["unit"],
        suppliers=asked["supplier"],
        bases=asked["basis"],
        exclusions=asked["exclusion"],
        files=asked["file"],
        scope="excluded" if scope == "excluded" else "all" if scope == "all" else "purchases",
        text=query.get("q", "").strip()[:_LONGEST_TEXT],
        at_least=_amount(query.get("at_least", "")),
    )


def _asked(values: list[str]) -> tuple[str, ...]:
    return tuple("" if value == NONE else value for value in values if value)


def _written(values: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(value or NONE for value in values))


def _amount(text: str) -> Decimal | None:
    plain = "".join(text.split()).replace(",", ".")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount < _LARGEST else None


def query_of(where: Filter, **more: object) -> str:
    """The address (after the question mark) that ``filter_from`` reads as this filter."""
    query = QueryDict(mutable=True)
    query.setlist("year", [str(year) for year in where.years])
    for name, part in _LISTS.items():
        query.setlist(name, _written(getattr(where, part)))
    if where.scope != "purchases":
        query["scope"] = where.scope
    if where.text:
        query["q"] = where.text
    if where.at_least is not None:
        query["at_least"] = str(where.at_least)
    for name, value in more.items():
        query[name] = str(value)
    return query.urlencode()


def file_number(run: Run, source_file: str) -> int:
    """Which of the run's files a line stands in, counted from 1: what its address says."""
    names = [reading.path for reading in run_result(run).readings]
    return names.index(source_file) + 1


def line_at(run: Run, file: int, row: int) -> StoredLine | None:
    """The line of a run's file and row; None where there is none."""
    from keino.engine.stored import line_of

    readings = run_result(run).readings
    if not 1 <= file <= len(readings) or not has_lines(run):
        return None
    return line_of(folder_of(run), readings[file - 1].path, row)


@dataclass(frozen=True)
class Moved:
    """Part of a correction's preview: from which category (or reason of exclusion), and how much."""

    category: str
    exclusion_reason: str
    part: Slice


@dataclass(frozen=True)
class Preview:
    """What a correction would change in a run: how much moves, from where, and which older rules give way.

    ``before`` and ``after`` are the same lines with the footprint they have and the one they would have.
    """

    before: Slice
    after: Slice
    moved: tuple[Moved, ...]
    overruled: tuple[tuple[Mapping[str, Any], Slice], ...]  # rules of the run as its options keep them

    @property
    def change_kgco2e(self) -> float:
        """How much larger (smaller when negative) the footprint would be."""
        return (self.after.footprint_kgco2e or 0.0) - (self.before.footprint_kgco2e or 0.0)


def preview_of(run: Run, conditions: Sequence[Mapping[str, str]], category: str) -> Preview:
    """What rules with these conditions would change in a finished run; ``category`` "" leaves the lines out."""
    from keino.engine.stored import Filter, rule_effects, slices_of, total_of
    from keino.engine.what_if import moved

    where = Filter(rules=tuple(tuple(rule.items()) for rule in conditions), scope="all")
    folder = folder_of(run)
    parts = slices_of(folder, ("category", "exclusion"), where)
    known = run.options.get("rules", [])
    overruled = [(known[row - 2], part) for row, part in rule_effects(folder, where).items() if row - 2 < len(known)]
    return Preview(
        before=total_of(folder, where),
        after=moved(
            folder, where, category=category, factors=run.options["factors"], currency=run_result(run).currency
        ),
        moved=tuple(Moved(str(part.keys["category"]), str(part.keys["exclusion_reason"]), part) for part in parts),
        overruled=tuple(overruled),
    )


def rule_effect(run: Run | None) -> dict[int, Slice]:
    """What each rule decided in a finished run, by the rule's primary key."""
    from keino.engine.stored import rule_effects

    if run is None or not has_lines(run):
        return {}
    known = run.options.get("rules", [])
    effects = rule_effects(folder_of(run)) if known else {}
    return {known[row - 2]["id"]: part for row, part in effects.items() if row - 2 < len(known)}
