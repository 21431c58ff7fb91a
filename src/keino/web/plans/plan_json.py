"""What a computed plan keeps: the engine's JSON, so that an old plan opens whatever becomes of the code.

``version`` is of this shape. A newer shape reads the older ones here, in one place.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Any, TypeGuard

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from keino.domain.plans.measures import Measure
    from keino.engine.plan_result import PlanResult

VERSION = 1
#: What pages read of every kept plan.
_NEEDED = frozenset({"baseline_kgco2e", "chosen", "conflict", "cost_eur", "names", "years"})


@cache
def _measures() -> TypeAdapter[tuple[Measure, ...]]:
    from pydantic import TypeAdapter

    from keino.domain.plans.measures import Measure

    return TypeAdapter(tuple[Measure, ...])


def plan_as_json(result: PlanResult) -> dict[str, Any]:
    """A computed plan as JSON values.

    Besides the keys of docs/how-to/plan.md: ``path`` (what each measure takes away in each year), ``measures`` and
    ``footprints_kgco2e`` (what the optimiser chose from, for looks at other numbers).
    """
    from keino.engine.plan_json import plan_json

    assert result.planned is not None
    return _plain(
        {
            "version": VERSION,
            **plan_json(result),
            "path": [asdict(part) for part in result.planned.parts],
            "measures": _measures().dump_python(result.planned.task.measures, mode="json"),
            "names": {code: _names(result, code) for code in _codes(result)},
            "footprints_kgco2e": dict(result.planned.task.footprints_kgco2e),
        }
    )


def is_readable(kept: dict[str, Any] | None) -> TypeGuard[dict[str, Any]]:
    """Whether this keino can show a kept plan; what a later one kept, it can't."""
    return kept is not None and kept.get("version") == VERSION and kept.keys() >= _NEEDED


def measures_of(kept: dict[str, Any]) -> tuple[Measure, ...]:
    """The measures that the optimiser chose from."""
    return _measures().validate_python(kept["measures"])


def _codes(result: PlanResult) -> set[str]:
    assert result.planned is not None
    offered = result.planned.offered
    return {
        *(each.measure.code for each in offered.candidates),
        *(each.code for each in offered.asked),
        *(each.code for each in offered.not_assessed),
        *offered.left_out,
    }


def _names(result: PlanResult, code: str) -> dict[str, str]:
    from keino.engine.plan_json import names

    return names(result, code)


def _plain(value: Any) -> Any:
    """Values that JSON has: no tuples, no decimals."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return str(value)
