"""The filter of the mentors' and coordinators' list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keino.web.cohorts.choices.participation import ParticipationState
from keino.web.programmes.models import Edition


class DeskFilter(forms.Form):
    """Which participations are listed."""

    edition = forms.ChoiceField(label=_("Programme"), required=False)
    only = forms.ChoiceField(
        label=_("Only"),
        required=False,
        choices=[
            ("", _("all")),
            ("overdue", _("overdue")),
            ("due_soon", _("due within two weeks")),
            ("not_begun", _("something not begun")),
            ("returned", _("returned, being mended")),
            ("waiting", _("waiting for feedback")),
        ],
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=ParticipationState.choices)

    def __init__(self, data: Mapping[str, Any] | None = None, *, editions: Sequence[Edition]) -> None:
        super().__init__(data)
        field = self.fields["edition"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("all")), *((each.slug, str(each)) for each in editions)]

    def wishes(self) -> dict[str, str]:
        """What was chosen; what can't be understood counts as not chosen."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
