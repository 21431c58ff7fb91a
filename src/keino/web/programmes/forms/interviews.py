"""Forms of interviews: a question of the guide, when and by whom, what was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from keino.web.base.models import Person
from keino.web.events.errors import EventError
from keino.web.events.models import Event
from keino.web.events.times import moment_of
from keino.web.organisations.forms.edited import EditForm
from keino.web.organisations.forms.fields import date_field, refuse
from keino.web.procurements.forms.fields import large
from keino.web.programmes.models import GuideQuestion, Interview
from keino.web.programmes.services.interviews import When

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict


class QuestionForm(EditForm):
    """A question of the guide."""

    text = forms.CharField(label=_("Question"), max_length=500)
    hint = forms.CharField(label=_("What to listen for"), max_length=2_000, required=False, widget=large(3))


class PlacedQuestionForm(QuestionForm):
    """A question that is in the guide already."""

    position = forms.IntegerField(label=_("Place in the guide"), min_value=0, max_value=999, localize=False)


class TimeInput(forms.TimeInput):
    """A time of day as browsers ask for it."""

    input_type = "time"


def time_field(label: Any, **more: Any) -> forms.TimeField:
    """A time of day, chosen or typed (9:30 or 9.30)."""
    widget = TimeInput(format="%H:%M")
    return forms.TimeField(label=label, widget=widget, input_formats=["%H:%M", "%H:%M:%S", "%H.%M"], **more)


class InterviewForm(EditForm):
    """When, where and by whom: at an event that is planned already, or at a time of its own."""

    event = forms.ModelChoiceField(
        label=_("At an event"), queryset=Event.objects.none(), required=False, empty_label=_("no, at a time of its own")
    )
    day = date_field(_("Day"))
    begins = time_field(_("Begins at"), required=False, help_text=_("Finnish time."))
    ends = time_field(_("Ends at"), required=False)
    place = forms.CharField(
        label=_("Where (a room, or the address of an online meeting)"), max_length=300, required=False
    )
    interviewers = forms.ModelMultipleChoiceField(
        label=_("Interviewers"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("People of the edition without a tie to the applicant."),
    )

    def __init__(
        self, *args: Any, people: QuerySet[Person], events: QuerySet[Event], thing: Interview | None = None, **more: Any
    ) -> None:
        super().__init__(*args, thing=thing, initial=_as_typed(thing), **more)
        for name, rows in (("event", events), ("interviewers", people)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    def has_now(self, name: str) -> Any:
        """What the interview has in a field."""
        if name == "interviewers" and self.thing is not None:
            return ", ".join(str(each) for each in self.thing.interviewers.select_related("person"))
        return super().has_now(name)

    def clean(self) -> dict[str, Any]:
        """A time of its own needs a day and two times; those that a clock change takes away are said to be wrong."""
        values = super().clean() or self.cleaned_data
        if values.get("event") is None:
            for name in ("day", "begins", "ends"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("Say when it is, or choose an event."))
        return values

    def when(self) -> When | None:
        """The time and place; None where a time is none (the form then says which)."""
        event = self.cleaned_data.get("event")
        if event is not None:
            return When(event.starts_at, event.ends_at, self.cleaned_data["place"] or event.place, event)
        starts, ends = self._moment("begins"), self._moment("ends")
        return When(starts, ends, self.cleaned_data["place"]) if starts and ends else None

    def _moment(self, name: str) -> dt.datetime | None:
        try:
            return moment_of(self.cleaned_data["day"], self.cleaned_data[name])
        except EventError as error:
            error.field = name  # of this one error
            refuse(self, error)
            return None


def _as_typed(interview: Interview | None) -> dict[str, Any]:
    if interview is None:
        return {}
    starts, ends = timezone.localtime(interview.starts_at), timezone.localtime(interview.ends_at)
    return {
        "event": interview.event_id,
        "day": starts.date(),
        "begins": starts.time(),
        "ends": ends.time(),
        "place": interview.place,
        "interviewers": [each.person_id for each in interview.interviewers.all()],
    }


class NotesForm(forms.Form):
    """What was said to each question of the guide, and other notes."""

    seen = forms.IntegerField(widget=forms.HiddenInput, localize=False)

    def __init__(self, data: Any = None, *, interview: Interview, guide: Sequence[GuideQuestion]) -> None:
        self.interview, self.guide = interview, guide
        said = {f"said_{each.question_id}": each.text for each in interview.said.all()}
        super().__init__(data, initial={"seen": interview.version, "notes": interview.notes, **said})

        for number, each in enumerate(guide, start=1):
            self.fields[f"said_{each.pk}"] = forms.CharField(
                label=f"{number}. {each.text}",
                help_text=escape(each.hint),  # help texts are shown as they are
                max_length=5_000,
                required=False,
                widget=large(4),
            )
        self.fields["notes"] = forms.CharField(
            label=_("Other notes"), max_length=10_000, required=False, widget=large(5)
        )

    def take_newest(self) -> None:
        """After what was written couldn't be kept: go on from the newest version, with the person's words."""
        self.interview.refresh_from_db()
        data = cast("QueryDict", self.data).copy()
        data["seen"] = str(self.interview.version)
        self.data = data

    def said(self) -> dict[int, str]:
        """What was said, by question."""
        return {each.pk: self.cleaned_data.get(f"said_{each.pk}") or "" for each in self.guide}
