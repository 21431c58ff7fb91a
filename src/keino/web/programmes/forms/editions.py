"""What an edition says of itself, in parts: texts of one language, places and rules, its making, its people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.base.choices import Language
from keino.web.base.models import Person
from keino.web.organisations.forms.edited import EditForm, EditModelForm
from keino.web.organisations.forms.fields import date_field
from keino.web.procurements.forms.fields import large, offer
from keino.web.programmes.choices import EditionPersonKind, EditionState, ProgrammeTheme
from keino.web.programmes.models import Edition
from keino.web.programmes.queries.people import people_to_name

#: The texts of a call in the order of its page: label, rows (0 = one line), longest, hint.
TEXTS: tuple[tuple[str, Any, int, int, Any], ...] = (
    ("name", _("Name"), 0, 150, ""),
    ("summary", _("In short"), 3, 1_000, _("One or two sentences for the list of programmes.")),
    ("for_whom", _("For whom"), 4, 4_000, ""),
    ("benefits", _("What you get"), 6, 4_000, _("One thing on each line.")),
    ("requirements", _("What is required"), 6, 4_000, _("One thing on each line.")),
    ("how_to_apply", _("How to apply"), 5, 4_000, ""),
    (
        "announced_duration",
        _("Duration, as announced"),
        0,
        100,
        _("As people say it, for example “four months”. The dates may say something else."),
    ),
)


class TextsForm(EditForm):
    """The texts of the call in one language."""

    def __init__(self, *args: Any, thing: Edition, language: str, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        for name, label, rows, longest, hint in TEXTS:
            is_name = name == "name" and language == thing.original_language
            self.fields[f"{name}_{language}"] = forms.CharField(
                label=label,
                help_text=hint,
                max_length=longest,
                required=is_name,
                widget=large(rows) if rows else forms.TextInput(),
            )

    def has_now(self, name: str) -> Any:
        """A text that nobody wrote is empty."""
        return super().has_now(name) or ""


class SettingsForm(EditModelForm):
    """Theme, languages, places, teams, who arranges it, whom people ask."""

    class Meta:
        model = Edition
        fields = [
            "theme", "language", "original_language", "hosts", "contact_email", "appeal_email", "places_min",
            "places_max", "team_min", "team_max", "reviewers_min", "needs_discussion", "needs_pilot",
            "needs_commitment", "hides_applicants",
        ]  # fmt: skip
        help_texts = {
            "original_language": _("The language in which the call is written first; the others are translations."),
            "hosts": _("Organisations, for example: the competence centre and the regional council."),
            "appeal_email": _("Stands in the mail about the choice."),
            "needs_discussion": _("An application goes no further than the interest without a discussion."),
            "hides_applicants": _("Where organisations are interviewed, reviewers know them anyway."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "theme", ProgrammeTheme.choices)
        offer(self, "language", Language.choices)
        offer(self, "original_language", Language.choices)


class NewEditionForm(EditForm):
    """Make an edition from a programme on record."""

    first_day = date_field(
        _("Kick-off near"),
        required=True,
        help_text=_("The whole calendar moves by full weeks, so every date keeps its weekday."),
    )

    def clean_first_day(self) -> dt.date:
        """A day that isn't lost in time."""
        day: dt.date = self.cleaned_data["first_day"]
        if not 2015 <= day.year <= 2100:
            raise forms.ValidationError(_("Choose a year between 2015 and 2100."), code="year")
        return day


class PersonForm(EditForm):
    """Name somebody in an edition."""

    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=Person.objects.none(),
        empty_label=pgettext_lazy("person", "choose"),
        help_text=_("People with a role at the centre today."),
    )
    kind = forms.ChoiceField(label=_("Named as"), choices=EditionPersonKind.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people_to_name()


class EditionFilter(forms.Form):
    """Choices above the desk's list."""

    state = forms.ChoiceField(label=_("State"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "state", EditionState.choices, empty=pgettext_lazy("state", "all"))
        offer(self, "theme", ProgrammeTheme.choices, empty=pgettext_lazy("theme", "all"))


class CancelForm(forms.Form):
    """Why a programme is cancelled."""

    why = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=large(3),
        help_text=_("Everyone concerned reads it in the mail."),
    )
