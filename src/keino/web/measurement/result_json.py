"""A footprint's result as JSON and back: what a run keeps in the database, so that pages need no large table."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from keino.engine.results import FootprintResult, LedgerReading


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    from keino.engine import results

    return TypeAdapter(getattr(results, name))


def result_as_json(result: FootprintResult) -> dict[str, Any]:
    """A result as JSON values; money as decimal strings."""
    kept: dict[str, Any] = _adapter("FootprintResult").dump_python(result, mode="json")
    return kept


def result_from_json(kept: dict[str, Any]) -> FootprintResult:
    """The result that ``result_as_json`` kept, equal to the original."""
    result: FootprintResult = _adapter("FootprintResult").validate_python(kept)
    return result


def reading_as_json(reading: LedgerReading) -> dict[str, Any]:
    """How a file was read, as JSON values; money as decimal strings."""
    kept: dict[str, Any] = _adapter("LedgerReading").dump_python(reading, mode="json")
    return kept


def reading_from_json(kept: dict[str, Any]) -> LedgerReading:
    """The reading that ``reading_as_json`` kept."""
    reading: LedgerReading = _adapter("LedgerReading").validate_python(kept)
    return reading
