"""Forms of the dashboards: the filter of a footprint, and a new link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from keino.report import codes
from keino.web.base.templatetags.keino import speaker
from keino.web.dashboards.choices import ShareDays, ShareKind
from keino.web.dashboards.queries.results import Chosen
from keino.web.measurement.queries.lines import NONE

if TYPE_CHECKING:
    from keino.engine.results import FootprintResult

Choices = list[tuple[str, Any]]


class FilterForm(forms.Form):
    """Year, category, unit, supplier and basis of a footprint. Asked by GET; what doesn't exist is refused."""

    year = forms.ChoiceField(label=pgettext_lazy("filter", "Year"), required=False)
    category = forms.ChoiceField(label=pgettext_lazy("filter", "Category"), required=False)
    unit = forms.ChoiceField(label=pgettext_lazy("filter", "Unit"), required=False)
    supplier = forms.CharField(
        label=pgettext_lazy("filter", "Supplier"),
        help_text=gettext_lazy("Business ID, or the whole name as it stands in the ledger"),
        required=False,
        max_length=300,
    )
    basis = forms.ChoiceField(label=gettext_lazy("What decided the category"), required=False)

    def __init__(self, data: Any, result: FootprintResult) -> None:
        super().__init__(data)
        everything = [("", pgettext_lazy("filter", "All"))]
        self._choose("year", everything + [(str(year), str(year)) for year in reversed(result.years)])
        self._choose("category", everything + _categories(result))
        units = sorted({str(part.keys["unit_name"]) for part in result.by_unit})
        self._choose("unit", everything + [(name or NONE, name or _("No name")) for name in units])
        bases = [str(part.keys["category_basis"]) for part in result.coverage.by_basis]
        self._choose("basis", everything + [(base, codes.words(speaker(), codes.BASES, base)) for base in bases])

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_supplier(self) -> str:
        """A supplier as the lines call it: names in capitals."""
        return str(self.cleaned_data["supplier"]).strip().upper()

    def words(self, name: str, value: str) -> str:
        """A choice as people read it."""
        field = self.fields[name]
        known: dict[str, Any] = {}
        for key, label in getattr(field, "choices", ()):
            known.update(label if isinstance(label, list) else [(key, label)])
        return str(known.get(value, value))

    def chosen(self) -> Chosen | None:
        """What was chosen; None when something of it doesn't exist."""
        return Chosen(**self.cleaned_data) if self.is_valid() else None


def _categories(result: FootprintResult) -> Choices:
    """Main categories, each followed by its leaves."""
    language = speaker().language
    leaves: dict[str, list[tuple[str, str]]] = {}
    for part in result.by_category:
        label = result.categories.get(str(part.keys["category"]))
        if label:
            leaves.setdefault(label.parent, []).append((label.code, label.label(language)))
    choices: Choices = []
    for part in result.by_main_category:
        code = str(part.keys["category"])
        label = result.categories.get(code)
        if label:
            name = label.label(language)
            choices.append((name, [(code, _("%(category)s: all") % {"category": name}), *leaves.get(code, [])]))
    return [*choices, (NONE, _("Not classified"))]


class ShareForm(forms.Form):
    """A new link: what it shows, how long it works, whom it is for."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What the link shows"),
        choices=ShareKind.choices,
        initial=ShareKind.FOOTPRINT,
        widget=forms.RadioSelect,
    )
    days = forms.ChoiceField(
        label=gettext_lazy("How long the link works"),
        choices=ShareDays.choices,
        initial=ShareDays.MONTH,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("For whom"),
        help_text=gettext_lazy("For your own list; whoever opens the link doesn't see it."),
        required=False,
        max_length=200,
    )
