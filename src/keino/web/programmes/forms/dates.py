"""Dates of a calendar as people write them: days, and hours where they are known."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.domain.programmes.calendar import SHAPES, Shape, moved_by_weeks
from keino.errors import KeinoError
from keino.web.base.errors import as_data, said
from keino.web.events.choices import Mode
from keino.web.events.times import moment_of
from keino.web.organisations.forms.edited import EditForm
from keino.web.organisations.forms.fields import date_field
from keino.web.procurements.forms.fields import offer
from keino.web.programmes.choices import SESSIONS, DateKind
from keino.web.programmes.models import Edition, EditionDate
from keino.web.programmes.on_record import whole_day
from keino.web.programmes.services.date_changes import Wanted, wanted_of

When = tuple[dt.datetime, dt.datetime, bool]
NO_WORDS = {"said_fi": "", "said_sv": "", "said_en": ""}


class TimeInput(forms.TimeInput):
    """A time of day as browsers ask for it."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def _time_field(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=TimeInput(), input_formats=["%H:%M", "%H.%M", "%H"])


def add_when(form: forms.Form, kind: str, *, prefix: str = "", date: EditionDate | None = None) -> None:
    """Ask for a deadline's moment, a session's day and hours, or a period's first and last day."""
    shape = SHAPES[kind]
    starts = timezone.localtime(date.starts_at) if date else None
    ends = timezone.localtime(date.ends_at) if date else None
    has_hours = date is not None and not date.is_whole_day
    fields: dict[str, tuple[forms.Field, Any]] = {}
    first_label = _("First day") if shape == Shape.PERIOD else _("Day")
    shown_day = ends if shape == Shape.MOMENT else starts
    fields["day"] = (date_field(first_label, required=True), shown_day.date() if shown_day else None)
    if shape == Shape.PERIOD:
        fields["last_day"] = (date_field(_("Last day"), required=True), ends.date() if ends else None)
    if shape == Shape.SESSION:
        fields["from"] = (_time_field(_("From, o’clock")), starts.time() if starts and has_hours else None)
        fields["to"] = (_time_field(_("To, o’clock")), ends.time() if ends and has_hours else None)
    if shape == Shape.MOMENT:
        at = _time_field(_("At, o’clock"))
        at.help_text = _("Left empty, the whole day counts.")
        fields["at"] = (at, ends.time() if ends and has_hours else None)
    for name, (field, now) in fields.items():
        form.fields[f"{prefix}{name}"] = field
        form.initial.setdefault(f"{prefix}{name}", now)


def read_when(form: forms.Form, kind: str, *, prefix: str = "") -> When | None:
    """The moments of what was written; None where something must be mended, which the form then says."""
    given = {name: form.cleaned_data.get(f"{prefix}{name}") for name in ("day", "last_day", "from", "to", "at")}
    if given["day"] is None:
        return None
    try:
        return _moments(kind, given)
    except ValidationError as error:
        form.add_error(f"{prefix}{'to' if SHAPES[kind] == Shape.SESSION else 'day'}", error)
    except KeinoError as error:
        form.add_error(f"{prefix}day", ValidationError(said(as_data(error)), code=error.code))
    return None


def _moments(kind: str, given: dict[str, Any]) -> When:
    day: dt.date = given["day"]
    shape = SHAPES[kind]
    if shape == Shape.PERIOD:
        last = given["last_day"] or day
        if last < day:
            raise ValidationError(_("The last day comes before the first one."), code="order")
        return (*whole_day(kind, day, last), True)
    if shape == Shape.MOMENT and given["at"] is None:
        return (*whole_day(kind, day, day), True)
    if shape == Shape.MOMENT:
        moment = moment_of(day, given["at"])
        return moment, moment, False
    if given["from"] is None and given["to"] is None:
        return (*whole_day(kind, day, day), True)
    if given["from"] is None or given["to"] is None:
        raise ValidationError(_("Give both hours, or neither."), code="hours")
    if given["to"] <= given["from"]:
        raise ValidationError(_("It ends before it begins."), code="order")
    return moment_of(day, given["from"]), moment_of(day, given["to"]), False


