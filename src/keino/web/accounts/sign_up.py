"""What signing up asks beside the address. allauth's own forms build on this one, so it can't stand among those."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from keino.web.base.models import Person


class SignUpName(forms.Form):
    """A name; allauth adds the address, the adapter writes both."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        required=False,
        help_text=_("Your colleagues see it beside what you do. You can write it later too."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["email", "name"]

    def signup(self, request: HttpRequest, person: Person) -> None:
        """Nothing more to do."""
