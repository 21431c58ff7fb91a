"""Input about the bank of measures: its filter, and a measure of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.measurement.names import category_choices
from keino.web.plans.forms.number_fields import MoneyField, PercentField
from keino.web.plans.queries.measures import own_measures_of

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation
    from keino.web.plans.models import OwnMeasure


class BankFilter(forms.Form):
    """Search, category, and what is known."""

    search = forms.CharField(label=_("Word in the name"), required=False, max_length=100)
    category = forms.ChoiceField(label=_("Category"), required=False)
    only = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", pgettext_lazy("measures", "all")),
            ("own", _("your own")),
            ("effect", _("with a known effect")),
            ("not_worked", _("with evidence of what did not work")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", pgettext_lazy("category", "all")), *category_choices()]  # type: ignore[attr-defined]


class OwnMeasureForm(forms.Form):
    """What the organisation knows of a measure of its own. What it doesn't know stays empty and is asked for later."""

    name = forms.CharField(label=_("Name"), max_length=200)
    category = forms.ChoiceField(label=_("Category"), help_text=_("Where it reduces."))
    effect_low = PercentField(
        label=_("Effect at least, %"),
        help_text=_("Of the footprint of what you can still choose in the category. Give all three, or none."),
    )
    effect_mid = PercentField(label=_("Effect most likely, %"))
    effect_high = PercentField(label=_("Effect at most, %"))
    investment_eur = MoneyField(label=_("Investment, €"), help_text=_("In the year it begins. 0 where there is none."))
    running_eur_per_year = MoneyField(label=_("Running cost, € a year"), help_text=_("Below zero where it saves."))
    lifetime_years = forms.IntegerField(label=_("Lifetime, years"), required=False, min_value=1, max_value=100)
    staff_days_start = forms.IntegerField(
        label=_("Working days in the first year"), required=False, min_value=0, max_value=100_000
    )
    staff_days_per_year = forms.IntegerField(
        label=_("Working days in each later year"), required=False, min_value=0, max_value=100_000
    )
    prerequisites = forms.MultipleChoiceField(
        label=_("Begins only after"), required=False, widget=forms.CheckboxSelectMultiple
    )
    exclusive_group = forms.CharField(
        label=_("Word of alternatives"),
        help_text=_("Of measures with the same word in a category at most one is started."),
        max_length=60,
        required=False,
    )
    not_worked = forms.CharField(
        label=_("What speaks against it"),
        help_text=_("Where it was tried and did not work, and why."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    source = forms.CharField(label=_("Where the numbers come from"), max_length=500, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, organisation: Organisation, measure: OwnMeasure | None = None, **kwargs: Any
    ) -> None:
        if measure is not None:
            kwargs["initial"] = {name: getattr(measure, name) for name in self.base_fields if name != "seen"} | {
                "seen": measure.version
            }
        super().__init__(*args, **kwargs)
        others = [each for each in own_measures_of(organisation) if each != measure]
        choices = [(each.code, each.name) for each in others]
        if not choices:
            del self.fields["prerequisites"]
        else:
            self.fields["prerequisites"].choices = choices  # type: ignore[attr-defined]
        self.fields["category"].choices = [("", _("Choose…")), *category_choices()]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the services take."""
        given = dict(self.cleaned_data)
        given.pop("seen")
        for name in ("staff_days_start", "staff_days_per_year"):
            given[name] = given[name] or 0
        return given | {"prerequisites": given.get("prerequisites", [])}
