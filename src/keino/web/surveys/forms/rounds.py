"""Open and change a round; choose what its results show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keino.web.base.forms import DayInput
from keino.web.base.templatetags.keino import day
from keino.web.surveys.choices import RoundKind
from keino.web.surveys.models import Round
from keino.web.surveys.queries.results import Results
from keino.web.surveys.services.rounds import MOST_GROUPS

LONGEST_NAME, LONGEST_GROUP = 100, 80


class RoundForm(forms.Form):
    """A new round."""

    name = forms.CharField(
        label=_("Name"), help_text=_("People see it in the mail, for example “Spring 2027”."), max_length=LONGEST_NAME
    )
    kind = forms.ChoiceField(
        label=_("Kind of round"),
        help_text=_("The first round is the baseline. Later ones are compared with it."),
        choices=RoundKind.choices,
        widget=forms.RadioSelect,
    )
    opens_on = forms.DateField(label=_("First day to answer"), widget=DayInput)
    closes_on = forms.DateField(
        label=_("Last day to answer"),
        help_text=_("The round closes by itself the day after. Two or three weeks are a good time."),
        widget=DayInput,
    )
    groups = forms.CharField(
        label=_("Groups to choose from"),
        help_text=_(
            "One on each line, for example units or roles. Each respondent is in one group. Make them large: groups "
            "with fewer than five answers are never shown. They can't be changed once the round is open."
        ),
        max_length=(LONGEST_GROUP + 2) * MOST_GROUPS,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def clean_groups(self) -> list[str]:
        """The lines, each of which is a group."""
        names = [" ".join(line.split()) for line in self.cleaned_data["groups"].splitlines()]
        if any(len(name) > LONGEST_GROUP for name in names):
            said = _("A group's name may have at most {most} characters.")
            raise forms.ValidationError(said.format(most=LONGEST_GROUP))
        return [name for name in names if name]


class RoundChangeForm(forms.Form):
    """What of an open round can still be changed."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    closes_on = forms.DateField(label=_("Last day to answer"), widget=DayInput)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ResultsForm(forms.Form):
    """Which group stands beside the whole, and which earlier round."""

    group = forms.ChoiceField(label=_("Group"), required=False)
    compare = forms.ChoiceField(label=_("Compare with"), required=False)

    def __init__(self, *args: Any, results: Results, others: Iterable[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(each.group.pk, str(each.group)) for each in results.groups if each.respondents]
        earlier = [(each.public_id, f"{each.name} ({day(each.closed_on)})") for each in others]
        self.fields["group"].choices = [("", _("everyone")), *shown]  # type: ignore[attr-defined]
        self.fields["compare"].choices = [("", _("the round before")), *earlier]  # type: ignore[attr-defined]
