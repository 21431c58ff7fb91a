"""What the centre writes into a report on the effect."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from keino.web.base.choices import Language
from keino.web.cohorts.models.effect import LANGUAGES, LONGEST_SUMMARY


class SummaryForm(forms.Form):
    """A summary in the languages that are wanted."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(Language.choices)
        hint = _("What the numbers say, and what they don't. At most %(count)s characters.") % {
            "count": LONGEST_SUMMARY
        }
        words = {
            f"summary_{language}": forms.CharField(
                label=_("In short ({language})").format(language=names[language]),
                help_text=hint,
                widget=forms.Textarea(attrs={"rows": 5, "lang": language}),
                max_length=LONGEST_SUMMARY,
                required=False,
            )
            for language in LANGUAGES
        }
        self.fields = words | self.fields  # the words come first

    def texts(self) -> dict[str, str]:
        """What was written, by column."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}
