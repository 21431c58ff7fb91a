"""Single values of a buyer's plan, read with care: each that can't be used is told with its place, and all together."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, TypeVar

from keino.domain.plans.estimates import BadEstimate, Estimate
from keino.errors import Problem

T = TypeVar("T")
YEARS = range(1990, 2151)
_CODE = re.compile(r"[A-Za-z0-9][\w.-]{0,59}")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_SPACES = str.maketrans("", "", " \u00a0\u202f")


def shown(value: object) -> str:
    """A value of a stranger's as it may stand in a message: on one line, short, and nothing that steers a terminal."""
    try:
        told = str(value)
    except (ValueError, RecursionError):  # a whole number of thousands of digits, tables in tables in tables
        return "…"
    text = "".join(sign if sign.isprintable() else "?" for sign in told)
    return text if len(text) <= 60 else f"{text[:57]}…"


def day(text: str) -> date | None:
    """A date written 2027-12-31 or 31.12.2027; None for anything else.

    >>> day("31.12.2027"), day("31.2.2027")
    (datetime.date(2027, 12, 31), None)
    """
    found = _DATE.fullmatch(text.strip())
    if not found:
        return None
    year, month, of_month = found.group(1, 2, 3) if found.group(1) else found.group(6, 5, 4)
    try:
        return date(int(year), int(month), int(of_month))
    except ValueError:
        return None


def money(text: str) -> Decimal | None:
    """An amount with one decimal mark, comma or point, and blanks between thousands; None for anything else.

    >>> money("12 000,50"), money("1.200,50"), money("1e9")
    (Decimal('12000.50'), None, None)
    """
    plain = text.translate(_SPACES).replace("€", "").replace("\u2212", "-").replace(",", ".")
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,4})?", plain, re.ASCII):
        return None
    return Decimal(plain)


class Section:
    """One table of the file, read key by key; ``problems`` collects what is wrong, with the place.

    A number that is left empty ("") counts as not given, as in a template that is not filled in yet.
    """

    def __init__(self, place: str, table: object, problems: list[Problem]) -> None:
        self.place, self.problems = place, problems
        self._read: set[str] = set()
        self._table: Mapping[str, Any] = {}
        if isinstance(table, Mapping):
            self._table = table
        else:
            self.wrong("", table, Problem("a table"))

    def wrong(self, key: str, value: object, wanted: Problem) -> None:
        """Note that a value is not what is wanted."""
        place = shown(".".join(part for part in (self.place, key) if part))
        self.problems.append(
            Problem("{place} is {text}, it must be {wanted}", place=place, text=shown(value), wanted=wanted)
        )

    def end(self) -> None:
        """Note keys that mean nothing: one that is misspelt would be left out of the plan unseen."""
        for key in self._table:
            if key not in self._read:
                near = get_close_matches(key, self._read, n=1)
                place = shown(".".join(part for part in (self.place, key) if part))
                if near:
                    self.problems.append(Problem("{place} is not known; is {near} meant?", place=place, near=near[0]))
                else:
                    self.problems.append(Problem("{place} is not known", place=place))

    def raw(self, key: str) -> Any:
        """The value as it stands; None where nothing is given."""
        self._read.add(key)
        value = self._table.get(key)
        return None if isinstance(value, str) and not value.strip() else value

    def table(self, key: str) -> Section:
        """A table within the table; an empty one where none is given."""
        value = self.raw(key)
        return Section(f"{self.place}.{key}" if self.place else key, {} if value is None else value, self.problems)

    def sections(self, key: str) -> dict[str, Section]:
        """The tables within a table, by name."""
        value = self.raw(key)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.wrong(key, value, Problem("a table"))
            return {}
        place = f"{self.place}.{key}" if self.place else key
        return {name: Section(f"{place}.{name}", table, self.problems) for name, table in value.items()}

    def rows(self, key: str) -> list[Section]:
        """The tables of a list of tables, numbered from 1."""
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(key, value, Problem("a list of tables"))
            return []
        return [Section(f"{key} {number}", table, self.problems) for number, table in enumerate(value, start=1)]

    def number(self, key: str) -> float | None:
        """A finite number."""
        return self._of(key, _number, Problem("a number"))

    def whole(self, key: str, allowed: range) -> int | None:
        """A whole number within bounds."""
        wanted = Problem("a whole number from {low} to {high}", low=allowed[0], high=allowed[-1])
        return self._of(key, lambda value: _whole(value, allowed), wanted)

    def string(self, key: str, choices: Iterable[str] = ()) -> str:
        """A text; one of the choices, where there are any."""
        known = tuple(choices)
        wanted = Problem("one of {choices}", choices=known) if known else Problem("a text")
        return self._of(key, lambda value: _text(value, known), wanted) or ""

    def truth(self, key: str) -> bool:
        """True or false."""
        return (
            self._of(key, lambda value: value if isinstance(value, bool) else None, Problem("true or false")) or False
        )

    def codes(self, key: str) -> tuple[str, ...]:
        """A list of codes."""
        return self._of(key, lambda value: _list(value, code), Problem("a list of codes")) or ()

    def years(self, key: str, allowed: range) -> tuple[int, ...] | None:
        """A list of years within bounds."""
        wanted = Problem("a list of years from {low} to {high}", low=allowed[0], high=allowed[-1])
        return self._of(key, lambda value: _list(value, lambda item: _whole(item, allowed)), wanted)

    def estimate(self, key: str, most: float = math.inf) -> Estimate | None:
        """One number, or a list of three in rising order: low, middle, high; from 0 to ``most``."""
        wanted = (
            Problem("a share from 0 to 1, or three in rising order")
            if most == 1
            else Problem("a number from 0, or three in rising order")
        )
        return self._of(key, lambda value: _estimate(value, most), wanted)

    def when(self, key: str) -> date | None:
        """A date."""
        return self._of(key, _date, Problem("a date such as 2027-12-31"))

    def _of(self, key: str, read: Callable[[Any], T | None], wanted: Problem) -> T | None:
        value = self.raw(key)
        if value is None:
            return None
        found = read(value)
        if found is None:
            self.wrong(key, value, wanted)
        return found


def code(value: object) -> str | None:
    """A code: letters, digits, points, dashes and underscores; None for anything else."""
    return value if isinstance(value, str) and _CODE.fullmatch(value) else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) and abs(found) < 1e15 else None


def _whole(value: object, allowed: range) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value in allowed else None


def _text(value: object, choices: tuple[str, ...]) -> str | None:
    if not isinstance(value, str) or (choices and value not in choices):
        return None
    return value if choices else " ".join(shown(value).split())


def _list(value: object, read: Callable[[Any], T | None]) -> tuple[T, ...] | None:
    if not isinstance(value, list):
        return None
    found = [read(item) for item in value]
    known = tuple(item for item in found if item is not None)
    return known if len(known) == len(found) else None


def _estimate(value: object, most: float) -> Estimate | None:
    numbers = _list(value if isinstance(value, list) else [value], _number)
    if numbers is None or len(numbers) not in (1, 3) or min(numbers) < 0 or max(numbers) > most:
        return None
    try:
        return Estimate(numbers[0], numbers[len(numbers) // 2], numbers[-1])
    except BadEstimate:
        return None


def _date(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return day(value) if isinstance(value, str) else None
