"""Forms of the team and of what is shared."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.cohorts.forms.fields import large, person_field
from keino.web.organisations.models import Organisation


class TeamForm(forms.Form):
    """Somebody for the team: one of the organisation's people, or a name."""

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = person_field(_("One of your people"), organisation)
        self.fields["name"] = forms.CharField(
            label=_("Or a name"), max_length=200, required=False, help_text=_("For somebody who doesn't use the site.")
        )
        self.fields["part"] = forms.CharField(
            label=_("Part in the team"), max_length=200, required=False, help_text=_("For example: procurement.")
        )

    def clean(self) -> dict[str, Any]:
        """Somebody must be named."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("person") and not given.get("name"):
            self.add_error("person", _("Choose somebody, or write a name."))
        return given


class MaterialForm(forms.Form):
    """A text or link for everybody in the edition."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=pgettext_lazy("material", "Name"), max_length=200)
    text = forms.CharField(
        label=pgettext_lazy("material", "What it is"), max_length=5_000, required=False, widget=large(3)
    )
    link = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A name alone tells nothing."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("text") and not given.get("link") and not self.errors:
            self.add_error("text", _("Write what it is, or give a link."))
        return given
