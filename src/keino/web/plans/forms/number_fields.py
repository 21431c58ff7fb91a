"""Numbers as people write them: a comma or a point, blanks between thousands, per cent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class WrittenNumberField(forms.CharField):
    """A number such as ``12 000,50`` or ``-40000``; None where nothing is written."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=30, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> Any:
        """The number that is written."""
        from keino.engine.plan_values import money

        text = super().clean(value)
        if not text:
            return None
        found = money(text)
        if found is None:
            raise ValidationError(_("Write a number, such as 12 000 or 0,5."), code="number")
        return self.number(found)

    def number(self, value: Decimal) -> Any:
        """The number as the form gives it on."""
        return float(value)

    def prepare_value(self, value: Any) -> Any:
        """A number as people write it, with every digit."""
        from keino.web.base.templatetags.keino import exact

        if isinstance(value, float):
            value = Decimal(str(round(value, 10)))
        if isinstance(value, Decimal):
            value = value.normalize()
            value = value.quantize(Decimal(1)) if value == value.to_integral() else value
            return exact(value).replace("\u202f", " ")
        return exact(value).replace("\u202f", " ") if isinstance(value, int) else value


class MoneyField(WrittenNumberField):
    """Euros and cents as a Decimal."""

    def number(self, value: Decimal) -> Any:
        """Money stays exact."""
        return value


class PercentField(WrittenNumberField):
    """Per cent that the form gives on as a share (0–1)."""

    def number(self, value: Decimal) -> Any:
        """The share."""
        return float(value / 100)

    def prepare_value(self, value: Any) -> Any:
        """A share as per cent; what somebody wrote stays as written."""
        return super().prepare_value(value * 100.0) if isinstance(value, float) else super().prepare_value(value)
