"""Fields of this app's forms: a moment in Finland, one of the organisation's people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.errors import KeinoError
from keino.web.base.errors import as_data, said
from keino.web.base.models import Person
from keino.web.events.times import moment_of
from keino.web.organisations.forms.fields import date_field
from keino.web.organisations.models import Organisation
from keino.web.organisations.queries.people import people_of


def time_field(label: Any, *, required: bool = False) -> forms.TimeField:
    """A time of day, chosen or typed as Finns write it (16.00)."""
    return forms.TimeField(
        label=label,
        required=required,
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Finnish time."),
    )


def person_field(label: Any, organisation: Organisation, *, required: bool = False) -> forms.ModelChoiceField:
    """One of the organisation's people of today."""
    people = people_of(organisation, timezone.localdate())
    return forms.ModelChoiceField(label=label, queryset=people, required=required, empty_label=_("nobody"))


def large(rows: int) -> forms.Textarea:
    """A field for a longer text."""
    return forms.Textarea(attrs={"rows": rows})


class DueFields(forms.Form):
    """The last moment that is in time: a day and a time of day in Finland."""

    def __init__(self, *args: Any, due_at: dt.datetime | None = None, is_needed: bool = True, **kwargs: Any) -> None:
        if due_at is not None:
            local = timezone.localtime(due_at)
            first = {"due_on": local.date(), "due_time": local.time().replace(second=0, microsecond=0)}
            kwargs["initial"] = first | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["due_on"] = date_field(_("Due on"), required=is_needed)
        self.fields["due_time"] = time_field(_("At the latest at"), required=is_needed)

    def clean(self) -> dict[str, Any]:
        """Find the moment; refuse an hour that a night of clock change doesn't have, or has twice."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        day, time = given.get("due_on"), given.get("due_time")
        given["due_at"] = None
        if day is not None and time is None and "due_time" not in self.errors:
            self.add_error("due_time", _("Say until when on that day."))
        elif day is not None and time is not None:
            try:
                given["due_at"] = moment_of(day, time)
            except KeinoError as error:
                self.add_error("due_time", said(as_data(error)))
        return given


def own_or_current(organisation: Organisation, current: Person | None) -> Any:
    """The organisation's people, and whoever has it now."""
    people = people_of(organisation, timezone.localdate())
    if current is None:
        return people
    return (people | Person.objects.filter(pk=current.pk)).distinct()