class DateForm(EditForm):
    """One date: when, where, and its name where the kind alone doesn't say it."""

    def __init__(
        self, *args: Any, edition: Edition, kind: str, thing: EditionDate | None = None, **kwargs: Any
    ) -> None:
        initial = {"seen": edition.version, **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.edition, self.kind, self.date = edition, kind, thing
        add_when(self, kind, date=thing)
        if kind in SESSIONS:
            self.fields["mode"] = forms.ChoiceField(label=_("How"), required=False)
            offer(self, "mode", Mode.choices, empty=pgettext_lazy("meeting", "not known yet"))
            self.fields["place"] = forms.CharField(label=_("Place"), required=False, max_length=300)
            self.fields["is_open_to_all"] = forms.BooleanField(
                label=_("Open to everyone"),
                required=False,
                help_text=_("Anyone may register; else only those who are invited."),
            )
        for language, label in (
            ("fi", _("Name in Finnish")),
            ("sv", _("Name in Swedish")),
            ("en", _("Name in English")),
        ):
            self.fields[f"name_{language}"] = forms.CharField(label=label, required=False, max_length=120)
        if thing is not None:
            for name in ("mode", "place", "is_open_to_all", "name_fi", "name_sv", "name_en"):
                self.initial.setdefault(name, getattr(thing, name))
        self.when: When | None = None

    def clean(self) -> dict[str, Any]:
        """Read the moments."""
        cleaned = super().clean() or self.cleaned_data
        self.when = read_when(self, self.kind)
        return cleaned

    def wanted(self) -> list[Wanted]:
        """The date as it should be. The words of a source ("early June") go when its days change."""
        assert self.when is not None
        starts, ends, is_whole_day = self.when
        given = self.cleaned_data
        texts = {name: given[name] for name in ("name_fi", "name_sv", "name_en")}
        told = {
            "starts_at": starts,
            "ends_at": ends,
            "is_whole_day": is_whole_day,
            "mode": given.get("mode", ""),
            "place": given.get("place", ""),
            "is_open_to_all": given.get("is_open_to_all", False),
        }
        if self.date is None:
            key = given.get("key") or uuid.uuid4()
            return [Wanted(public_id=key, kind=self.kind, texts=texts, **told)]
        as_is = wanted_of(self.date)
        is_moved = (starts, ends) != (self.date.starts_at, self.date.ends_at)
        return [wanted_of(self.date, texts=as_is.texts | texts | (NO_WORDS if is_moved else {}), **told)]


class AllDatesForm(EditForm):
    """The days and hours of a whole calendar on one page."""

    def __init__(self, *args: Any, edition: Edition, dates: list[EditionDate], **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": edition.version}, **kwargs)
        self.edition, self.dates = edition, dates
        for date in dates:
            add_when(self, date.kind, prefix=f"{date.pk}-", date=date)
        self._when: dict[int, When | None] = {}

    def groups(self) -> list[dict[str, Any]]:
        """The fields of each date under its name."""
        return [
            {"date": date, "fields": [self[name] for name in self.fields if name.startswith(f"{date.pk}-")]}
            for date in self.dates
        ]

    def clean(self) -> dict[str, Any]:
        """Read the moments of each date."""
        cleaned = super().clean() or self.cleaned_data
        self._when = {date.pk: read_when(self, date.kind, prefix=f"{date.pk}-") for date in self.dates}
        return cleaned

    def wanted(self) -> list[Wanted]:
        """The dates as they should be."""
        found = []
        for date in self.dates:
            when = self._when[date.pk]
            assert when is not None
            starts, ends, is_whole_day = when
            is_moved = (starts, ends) != (date.starts_at, date.ends_at)
            texts = wanted_of(date).texts | (NO_WORDS if is_moved else {})
            found.append(wanted_of(date, starts_at=starts, ends_at=ends, is_whole_day=is_whole_day, texts=texts))
        return found


class WeeksForm(EditForm):
    """Move every date that is still to come by whole weeks."""

    weeks = forms.IntegerField(
        label=_("Weeks"),
        min_value=-52,
        max_value=104,
        help_text=_("How many weeks later; with a minus, earlier. Dates that are over stay."),
    )

    def __init__(self, *args: Any, edition: Edition, dates: list[EditionDate], **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": edition.version}, **kwargs)
        self.edition = edition
        self.dates = [date for date in dates if date.ends_at > timezone.now()]

    def wanted(self) -> list[Wanted]:
        """The dates as they should be."""
        weeks = self.cleaned_data["weeks"]
        moved = moved_by_weeks([date.as_date for date in self.dates], weeks) if weeks else []
        return [
            wanted_of(date, starts_at=to.starts_at, ends_at=to.ends_at, texts=wanted_of(date).texts | NO_WORDS)
            for date, to in zip(self.dates, moved, strict=False)
        ]


class KindForm(forms.Form):
    """What kind of date is added."""

    kind = forms.ChoiceField(label=_("What"), choices=DateKind.choices, widget=forms.RadioSelect)
