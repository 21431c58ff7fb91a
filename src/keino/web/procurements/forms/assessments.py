"""Forms of the ex-ante assessment."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from keino.web.organisations.forms.edited import EditForm
from keino.web.organisations.forms.fields import date_field
from keino.web.procurements.assessment_choices import LegalBasis, Level, Perspective
from keino.web.procurements.forms.fields import large
from keino.web.procurements.services.assessments import EffectFields


class NeedForm(EditForm):
    """Step 1: at which level, by which act, whom it affects and how."""

    level = forms.ChoiceField(label=_("What is assessed"), choices=Level.choices, widget=forms.RadioSelect)
    legal_bases = forms.MultipleChoiceField(
        label=_("Acts that demand an assessment"),
        choices=LegalBasis.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    need = forms.CharField(label=_("Whom does the purchase affect, and how?"), max_length=8000, widget=large(5))


class EffectForm(EditForm):
    """Steps 2 and 3: an effect that is wished for, and the indicator that tells."""

    perspective = forms.ChoiceField(label=_("Perspective"), choices=Perspective.choices)
    goal = forms.CharField(
        label=_("What should come of it"), max_length=2000, widget=large(3), help_text=_("For whom, and how much.")
    )
    shows_after_years = forms.IntegerField(
        label=_("Shows after, years"),
        min_value=0,
        max_value=100,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        help_text=_("From the beginning of the contract. Medium term is 3–6 years, long term over 6."),
    )
    indicator = forms.CharField(
        label=_("Indicator"), max_length=300, required=False, help_text=_("By what it is told whether the goal is met.")
    )
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False, help_text=_("Such as %, kg CO₂e, days."))
    baseline = forms.CharField(label=_("Where it stands now"), max_length=100, required=False)
    target = forms.CharField(label=_("Target"), max_length=100, required=False)

    def effect_fields(self) -> EffectFields:
        """What was written, as the service takes it."""
        return EffectFields(**self.values())


class UseForm(EditForm):
    """Step 4: where goals and indicators stand in the tender."""

    use = forms.CharField(
        label=_("Where the goals stand in the tender"),
        max_length=8000,
        widget=large(5),
        help_text=_("Which requirement, criterion, contract term or bonus carries which goal."),
    )


class ReasonForm(forms.Form):
    """Why an assessment is left out, or sent back."""

    reason = forms.CharField(label=_("Why?"), max_length=2000, widget=large(3))


class DecideForm(EditForm):
    """An approver's word."""

    reason = forms.CharField(
        label=_("What should be mended"),
        max_length=2000,
        required=False,
        widget=large(3),
        help_text=_("Needed when you send it back."),
    )


class ResultForm(forms.Form):
    """What an indicator showed."""

    measured_on = date_field(_("Measured on"), required=True)
    value = forms.CharField(label=_("Result, with its unit"), max_length=100)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=large(2))
