"""What a home shows of every app: things that need a person, and dates that are coming.

Each app with such things has a ``needs.py`` with ``needs(person, organisations)`` and ``coming_dates(person,
organisation)``; the homes (``dashboards``) bring them together.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


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
