"""What an organisation writes for an assignment, and what its mentor says of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keino.web.cohorts.choices.assignments import Verdict
from keino.web.cohorts.forms.fields import large
from keino.web.cohorts.models.assignment import LONGEST_TEXT
from keino.web.organisations.forms.edited import EditForm


class WorkForm(EditForm):
    """The draft of an answer."""

    draft = forms.CharField(
        label=_("Our answer"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=large(14),
        help_text=_(
            "Your colleagues write on the same answer. Save as often as you like; nothing is sent until you hand it in."
        ),
    )


class WorkFileForm(forms.Form):
    """A file for the answer."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("At most 20 MB. The mentor gets it when you hand in."),
        error_messages=dict.fromkeys(("required", "empty"), _("No file was added: choose one that isn't empty.")),
    )


class JudgeForm(forms.Form):
    """The mentor's words on a version."""

    number = forms.IntegerField(widget=forms.HiddenInput, localize=False)
    feedback = forms.CharField(
        label=_("Feedback"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=large(6),
        help_text=_("What is good, what should be done differently. The organisation keeps it with this version."),
    )
    verdict = forms.ChoiceField(label=_("What next?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, accept: Any, give_back: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["verdict"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(Verdict.ACCEPTED.value, accept), (Verdict.RETURNED.value, give_back)]
