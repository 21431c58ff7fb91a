"""Forms of the desk: experts' hours, how discussions are held, what was said in one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.base.models import Person
from keino.web.organisations.forms.edited import EditForm
from keino.web.organisations.forms.fields import date_field
from keino.web.procurements.forms.fields import large

#: Weeks for which the same hours can be given at once.
MOST_WEEKS = 8


def _time_field(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
    )


class HoursForm(forms.Form):
    """Hours of one expert on a day, and on the same weekday of the weeks after it."""

    expert = forms.ModelChoiceField(label=_("Expert"), queryset=Person.objects.none(), empty_label=None)
    day = date_field(_("Day"), required=True)
    begins = _time_field(pgettext_lazy("time", "From"))
    ends = _time_field(pgettext_lazy("time", "Until"))
    weeks = forms.IntegerField(
        label=_("The same hours for so many weeks"), min_value=1, max_value=MOST_WEEKS, initial=1, localize=False
    )

    def __init__(self, *args: Any, experts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expert"].queryset = experts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Hours end after they begin."""
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", ValidationError(_("This is before the beginning, or the same."), code="order"))
        return cleaned

    def days(self) -> list[dt.date]:
        """The day and the same weekday of the weeks after it."""
        first: dt.date = self.cleaned_data["day"]
        return [first + dt.timedelta(weeks=number) for number in range(self.cleaned_data["weeks"])]


def _minutes(label: Any, *, least: int = 0, most: int = 240, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, localize=False, help_text=help_text)


class DiscussionRuleForm(EditForm):
    """How an edition's discussions are held."""

    minutes = _minutes(_("Length (minutes)"), least=10, most=480)
    experts_needed = _minutes(_("Experts in each discussion"), least=1, most=10)
    every_minutes = _minutes(
        _("A discussion may begin every … minutes"),
        least=5,
        most=480,
        help_text=_("Counted from the beginning of an expert's hours."),
    )
    before_minutes = _minutes(_("Kept free before it (minutes)"))
    after_minutes = _minutes(_("Kept free after it (minutes)"))
    a_day = forms.IntegerField(
        label=_("Discussions of one expert on a day, at most"),
        min_value=1,
        max_value=50,
        required=False,
        localize=False,
        help_text=_("Empty: as many as the hours hold."),
    )
    notice_hours = _minutes(_("Booked at least … hours ahead"), most=720)
    place = forms.CharField(
        label=_("Where (a room, or the address of an online meeting)"),
        max_length=300,
        required=False,
        help_text=_("The applicant gets it with the booking."),
    )


class DiscussionCancelForm(forms.Form):
    """Why a discussion is cancelled from the desk."""

    why = forms.CharField(label=_("Why, for the applicant"), required=False, max_length=2_000, widget=large(3))


class DiscussionForm(EditForm):
    """Notes for the programme's people, and what was agreed with the applicant."""

    agreed = forms.CharField(
        label=_("What was agreed"),
        max_length=5_000,
        required=False,
        widget=large(6),
        help_text=_("The applicant reads this: the pilot to be sparred, the working time, who should take part."),
    )
    notes = forms.CharField(
        label=_("Notes"),
        max_length=10_000,
        required=False,
        widget=large(6),
        help_text=_("For the programme's own people only."),
    )


class ApplicationFilter(forms.Form):
    """Which applications the desk lists."""

    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, states: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("all")), *states]  # type: ignore[attr-defined]
