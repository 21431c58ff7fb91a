"""What people write of actions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.units import KG_PER_TONNE
from keino.web.base.forms import DayInput
from keino.web.measurement.names import Choices, category_choices, category_name
from keino.web.plans.action_choices import ActionState, BudgetStep, ReviewKind
from keino.web.plans.services.action_reviews import ReviewValues
from keino.web.plans.services.actions import ActionValues, Move

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.plans.models import Action

MONEY: dict[str, Any] = {"max_digits": 14, "decimal_places": 2, "required": False, "localize": True}
NUMBER: dict[str, Any] = {"max_digits": 16, "decimal_places": 4, "required": False, "localize": True}
LAST_YEAR = 2100
#: Columns that the form takes as they are; the others it makes from its own fields.
PLAIN = (
    "title", "deadline", "description", "budget_step", "budget_year", "investment_eur", "running_eur_per_year",
    "decision", "decided_on", "has_no_budget_effect", "indicator", "indicator_unit", "indicator_baseline",
    "indicator_target", "indicator_latest", "indicator_latest_on", "evidence", "evidence_link",
)  # fmt: skip


def _decimal() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **more)


class ActionForm(forms.Form):
    """Everything of an action but its state."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, localize=False)
    title = forms.CharField(
        label=_("What is done"), max_length=200, help_text=_("For example “Electric vans for home care”.")
    )
    description = forms.CharField(
        label=_("More about it"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    owner = forms.ChoiceField(
        label=_("Owner"), required=False, help_text=_("Gets the reminders. One person, even where many take part.")
    )
    deadline = _day(_("Deadline"))
    category = forms.ChoiceField(label=_("Category"), required=False)
    measure_code = forms.ChoiceField(
        label=_("Measure"), required=False, help_text=_("If it carries out a measure of the measures bank.")
    )
    reduction_t = forms.DecimalField(
        label=_("Expected reduction, t CO₂e a year"), **NUMBER, min_value=0, widget=_decimal()
    )
    has_no_budget_effect = forms.BooleanField(
        label=_("It has no budget effect"),
        required=False,
        help_text=_("Tick it if no money is needed. Otherwise fill in what you know; an empty amount says nothing."),
    )
    budget_year = forms.IntegerField(
        label=_("Budget year"),
        min_value=2015,
        max_value=LAST_YEAR,
        required=False,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
    )
    budget_step = forms.ChoiceField(
        label=_("Step of the budget"),
        required=False,
        choices=[("", _("none")), *BudgetStep.choices],
        help_text=_("Where the money is asked for, or its use looked at."),
    )
    investment_eur = forms.DecimalField(label=_("Investment, €"), min_value=0, widget=_decimal(), **MONEY)
    running_eur_per_year = forms.DecimalField(
        label=_("Running cost, € a year"), help_text=_("Below zero if it saves."), widget=_decimal(), **MONEY
    )
    decision = forms.CharField(
        label=_("Budget decision"),
        max_length=200,
        required=False,
        help_text=_("As in the minutes, for example “Council, § 87”."),
    )
    decided_on = _day(_("Decided on"), required=False)
    indicator = forms.CharField(
        label=_("Indicator"), max_length=200, required=False, help_text=_("What tells that it works.")
    )
    indicator_unit = forms.CharField(label=_("Unit of the indicator"), max_length=60, required=False)
    indicator_baseline = forms.DecimalField(label=_("Baseline"), widget=_decimal(), **NUMBER)
    indicator_target = forms.DecimalField(label=pgettext_lazy("indicator", "Target"), widget=_decimal(), **NUMBER)
    indicator_latest = forms.DecimalField(label=_("Latest value"), widget=_decimal(), **NUMBER)
    indicator_latest_on = _day(_("Measured on"), required=False)
    evidence = forms.CharField(
        label=_("What shows that it is done"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence_link = forms.URLField(
        label=_("Link to it"), max_length=500, required=False, assume_scheme="https",
        widget=forms.URLInput(attrs={"inputmode": "url"}),
    )  # fmt: skip

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        owners: Sequence[Person],
        measures: Choices,
        action: Action | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial if action is None else _initial(action))
        self._people = {str(person.public_id): person for person in owners}
        if action is not None:
            self.fields["why"] = forms.CharField(
                label=_("Why the deadline or target changes"),
                max_length=500,
                required=False,
                help_text=_("Needed only if one of them changes. The yearly improvement report lists it."),
            )
            if action.owner is not None:  # stays, even where the role has ended
                self._people.setdefault(str(action.owner.public_id), action.owner)
        _choose_from(self, "owner", [("", _("nobody yet")), *((key, str(each)) for key, each in self._people.items())])
        _choose_from(self, "category", [("", _("none")), *category_choices()], action.category_code if action else "")
        _choose_from(self, "measure_code", [("", _("none")), *measures], action.measure_code if action else "")

    def clean_deadline(self) -> dt.date:
        """A year that plans reach."""
        day: dt.date = self.cleaned_data["deadline"]
        if day.year > LAST_YEAR:
            raise forms.ValidationError(_("Choose a day before the year 2101."))
        return day

    def values(self) -> ActionValues:
        """What was written, as the service takes it."""
        given = self.cleaned_data
        tonnes = given["reduction_t"]
        return ActionValues(
            **{name: given[name] for name in PLAIN},
            owner=self._people.get(given["owner"]),
            category_code=given["category"],
            measure_code=given["measure_code"],
            reduction_kgco2e=None if tonnes is None else float(tonnes) * KG_PER_TONNE,
        )


def _choose_from(form: forms.Form, name: str, choices: list[Any], kept: str | None = "") -> None:
    """Give a field its choices, and the present value where this version of keino knows it no more."""
    known = {key for each in choices for key, _label in (each[1] if isinstance(each[1], list) else [each])}
    if kept and kept not in known:
        choices.append((kept, category_name(kept) if name == "category" else kept))
    form.fields[name].choices = choices  # type: ignore[attr-defined]


def _initial(action: Action) -> dict[str, Any]:
    kilograms = action.reduction_kgco2e
    return {name: getattr(action, name) for name in PLAIN} | {
        "version": action.version,
        "owner": str(action.owner.public_id) if action.owner else "",
        "category": action.category_code,
        "measure_code": action.measure_code,
        "reduction_t": None if kilograms is None else round(kilograms / KG_PER_TONNE, 4),
    }


class MoveForm(forms.Form):
    """Where an action goes, with what must be said of it."""

    to = forms.ChoiceField(choices=ActionState.choices, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, localize=False)
    on = _day(_("On which day"), required=False)
    why = forms.CharField(label=_("Why"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    evidence = ActionForm.base_fields["evidence"]
    evidence_link = ActionForm.base_fields["evidence_link"]

    def ask_only_for(self, *names: str) -> None:
        """Leave away the fields that this move doesn't need."""
        for name in ("on", "why", "evidence", "evidence_link"):
            if name not in names:
                del self.fields[name]

    def move(self) -> Move:
        """What was written, as the service takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return Move(**given)


class ReviewForm(forms.Form):
    """A review of an action or of the whole plan."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Which review"), choices=ReviewKind.choices, widget=forms.RadioSelect)
    held_on = _day(_("Held on"))
    seen = forms.CharField(label=_("What was seen"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    lessons = forms.CharField(
        label=_("Lessons"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you would do otherwise next time. The yearly improvement report lists it."),
    )

    def values(self) -> ReviewValues:
        """What was written, as the service takes it."""
        return ReviewValues(**{name: self.cleaned_data[name] for name in ("kind", "held_on", "seen", "lessons")})


class ActionFilter(forms.Form):
    """What a list of actions shows."""

    words = forms.CharField(
        label=_("Words"), max_length=100, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), ("open", pgettext_lazy("actions", "open")), *ActionState.choices],
    )
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    step = forms.ChoiceField(
        label=_("Step of the budget"), required=False, choices=[("", _("all")), *BudgetStep.choices]
    )
    only = forms.ChoiceField(
        label=_("Only"),
        required=False,
        choices=[("", _("all")), ("overdue", _("overdue")), ("undecided", _("without a budget decision"))],
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, owners: Sequence[Person]) -> None:
        super().__init__(data)
        people = [(str(person.public_id), str(person)) for person in owners]
        _choose_from(self, "owner", [("", _("all")), ("none", _("nobody")), *people])
        _choose_from(self, "category", [("", _("all")), *category_choices()])

    def wishes(self) -> dict[str, Any]:
        """What was chosen; what can't be understood counts as not chosen."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}


_DAY = re.compile(r"\s*(?P<day>[0-9]{1,2})\.\s*(?P<month>[0-9]{1,2})\.?\s*")


class YearDayField(forms.CharField):
    """A day of every year, as ``31.5.``; (month, day) comes out."""

    def clean(self, value: Any) -> tuple[int, int]:
        """Read it."""
        found = _DAY.fullmatch(str(super().clean(value)))
        if found is None:
            raise forms.ValidationError(_("Write day and month as 31.5."))
        return int(found["month"]), int(found["day"])


class BudgetDaysForm(forms.Form):
    """On which day each step of the budget is reached. The fields are called after the steps."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, days: Mapping[str, tuple[int, int, int]]) -> None:
        super().__init__(data)
        words = {-1: _("In the year before the budget year."), 0: _("In the budget year."), 1: _("In the year after.")}
        for step in BudgetStep:
            after, month, day = days[step]
            self.fields[step.value] = YearDayField(
                label=step.label.capitalize(), max_length=10, initial=f"{day}.{month}.", help_text=words[after]
            )


class MonthForm(forms.Form):
    """Which month the calendar shows."""

    month = forms.RegexField(r"\A(20[0-9]{2})-(0[1-9]|1[0-2])\Z", required=False)

    def first_day(self) -> dt.date:
        """The first day of the month that was asked for, else of the present one."""
        asked = self.cleaned_data.get("month") if self.is_valid() else ""
        if asked:
            return dt.date(int(asked[:4]), int(asked[5:]), 1)
        return timezone.localdate().replace(day=1)
