"""Forms of sparring sessions and of what is agreed in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.domain.programmes.booking import Slot
from keino.errors import KeinoError
from keino.web.base.errors import as_data, said
from keino.web.base.models import Person
from keino.web.cohorts.choices.sparring import SessionMode
from keino.web.cohorts.queries.sparring import mentors_of
from keino.web.cohorts.services.sparring_sessions import SessionFields
from keino.web.events.times import moment_of, when_text
from keino.web.organisations.forms.edited import EditForm
from keino.web.organisations.forms.fields import date_field
from keino.web.organisations.queries.people import people_of
from keino.web.plans.services.actions import ActionValues
from keino.web.procurements.forms.fields import large, offer

if TYPE_CHECKING:
    from keino.web.cohorts.models import SparringSession
    from keino.web.organisations.models import Organisation

#: The last year that plans reach.
LAST_YEAR = 2100


class TimeInput(forms.TimeInput):
    """A time of a day in the browser's own picker."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def time_field(label: Any) -> forms.TimeField:
    """A time of a day as Finns write it: 9.30 or 9:30."""
    return forms.TimeField(
        label=label, required=False, widget=TimeInput(), input_formats=["%H:%M", "%H.%M", "%H:%M:%S"]
    )


class SessionForm(EditForm):
    """When, where and with whom. Times are those that clocks in Finland show."""

    slot = forms.ChoiceField(label=_("Times in the mentor's hours"), required=False, widget=forms.RadioSelect)
    day = date_field(_("Day"))
    begins = time_field(pgettext_lazy("time", "From"))
    ends = time_field(pgettext_lazy("time", "Until"))
    mentor = forms.ModelChoiceField(label=_("Mentor"), queryset=Person.objects.none())
    mode = forms.ChoiceField(label=_("How you meet"), choices=SessionMode.choices, widget=forms.RadioSelect)
    place = forms.CharField(
        label=_("Place or link"), max_length=300, required=False, help_text=_("An address, or the link of the meeting.")
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        thing: SparringSession | None = None,
        slots: Sequence[Slot] = (),
        **more: Any,
    ) -> None:
        initial = {"mode": SessionMode.ONLINE} | (more.pop("initial", None) or {})
        if thing is not None:
            begins, ends = timezone.localtime(thing.starts_at), timezone.localtime(thing.ends_at)
            initial |= {"day": begins.date(), "begins": begins.time(), "ends": ends.time()}
        super().__init__(*args, thing=thing, initial=initial, **more)
        mentors = mentors_of(organisation, timezone.localdate())
        if thing is not None and thing.mentor_id is not None:  # stays, even where the role has ended
            mentors = (mentors | Person.objects.filter(pk=thing.mentor_id)).distinct()
        self.fields["mentor"].queryset = mentors  # type: ignore[attr-defined]
        self._slots = {slot.starts_at.isoformat(): slot for slot in slots}
        offered = [(key, when_text(slot.starts_at, slot.ends_at)) for key, slot in self._slots.items()]
        if not offered:
            del self.fields["slot"]
        else:
            offer(self, "slot", [*offered, ("", _("another time that we agreed, below"))])

    def clean(self) -> dict[str, Any]:
        """Make moments of the day and its times; on the two nights of clock changes an hour may be missing or twice."""
        given = super().clean() or self.cleaned_data
        slot = self._slots.get(given.get("slot", ""))
        if slot is not None:
            given["starts_at"], given["ends_at"] = slot.starts_at, slot.ends_at
            return given
        for name in ("day", "begins", "ends"):
            if name not in self.errors and given.get(name) is None:
                self.add_error(name, forms.Field.default_error_messages["required"])
        for name, moment in (("begins", "starts_at"), ("ends", "ends_at")):
            if given.get("day") and given.get(name):
                try:
                    given[moment] = moment_of(given["day"], given[name])
                except KeinoError as error:
                    self.add_error(name, forms.ValidationError(said(as_data(error)), code=error.code))
        return given

    def fields_of_session(self) -> SessionFields:
        """What was written, as the service takes it."""
        given = self.cleaned_data
        return SessionFields(
            starts_at=given["starts_at"],
            ends_at=given["ends_at"],
            mentor=given["mentor"],
            mode=given["mode"],
            place=given["place"],
            is_from_hours=bool(given.get("slot")),
        )


class AgendaForm(EditForm):
    """What a session is about."""

    agenda = forms.CharField(
        label=_("Agenda"), max_length=8000, required=False, widget=large(12),
        help_text=_("One point on a line. Emptied, it is prepared from the open actions again."),
    )  # fmt: skip


class WriteDownForm(EditForm):
    """What was talked about and advised."""

    notes = forms.CharField(
        label=_("What was talked about"), max_length=20_000, required=False, widget=large(8),
        help_text=_("The organisation's people and its mentors read this, nobody else."),
    )  # fmt: skip
    advice = forms.CharField(
        label=_("Advice given"), max_length=20_000, required=False, widget=large(6),
        help_text=_("What the mentor recommends, with its reasons and sources."),
    )  # fmt: skip


class CancelForm(EditForm):
    """Why a session is called off."""

    why = forms.CharField(label=_("Why"), max_length=500, help_text=_("Both sides read it in the mail."))


class AgreedActionForm(EditForm):
    """An action agreed in sparring; what else there is to say of it is written on its own page."""

    title = forms.CharField(label=_("What is done"), max_length=200)
    description = forms.CharField(label=_("More about it"), max_length=4000, required=False, widget=large(3))
    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=Person.objects.none(),
        help_text=_("One of the organisation's people; gets reminders."),
    )
    deadline = date_field(_("Deadline"), required=True)
    has_no_budget_effect = forms.BooleanField(label=_("It has no budget effect"), required=False)

    def __init__(self, *args: Any, organisation: Organisation, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].queryset = people_of(organisation, timezone.localdate())  # type: ignore[attr-defined]

    def clean_deadline(self) -> dt.date:
        """A year that plans reach."""
        day: dt.date = self.cleaned_data["deadline"]
        if day.year > LAST_YEAR:
            raise forms.ValidationError(_("Choose a day before the year 2101."))
        return day

    def action_values(self) -> ActionValues:
        """What was written, as the service takes it."""
        return ActionValues(**self.values())
