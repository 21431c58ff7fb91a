"""Which lines a reader wants to see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.measurement.names import basis_name, category_choices, exclusion_choices
from keino.web.measurement.queries.lines import NONE

_ANY = ("", pgettext_lazy("any choice", "All"))


class LinesForm(forms.Form):
    """The filter above the lines. Every field is a part of the address; ``queries.lines.filter_from`` reads it."""

    run = forms.UUIDField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("Words"), help_text=_("Supplier, description, account, voucher…"), max_length=200, required=False
    )
    year = forms.ChoiceField(label=_("Year"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    supplier = forms.CharField(required=False, widget=forms.HiddenInput)
    basis = forms.ChoiceField(label=_("Category decided by"), required=False)
    scope = forms.ChoiceField(
        label=_("Which lines"),
        choices=[
            ("", _("Purchases")),
            ("excluded", _("Left out of the footprint")),
            ("all", pgettext_lazy("any choice", "All")),
        ],
        required=False,
    )
    exclusion = forms.ChoiceField(label=_("Reason for leaving out"), required=False)
    at_least = forms.CharField(label=_("Amount at least"), max_length=20, required=False)
    order = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("-amount", _("Largest amount first")),
            ("amount", _("Smallest amount first")),
            ("-footprint", _("Largest footprint first")),
            ("-date", _("Newest first")),
            ("date", _("Oldest first")),
            ("supplier", _("Supplier")),
            ("unit", _("Unit")),
            ("category", _("Category")),
            ("row", _("As in the ledger")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, years: list[int], units: list[str], bases: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[Any]] = {
            "year": [_ANY, *((str(year), str(year)) for year in years)],
            "category": [_ANY, (NONE, _("Without a category")), *category_choices()],
            "unit": [_ANY, *((unit or NONE, unit or _("Unit not named")) for unit in units)],
            "basis": [_ANY, *((basis, basis_name(basis)) for basis in bases)],
            "exclusion": [_ANY, *exclusion_choices()],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
