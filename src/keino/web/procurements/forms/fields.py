"""Fields of this app's forms."""

from __future__ import annotations

from collections.abc import Sequence
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


def offer(form: forms.BaseForm, name: str, choices: Sequence[tuple[str, Any]], *, empty: Any = None) -> None:
    """Offer these choices in a field; ``empty`` is what none of them is called, where none may be chosen."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices) if empty is None else [("", empty), *choices]


def large(rows: int) -> forms.Textarea:
    """A field for a longer text."""
    return forms.Textarea(attrs={"rows": rows})
