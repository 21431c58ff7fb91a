"""How dates and periods are written in a ledger's columns, as strptime formats."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from keino.domain.ledgers.values import LONGEST_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_DAY_FIRST, _MONTH_FIRST = ("%d", "%m"), ("%m", "%d")
_TIME = r"(?:[T ]+(?P<time>\d{1,2}:\d{2}(?::\d{2}(?P<fraction>\.\d{1,6})?)?)(?P<zone>Z|[+-]\d{2}:?\d{2})?)?$"
_YEAR_FIRST = re.compile(r"^(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})" + _TIME)
_YEAR_LAST = re.compile(r"^(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})" + _TIME)
_NAMED = re.compile(r"^(?P<d>\d{1,2})(?P<s>\.? |[-/.])(?P<m>[^\W\d_]{3,12})\.?(?P<t> |[-/.])(?P<y>\d{4}|\d{2})" + _TIME)
_DIGITS8 = re.compile(r"^\d{8}$")
_DIGITS6 = re.compile(r"^\d{6}$")
_PERIODS = (
    (re.compile(r"^(?P<y>\d{4})[-/ ]?[PM](?P<m>\d{1,2})$", re.IGNORECASE), "period"),
    (re.compile(r"^(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-6])$"), "%Y%m"),
    (re.compile(r"^(?P<y>(?:19|20)\d{2})[-/.](?P<m>0?[1-9]|1[0-2])$"), "%Y-%m"),
    (re.compile(r"^(?P<m>0?[1-9]|1[0-2])[-/.](?P<y>(?:19|20)\d{2})$"), "%m/%Y"),
    (re.compile(r"^(?P<n>[^\W\d_]{3,12})\.?[- /](?P<y>\d{4}|\d{2})$"), "month name"),
    (re.compile(r"^(?P<y>(?:19|20)\d{2})$"), "%Y"),
)

#: Month names by their first letters, in Finnish, Swedish and English; numbers 1-12.
_MONTHS = {
    **dict.fromkeys(("jan", "tam"), 1),
    **dict.fromkeys(("feb", "hel"), 2),
    **dict.fromkeys(("mar", "maa"), 3),
    **dict.fromkeys(("apr", "huh"), 4),
    **dict.fromkeys(("may", "maj", "tou"), 5),
    **dict.fromkeys(("jun", "kes"), 6),
    **dict.fromkeys(("jul", "hei"), 7),
    **dict.fromkeys(("aug", "elo"), 8),
    **dict.fromkeys(("sep", "syy"), 9),
    **dict.fromkeys(("oct", "okt", "lok"), 10),
    **dict.fromkeys(("nov",), 11),
    **dict.fromkeys(("dec", "jou"), 12),
}
_ENGLISH = frozenset(
    (
        *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "january", "february"),
        *("march", "april", "june", "july", "august", "september", "october", "november", "december"),
    )
)


@dataclass(frozen=True)
class DateStyle:
    """The formats of a column of dates, most frequent first, and the share (0-1) of filled values that they read.

    ``is_ambiguous``: day and month could stand the other way round in every value, and the day was taken first.
    """

    formats: tuple[str, ...]
    share: float
    is_ambiguous: bool


def month_number(name: str) -> int | None:
    """Return 1-12 for a month's name or its beginning (three letters or more) in Finnish, Swedish or English."""
    word = name.casefold()
    if word.startswith("marr"):
        return 11
    return _MONTHS.get(word[:3])


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return _FIRST_YEAR <= year <= _LAST_YEAR


