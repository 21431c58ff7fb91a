"""How the cells of a sent table are read, and written so that they are read again as the same.

Headings and choices are understood by their codes and by their words in each language of the site, so that a file can
go to a colleague who reads the site in another one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from keino.engine.plan_values import day, money, shown
from keino.errors import Problem
from keino.web.base.choices import Language
from keino.web.procurements.table_errors import CellEmpty, CellTooLong, CellWrong

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Cell = str | int | Decimal | dt.date | None
LARGEST_AMOUNT = Decimal(10) ** 12


class Unreadable(Exception):
    """A text that is not what its column holds."""

    def __init__(self, wanted: Problem) -> None:
        super().__init__(str(wanted))
        self.wanted = wanted


@dataclass(frozen=True)
class Column:
    """A column: its code, its heading, what to write into it, and how that is read and written.

    ``read`` takes a text that is not empty; an empty cell is ``empty``.
    """

    name: str
    label: _StrPromise
    hint: _StrPromise
    read: Callable[[str], Any]
    write: Callable[[Any], Cell] = lambda value: value
    is_required: bool = False
    empty: Any = None
    longest: int = 200

    def value_of(self, text: str) -> Any:
        """The value of a cell. Raises a CellProblem."""
        if not text:
            if self.is_required:
                raise CellEmpty(column=str(self.label))
            return self.empty
        if len(text) > self.longest:
            raise CellTooLong(column=str(self.label), length=len(text), most=self.longest)
        try:
            return self.read(text)
        except Unreadable as error:
            raise CellWrong(column=str(self.label), text=shown(text), wanted=error.wanted) from error

    def names(self) -> set[str]:
        """Everything that its heading may be called."""
        return {folded(name) for name in (self.name, *in_every_language(self.label))}


def folded(text: str) -> str:
    """A heading or choice without what doesn't matter: case, and blanks around and between."""
    return " ".join(text.split()).casefold()


def in_every_language(label: object) -> set[str]:
    """A lazy text in each language of the site."""
    found = set()
    for code in Language.values:
        with override(code):
            found.add(str(label))
    return found


# ---- reading


def text_cell(text: str) -> str:
    """A text as it stands."""
    return text


def day_cell(text: str) -> dt.date:
    """A date: 2027-12-31 or 31.12.2027."""
    found = day(text)
    if found is None:
        raise Unreadable(Problem("a date such as 2027-12-31"))
    return found


def money_cell(text: str) -> Decimal:
    """An amount of zero or more, in euro to the cent."""
    found = money(text)
    if found is None or not 0 <= found < LARGEST_AMOUNT:
        raise Unreadable(Problem("an amount of zero or more"))
    return found.quantize(Decimal("0.01"))


def whole_cell(text: str) -> int:
    """A whole number from 1."""
    if not (text.isascii() and text.isdigit() and 0 < int(text[:10]) < 10**9):
        raise Unreadable(Problem("a whole number"))
    return int(text)


def id_cell(text: str) -> UUID:
    """An id as the export writes it."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Unreadable(Problem("an id as the export has it")) from error


def truth_cell(text: str) -> bool:
    """Yes or no, in any language of the site."""
    words = _truths()
    if folded(text) not in words:
        raise Unreadable(Problem("yes or no"))
    return words[folded(text)]


def _truths() -> dict[str, bool]:
    yes, no = in_every_language(gettext_lazy("yes")), in_every_language(gettext_lazy("no"))
    found = dict.fromkeys((folded(word) for word in (*yes, "true", "1", "x")), True)
    return found | dict.fromkeys((folded(word) for word in (*no, "false", "0")), False)


def choice_cell(choices: type[TextChoices]) -> Callable[[str], str]:
    """One of the choices, by its code or its name in any language."""

    def read(text: str) -> str:
        found = _choice_names(choices).get(folded(text))
        if found is None:
            raise Unreadable(Problem("one of {choices}", choices=tuple(str(label) for label in choices.labels)))
        return found

    return read


def _choice_names(choices: type[TextChoices]) -> Mapping[str, str]:
    found = {folded(value): value for value in choices.values}
    for code in Language.values:
        with override(code):
            found |= {folded(str(label)): value for value, label in choices.choices}
    return found


def choices_cell(choices: type[TextChoices]) -> Callable[[str], list[str]]:
    """Several of the choices, with commas or semicolons between."""
    read = choice_cell(choices)
    return lambda text: sorted({read(part.strip()) for part in text.replace(";", ",").split(",") if part.strip()})


# ---- writing


def choice_text(choices: type[TextChoices]) -> Callable[[Any], Cell]:
    """The name of a choice in the reader's language."""
    return lambda value: str(choices(value).label) if value else ""


def choices_text(choices: type[TextChoices]) -> Callable[[Any], Cell]:
    """The names of several choices."""
    return lambda values: ", ".join(str(choices(value).label) for value in sorted(values or ()))


def truth_text(value: Any) -> Cell:
    """Yes or no."""
    return _("yes") if value else _("no")


def id_text(value: Any) -> Cell:
    """An id."""
    return str(value) if value else ""
