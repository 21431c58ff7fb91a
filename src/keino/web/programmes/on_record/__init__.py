"""Programmes on record as data files (``<code>.toml``): what an edition is made from.

Each file names its source. It holds what the source says and nothing else; ``not_on_record`` says what is missing, and
where a source leaves a day open ("early June") ``said`` has its words and ``note`` what our days are worth.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from keino.domain.programmes.calendar import Date, moved_by_weeks, weeks_between
from keino.web.programmes.errors.editions import UnknownTemplate

#: The clock of every calendar on record.
FINLAND = ZoneInfo("Europe/Helsinki")
LAST_MOMENT = dt.time.max
#: Moments at which something begins; every other moment is the end of something.
OPENINGS = frozenset({"call_opens"})
Texts = dict[str, str]


@dataclass(frozen=True)
class RecordedDate:
    """A date on record. ``said`` are the source's words where it leaves days open."""

    date: Date
    name: Texts
    said: Texts
    note: Texts
    is_whole_day: bool
    mode: str
    place: str
    is_open_to_all: bool


@dataclass(frozen=True)
class Recorded:
    """One programme on record: ``values`` are columns of an edition, ``texts`` those in three languages."""

    code: str
    theme: str
    source: dict[str, Any] = field(hash=False)
    values: dict[str, Any] = field(hash=False)
    texts: dict[str, Texts] = field(hash=False)
    dates: tuple[RecordedDate, ...] = field(hash=False)
    phases: tuple[dict[str, Any], ...] = field(hash=False)
    criteria: tuple[dict[str, Any], ...] = field(hash=False)
    eligibility: tuple[dict[str, Any], ...] = field(hash=False)
    team: tuple[dict[str, Any], ...] = field(hash=False)
    not_on_record: tuple[str, ...]
    is_default: bool
    took_part: int | None
    applied: int | None
    participants: tuple[str, ...] = ()

    @property
    def first_day(self) -> dt.date:
        """The day of the kick-off, or of the first date where none is on record."""
        kick_off = [each.date for each in self.dates if each.date.kind == "kick_off"]
        first = kick_off[0] if kick_off else min((each.date for each in self.dates), key=lambda each: each.starts_at)
        return first.starts_at.astimezone(FINLAND).date()

    def beginning(self, wished: dt.date) -> Recorded:
        """The same programme with its first day in the week nearest to a wished day, on the same weekday.

        The words of the source ("during 2024") don't hold for another year, so a moved calendar has none.
        """
        weeks = weeks_between(self.first_day, wished)
        if weeks == 0:
            return self
        moved = moved_by_weeks([each.date for each in self.dates], weeks)
        dates = tuple(replace(each, date=date, said={}, note={}) for each, date in zip(self.dates, moved, strict=True))
        return replace(self, dates=dates)

    def name_in(self, language: str) -> str:
        """The name with the year of the first day."""
        return self.texts["name"][language].format(year=self.first_day.year)


_TEXTS = ("name", "summary", "for_whom", "benefits", "requirements", "how_to_apply", "announced_duration")
_VALUES = ("places_max", "team_min", "team_max", "needs_discussion", "needs_pilot", "needs_commitment")


@cache
def on_record() -> tuple[Recorded, ...]:
    """All programmes on record: the default one first, then the newest."""
    codes = (each.name.removesuffix(".toml") for each in files(__name__).iterdir() if each.name.endswith(".toml"))
    found = [recorded(code) for code in codes if code != "phases"]
    return tuple(sorted(found, key=lambda each: (not each.is_default, -each.first_day.toordinal(), each.code)))


@cache
def recorded(code: str) -> Recorded:
    """One programme on record. Raises UnknownTemplate."""
    path = files(__name__) / f"{code}.toml"
    if not code.replace("-", "").isalnum() or code == "phases" or not path.is_file():
        raise UnknownTemplate(value=code)
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return Recorded(
        code=code,
        theme=told["theme"],
        source=told["source"],
        values={name: told[name] for name in _VALUES if name in told},
        texts={name: {language: text.strip() for language, text in told.get(name, {}).items()} for name in _TEXTS},
        dates=tuple(_date(each) for each in told["dates"]),
        phases=phase_set(told["phases"]),
        criteria=tuple(told.get("criteria", ())),
        eligibility=tuple(told.get("eligibility", ())),
        team=tuple(told.get("team", ())),
        not_on_record=tuple(told["not_on_record"]),
        is_default=told.get("is_default", False),
        took_part=told.get("took_part"),
        applied=told.get("applied"),
        participants=tuple(told.get("participants", ())),
    )


def phase_set(code: str) -> tuple[dict[str, Any], ...]:
    """A set of phases that programmes on record name."""
    return tuple(_phase_sets()[code])


@cache
def _phase_sets() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = tomllib.loads((files(__name__) / "phases.toml").read_text("utf-8"))
    return found


def _date(told: dict[str, Any]) -> RecordedDate:
    starts: Any = told.get("from", told.get("at"))
    ends: Any = told.get("to", told.get("at"))
    is_whole_day = not isinstance(starts, dt.datetime)
    if is_whole_day:
        first, last = whole_day(told["kind"], starts, ends)
    else:
        first, last = starts.replace(tzinfo=FINLAND).astimezone(dt.UTC), ends.replace(tzinfo=FINLAND).astimezone(dt.UTC)
    return RecordedDate(
        date=Date(told["kind"], first, last),
        name=told.get("name", {}),
        said=told.get("said", {}),
        note=told.get("note", {}),
        is_whole_day=is_whole_day,
        mode=told.get("mode", ""),
        place=told.get("place", ""),
        is_open_to_all=told.get("is_open_to_all", False),
    )


def whole_day(kind: str, first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Days without hours as moments: an opening is its day's first moment, a deadline its day's last one."""
    from keino.domain.programmes.calendar import SHAPES, Shape

    begins = dt.datetime.combine(first, dt.time.min, tzinfo=FINLAND).astimezone(dt.UTC)
    ends = dt.datetime.combine(last, LAST_MOMENT, tzinfo=FINLAND).astimezone(dt.UTC)
    if SHAPES[kind] == Shape.MOMENT:
        return (begins, begins) if kind in OPENINGS else (ends, ends)
    return begins, ends
