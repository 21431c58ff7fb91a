"""Forms of the pages that keep the site running, and of mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keino.web.base.choices import Digest, JobState, MailState
from keino.web.base.mail import topics

_ALL = ("", _("all"))


class JobFilter(forms.Form):
    """Which jobs to list."""

    state = forms.ChoiceField(label=_("State"), choices=[_ALL, *JobState.choices], required=False)


class MailFilter(forms.Form):
    """Which mail to list."""

    state = forms.ChoiceField(label=_("State"), choices=[_ALL, *MailState.choices], required=False)


class MailChoices(forms.Form):
    """How often, and on which topics none."""

    digest = forms.ChoiceField(
        label=_("How often do you want mail that can wait?"),
        help_text=_("Log-in links, invitations and other mail that can't wait always come at once."),
        choices=Digest.choices,
        widget=forms.RadioSelect,
    )
    wanted = forms.MultipleChoiceField(
        label=_("What do you want mail about?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(topics().items())
        self.fields["wanted"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["wanted"]

    @property
    def stopped(self) -> set[str]:
        """Topics that were not ticked."""
        return set(topics()) - set(self.cleaned_data.get("wanted", ()))
