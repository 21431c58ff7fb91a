"""The accounting year of a ledger: invoices dated just before or after it belong to it.

A ledger of 2023 holds lines dated in December 2022 and January 2024, because it follows the books. Counting those under
their dates would show two nearly empty years beside the full one. Where all but a few lines of a file lie in one
year and the rest within two months of it, every line belongs to that year; this is said among the choices.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

from keino.engine.ingest.counting import Counted
from keino.engine.results import Choice

#: Share of lines that must lie in the year.
MAIN_SHARE = 0.85
#: How far outside the year the other lines may be dated.
REACH = dt.timedelta(days=62)


def accounting_year(counted: Counted) -> int | None:
    """Return the year that all lines of the ledger belong to, or None when its dates speak for themselves."""
    if "fiscal_year" in counted.ledger.layout.columns:
        return None
    lines: Counter[int] = Counter()
    for group in counted.groups:
        lines[group.year or 0] += group.lines
    if len(lines) < 2:
        return None
    year, count = lines.most_common(1)[0]
    if year == 0 or count < MAIN_SHARE * sum(lines.values()):
        return None
    first, last = dt.date(year, 1, 1) - REACH, dt.date(year, 12, 31) + REACH
    dates = [date for group in counted.groups for date in (group.first_date, group.last_date)]
    return year if all(date is not None and first <= date <= last for date in dates) else None


def settle_year(counted: Counted) -> Counted:
    """Return the ledger with every line in its accounting year, where it has one."""
    year = accounting_year(counted)
    if year is None:
        return counted
    counted.ledger.accounting_year = year
    others = sum(group.lines for group in counted.groups if group.year != year)
    said = Choice("accounting_year", str(year), (), {"year": str(year), "lines": str(others)})
    return replace(
        counted,
        groups=tuple(replace(group, year=year) for group in counted.groups),
        reading=replace(counted.reading, choices=(*counted.reading.choices, said)),
    )
