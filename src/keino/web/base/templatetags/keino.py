"""Tags and filters that every template has without loading them: numbers, dates and errors as people read them.

Parts of pages and forms are in ``parts.py``; templates have both.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext

from keino.report import codes
from keino.report.language import Translator, translator
from keino.units import KG_PER_TONNE
from keino.web.base.errors import said

register = template.Library()

Number = Decimal | float | int
UNKNOWN = "–"
NO_BREAK = "\u00a0"


def speaker() -> Translator:
    """The translator of numbers, money and errors for the reader's language."""
    return translator((get_language() or "fi")[:2])


# ---- numbers


@register.filter
def number(value: Number | None, decimals: int = 0) -> str:
    """A number with its thousands set apart, to whole ones or to ``decimals``; an en dash where it is unknown."""
    return UNKNOWN if value is None else speaker().number(value, int(decimals))


@register.filter
def to_read(value: Number | None) -> str:
    """A number with three significant digits; an en dash where it is unknown."""
    return UNKNOWN if value is None else speaker().to_read(float(value))


@register.filter
def exact(value: Number | None) -> str:
    """A number with every digit that it has; an en dash where it is unknown.

    >>> exact(Decimal("1234.50")), exact(0.1)
    ('1\u202f234,50', '0,1')
    """
    if value is None:
        return UNKNOWN
    digits = value if isinstance(value, Decimal) else Decimal(repr(value))
    return speaker().number(digits, max(0, -int(digits.as_tuple().exponent)))


@register.filter
def percent(share: float | None) -> str:
    """A share (0–1) as per cent; an en dash where it is unknown."""
    return UNKNOWN if share is None else speaker().percent_to_read(share)


@register.filter
def of_hundred(whole: int | None) -> str:
    """A share in hundredths (0–100) as per cent; an en dash where it is unknown."""
    return UNKNOWN if whole is None else speaker().percent(whole / 100)


@register.filter
def signed(value: Number | None, decimals: int = 0) -> str:
    """A change with its sign, plus included; an en dash where it is unknown.

    >>> signed(3.24, 1), signed(-3), signed(0)
    ('+3,2', '−3', '0')
    """
    if value is None:
        return UNKNOWN
    return _plus(value) + speaker().number(value, int(decimals))


@register.filter
def signed_percent(share: float | None) -> str:
    """A relative change (0.03 = three per cent more) with its sign; an en dash where it is unknown."""
    if share is None:
        return UNKNOWN
    return _plus(share) + speaker().percent(share, 0 if abs(share) >= 0.095 or share == 0 else 1)


def _plus(value: Number) -> str:
    return "+" if value > 0 else ""


@register.filter
def money(amount: Number | None, currency: str) -> str:
    """Money to whole units; an en dash where it is unknown."""
    return UNKNOWN if amount is None else speaker().amount(Decimal(amount), currency)


@register.filter
def money_exact(amount: Number | None, currency: str) -> str:
    """Money to the cent; an en dash where it is unknown."""
    return UNKNOWN if amount is None else speaker().amount(Decimal(amount), currency, 2)


@register.filter
def money_to_read(amount: Number | None, currency: str) -> str:
    """Money with three significant digits, millions in words; an en dash where it is unknown."""
    return UNKNOWN if amount is None else speaker().amount_to_read(Decimal(amount), currency)


# ---- emissions


@register.filter
def tonnes(kgco2e: float | None) -> str:
    """KgCO2e as tonnes with three significant digits, without the unit; an en dash where it is unknown."""
    return UNKNOWN if kgco2e is None else speaker().tonnes(kgco2e)


@register.filter
def co2e(kgco2e: float | None) -> str:
    """KgCO2e with three significant digits and its unit: tonnes, or kilograms below one tonne.

    >>> co2e(1234567.0).replace(NO_BREAK, " "), co2e(12.34).replace(NO_BREAK, " ")
    ('1\u202f230 t CO₂e', '12,3 kg CO₂e')
    """
    if kgco2e is None:
        return UNKNOWN
    in_tonnes = abs(kgco2e) >= KG_PER_TONNE or kgco2e == 0
    written = speaker().tonnes(kgco2e) if in_tonnes else speaker().to_read(kgco2e)
    return f"{written}{NO_BREAK}{'t' if in_tonnes else 'kg'}{NO_BREAK}CO₂e"


@register.simple_tag
def interval(low_kgco2e: float | None, high_kgco2e: float | None) -> str:
    """The interval of a footprint in one unit: ``92 900–175 000 t CO₂e``; an en dash where it is unknown."""
    if low_kgco2e is None or high_kgco2e is None:
        return UNKNOWN
    in_tonnes = max(abs(low_kgco2e), abs(high_kgco2e)) >= KG_PER_TONNE
    ends = [speaker().tonnes(end) if in_tonnes else speaker().to_read(end) for end in (low_kgco2e, high_kgco2e)]
    return f"{'–'.join(ends)}{NO_BREAK}{'t' if in_tonnes else 'kg'}{NO_BREAK}CO₂e"


# ---- dates, errors


@register.filter
def day(value: dt.date | dt.datetime | str | None) -> str:
    """A date as the reader's language writes it; a moment gives its day in Finland. An en dash where there is none."""
    if not value:
        return UNKNOWN
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    return speaker().date(value if isinstance(value, str) else value.isoformat())


@register.filter
def clock(time: dt.time) -> str:
    """A time of day as the reader's language writes it: 8.30, in English 08:30."""
    return f"{time:%H:%M}" if speaker().language == "en" else f"{time.hour}.{time.minute:02d}"


@register.filter
def moment(value: dt.datetime | None) -> str:
    """A date and a time of day, in Finland's time; an en dash where there is none."""
    if value is None:
        return UNKNOWN
    time = clock(timezone.localtime(value).time())
    return pgettext("a day and a time of day", "{day}, {time}").format(day=day(value), time=time)


def moment_to_the_second(value: dt.datetime) -> str:
    """A moment beside a deadline that it may have missed by a second."""
    mark = ":" if speaker().language == "en" else "."
    return f"{moment(value)}{mark}{timezone.localtime(value):%S}"


@register.filter
def licence(text: str) -> str:
    """The licence of a source in the reader's words; one with a short name of its own stays as it is."""
    return codes.words(speaker(), codes.LICENCES, text)


@register.filter
def error_text(data: dict[str, Any] | None) -> str:
    """The sentence of an error that was kept as data, in the reader's language."""
    return said(data)


@register.filter
def yes_or_no(value: bool | None) -> str:
    """A truth in words; an en dash where it is unknown."""
    return UNKNOWN if value is None else gettext("yes") if value else gettext("no")
