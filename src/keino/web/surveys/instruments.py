"""The questions as pages need them: editions from the fact tables, texts in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.utils.translation import get_language

from keino.domain.maturity.instrument import Instrument, instrument_from_rows
from keino.facts.read import default_edition, read

AREAS, LEVELS = "maturity_areas", "maturity_levels"


@cache
def instrument(edition: str) -> Instrument:
    """One edition of the questions."""
    return instrument_from_rows(edition, read(AREAS, edition).rows, read(LEVELS, edition).rows)


def newest_edition() -> str:
    """The edition that a new round asks."""
    return default_edition(AREAS)


def in_language(texts: Mapping[str, str]) -> str:
    """A text of the questions in the reader's language."""
    return texts[(get_language() or "fi")[:2]]
