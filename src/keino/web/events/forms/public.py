"""What visitors write: the choices of the list, and the registration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from keino.web.base.choices import Language
from keino.web.base.models import Person
from keino.web.events.choices import Joins, Mode, Theme
from keino.web.events.consent import consent_text
from keino.web.events.models import Event
from keino.web.events.services.seats import Filled

_ALL = ("", pgettext_lazy("events", "all"))


class EventFilter(forms.Form):
    """Which events are listed."""

    when = forms.ChoiceField(
        label=_("When"), required=False, choices=[("", _("coming")), ("past", _("past, with materials"))]
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False, choices=[_ALL, *Theme.choices])
    language = forms.ChoiceField(label=_("Language of the event"), required=False, choices=[_ALL, *Language.choices])
    mode = forms.ChoiceField(label=_("How people take part"), required=False, choices=[_ALL, *Mode.choices])
    #: From the page of an event of a series.
    series = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def chosen(self) -> dict[str, Any]:
        """What was chosen; a choice that doesn't exist counts as none."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class RegistrationForm(forms.Form):
    """Who comes, and what they need. Who is logged in has their address already."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send a link there; the registration counts when you have opened it and confirmed."),
    )
    works_at = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    joins = forms.ChoiceField(label=_("How do you take part?"), choices=Joins.choices, widget=forms.RadioSelect)
    needs = forms.CharField(
        label=_("Diet and access needs"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only what the organiser must know. Leave it empty if there is nothing."),
    )
    consent = forms.BooleanField(label="")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        event: Event,
        person: Person | None,
        works_at: str = "",
    ) -> None:
        first = {"name": person.name if person else "", "works_at": works_at, "joins": Joins.ON_SITE}
        super().__init__(data, initial=first)
        self.event, self.person = event, person
        if person is not None:
            del self.fields["email"]
        if event.mode != Mode.HYBRID:
            del self.fields["joins"]
        if not event.asks_needs:
            del self.fields["needs"]
        self.consent_text = consent_text(event)
        self.fields["consent"].label = self.consent_text

    def clean_name(self) -> str:
        """On one line: it stands in mails."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def filled(self) -> Filled:
        """The values for the service."""
        values = self.cleaned_data
        return Filled(
            name=values["name"],
            email=self.person.email if self.person else values["email"],
            language=(get_language() or "fi")[:2],
            consent_text=self.consent_text,
            works_at=values["works_at"],
            joins=values.get("joins", ""),
            needs=values.get("needs", ""),
        )


class NeedsForm(forms.Form):
    """Diet and access needs, written anew."""

    needs = forms.CharField(
        label=_("Diet and access needs"), max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
