"""What a home shows of every app: things that need a person, and dates that are coming.

Each app with such things has a ``needs.py`` with ``needs(person, organisations)`` and ``coming_dates(person,
organisation)``; the homes (``dashboards``) bring them together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation

Row = TypeVar("Row", bound=Any)


@dataclass(frozen=True)
class Need:
    """One thing: how urgent (overdue, week, you, others), what, where, by when, and whose it is."""

    kind: str
    title: str
    url: str | None
    due: dt.date | None = None
    organisation: str = ""


@dataclass(frozen=True)
class ComingDate:
    """One date that is coming."""

    date: dt.date
    title: str
    url: str | None = None
    text: str = ""


def of_organisations(found: Iterable[Row], organisations: Sequence[Organisation]) -> list[Row]:
    """Rows with their organisations, which are at hand: to join some thirty columns to each question costs its time."""
    known = {organisation.pk: organisation for organisation in organisations}
    rows = list(found)
    for row in rows:
        row.organisation = known[row.organisation_id]
    return rows
