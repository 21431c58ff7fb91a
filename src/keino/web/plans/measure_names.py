"""Measures of the published bank by their code: names for people, and which belong to a category."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from keino.domain.plans.measure_effects import covers
from keino.web.measurement.names import language


@cache
def _measures() -> Mapping[str, Mapping[str, str]]:
    from keino.facts.read import read

    return {row["code"]: row for row in read("measures").rows}


def measure_name(code: str, unknown: str = "") -> str:
    """A measure's name in the reader's language; ``unknown``, else its code, where this version knows it no more."""
    row = _measures().get(code)
    return row[f"name_{language()}"] if row else unknown or code


def measures_for(category: str) -> list[tuple[str, str]]:
    """Codes and names of what can be done in a category, those of its main category and of all categories included."""
    return [
        (code, measure_name(code))
        for code, row in _measures().items()
        if not row["category"] or covers(row["category"], category)
    ]
