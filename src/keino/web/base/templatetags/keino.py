"""Tags and filters that every template has without loading them: numbers, money and shares as people read them."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.translation import get_language

from keino.report.language import Translator, translator

register = template.Library()


def speaker() -> Translator:
    """The translator of numbers, money and errors for the reader's language."""
    return translator((get_language() or "fi")[:2])


@register.filter
def tonnes(kgco2e: float | None) -> str:
    """KgCO2e as tonnes with three significant digits, without the unit; an en dash where it is unknown."""
    return "–" if kgco2e is None else speaker().tonnes(kgco2e)


@register.filter
def money(amount: Decimal | float | None, currency: str) -> str:
    """Money to whole units; an en dash where it is unknown."""
    return "–" if amount is None else speaker().amount(Decimal(amount), currency)


@register.filter
def percent(share: float | None) -> str:
    """A share (0–1) as per cent; an en dash where it is unknown."""
    return "–" if share is None else speaker().percent_to_read(share)
