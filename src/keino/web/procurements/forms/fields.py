"""Fields of this app's forms."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from keino.web.organisations.queries.people import people_of


def money_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DecimalField:
    """Euros as people write them: 140 500 or 140500,50."""
    return forms.DecimalField(
        label=label,
        required=required,
        help_text=help_text,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


def owner_field(label: Any, organisation: Organisation, current: Person | None) -> forms.ModelChoiceField:
    """One of the organisation's people; whoever has it now stays choosable after leaving."""
    people = people_of(organisation, timezone.localdate())
    if current is not None:
        people = (people | Person.objects.filter(pk=current.pk)).distinct()
    return forms.ModelChoiceField(
        label=label, queryset=people, required=False, empty_label=pgettext_lazy("owner", "nobody yet")
    )


def large(rows: int) -> forms.Textarea:
    """A field for a longer text."""
    return forms.Textarea(attrs={"rows": rows})


class SentOnce(forms.Form):
    """A form that makes something: its key makes pressing twice harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": "", "invalid": ""})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4


class Seen(forms.Form):
    """A form that changes something: which version of it was seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput, localize=False)
