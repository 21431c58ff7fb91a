"""The competence centre KEINO over time, from dated facts: who belonged to it, who did what, what happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from keino.facts.read import Row, read, sources
from keino.web.organisations.codes import holds_on


@dataclass(frozen=True)
class Membership:
    """One organisation's time in the consortium."""

    organisation: str
    name: str
    role: str
    valid_from: dt.date
    valid_to: dt.date
    source: Row
    note: str
    tasks: tuple[str, ...]


@dataclass(frozen=True)
class Event:
    """What happened when; ``is_day`` says whether the day is known or only the month."""

    date: dt.date
    is_day: bool
    title: str
    source: Row


def memberships(language: str, day: dt.date | None = None) -> list[Membership]:
    """Memberships in the order of their beginning; with ``day`` those of that day only, and their tasks then."""
    found = [row for row in read("consortium_memberships").rows if day is None or holds_on(row, day)]
    order = {"coordinator": 0, "member": 1, "strategic_partner": 2}
    found.sort(key=lambda row: (row["valid_from"], order[row["role"]], row[f"name_{language}"]))
    return [
        Membership(
            organisation=row["organisation"],
            name=row[f"name_{language}"],
            role=row["role"],
            valid_from=dt.date.fromisoformat(row["valid_from"]),
            valid_to=dt.date.fromisoformat(row["valid_to"]),
            source=sources()[row["source"]],
            note=row["note"],
            tasks=_tasks(row, language, day),
        )
        for row in found
    ]


def _tasks(membership: Row, language: str, day: dt.date | None) -> tuple[str, ...]:
    """Tasks of an organisation on a day; without a day those of any time within the membership."""
    found = []
    for row in read("consortium_tasks").rows:
        overlaps = row["valid_from"] <= membership["valid_to"] and membership["valid_from"] <= row["valid_to"]
        if row["organisation"] == membership["organisation"] and (holds_on(row, day) if day else overlaps):
            found.append(row[f"task_{language}"])
    return tuple(found)


def events(language: str) -> list[Event]:
    """What happened, the oldest first."""
    return [
        Event(
            dt.date.fromisoformat(row["date"]),
            row["precision"] == "day",
            row[f"title_{language}"],
            sources()[row["source"]],
        )
        for row in sorted(read("consortium_events").rows, key=lambda row: row["date"])
    ]


def lifetime() -> tuple[dt.date, dt.date]:
    """First and last day of the centre."""
    rows = read("consortium_memberships").rows
    return (
        min(dt.date.fromisoformat(row["valid_from"]) for row in rows),
        max(dt.date.fromisoformat(row["valid_to"]) for row in rows),
    )
