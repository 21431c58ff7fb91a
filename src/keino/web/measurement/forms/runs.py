"""What is asked before a run."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keino.web.measurement.queries.runs import factor_editions


class CalculateForm(forms.Form):
    """Which factors, and why the calculation is done again."""

    edition = forms.ChoiceField(
        label=_("Emission factors"),
        help_text=_("The newest edition unless an earlier result has to be made again."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Why now?"),
        help_text=_("One line for those who compare results later, for example “ledger of 2024 added”."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = factor_editions()
        newest = _("{edition} (newest)")
        choices = [(each, newest.format(edition=each) if each == found[0] else each) for each in found]
        self.fields["edition"].choices = choices  # type: ignore[attr-defined]


class CompareForm(forms.Form):
    """Two finished runs to set side by side."""

    old = forms.ChoiceField(label=_("Earlier result"))
    new = forms.ChoiceField(label=_("Later result"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("old", "new"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
