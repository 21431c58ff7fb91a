"""Input about an organisation's own targets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keino.units import KG_PER_TONNE
from keino.web.base.forms import DayInput
from keino.web.plans.forms.number_fields import PercentField, WrittenNumberField
from keino.web.plans.models import ClimateTarget


class TargetForm(forms.Form):
    """A decided reduction, and who decided it."""

    baseline_year = forms.IntegerField(
        label=_("Baseline year"), help_text=_("The year that the reduction is measured from."), min_value=1990,
        max_value=2150,
    )  # fmt: skip
    target_year = forms.IntegerField(label=_("Target year"), min_value=1990, max_value=2150)
    reduction_share = PercentField(
        label=_("Reduction, %"), required=True, help_text=_("50 means half of the baseline year's footprint.")
    )
    baseline_tonnes = WrittenNumberField(
        label=_("Footprint of the baseline year, t CO₂e"),
        help_text=_("Only where your ledgers here don't have that year. With its source among the words below."),
    )
    scope = forms.CharField(
        label=_("What the target speaks of"),
        help_text=_("Such as: all purchases of the town without investments."),
        max_length=300,
        required=False,
    )
    decided_by_text = forms.CharField(
        label=_("Who decided it"), help_text=_("Such as: the council."), max_length=200, required=False
    )
    decided_on = forms.DateField(
        label=_("Decided on"), widget=DayInput, required=False, input_formats=["%Y-%m-%d", "%d.%m.%Y"]
    )
    link = forms.URLField(label=_("Address of the decision"), required=False, max_length=500, assume_scheme="https")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def showing(cls, target: ClimateTarget) -> TargetForm:
        """The form of a target as it is now."""
        names = ("baseline_year", "target_year", "reduction_share", "scope", "decided_by_text", "decided_on", "link")
        kg = target.baseline_kgco2e
        tonnes = None if kg is None else kg / KG_PER_TONNE
        initial = {name: getattr(target, name) for name in names}
        return cls(initial={**initial, "baseline_tonnes": tonnes, "seen": target.version})

    def values(self) -> dict[str, Any]:
        """What the services take."""
        given = dict(self.cleaned_data)
        given.pop("seen")
        tonnes = given.pop("baseline_tonnes")
        return given | {"baseline_kgco2e": None if tonnes is None else tonnes * KG_PER_TONNE}

    def clean_baseline_tonnes(self) -> float | None:
        """A footprint to measure from is above zero."""
        tonnes: float | None = self.cleaned_data["baseline_tonnes"]
        if tonnes is not None and tonnes <= 0:
            raise forms.ValidationError(_("Write a number above zero, or leave it empty."))
        return tonnes
