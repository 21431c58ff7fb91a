"""Input about plans to the target: a new one, its measures, its limits, what-if, plans to compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keino.web.plans.forms.number_fields import PercentField, PercentSliderField, WrittenNumberField

if TYPE_CHECKING:
    from keino.web.plans.models import ReductionPlan
    from keino.web.plans.queries.offers import Offer

#: Seconds of each search. A plan with budgets takes three, one whose target is out of reach up to four.
TIME_LIMITS = (10, 30, 60, 180, 600)
#: Rows of targets in the form beyond those that a plan has.
MORE_TARGETS = 1
LIMITS = ("investment_eur", "running_eur", "staff_days")


class NewPlanForm(forms.Form):
    """A plan's name."""

    title = forms.CharField(
        label=_("Name of the plan"), help_text=_("Such as: Cheapest way to the target."), max_length=200
    )


class MeasuresForm(forms.Form):
    """Which measures a plan may choose, and what the organisation knows of them.

    Fields are named ``<what>:<code>``; offers bring them in the order of the page.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, offers: Sequence[Offer], version: int, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"seen": version}
        for offer in offers:
            initial[f"use:{offer.code}"] = offer.is_wanted
            initial |= {f"{name}:{offer.code}": value for name, value in offer.said.items()}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.offers = offers
        for offer in offers:
            self._add(offer)

    def _add(self, offer: Offer) -> None:
        fields: dict[str, forms.Field] = {
            "use": forms.BooleanField(label=gettext("May be chosen: {name}").format(name=offer.name), required=False),
            "investment_eur": WrittenNumberField(label=_("Investment, €")),
            "running_eur_per_year": WrittenNumberField(label=_("Running cost, € a year (below zero saves)")),
            "lifetime_years": forms.IntegerField(
                label=_("Lifetime, years"), required=False, min_value=1, max_value=100
            ),
            "staff_days_start": WrittenNumberField(label=_("Working days in the first year")),
            "staff_days_per_year": WrittenNumberField(label=_("Working days in each later year")),
        }
        if offer.needs_part:
            fields["part"] = PercentField(
                label=_("Share of the category that it works on, %"), help_text=offer.baseline or None
            )
        for name, field in fields.items():
            self.fields[f"{name}:{offer.code}"] = field

    def rows(self) -> list[dict[str, Any]]:
        """Each offer with its fields, for the page."""
        return [
            {
                "offer": offer,
                "use": self[f"use:{offer.code}"],
                "fields": [self[name] for name in self._names(offer) if not name.startswith("use:")],
                "has_errors": any(name in self.errors for name in self._names(offer)),
            }
            for offer in self.offers
        ]

    def _names(self, offer: Offer) -> list[str]:
        return [name for name in self.fields if name.partition(":")[2] == offer.code]

    def said(self) -> tuple[list[str], dict[str, dict[str, Any]]]:
        """Codes that are left out, and what was written of each measure."""
        left_out, measures = [], {}
        for offer in self.offers:
            given = {name.partition(":")[0]: self.cleaned_data[name] for name in self._names(offer)}
            if not given.pop("use"):
                left_out.append(offer.code)
            written = {name: value for name, value in given.items() if value is not None}
            if written:
                measures[offer.code] = written
        return left_out, measures


class LimitsForm(forms.Form):
    """What a plan must reach, within which limits, and how surely."""

    title = forms.CharField(label=_("Name of the plan"), max_length=200)
    objective = forms.ChoiceField(
        label=_("What to look for"),
        choices=[
            ("least_cost", _("the cheapest way to the targets")),
            ("most_reduction", _("the largest reduction within the limits")),
        ],
        widget=forms.RadioSelect,
    )
    baseline_year = forms.IntegerField(label=_("Baseline year"), min_value=1990, max_value=2150)
    first_year = forms.IntegerField(label=_("First year of the plan"), min_value=1990, max_value=2150)
    last_year = forms.IntegerField(label=_("Last year of the plan"), min_value=1990, max_value=2150)
    investment_eur = WrittenNumberField(label=_("Investments, € a year"), help_text=_("Empty means no limit."))
    running_eur = WrittenNumberField(
        label=_("Running costs, € a year"), help_text=_("Savings are taken off. Empty means no limit.")
    )
    staff_days = WrittenNumberField(label=_("Working days a year"), help_text=_("Empty means no limit."))
    total_eur = WrittenNumberField(
        label=_("Whole plan, €"), help_text=_("All its costs, discounted to the first year. Empty means no limit.")
    )
    probability = PercentField(
        label=_("Meet the targets with a probability of at least, %"),
        help_text=_("From 50 to 99,9, as effects vary over their ranges. Empty: by the most likely effects."),
    )
    discount_rate = PercentField(label=_("Discount rate, % a year"))
    time_limit_s = forms.TypedChoiceField(
        label=_("How long to search"),
        coerce=int,
        choices=[(seconds, seconds) for seconds in TIME_LIMITS],
        help_text=_("Of each search; there are one to four. The longer it may take, the surer that no plan is better."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, plan: ReductionPlan, **kwargs: Any) -> None:
        self.years = _years(plan.wishes)
        kwargs.setdefault("initial", _initial(plan, self.years))
        super().__init__(*args, **kwargs)
        self.fields["time_limit_s"].choices = [  # type: ignore[attr-defined]
            (seconds, gettext("{seconds} seconds").format(seconds=seconds)) for seconds in TIME_LIMITS
        ]
        self.target_rows = len(plan.wishes.get("targets", ())) + MORE_TARGETS
        for number in range(1, self.target_rows + 1):
            self.fields[f"target_year:{number}"] = forms.IntegerField(
                label=gettext("Target {number}: year").format(number=number), required=False, min_value=1990,
                max_value=2150,
            )  # fmt: skip
            self.fields[f"target_share:{number}"] = PercentField(
                label=gettext("Target {number}: reduction from the baseline, %").format(number=number)
            )
        words = {
            "investment_eur": _("Investments of {year}, €"),
            "running_eur": _("Running costs of {year}, €"),
            "staff_days": _("Working days of {year}"),
        }
        for year in self.years:
            for name in LIMITS:
                self.fields[f"{name}:{year}"] = WrittenNumberField(label=str(words[name]).format(year=year))

    def general_fields(self) -> list[Any]:
        """Fields of the plan as a whole."""
        return [self[name] for name in ("title", "objective", "baseline_year", "first_year", "last_year")]

    def target_fields(self) -> list[Any]:
        """Fields of the targets, one row each."""
        numbers = range(1, self.target_rows + 1)
        return [self[f"{name}:{number}"] for number in numbers for name in ("target_year", "target_share")]

    def limit_fields(self) -> list[Any]:
        """Fields of limits that hold in every year, and of the whole plan."""
        return [self[name] for name in (*LIMITS, "total_eur")]

    def year_fields(self) -> list[tuple[int, list[Any]]]:
        """Fields of single years."""
        return [(year, [self[f"{name}:{year}"] for name in LIMITS]) for year in self.years]

    def has_year_values(self) -> bool:
        """Whether a single year has a limit of its own, or something wrong."""
        names = [f"{name}:{year}" for year in self.years for name in LIMITS]
        return any(self[name].value() not in (None, "") or name in self.errors for name in names)

    def other_fields(self) -> list[Any]:
        """Fields that most plans leave as they are."""
        return [self[name] for name in ("probability", "discount_rate", "time_limit_s")]

    def clean(self) -> dict[str, Any]:
        """A target has a year and a reduction, or neither."""
        given = super().clean() or {}
        for number in range(1, self.target_rows + 1):
            year, share = given.get(f"target_year:{number}"), given.get(f"target_share:{number}")
            if (year is None) != (share is None) and not {f"target_year:{number}", f"target_share:{number}"} & set(
                self.errors
            ):
                self.add_error(f"target_year:{number}", _("A target needs both a year and a reduction."))
        return given

    def wishes(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """The plan's wishes with what this form says; its measures stay."""
        given = self.cleaned_data
        general = dict(before.get("plan", {})) | {
            "objective": given["objective"],
            "baseline_year": given["baseline_year"],
            "first_year": given["first_year"],
            "last_year": given["last_year"],
        }
        for name in ("probability", "discount_rate"):
            general.pop(name, None)
            if given[name] is not None:
                general[name] = given[name]
        numbers = range(1, self.target_rows + 1)
        targets = [(given[f"target_year:{number}"], given[f"target_share:{number}"]) for number in numbers]
        budgets: dict[str, Any] = {}
        for name in LIMITS:
            single = {str(year): value for year in self.years if (value := given[f"{name}:{year}"]) is not None}
            every = {} if given[name] is None else {"every_year": given[name]}
            if every or single:
                budgets[name] = every | single
        if given["total_eur"] is not None:
            budgets["total_eur"] = given["total_eur"]
        return dict(before) | {
            "plan": general,
            "targets": [{"year": year, "reduction_share": share} for year, share in targets if year is not None],
            "budgets": budgets,
        }


