"""The open self-check, and a question to the programme's contact person."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keino.web.organisations.choices import OrganisationKind
from keino.web.procurements.forms.fields import large
from keino.web.programmes.choices import RuleKind
from keino.web.programmes.models import EligibilityRule

#: Field of the organisation's kind; statements stand by the codes of their rules.
KIND = "kind"
STATEMENT = "rule-"
#: A field that people never see; programs that fill in every field give themselves away.
TRAP = "leave_empty"


class SelfCheckForm(forms.Form):
    """One question for each rule of the edition."""

    def __init__(self, *args: Any, rules: Sequence[EligibilityRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if any(rule.kind == RuleKind.ORGANISATION_KIND for rule in rules):
            self.fields[KIND] = forms.ChoiceField(
                label=_("What kind of organisation are you?"),
                choices=[("", _("I can't say")), *OrganisationKind.choices],
                required=False,
            )
        for rule in rules:
            if rule.kind == RuleKind.STATEMENT:
                self.fields[STATEMENT + rule.code] = forms.ChoiceField(
                    label=rule.shown_name,
                    choices=[("yes", _("Yes")), ("no", _("No")), ("", _("I can't say"))],
                    required=False,
                    widget=forms.RadioSelect,
                )

    def known(self) -> dict[str, str | None]:
        """What was answered, by field of the rules."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name.removeprefix(STATEMENT): value or None for name, value in self.cleaned_data.items()}


class QuestionForm(forms.Form):
    """A question to the contact person; nothing but the question and an address is required."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    question = forms.CharField(label=_("Your question"), max_length=4_000, widget=large(6))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("The answer comes there."),
    )
    name = forms.CharField(
        label=_("Your name"), max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    organisation = forms.CharField(label=_("Your organisation"), max_length=200, required=False)

    def clean_key(self) -> uuid.UUID:
        """The form's own key; a form that lost it gets a new one."""
        return self.cleaned_data.get("key") or uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        """Refuse what filled in the field that people don't see."""
        cleaned = super().clean() or self.cleaned_data
        if self.data.get(TRAP):
            raise ValidationError(
                _("A field that must stay empty was filled in, as programs do. Nothing was sent. Send the form again.")
            )
        return cleaned
