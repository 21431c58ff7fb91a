"""How the numbers of a table look on a page: rounded for reading, one style for each kind of column."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from keino.units import KG_PER_TONNE

if TYPE_CHECKING:
    from keino.report.tables import Kind, Value, View

UNKNOWN = "–"


def shown(view: View, kind: Kind, value: Value) -> str:
    """Return ``value`` as the page shows it; a missing number is a dash, never zero."""
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return value
    if kind in {"year", "text"}:
        return str(value)
    return _number(view, kind, value)


def _number(view: View, kind: Kind, value: int | float | Decimal) -> str:
    speech = view.speech
    if kind == "tonnes":
        return speech.never_zero(float(value) / KG_PER_TONNE, view.tonne_decimals)
    if kind == "share":
        return speech.percent(float(value), 1)
    return speech.number(value, {"cents": 2, "ratio": 2, "factor": 3}.get(kind, 0))
