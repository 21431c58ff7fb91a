"""Forms of closing an edition, of what follows it, and of the directory of alumni."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.base.models import Person
from keino.web.cohorts.queries.alumni import centre_people
from keino.web.cohorts.services.closing import ClosingWords
from keino.web.organisations.forms.edited import EditForm
from keino.web.organisations.forms.fields import date_field
from keino.web.procurements.forms.fields import large
from keino.web.programmes.choices import ProgrammeTheme

if TYPE_CHECKING:
    from keino.web.cohorts.models import Deliverable

_WHY = "why-"


class CloseForm(forms.Form):
    """The year of the follow-up, and of each unfinished deliverable why it stays so. Its fields are named by them."""

    year = forms.TypedChoiceField(label=_("Year of the follow-up"), coerce=int)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, year: int, unfinished: Sequence[Deliverable] = ()
    ) -> None:
        super().__init__(data, initial={"year": year})
        self.fields["year"].choices = [(each, str(each)) for each in (year, year + 1)]  # type: ignore[attr-defined]
        self.unfinished = list(unfinished)
        for each in self.unfinished:
            label = _("%(organisation)s, %(what)s (%(state)s): why it stays unfinished") % {
                "organisation": each.participation.organisation.shown_name,
                "what": each.get_kind_display(),
                "state": each.get_state_display(),
            }
            self.fields[f"{_WHY}{each.public_id}"] = forms.CharField(label=label, max_length=500, required=False)

    def closing_words(self) -> ClosingWords:
        """What was written, as the service takes it."""
        given = self.cleaned_data
        why = {UUID(name.removeprefix(_WHY)): text for name, text in given.items() if name.startswith(_WHY)}
        return ClosingWords(year=given["year"], why_unfinished=why)


class TaskForm(EditForm):
    """Day and owner of a task after an edition."""

    due_on = date_field(_("Due on"), required=True)
    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=pgettext_lazy("owner", "nobody yet"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        people = centre_people()
        if self.thing is not None and self.thing.owner_id is not None:
            people = (people | Person.objects.filter(pk=self.thing.owner_id)).distinct()
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]


class HeldForm(EditForm):
    """That a meeting was held, and what came out of it."""

    done_on = date_field(_("Held on"), required=True)
    outcome = forms.CharField(label=_("What came out of it"), max_length=4000, widget=large(5))


class LeaveOutForm(EditForm):
    """Why a meeting isn't held."""

    outcome = forms.CharField(label=_("Why it isn't held"), max_length=4000, widget=large(3))


class AlumniForm(EditForm):
    """Whether and how an organisation stands in the public directory."""

    is_public = forms.BooleanField(label=_("Show our organisation among the alumni"), required=False)
    text = forms.CharField(
        label=_("What we did in the programme"), max_length=1000, required=False, widget=large(4),
        help_text=_("Everyone reads it. One or two sentences are enough."),
    )  # fmt: skip


class AlumniFilter(forms.Form):
    """What the directory of alumni shows."""

    words = forms.CharField(
        label=_("Words"), max_length=100, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False, choices=[("", _("all")), *ProgrammeTheme.choices])

    def wishes(self) -> dict[str, str]:
        """What was chosen; what can't be understood counts as not chosen."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}
