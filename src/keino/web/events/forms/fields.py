"""Fields that several forms of events have: days and times of day with the moments they make, seats, the link."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.errors import KeinoError
from keino.web.base.errors import as_data, said
from keino.web.base.forms import DayInput
from keino.web.events.errors import EventError
from keino.web.events.times import moment_of

#: As the browser's own picker sends it, and as people write it.
TIME_FORMATS = ["%H:%M", "%H:%M:%S", "%H.%M"]
MOST_SEATS = 100_000


class TimeOfDayInput(forms.TimeInput):
    """A time of day in the browser's own picker."""

    input_type = "time"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, widget=DayInput, **more)


def time_field(label: Any, **more: Any) -> forms.TimeField:
    """A time of day in Finland."""
    return forms.TimeField(label=label, widget=TimeOfDayInput, input_formats=TIME_FORMATS, **more)


def put_error(form: forms.Form, error: KeinoError) -> None:
    """Show an error at the field it belongs to."""
    field = error.field if isinstance(error, EventError) and error.field in form.fields else None
    form.add_error(field, said(as_data(error)))


def capacity_field() -> forms.IntegerField:
    """How many come along."""
    return forms.IntegerField(
        label=_("Seats"),
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
        localize=False,
        help_text=_("Empty: no limit. Of an event on site and online it is the number of seats in the room."),
    )


def online_link_field() -> forms.URLField:
    """Where one takes part online."""
    return forms.URLField(label=_("Link to take part online"), max_length=500, required=False, assume_scheme="https")


class TimesForm(forms.Form):
    """When an event is: a day and two times, and a last day where it takes longer."""

    day = day_field(_("Day"))
    since = time_field(_("Begins at"), help_text=_("Finnish time."))
    until = time_field(_("Ends at"))
    last_day = day_field(_("Last day"), required=False, help_text=_("Only if it takes more than one day."))

    def clean(self) -> dict[str, Any]:
        """Make moments of days and times; those that a clock change takes away or doubles are said to be wrong."""
        values = super().clean() or self.cleaned_data
        first = values.get("day")
        values["starts_at"] = self._moment("since", first)
        values["ends_at"] = self._moment("until", values.get("last_day") or first)
        return values

    def _moment(self, field: str, day: dt.date | None) -> dt.datetime | None:
        time = self.cleaned_data.get(field)
        if day is None or time is None:
            return None
        try:
            return moment_of(day, time)
        except EventError as error:
            self.add_error(field, said(as_data(error)))
            return None


def times_as_typed(starts_at: dt.datetime, ends_at: dt.datetime) -> dict[str, Any]:
    """The first values of a ``TimesForm``."""
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return {
        "day": start.date(),
        "since": start.time(),
        "until": end.time(),
        "last_day": end.date() if end.date() != start.date() else None,
    }
