"""Numbers as people write them: a comma or a point, blanks between thousands, per cent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
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


class PercentSliderField(PercentField):
    """Per cent with a slider below the number, for those who have JavaScript; what is sent is the number.

    ``low`` and ``high`` are the first and last share that may be given; the slider moves in whole steps of per cent.
    """

    def __init__(self, *, low: float, high: float, step: int = 1, **kwargs: Any) -> None:
        super().__init__(template_name="plans/_percent_slider.html", **kwargs)
        self.low, self.high, self.step = low, high, step

    @property
    def slider(self) -> dict[str, int]:
        """The ends and the step of the slider, in per cent."""
        return {"min": int(self.low * 100), "max": int(self.high * 100), "step": self.step}

    def clean(self, value: Any) -> Any:
        """The share, within its ends."""
        share = super().clean(value)
        if share is not None and not self.low <= share <= self.high:
            ends = {"low": f"{self.low * 100:g}", "high": f"{self.high * 100:g}"}
            raise ValidationError(gettext("Write a number from {low} to {high}.").format(**ends), code="range")
        return share
