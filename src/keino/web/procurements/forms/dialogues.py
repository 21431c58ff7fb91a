"""Forms of the market dialogue."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from keino.web.organisations.forms.edited import EditForm
from keino.web.organisations.forms.fields import date_field
from keino.web.procurements.dialogue_choices import DialogueWay
from keino.web.procurements.forms.fields import large
from keino.web.procurements.services.dialogues import StepFields


class DialogueStepForm(EditForm):
    """One request, meeting or event."""

    way = forms.ChoiceField(label=_("How suppliers were asked"), choices=DialogueWay.choices)
    held_on = date_field(_("When"), required=True)
    invited = forms.CharField(
        label=_("Who was invited"),
        max_length=8000,
        widget=large(4),
        help_text=_("Names of companies, one on a line. “Everyone, by a notice” if the request was public."),
    )
    took_part = forms.CharField(
        label=_("Who took part or answered"),
        max_length=8000,
        required=False,
        widget=large(4),
        help_text=_("Names of companies, one on a line."),
    )
    asked = forms.CharField(label=_("What was asked"), max_length=8000, widget=large(5))
    answers = forms.CharField(
        label=_("Answers in short"),
        max_length=8000,
        required=False,
        widget=large(5),
        help_text=_("Without business secrets: what was said, not by whom, is enough."),
    )

    def step_fields(self) -> StepFields:
        """What was written, as the service takes it."""
        return StepFields(**self.values())


class DialogueOutcomeForm(EditForm):
    """What the dialogue changed, and how everyone was told the same."""

    changes = forms.CharField(
        label=_("What changed in the procurement because of it"),
        max_length=8000,
        required=False,
        widget=large(5),
        help_text=_("Requirements, criteria, lots, timetable, contract terms. If nothing changed, say why."),
    )
    equal_information = forms.CharField(
        label=_("Which information was given to whom"),
        max_length=8000,
        required=False,
        widget=large(4),
        help_text=_("Material, to whom, when, and where those find it who didn't take part."),
    )
    all_got_the_same = forms.BooleanField(label=_("All suppliers got the same information"), required=False)
