"""Dates as they should be, and what differs from the dates as they are. Nothing is written here."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from keino.domain.programmes.calendar import Date, lacks
from keino.errors import Problems
from keino.web.programmes.models import Edition, EditionDate

#: What people are told of when it changes.
TOLD = ("starts_at", "ends_at", "is_whole_day", "mode", "place")
#: The rest of what a date has.
WORDS = ("name_fi", "name_sv", "name_en", "said_fi", "said_sv", "said_en", "is_open_to_all")


@dataclass(frozen=True)
class Wanted:
    """A date as it should be; ``public_id`` of one that is there, ``is_gone``: to be taken out."""

    public_id: uuid.UUID
    kind: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    is_whole_day: bool = False
    mode: str = ""
    place: str = ""
    is_open_to_all: bool = False
    texts: dict[str, str] = field(default_factory=dict, hash=False)
    is_gone: bool = False

    @property
    def columns(self) -> dict[str, Any]:
        """What is written into the row."""
        told = {name: getattr(self, name) for name in (*TOLD, "is_open_to_all")}
        return told | {name: text for name, text in self.texts.items() if name in WORDS}


@dataclass(frozen=True)
class Change:
    """One date before and after; None = it wasn't there, or is there no more."""

    before: EditionDate | None
    after: EditionDate | None

    @property
    def date(self) -> EditionDate:
        """The date as it is now, or as it was last."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def is_told(self) -> bool:
        """Whether people concerned must know: another time, another place, new or gone."""
        if self.before is None or self.after is None:
            return True
        return any(getattr(self.before, name) != getattr(self.after, name) for name in TOLD)


def wanted_of(date: EditionDate, **changed: Any) -> Wanted:
    """A date as it is, with some things as they should be."""
    as_is = Wanted(
        public_id=date.public_id,
        kind=date.kind,
        is_open_to_all=date.is_open_to_all,
        texts={name: getattr(date, name) or "" for name in WORDS if name != "is_open_to_all"},
        **{name: getattr(date, name) for name in TOLD},
    )
    return replace(as_is, **changed)


def changes_of(edition: Edition, wanted: Sequence[Wanted]) -> list[Change]:
    """What saving these dates would change; dates that aren't named stay. Nothing is written."""
    there = {date.public_id: date for date in edition.dates.all()}
    found = []
    for each in wanted:
        before = there.get(each.public_id)
        if each.is_gone:
            if before is not None:
                found.append(Change(before, None))
            continue
        after = _written(edition, before, each)
        if before is None or any(getattr(before, name) != value for name, value in _compared(each, before).items()):
            found.append(Change(before, after))
    return found


def _compared(wanted: Wanted, before: EditionDate) -> dict[str, Any]:
    """The columns to compare; an empty text and none are the same."""
    return {name: value for name, value in wanted.columns.items() if (value or getattr(before, name)) not in {"", None}}


def _written(edition: Edition, before: EditionDate | None, wanted: Wanted) -> EditionDate:
    after = EditionDate(edition=edition, public_id=wanted.public_id, kind=wanted.kind)
    if before is not None:
        after.pk, after.sequence, after.event_id = before.pk, before.sequence, before.event_id
        for name in WORDS:
            setattr(after, name, getattr(before, name))
    for name, value in wanted.columns.items():
        setattr(after, name, value)
    return after


def lacks_after(edition: Edition, changes: Sequence[Change]) -> Problems:
    """What is wrong with the calendar as it would be, everything at once."""
    return lacks(_dates_after(edition, changes))


def _dates_after(edition: Edition, changes: Sequence[Change]) -> list[Date]:
    changed = {change.date.public_id for change in changes}
    kept = [date.as_date for date in edition.dates.all() if date.public_id not in changed]
    return [*kept, *(change.after.as_date for change in changes if change.after is not None)]
