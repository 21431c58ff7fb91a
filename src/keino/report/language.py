"""What keino says, in Finnish, Swedish and English: one gettext mechanism for the command line and the report.

English sentences in the code are the keys. Catalogs are ``locale/<language>/LC_MESSAGES/keino.po`` and ``.mo``;
``tools/messages.py`` keeps them up to date. Only the standard library is needed at run time.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from keino.errors import Problem, Problems, UsageError, mark
from keino.report import number_style
from keino.units import KG_PER_TONNE

if TYPE_CHECKING:
    from keino.errors import KeinoError

__all__ = ["LANGUAGES", "Translator", "UnknownLanguage", "mark", "translator"]

LANGUAGES = ("fi", "sv", "en")
LOCALE = Path(__file__).parent / "locale"

#: Values of errors that are sentences of our own, translated by their text. All other text is somebody's: a header
#: called “Total” stays as it is printed.
SENTENCES = frozenset({"what", "remedy", "why"})


class UnknownLanguage(UsageError):
    """A language that keino doesn't speak."""

    code = "unknown_language"
    template = "keino doesn't speak {language}, so nothing was written. Choose one of: {known}."


class Translator:
    """Speaks one language: sentences, numbers, money, shares, tonnes, dates and errors."""

    def __init__(self, language: str, catalog: gettext.NullTranslations) -> None:
        self.language = language
        self._catalog = catalog

    def text(self, message: str, /, **values: object) -> str:
        """Return ``message`` in this language with its ``{named}`` values filled in."""
        if not message:  # an empty key would return the header of the catalog
            return ""
        translated = self._catalog.gettext(message)
        return translated.format(**values) if values else translated

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return the form for ``count``; ``{count}`` is filled in as a written number."""
        return self._catalog.ngettext(one, many, count).format(count=self.number(count), **values)

    def number(self, value: Decimal | float, decimals: int = 0) -> str:
        """Return a number with ``decimals``."""
        return number_style.number(value, decimals, self.language)

    def never_zero(self, value: Decimal | float, decimals: int = 0) -> str:
        """Return a number with ``decimals``; a little that would round to nothing is ``< 0.1``."""
        return number_style.never_zero(value, decimals, self.language)

    def to_read(self, value: float, digits: int = 3) -> str:
        """Return a number with two or three significant digits."""
        rounded = float(f"{value:.{digits}g}")
        return self.number(rounded, number_style.decimals_to_read(rounded, digits))

    def amount(self, value: Decimal | float, currency: str, decimals: int = 0) -> str:
        """Return money with its sign, to whole units unless ``decimals`` are asked for."""
        return number_style.money(value, currency, decimals, self.language)

    def amount_to_read(self, value: Decimal | float, currency: str) -> str:
        """Return money with three significant digits, millions and billions in words."""
        return number_style.money_to_read(value, currency, self.language)

    def percent(self, share: float, decimals: int = 0) -> str:
        """Return a share (0–1) as per cent."""
        return number_style.percent(share, decimals, self.language)

    def percent_to_read(self, share: float) -> str:
        """Return a share as whole per cent, without turning a little into nothing or nearly all into all."""
        if 0 < share < 0.005:
            return self.text("less than {share}", share=self.percent(0.01))
        if 0.995 <= share < 1:
            return self.text("more than {share}", share=self.percent(0.99))
        return self.percent(share)

    def tonnes(self, kgco2e: float) -> str:
        """Return kgCO2e as tonnes with three significant digits, without the unit."""
        return self.to_read(kgco2e / KG_PER_TONNE)

    def date(self, iso: str) -> str:
        """Return an ISO date as this language writes it."""
        return number_style.date(iso, self.language)

    def years(self, years: Sequence[int]) -> str:
        """Return ``2023``, ``2021–2023`` or, with a gap, ``2019 and 2021``."""
        if len(years) > 1 and years[-1] - years[0] == len(years) - 1:
            return f"{years[0]}–{years[-1]}"
        return self.listing(str(year) for year in years)

    def listing(self, items: Iterable[str]) -> str:
        """Return ``a, b and c``."""
        words = list(items)
        if len(words) < 2:
            return "".join(words)
        return self.text("{most} and {last}", most=", ".join(words[:-1]), last=words[-1])

    def describe(self, error: KeinoError) -> str:
        """Return an error's sentence in this language, with the problems among its values."""
        return self._sentence(error.template, error.values)

    def say(self, problem: Problem) -> str:
        """Return a problem in this language."""
        return self._sentence(problem.template, problem.values)

    def _sentence(self, template: str, values: Mapping[str, object]) -> str:
        said = {
            name: self.text(value) if name in SENTENCES and isinstance(value, str) else self._value(value)
            for name, value in values.items()
        }
        return self.text(template).format(**said)

    def _value(self, value: object) -> str:
        if isinstance(value, Problem):
            return self._sentence(value.template, value.values)
        if isinstance(value, Problems):
            return "".join(f"\n- {self._value(problem)}" for problem in value)
        if isinstance(value, Decimal):
            return self.number(value, max(0, -int(value.as_tuple().exponent)))
        if isinstance(value, tuple | list):
            return ", ".join(self._value(item) for item in value)
        return _Written(value, self) if isinstance(value, float) else str(value)


class _Written(str):
    """A number as it stands in a sentence; a template may ask for fewer decimals, as in ``{seconds:.0f}``."""

    _value: float
    _speech: Translator

    def __new__(cls, value: float, speech: Translator) -> _Written:
        made = super().__new__(cls, value)
        made._value, made._speech = value, speech
        return made

    def __format__(self, spec: str) -> str:
        if not spec:
            return str(self)
        return self._speech.number(self._value, int(spec.strip(".f") or 0))


@cache
def translator(language: str) -> Translator:
    """Return the translator for ``fi``, ``sv`` or ``en``.

    Raises UnknownLanguage for any other language.
    """
    if language not in LANGUAGES:
        raise UnknownLanguage(language=language, known=LANGUAGES)
    if language == "en":
        return Translator(language, gettext.NullTranslations())
    return Translator(language, gettext.translation("keino", LOCALE, languages=[language]))
