"""Sections of a category plan, its beginning, its end, and a comment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.base.forms import DayInput
from keino.web.measurement.names import leaf_choices
from keino.web.organisations.queries.people import people_of
from keino.web.plans.forms.rows import RowForm
from keino.web.plans.forms.sections import DocumentForm, Section, long_text
from keino.web.plans.measure_names import measures_for
from keino.web.plans.models import CategoryPlan
from keino.web.plans.models.category_plan import LONGEST_COMMENT, LONGEST_TEXT
from keino.web.plans.row_columns import COLUMNS
from keino.web.procurements.models import Procurement

_DAYS = ["%Y-%m-%d", "%d.%m.%Y"]
FIRST_YEAR, LAST_YEAR = 2000, 2100


class BeginForm(forms.Form):
    """For which category a plan is begun."""

    category = forms.ChoiceField(label=_("Category"))

    def __init__(self, *args: Any, taken: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = [(main, [(code, name) for code, name in leaves if code not in taken]) for main, leaves in leaf_choices()]
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose…")),
            *((main, leaves) for main, leaves in free if leaves),
        ]


class ScopeForm(DocumentForm):
    """Who answers for it, what it covers, what the market is like."""

    class Meta:
        model = CategoryPlan
        fields = ("owner", "scope", "market_view")
        widgets = {"scope": long_text(), "market_view": long_text()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = forms.ModelChoiceField(
            label=_("Owner"),
            queryset=people_of(self.organisation, timezone.localdate()),
            required=False,
            help_text=_("The person who answers for the plan and its goals."),
        )


class BudgetForm(DocumentForm):
    """Where the money stands, or that there is no effect."""

    class Meta:
        model = CategoryPlan
        fields = ("budget_link", "no_budget_effect")
        widgets = {"budget_link": long_text(3)}
        help_texts = {
            "budget_link": _(
                "Which place in the budget or financial plan, and how much; for example “Budget 2027, p. 41”."
            )
        }

    def clean(self) -> dict[str, Any]:
        """One of the two, never both."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("budget_link") and data.get("no_budget_effect"):
            self.add_error(
                "no_budget_effect", _("You wrote where the money stands. Untick this, or clear the text above.")
            )
        return data