def _years(wishes: Mapping[str, Any]) -> tuple[int, ...]:
    general = wishes.get("plan", {})
    first, last = general.get("first_year"), general.get("last_year")
    return tuple(range(first, min(last, first + 59) + 1)) if first and last and first <= last else ()


def _initial(plan: ReductionPlan, years: Sequence[int]) -> dict[str, Any]:
    wishes = plan.wishes
    general, budgets = wishes.get("plan", {}), wishes.get("budgets", {})
    initial: dict[str, Any] = {
        "title": plan.title,
        "seen": plan.version,
        "time_limit_s": plan.time_limit_s,
        "total_eur": _float(budgets.get("total_eur")),
        **{name: general.get(name) for name in ("objective", "baseline_year", "first_year", "last_year")},
        **{name: _float(general.get(name)) for name in ("probability", "discount_rate")},
    }
    for name in LIMITS:
        given = budgets.get(name)
        table = given if isinstance(given, Mapping) else {"every_year": given}
        initial[name] = _float(table.get("every_year"))
        initial |= {f"{name}:{year}": _float(table.get(str(year))) for year in years}
    for number, target in enumerate(wishes.get("targets", ()), start=1):
        initial |= {
            f"target_year:{number}": target["year"],
            f"target_share:{number}": _float(target.get("reduction_share")),
        }
    return initial


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


class WhatIfForm(forms.Form):
    """Other numbers for a computed plan, within what can be reckoned with: nothing is saved by looking."""

    effect = PercentSliderField(
        label=_("Effects, % of what the plan counts with"),
        help_text=_("80 means that every measure removes a fifth less than expected."),
        low=0, high=2, step=5,
    )  # fmt: skip
    cost = PercentSliderField(
        label=_("Costs, % of what the plan counts with"),
        help_text=_("120 means that all costs are a fifth higher."),
        low=0, high=5, step=5,
    )  # fmt: skip
    budget = PercentSliderField(label=_("Budgets, % of those of the plan"), low=0, high=10, step=10)
    target = PercentSliderField(label=_("Reduction in the last target year, %"), low=0, high=1)
    probability = PercentSliderField(
        label=_("Wanted probability of meeting the targets, %"), help_text=_("From 50 to 99,9; empty: none."),
        low=0.5, high=0.999,
    )  # fmt: skip
