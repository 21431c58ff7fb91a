"""One line of the engagement log."""

from __future__ import annotations

import re
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from keino.web.base.forms import DayInput
from keino.web.base.translated import reader_language
from keino.web.cohorts.choices.engagement import MOST_QUARTERS, EngagementKind
from keino.web.cohorts.queries.engagement import buyers, editions_to_log
from keino.web.cohorts.services.engagement import Work
from keino.web.organisations.models import Organisation
from keino.web.programmes.models import Edition

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.cohorts.models import Engagement

_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
_HOURS = re.compile(r"\d{1,2}(?:[.,]\d{1,2})?")
#: Kinds of work that may be for nobody in particular.
FOR_EVERYONE = frozenset({EngagementKind.EVENT, EngagementKind.OTHER})


def quarters_from(text: str) -> int | None:
    """Quarters of an hour in what somebody wrote: ``1.5``, ``1,25`` or ``1:30``; None where it is no such length.

    >>> quarters_from("1,5"), quarters_from("0:45"), quarters_from("1.2"), quarters_from("-1")
    (6, 3, None, None)
    """
    text = text.strip().removesuffix("h").strip()
    if clock := _CLOCK.fullmatch(text):
        minutes = int(clock[1]) * 60 + int(clock[2])
        return minutes // 15 if minutes % 15 == 0 else None
    if not _HOURS.fullmatch(text):
        return None
    quarters = Decimal(text.replace(",", ".")) * 4
    return int(quarters) if quarters == quarters.to_integral_value() else None


def hours_text(quarters: int) -> str:
    """Quarters of an hour as the form takes them."""
    return f"{Decimal(quarters) / 4:.2f}".rstrip("0").rstrip(".")


class HoursField(forms.CharField):
    """Hours in quarters: ``1.5``, ``1,5`` or ``1:30``."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 6, "autocomplete": "off"})

    def clean(self, value: Any) -> int:
        """Quarters of an hour."""
        quarters = quarters_from(super().clean(value))
        if quarters is None or not 1 <= quarters <= MOST_QUARTERS:
            said = _("Write hours in quarters, from 0.25 to 24: for example 1.5 or 1:30.")
            raise ValidationError(said, code="hours")
        return quarters


class WorkForm(forms.Form):
    """What was done: one line, sent once."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=DayInput)
    kind = forms.ChoiceField(label=gettext_lazy("What"), choices=EngagementKind.choices)
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("With whom"),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=pgettext_lazy("organisation", "nobody in particular"),
    )
    edition: forms.ModelChoiceField[Edition] = forms.ModelChoiceField(
        label=gettext_lazy("Programme"),
        queryset=Edition.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=pgettext_lazy("programme", "none"),
    )
    quarters = HoursField(label=gettext_lazy("Hours"), help_text=gettext_lazy("In quarters: 0.25, 1.5 or 1:30."))
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("No names of people, please."),
        max_length=300,
        required=False,
    )
    made_with = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = buyers(reader_language())  # type: ignore[attr-defined]
        self.fields["edition"].queryset = editions_to_log(person)  # type: ignore[attr-defined]
        self.fields["made_with"].initial = uuid.uuid4

    def clean_day(self) -> Any:
        """Work that lies ahead isn't done."""
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come. Write work down when it is done."), code="future")
        return day

    def clean(self) -> dict[str, Any]:
        """Say for whom it was, unless it was an event or other work."""
        cleaned: dict[str, Any] = super().clean() or {}
        named = cleaned.get("organisation") or cleaned.get("edition")
        if "kind" in cleaned and cleaned["kind"] not in FOR_EVERYONE and not named and not self.errors:
            said = _("Choose the organisation or the programme that it was for.")
            self.add_error("organisation", ValidationError(said, code="for_whom"))
        return cleaned

    def work(self) -> Work:
        """What was written."""
        asked = self.cleaned_data
        return Work(
            asked["kind"], asked["day"], asked["quarters"], asked["organisation"], asked["edition"], asked["note"]
        )


def as_initial(row: Engagement) -> dict[str, Any]:
    """A row as the form shows it."""
    return {
        "day": row.day,
        "kind": row.kind,
        "organisation": row.organisation.slug if row.organisation else None,
        "edition": row.edition.slug if row.edition else None,
        "quarters": hours_text(row.quarters),
        "note": row.note,
        "seen": row.version,
    }
