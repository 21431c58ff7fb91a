"""What the organiser's people write: events, materials, invitations, attendance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.base.choices import Language
from keino.web.base.errors import as_data, said
from keino.web.base.models import Person
from keino.web.events.choices import Attendance, Audience, EventState, MaterialKind, Mode, SeatState, Theme
from keino.web.events.errors import EventError
from keino.web.events.forms.fields import TimesForm, capacity_field, day_field, time_field
from keino.web.events.models import Event, Series
from keino.web.events.models.event import LONGEST_TEXT, REGISTRATION_DAYS
from keino.web.events.times import moment_of
from keino.web.organisations.models import Organisation
from keino.web.surveys.models import FormVersion

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_DAYS = 3650


class WordsForm(forms.Form):
    """What an event is, beside when and where."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, localize=False)
    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("In short"),
        max_length=500,
        required=False,
        help_text=_("One or two sentences for the list and for calendars."),
    )
    description = forms.CharField(
        label=_("Programme and description"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    language = forms.ChoiceField(label=_("Language of the event"), choices=Language.choices)
    theme = forms.ChoiceField(label=_("Theme"), choices=Theme.choices)
    series = forms.ModelChoiceField(
        label=_("Series"), queryset=Series.objects.none(), required=False, empty_label=_("no series")
    )
    new_series = forms.CharField(
        label=_("A new series"),
        max_length=200,
        required=False,
        help_text=_("A name, if it begins a series of its own."),
    )
    audience = forms.ChoiceField(label=_("Who may register"), choices=Audience.choices, widget=forms.RadioSelect)
    capacity = capacity_field()
    register_day = day_field(
        _("Registration open until, day"), required=False, help_text=_("Empty: until the event begins.")
    )
    register_time = time_field(_("Registration open until, time"), required=False)
    contact = forms.ModelChoiceField(
        label=_("Contact person"), queryset=Person.objects.none(), required=False, empty_label=_("nobody")
    )
    asks_needs = forms.BooleanField(label=_("Ask for diet and access needs"), required=False)
    is_recorded = forms.BooleanField(label=_("The event is recorded"), required=False)
    consent_text = forms.CharField(
        label=_("What else people agree to"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Only what is special to this event; that names and addresses are kept, and how long, is said anyway."
        ),
    )
    registration_days = forms.IntegerField(
        label=_("Days for which registrations are kept after the event"),
        min_value=1,
        max_value=MOST_DAYS,
        localize=False,
        initial=REGISTRATION_DAYS,
    )
    feedback = forms.ModelChoiceField(
        label=_("Feedback form"),
        queryset=FormVersion.objects.none(),
        required=False,
        empty_label=_("no feedback is asked"),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        series: QuerySet[Series],
        contacts: QuerySet[Person],
        forms_: QuerySet[FormVersion],
        event: Event | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={**_first_words(event), **(initial or {})})
        for name, rows in (("series", series), ("contact", contacts), ("feedback", forms_)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    def clean(self) -> dict[str, Any]:
        """The last moment to register, of a day and a time; the end of the day where no time is said."""
        values = super().clean() or self.cleaned_data
        day, time = values.get("register_day"), values.get("register_time")
        values["register_until"] = None
        if day and time:
            try:
                values["register_until"] = moment_of(day, time)
            except EventError as error:
                self.add_error("register_time", said(as_data(error)))
        elif day or time:
            self.add_error("register_time" if day else "register_day", _("Say both the day and the time."))
        return values

    def details(self) -> dict[str, Any]:
        """The values for ``services.events``, but the series, which may have to be made."""
        left_out = {
            "version", "key", "organiser", "title", "new_series", "register_day", "register_time", "day", "since",
            "until", "last_day", "starts_at", "ends_at",
        }  # fmt: skip
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}


class NewEventForm(WordsForm, TimesForm):
    """A new event."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    organiser = forms.ModelChoiceField(label=_("Organiser"), queryset=Organisation.objects.none(), empty_label=None)
    mode = forms.ChoiceField(label=_("How people take part"), choices=Mode.choices, widget=forms.RadioSelect)
    place = forms.CharField(label=_("Place"), max_length=300, required=False)
    online_link = forms.URLField(
        label=_("Link to take part online"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Told to those who have a seat, to nobody else."),
    )
    field_order = (
        "title", "organiser", "summary", "description", "day", "since", "until", "last_day", "mode", "place",
        "online_link", "language", "theme", "series", "new_series", "audience", "capacity", "register_day",
        "register_time", "contact", "asks_needs", "is_recorded", "consent_text", "registration_days", "feedback",
    )  # fmt: skip

    def __init__(self, *args: Any, organisers: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organiser"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisers


class CopyForm(TimesForm):
    """When the copy is."""

    key = forms.UUIDField(widget=forms.HiddenInput)


class MaterialForm(forms.Form):
    """A file, or a link to what is kept elsewhere."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=MaterialKind.choices, widget=forms.RadioSelect, initial=MaterialKind.FILE
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, presentation, document, table, picture or text; at most 50 MB."),
    )
    link = forms.URLField(
        label=_("Link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Of a link or a recording that is kept elsewhere."),
    )
    publish = forms.BooleanField(
        label=_("Show it on the page of the event at once"), required=False, help_text=_("You can do so later, too.")
    )

    def clean(self) -> dict[str, Any]:
        """A file where it is one, a link where it isn't."""
        values = super().clean() or self.cleaned_data
        if values.get("kind") == MaterialKind.FILE:
            if not values.get("file") and "file" not in self.errors:
                self.add_error("file", _("Choose a file."))
        elif not values.get("link") and "link" not in self.errors:
            self.add_error("link", _("Write the address."))
        return values


class InviteForm(forms.Form):
    """Whom to invite: organisations, and people who have an account."""

    organisations = forms.ModelMultipleChoiceField(
        label=_("Organisations"),
        queryset=Organisation.objects.none(),
        required=False,
        help_text=_("Their responsible persons get the invitation; all their people may register."),
    )
    addresses = forms.CharField(
        label=_("People's e-mail addresses"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Of people who have an account here, one on each line."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, organisations: QuerySet[Organisation]) -> None:
        super().__init__(data)
        field = self.fields["organisations"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = organisations

    def clean_addresses(self) -> list[Person]:
        """The people of the addresses; those without an account are named."""
        wanted = {word.strip().lower() for word in self.cleaned_data["addresses"].replace(",", "\n").split("\n")} - {""}
        found = {person.email: person for person in Person.objects.filter(email__in=wanted, erased_at=None)}
        if unknown := sorted(wanted - found.keys()):
            raise forms.ValidationError(
                _("Nobody has an account by these addresses: %(addresses)s. Give them the address of a public event."),
                params={"addresses": ", ".join(unknown)},
            )
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        """Somebody has to be invited."""
        values = super().clean() or self.cleaned_data
        if not self.errors and not values.get("organisations") and not values.get("addresses"):
            self.add_error("organisations", _("Choose an organisation, or write an address."))
        return values


class AttendanceForm(forms.Form):
    """Who came: one choice for each person with a seat."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, seats: Sequence[Any]) -> None:
        super().__init__(data)
        for seat in seats:
            self.fields[f"seat_{seat.public_id}"] = forms.ChoiceField(
                label=str(seat),
                choices=Attendance.choices,
                required=False,
                initial=seat.attendance,
            )

    def marks(self) -> dict[str, str]:
        """Public id of a seat → its mark."""
        return {name.removeprefix("seat_"): value for name, value in self.cleaned_data.items()}


class DeskFilter(forms.Form):
    """Which events the desk lists."""

    words = forms.CharField(label=_("Words"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    when = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[("", _("coming")), ("past", _("past")), ("all", pgettext_lazy("events", "all"))],
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", pgettext_lazy("events", "all")), *EventState.choices]
    )


class SeatFilter(forms.Form):
    """Which participants are listed."""

    words = forms.CharField(label=_("Words"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("registered and waiting")),
            *[
                (state.value, state.label)
                for state in (SeatState.BOOKED, SeatState.WAITING, SeatState.UNCONFIRMED, SeatState.CANCELLED)
            ],
        ],
    )


def _first_words(event: Event | None) -> dict[str, Any]:
    if event is None:
        return {
            "language": Language.FI,
            "theme": Theme.LOW_CARBON,
            "audience": Audience.PUBLIC,
            "mode": Mode.ONLINE,
            "registration_days": REGISTRATION_DAYS,
        }
    names = (
        "version", "title", "summary", "description", "language", "theme", "series", "audience", "capacity", "contact",
        "asks_needs", "is_recorded", "consent_text", "registration_days", "feedback",
    )  # fmt: skip
    first = {name: getattr(event, name) for name in names}
    if event.register_until is not None:
        local = timezone.localtime(event.register_until)
        first |= {"register_day": local.date(), "register_time": local.time()}
    return first
