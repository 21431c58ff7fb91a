"""Forms of digital sparring."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from keino.web.cohorts.choices.sparring import CaseEnd
from keino.web.cohorts.services.digital_cases import CaseFields, OptionFields
from keino.web.organisations.forms.edited import EditForm
from keino.web.procurements.forms.fields import large, money_field


class CaseForm(EditForm):
    """What a case is about."""

    process = forms.CharField(
        label=_("Process"), max_length=200, help_text=_("For example “Ordering meals for day-care centres”.")
    )
    current_tools = forms.CharField(
        label=_("Tools used now"), max_length=4000, widget=large(4),
        help_text=_("Programs, tables, paper; since when, by how many, at which cost."),
    )  # fmt: skip
    target = forms.CharField(
        label=_("Target"), max_length=4000, widget=large(4),
        help_text=_("What should be possible afterwards, and how you would see it."),
    )  # fmt: skip

    def case_fields(self) -> CaseFields:
        """What was written, as the service takes it."""
        return CaseFields(**self.values())


class OptionForm(EditForm):
    """One way to reach the target."""

    title = forms.CharField(label=_("Option"), max_length=200)
    way = forms.ChoiceField(label=_("What it means"), choices=CaseEnd.choices, widget=forms.RadioSelect)
    speaks_for = forms.CharField(label=_("What speaks for it"), max_length=2000, required=False, widget=large(3))
    speaks_against = forms.CharField(
        label=_("What speaks against it"), max_length=2000, required=False, widget=large(3)
    )
    cost_eur = money_field(_("Estimated cost, €"), help_text=_("Without value added tax, for the first year."))

    def option_fields(self) -> OptionFields:
        """What was written, as the service takes it."""
        return OptionFields(**self.values())


class EndForm(EditForm):
    """What a case ends with."""

    end = forms.ChoiceField(
        label=_("What do you do?"), choices=CaseEnd.choices, widget=forms.RadioSelect,
        help_text=_("To develop or to buy needs at least one agreed action; to leave it a reason, or an action."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=4000, required=False, widget=large(4))
