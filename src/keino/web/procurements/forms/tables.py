"""A table that is sent."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class TableForm(forms.Form):
    """A filled-in table. What it is and how large it may be is said by reading it."""

    file = forms.FileField(
        label=_("Filled-in table"), help_text=_("Excel (.xlsx), OpenDocument (.ods) or CSV."), allow_empty_file=True
    )