def _number(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=16,
        decimal_places=4,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


class GoalRow(RowForm):
    """One goal. A plan may be approved when one goal has all of these."""

    indicator = forms.CharField(label=COLUMNS["goals"]["indicator"], max_length=300)
    baseline = _number(COLUMNS["goals"]["baseline"])
    target = _number(COLUMNS["goals"]["target"])
    unit = forms.CharField(label=COLUMNS["goals"]["unit"], max_length=60, required=False)
    deadline = forms.DateField(
        label=COLUMNS["goals"]["deadline"], required=False, widget=DayInput(), input_formats=_DAYS
    )


def measure_row(plan: CategoryPlan) -> type[RowForm]:
    """The form of one measure: of the bank, or in one's own words."""
    bank = [("", _("own words")), *measures_for(plan.category)]
    known = {code for code, _name in bank}
    bank += [(row["code"], row["code"]) for row in plan.measures if row["code"] not in known]

    class MeasureRow(RowForm):
        code = forms.ChoiceField(label=_("Of the measures bank"), choices=bank, required=False)
        text = forms.CharField(label=_("In own words"), max_length=500, required=False)
        note = forms.CharField(label=COLUMNS["measures"]["note"], max_length=2_000, required=False, widget=long_text(2))

        def clean(self) -> dict[str, Any]:
            data: dict[str, Any] = super().clean() or {}
            if not data.get("code") and not data.get("text"):
                self.add_error("text", _("Choose a measure of the bank, or say in own words what is done."))
            elif data.get("code") and data.get("text"):
                self.add_error("text", _("You chose a measure of the bank. Clear one of the two."))
            return data

    return MeasureRow


class CriterionRow(RowForm):
    """One criterion with where it comes from."""

    text = forms.CharField(label=COLUMNS["criteria"]["text"], max_length=2_000, widget=long_text(2))
    link = forms.URLField(label=COLUMNS["criteria"]["link"], max_length=500, required=False, assume_scheme="https")
    source = forms.CharField(
        label=COLUMNS["criteria"]["source"],
        max_length=300,
        required=False,
        help_text=_("For example the national criteria bank, a neighbour’s tender, your own."),
    )


def tender_row(plan: CategoryPlan) -> type[RowForm]:
    """The form of one tendering in the calendar; it may be a procurement of the organisation."""

    class TenderRow(RowForm):
        title = forms.CharField(label=COLUMNS["tenders"]["title"], max_length=200)
        year = forms.IntegerField(
            label=_("Year"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, localize=False
        )
        quarter = forms.TypedChoiceField(
            label=_("Quarter"),
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", "–"), *((number, str(number)) for number in range(1, 5))],
        )
        day = forms.DateField(
            label=pgettext_lazy("of a tendering", "Day, if it is known"),
            required=False,
            widget=DayInput(),
            input_formats=_DAYS,
        )
        procurement = forms.ModelChoiceField(
            label=COLUMNS["tenders"]["procurement"],
            queryset=Procurement.objects.filter(organisation=plan.organisation_id).order_by("title", "pk"),
            required=False,
        )

        def clean(self) -> dict[str, Any]:
            data: dict[str, Any] = super().clean() or {}
            day = data.get("day")
            if day is not None:
                data["year"], data["quarter"] = day.year, (day.month + 2) // 3
            elif not self.errors and (data.get("year") is None or data.get("quarter") is None):
                self.add_error("quarter", _("Say in which year and quarter, or on which day."))
            return data

        def as_row(self) -> dict[str, Any]:
            return dict(self.cleaned_data)

        @classmethod
        def from_row(cls, row: Mapping[str, Any]) -> dict[str, Any]:
            return dict(row)

    return TenderRow


def tender_rows(plan: CategoryPlan) -> list[dict[str, Any]]:
    """The calendar as rows of the form."""
    return [
        {
            "title": tender.title,
            "year": tender.year,
            "quarter": tender.quarter,
            "day": tender.day,
            "procurement": tender.procurement_id,
        }
        for tender in plan.tenders.all()
    ]


class RiskRow(RowForm):
    """One risk."""

    risk = forms.CharField(label=COLUMNS["risks"]["risk"], max_length=500, widget=long_text(2))
    response = forms.CharField(
        label=COLUMNS["risks"]["response"], max_length=1_000, required=False, widget=long_text(2)
    )


class IndicatorRow(RowForm):
    """One indicator that is followed without a goal of its own."""

    indicator = forms.CharField(label=COLUMNS["indicators"]["indicator"], max_length=300)
    unit = forms.CharField(label=COLUMNS["indicators"]["unit"], max_length=60, required=False)
    source = forms.CharField(label=COLUMNS["indicators"]["source"], max_length=300, required=False)


class CloseForm(forms.Form):
    """What came of a plan that ends."""

    closing_note = forms.CharField(
        label=_("What came of it"),
        help_text=_("Which goals were reached, and what the next plan should know."),
        max_length=LONGEST_TEXT,
        widget=long_text(),
    )


class CommentForm(forms.Form):
    """What somebody says of a plan."""

    text = forms.CharField(label=_("Your comment"), max_length=LONGEST_COMMENT, widget=long_text(4))
    key = forms.UUIDField(widget=forms.HiddenInput)


#: Sections in the order of the document; the keys stand in addresses.
SECTIONS: dict[str, Section] = {
    "scope": Section(
        title=_("Owner, scope and market"),
        lead=_("Who answers for the plan, what is bought in it, and what the market is like."),
        form=ScopeForm,
    ),
    "goals": Section(
        title=_("Goals"),
        lead=_(
            "A goal can be measured when it has an indicator, the value today, the value aimed at, a unit and a day."
        ),
        rows="goals",
        row_name=pgettext_lazy("of a plan", "Goal"),
        row_form=lambda _plan: GoalRow,
        rows_of=lambda plan: plan.goals,
    ),
    "measures": Section(
        title=_("Measures"),
        lead=_("What you do to reach the goals. The bank has what is known to work in this category."),
        rows="measures",
        row_name=_("Measure"),
        row_form=measure_row,
        rows_of=lambda plan: plan.measures,
    ),
    "criteria": Section(
        title=_("Criteria"),
        lead=_("What you ask for in tenderings, with where it comes from."),
        rows="criteria",
        row_name=_("Criterion"),
        row_form=lambda _plan: CriterionRow,
        rows_of=lambda plan: plan.criteria,
    ),
    "tenders": Section(
        title=_("Calendar of tenderings"),
        lead=_("What will be tendered, and when. It may point to a procurement that you have entered."),
        rows="tenders",
        row_name=_("Tendering"),
        row_form=tender_row,
        rows_of=tender_rows,
    ),
    "risks": Section(
        title=_("Risks"),
        lead=_("What may go wrong, and what you do about it."),
        rows="risks",
        row_name=_("Risk"),
        row_form=lambda _plan: RiskRow,
        rows_of=lambda plan: plan.risks,
    ),
    "indicators": Section(
        title=_("Indicators"),
        lead=_("What you follow besides the goals."),
        rows="indicators",
        row_name=_("Indicator"),
        row_form=lambda _plan: IndicatorRow,
        rows_of=lambda plan: plan.indicators,
    ),
    "budget": Section(
        title=_("Budget"),
        lead=_("Where the plan stands in the budget, or that it has no effect on it."),
        form=BudgetForm,
    ),
}
