"""What the organiser's people change of an event that is announced, and write to those who come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.events.choices import Mode
from keino.web.events.forms.fields import TimesForm, capacity_field, online_link_field, times_as_typed
from keino.web.events.models import Event
from keino.web.events.services.events import Seats


def _why_field() -> forms.CharField:
    return forms.CharField(
        label=_("Why"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands in the mail."),
    )


class MoveForm(TimesForm):
    """When and where an event is from now on."""

    version = forms.IntegerField(widget=forms.HiddenInput, localize=False)
    mode = forms.ChoiceField(label=_("How people take part"), choices=Mode.choices, widget=forms.RadioSelect)
    place = forms.CharField(label=_("Place"), max_length=300, required=False)
    online_link = online_link_field()
    why = _why_field()

    def __init__(self, data: Mapping[str, Any] | None = None, *, event: Event) -> None:
        first = times_as_typed(event.starts_at, event.ends_at) | {
            name: getattr(event, name) for name in ("version", "mode", "place", "online_link")
        }
        super().__init__(data, initial=first)
        if data is not None and "capacity" in data:
            self.ask_seats()

    def ask_seats(self) -> None:
        """Ask for the number of seats from now on: more people come along than there are seats."""
        self.fields["capacity"] = capacity_field()

    def seats(self) -> Seats:
        """The number of seats, where it was asked."""
        return {"capacity": self.cleaned_data["capacity"]} if "capacity" in self.cleaned_data else {}


class LinkForm(forms.Form):
    """The link of a session, whose time and place another calendar keeps."""

    version = forms.IntegerField(widget=forms.HiddenInput, localize=False)
    online_link = online_link_field()
    why = _why_field()

    def __init__(self, data: Mapping[str, Any] | None = None, *, event: Event) -> None:
        super().__init__(data, initial={"version": event.version, "online_link": event.online_link})
        self.event = event

    def seats(self) -> Seats:
        """As many as before."""
        return {}

    def clean(self) -> dict[str, Any]:
        """With the time and place that it has."""
        names = ("starts_at", "ends_at", "mode", "place")
        return (super().clean() or self.cleaned_data) | {name: getattr(self.event, name) for name in names}


class CancelForm(forms.Form):
    """Why an event is called off."""

    because = forms.CharField(
        label=_("Why"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the mail and on the page of the event."),
    )


class MessageForm(forms.Form):
    """A mail to an event's people."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    to = forms.ChoiceField(
        label=pgettext_lazy("mail", "To"),
        choices=[
            ("booked", _("those who have a seat")),
            ("waiting", _("those on the waiting list")),
            ("all", _("both")),
        ],
        widget=forms.RadioSelect,
        initial="booked",
    )
    subject = forms.CharField(label=_("Subject"), max_length=150)
    text = forms.CharField(label=_("Text"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 10}))

    def clean_subject(self) -> str:
        """One line: a subject of several could smuggle headers into a mail."""
        return " ".join(str(self.cleaned_data["subject"]).split())
