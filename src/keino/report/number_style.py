"""How a language writes numbers, money, shares and dates.

Finnish and Swedish group thousands with a narrow no-break space and use a decimal comma; English uses comma and
point. All three write a true minus sign. Written out here, because the same result must give the same bytes whatever
edition of a locale library is installed.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

NARROW = "\u202f"  # narrow no-break space
NO_BREAK = "\u00a0"
MINUS = "\u2212"

SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$", "SEK": "kr", "NOK": "kr", "DKK": "kr"}
_BEFORE_IN_ENGLISH = frozenset("€£$")

_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class NumberStyle(NamedTuple):
    """Marks of one language: ``thousands`` and ``decimal``; ``percent`` is the sign with the blank before it."""

    thousands: str
    decimal: str
    percent: str
    million: str
    billion: str


STYLES = {
    "fi": NumberStyle(NARROW, ",", f"{NO_BREAK}%", "milj.", "mrd."),
    "sv": NumberStyle(NARROW, ",", f"{NO_BREAK}%", "mn", "md"),
    "en": NumberStyle(",", ".", "%", "million", "billion"),
}


def number(value: Decimal | float, decimals: int, language: str) -> str:
    r"""Return ``value`` rounded half up to ``decimals``, as the language writes it.

    >>> number(-1234.5, 1, "fi")
    '−1\u202f234,5'
    """
    style = STYLES[language]
    rounded = _rounded(value, decimals)
    digits = f"{abs(rounded):,.{decimals}f}"
    written = digits.translate({ord(","): style.thousands, ord("."): style.decimal})
    return f"{MINUS}{written}" if rounded < 0 else written


def never_zero(value: Decimal | float, decimals: int, language: str) -> str:
    """Return a number that doesn't hide a little behind a zero.

    >>> [never_zero(value, 1, "en").replace(NO_BREAK, " ") for value in (0.014, -0.014, 0, 0.06)]
    ['< 0.1', '> −0.1', '0.0', '0.1']
    """
    if value == 0 or _rounded(value, decimals) != 0:
        return number(value, decimals, language)
    smallest = Decimal(1).scaleb(-decimals)
    sign, bound = ("<", smallest) if value > 0 else (">", -smallest)
    return f"{sign}{NO_BREAK}{number(bound, decimals, language)}"


def _rounded(value: Decimal | float, decimals: int) -> Decimal:
    # repr gives the shortest decimal of a float, so 0.285 is rounded as a reader expects
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def money(value: Decimal | float, currency: str, decimals: int, language: str) -> str:
    """Return an amount with its currency sign: ``12 300 €`` in Finnish and Swedish, ``€12,300`` in English."""
    return _with_currency(number(value, decimals, language), currency, language)


def _with_currency(written: str, currency: str, language: str) -> str:
    symbol = SYMBOLS.get(currency, currency)
    if not symbol:
        return written
    if language != "en" or symbol == "kr":
        return f"{written}{NO_BREAK}{symbol}"
    sign, digits = (MINUS, written[1:]) if written.startswith(MINUS) else ("", written)
    gap = "" if symbol in _BEFORE_IN_ENGLISH else NO_BREAK
    return f"{sign}{symbol}{gap}{digits}"


def money_to_read(value: Decimal | float, currency: str, language: str) -> str:
    """Return an amount with three significant digits: ``12.3 milj. €``, ``€12.3 million``, ``45 600 €``."""
    rounded = float(f"{float(value):.3g}")
    style = STYLES[language]
    for size, word in ((1e9, style.billion), (1e6, style.million)):
        if abs(rounded) >= size:
            short = number(rounded / size, decimals_to_read(rounded / size), language)
            if language == "en":
                return f"{_with_currency(short, currency, language)}{NO_BREAK}{word}"
            return _with_currency(f"{short}{NO_BREAK}{word}", currency, language)
    return money(rounded, currency, 0 if abs(rounded) >= 10 else 2, language)


def decimals_to_read(value: float, digits: int = 3) -> int:
    """Return how many decimals show ``digits`` significant digits of ``value`` and no needless zero.

    >>> decimals_to_read(12.3), decimals_to_read(2.0), decimals_to_read(0.331)
    (1, 0, 3)
    """
    if value == 0:
        return 0
    mantissa, exponent = f"{abs(value):.{digits - 1}e}".split("e")
    significant = len(mantissa.replace(".", "").rstrip("0"))
    return max(0, significant - 1 - int(exponent))


def percent(share: float, decimals: int, language: str) -> str:
    """Return a share (0–1) as per cent: ``81 %`` in Finnish and Swedish, ``81%`` in English."""
    return number(share * 100, decimals, language) + STYLES[language].percent


def date(iso: str, language: str) -> str:
    """Return an ISO date as the language writes it; a bare year, a month or anything else stays as it is."""
    parts = iso.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return iso
    year, month, day = (int(part) for part in parts)
    if language == "en" and 1 <= month <= 12:
        return f"{day} {_MONTHS_EN[month - 1]} {year}"
    return f"{day}.{month}.{year}"