def _century(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _time_format(match: re.Match[str]) -> str:
    """The part of the format behind the date: "", " %H:%M", "T%H:%M:%S.%f%z" …"""
    if not match["time"]:
        return ""
    between = "T" if match.string[match.end() - len(match["time"] + (match["zone"] or "")) - 1] == "T" else " "
    clock = "%H:%M" + (":%S" if match["time"].count(":") == 2 else "") + (".%f" if match["fraction"] else "")
    return between + clock + ("%z" if match["zone"] else "")


def _year_text(year: str) -> str:
    return "%Y" if len(year) == 4 else "%y"


def _compact(text: str) -> tuple[str, ...]:
    """Formats of a date in eight or six digits: 20141231, 31122014, 141231 (Oulu's YYMMDD)."""
    if _DIGITS8.match(text):
        year_first = _is_day(int(text[:4]), int(text[4:6]), int(text[6:]))
        day_first = _is_day(int(text[4:]), int(text[2:4]), int(text[:2]))
        return ("%Y%m%d",) if year_first else ("%d%m%Y",) if day_first else ()
    if _DIGITS6.match(text) and _is_day(2000 + int(text[:2]), int(text[2:4]), int(text[4:])):
        return ("%y%m%d",)
    return ()


@lru_cache(maxsize=20_000)
def formats_of(text: str) -> tuple[str, ...]:
    """Return the formats in which one text is a date; two when day and month may be exchanged; () when it is none."""
    if len(text) > LONGEST_VALUE:
        return ()
    if text.isdecimal():
        return _compact(text)
    if match := _YEAR_FIRST.match(text):
        mark = match["s"]
        year_month_day = f"%Y{mark}%m{mark}%d" + _time_format(match)
        return (year_month_day,) if _is_day(int(match["y"]), int(match["m"]), int(match["d"])) else ()
    if match := _YEAR_LAST.match(text):
        return _orders(match)
    if match := _NAMED.match(text):
        return _named(match)
    return ()


def _orders(match: re.Match[str]) -> tuple[str, ...]:
    """Day first, then month first; behind points the day always stands first."""
    mark, year = match["s"], _century(match["y"])
    tail = mark + _year_text(match["y"]) + _time_format(match)
    first, second = int(match["a"]), int(match["b"])
    day_first = (f"%d{mark}%m{tail}",) if _is_day(year, second, first) else ()
    month_first = (f"%m{mark}%d{tail}",) if mark != "." and _is_day(year, first, second) else ()
    return day_first + month_first


def _named(match: re.Match[str]) -> tuple[str, ...]:
    month = month_number(match["m"])
    if month is None or not _is_day(_century(match["y"]), month, int(match["d"])):
        return ()
    name = ("%b" if len(match["m"]) == 3 else "%B") if match["m"].casefold() in _ENGLISH else "%?"
    return (f"%d{match['s']}{name}{match['t']}{_year_text(match['y'])}" + _time_format(match),)


def date_style(values: Iterable[str]) -> DateStyle:
    """Return how the dates among ``values`` are written.

    Day or month first is decided by values above twelve; when none decides, the day is taken first and
    ``is_ambiguous`` is True. A month name that isn't English stands as ``%?`` in the format.
    """
    texts = Counter(text for value in values if (text := value.strip()))
    counts: Counter[str] = Counter()
    proofs: Counter[tuple[str, ...]] = Counter()
    read = 0
    for text, times in texts.items():
        found = formats_of(text)
        read += times if found else 0
        counts.update(dict.fromkeys(found, times))
        if len(found) == 1 and (order := _order(found[0])):
            proofs[order] += times
    formats, is_ambiguous = _chosen(counts, proofs)
    return DateStyle(formats, read / texts.total() if texts else 0.0, is_ambiguous)


def _order(text_format: str) -> tuple[str, ...]:
    """("%d", "%m") or ("%m", "%d") of a format whose order can be mistaken; () of others."""
    if text_format[:2] not in _DAY_FIRST or "." in text_format[2:3] or text_format[3:5] not in _DAY_FIRST:
        return ()
    return (text_format[:2], text_format[3:5])


def _chosen(counts: Counter[str], proofs: Counter[tuple[str, ...]]) -> tuple[tuple[str, ...], bool]:
    """Formats by frequency without those of the order that the values speak against."""
    dropped = _DAY_FIRST if proofs[_MONTH_FIRST] > proofs[_DAY_FIRST] else _MONTH_FIRST
    both = bool(proofs[_DAY_FIRST]) and bool(proofs[_MONTH_FIRST])
    kept = [name for name, _ in counts.most_common() if both or _order(name) != dropped]
    unsettled = not proofs[_DAY_FIRST] and not proofs[_MONTH_FIRST] and any(_order(name) for name in kept)
    if both:
        kept.sort(key=lambda name: _order(name) == dropped)
    return tuple(kept), unsettled or both


def date_formats(values: Iterable[str]) -> tuple[str, ...]:
    """Return the strptime formats of the dates among ``values``, most frequent first; () when there are none.

    >>> date_formats(["13/04/2011", "06/04/2011"])
    ('%d/%m/%Y',)
    """
    return date_style(values).formats


def period_format(value: str) -> str:
    """Return how a period is written: %Y%m, %Y-%m, %m/%Y, %Y, "period" (2014-P09), "month name" (Feb-13) or ""."""
    text = value.strip() if len(value) <= LONGEST_VALUE else ""
    for pattern, name in _PERIODS:
        match = pattern.match(text)
        if match and (name != "month name" or month_number(match["n"])):
            return name
    return ""


def period_share(values: Sequence[str]) -> float:
    """Share (0-1) of the filled values that name a month or an accounting period."""
    filled = [value for value in values if value.strip()]
    return sum(period_format(value) not in ("", "%Y") for value in filled) / len(filled) if filled else 0.0
