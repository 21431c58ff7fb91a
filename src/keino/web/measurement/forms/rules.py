"""A correction that becomes a rule, and a file of rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keino.web.measurement.column_names import CORRECTION_COLUMNS
from keino.web.measurement.names import exclusion_choices, leaf_choices

#: An own-rules file is small; a larger one is something else.
LARGEST_FILE = 2 * 2**20


class CorrectionForm(forms.Form):
    """Which traits of the chosen lines make the rule, and where such lines belong."""

    by = forms.MultipleChoiceField(
        label=_("Lines are alike when they have the same"),
        help_text=_("Every ticked trait must be the same. Fewer traits take in more lines, also future ones."),
        choices=list(CORRECTION_COLUMNS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one trait, otherwise the rule would take every line.")},
    )
    answer = forms.ChoiceField(label=_("These lines"))
    note = forms.CharField(
        label=_("Why?"), help_text=_("For colleagues who meet this rule later."), max_length=300, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose…")),
            *((group, [(f"category:{code}", label) for code, label in leaves]) for group, leaves in leaf_choices()),
            (_("Leave out of the footprint"), [(f"exclusion:{code}", label) for code, label in exclusion_choices()]),
        ]

    def chosen(self) -> dict[str, str]:
        """The answer as a rule has it: a category or a reason of exclusion."""
        kind, _sep, code = self.cleaned_data["answer"].partition(":")
        return {"category": code if kind == "category" else "", "exclusion_reason": code if kind == "exclusion" else ""}


class RulesFileForm(forms.Form):
    """A CSV file of rules."""

    file = forms.FileField(
        label=_("Your rules"), help_text=_("CSV in UTF-8, as “Download as CSV” gives it. At most 2 MB.")
    )

    def clean_file(self) -> Any:
        """Refuse what is too large to be rules."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is too large for a list of rules. Nothing was saved."))
        return file
