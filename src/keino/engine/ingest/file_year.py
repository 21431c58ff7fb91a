"""The year of rows without a date of their own: told by the user, the file's name or title, or its other rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from keino.domain.ledgers.mapping import ColumnMapping
from keino.engine.ingest.date_sql import FIRST_YEAR, LAST_YEAR
from keino.engine.results import Choice

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d{3})")
_TIMES = ("posting_date", "doc_date", "payment_date", "period", "fiscal_year")


def file_year(
    path: Path,
    mapping: ColumnMapping,
    told: int | None,
    above: Sequence[Sequence[str]],
    data: Sequence[Sequence[str]],
) -> tuple[int | None, Choice | None]:
    """Return the year and, where it was found outside the rows, the choice that this is.

    ``above``: the rows above the first line; ``data``: a sample of lines.
    """
    if told is not None:
        return told, None
    if any(column in mapping.columns for column in _TIMES):
        return _only_year(mapping, data), None
    if (named := _one(_years([path.stem]))) is not None:
        return named, Choice("year_from_name", str(named), (), {"file": path.name, "year": str(named)})
    if (titled := _one(_years(cell for row in above for cell in row))) is not None:
        return titled, Choice("year_from_title", str(titled), (), {"year": str(titled)})
    return None, None


def _years(texts: Iterable[str]) -> set[int]:
    found = {int(year) for text in texts for year in _YEAR.findall(text)}
    return {year for year in found if FIRST_YEAR <= year <= LAST_YEAR}


def _one(years: set[int]) -> int | None:
    return next(iter(years)) if len(years) == 1 else None


def _only_year(mapping: ColumnMapping, data: Sequence[Sequence[str]]) -> int | None:
    """The year that all sampled dates of the first date column share; None when they span more than one."""
    for column, formats in mapping.date_formats.items():
        index = mapping.columns.get(column)
        if index is None or not formats:
            continue
        texts = (row[index].strip() for row in data if index < len(row))
        years = {date.year for text in texts if (date := read_date(text, formats[0]))}
        if years:
            return _one(years)
    return None


def read_date(text: str, style: str) -> dt.date | None:
    """The date in this style; None when the text is in another one."""
    try:
        return dt.datetime.strptime(text, style).date()  # noqa: DTZ007  # a ledger's dates have no zone
    except ValueError:
        return None
