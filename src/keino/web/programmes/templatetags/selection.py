"""Scores as people read them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django import template

from keino.web.base.templatetags.keino import number

register = template.Library()


@register.filter
def score(value: Fraction | Decimal | None) -> str:
    """A score, total or spread with two decimals; an en dash where it is missing.

    >>> score(Fraction(17, 6)), score(None)
    ('2,83', '–')
    """
    if value is None:
        return number(None)
    exact = value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)
    return number(exact, 2)
