"""A procurement in parts, one page each; the filter of the list; a move."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.measurement.names import category_choices
from keino.web.organisations.forms.edited import EditModelForm
from keino.web.organisations.forms.fields import date_field
from keino.web.organisations.models import Organisation
from keino.web.procurements.choices import Affected, InnovationClass, Procedure, ProcurementState, PurchaseKind, Theme
from keino.web.procurements.forms.fields import large, money_field, offer, owner_field
from keino.web.procurements.models import Procurement
from keino.web.procurements.queries.procurements import owners_of


class PartForm(EditModelForm):
    """One part of a procurement. ``values`` are what the service takes."""

    def __init__(self, *args: Any, organisation: Organisation, thing: Procurement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        self.organisation = organisation


class BasicsForm(PartForm):
    """What is needed, who leads it, where it belongs."""

    themes = forms.MultipleChoiceField(
        label=_("Themes"), choices=Theme.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Procurement
        fields = ["title", "need", "owner", "category", "cpv"]
        widgets = {"need": large(6)}
        help_texts = {
            "need": _("What must be achieved, for whom, and could it be met without buying?"),
            "cpv": _("Eight digits from the EU’s list, for example 15000000-8. Not needed yet."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = owner_field(self.fields["owner"].label, self.organisation, self.instance.owner)
        self.fields["category"] = forms.ChoiceField(
            label=self.fields["category"].label,
            required=False,
            choices=[("", pgettext_lazy("category", "not chosen yet")), *category_choices()],
        )

    def has_now(self, name: str) -> Any:
        """Themes are rows of their own."""
        return [tag.theme for tag in self.instance.themes.all()] if name == "themes" else super().has_now(name)


class TenderForm(PartForm):
    """What thresholds ask: kind, value, day; and the procedure."""

    class Meta:
        model = Procurement
        fields = ["purchase_kind", "is_special_sector", "estimated_value_eur", "procedure", "procedure_starts_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        value = self.fields["estimated_value_eur"]
        self.fields["estimated_value_eur"] = money_field(
            value.label,
            help_text=_(
                "The whole total with options, extensions and all lots. Splitting a purchase to stay below a "
                "threshold is forbidden."
            ),
        )
        self.fields["procedure_starts_on"] = date_field(
            self.fields["procedure_starts_on"].label,
            help_text=_("The day of the notice, or of the call for tenders. It decides which thresholds hold."),
        )
        offer(self, "purchase_kind", PurchaseKind.choices, empty=pgettext_lazy("kind", "not chosen yet"))
        offer(self, "procedure", Procedure.choices, empty=pgettext_lazy("kind", "not chosen yet"))


class NewnessForm(PartForm):
    """How new the thing bought is, and the way of buying it."""

    class Meta:
        model = Procurement
        fields = ["innovation_class", "is_process_innovation", "innovation_note"]
        widgets = {"innovation_class": forms.RadioSelect, "innovation_note": large(4)}
        help_texts = {
            "is_process_innovation": _(
                "For example outcome-based payment, or an innovation partnership for the first time."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "innovation_class", InnovationClass.choices)


class EffectsForm(PartForm):
    """Whom and what it affects: decides whether the effects must be assessed before the tender."""

    affects = forms.MultipleChoiceField(
        label=_("It affects"),
        help_text=_("Tick those whom or what the procurement affects more than slightly."),
        choices=Affected.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Procurement
        fields = ["is_outcome_based", "is_significant", "law_wants_assessment", "affects"]
        help_texts = {
            "law_wants_assessment": _(
                "For example the Health Care Act, section 11, or the act on assessing impacts on the environment."
            ),
        }


#: The parts of a procurement in the order in which they come up.
PARTS: dict[str, type[PartForm]] = {
    "basics": BasicsForm,
    "tender": TenderForm,
    "newness": NewnessForm,
    "effects": EffectsForm,
}


class ProcurementFilter(forms.Form):
    """Choices above the list."""

    words = forms.CharField(
        label=_("Words"),
        help_text=_("In the name or the need; or the first digits of a CPV code."),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(label=_("State"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        going_on = ("going_on", _("all that go on"))
        choices: dict[str, list[Any]] = {
            "state": [("", pgettext_lazy("state", "all")), going_on, *ProcurementState.choices],
            "theme": [("", pgettext_lazy("theme", "all")), *Theme.choices],
            "category": [("", pgettext_lazy("category", "all")), *category_choices()],
            "owner": [
                ("", pgettext_lazy("owner", "anybody")),
                *((str(person.pk), str(person)) for person in owners_of(organisation)),
            ],
        }
        for name, known in choices.items():
            offer(self, name, known)


class MoveForm(forms.Form):
    """A move that must be explained."""

    to = forms.CharField(widget=forms.HiddenInput, max_length=20)
    seen = forms.IntegerField(widget=forms.HiddenInput, localize=False)
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=2_000,
        widget=large(4),
        help_text=_("For those who read this later: what happened, and what it means."),
    )
