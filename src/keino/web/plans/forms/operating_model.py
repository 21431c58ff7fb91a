"""Sections of the operating model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from keino.web.organisations.queries.people import people_of
from keino.web.plans.choices import OperatingRoleKind
from keino.web.plans.forms.rows import RowForm
from keino.web.plans.forms.sections import DocumentForm, Section, long_text
from keino.web.plans.models import OperatingModel
from keino.web.plans.row_columns import COLUMNS


class PurposeForm(DocumentForm):
    """Why, for whom, and which strategy it carries out."""

    class Meta:
        model = OperatingModel
        fields = ("purpose", "scope", "strategy_link")
        widgets = {"purpose": long_text(), "scope": long_text(), "strategy_link": long_text()}


class TargetForm(DocumentForm):
    """Which climate target it serves, and where the money stands."""

    class Meta:
        model = OperatingModel
        fields = ("climate_target", "budget_link")
        widgets = {"budget_link": long_text()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        targets = self.organisation.climate_targets.all()
        self.fields["climate_target"] = forms.ModelChoiceField(
            label=_("Climate target"),
            queryset=targets,
            required=False,
            help_text=_("Your own target. Its numbers are kept as they are on the day of approval."),
        )


class PoliciesForm(DocumentForm):
    """Policy lines, criteria, dialogue, owners of categories."""

    class Meta:
        model = OperatingModel
        fields = ("policies", "criteria_policy", "dialogue_policy", "category_owners")
        widgets = {name: long_text() for name in fields}


class MonitoringForm(DocumentForm):
    """How results are followed."""

    class Meta:
        model = OperatingModel
        fields = ("monitoring",)
        widgets = {"monitoring": long_text()}


class ClockForm(DocumentForm):
    """What is done in each month, and how the document itself is kept alive."""

    class Meta:
        model = OperatingModel
        fields = ("review_cycle", "improvement")
        widgets = {"review_cycle": long_text(), "improvement": long_text()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = {
            f"month_{number}": forms.CharField(
                label=str(name).capitalize(),
                required=False,
                max_length=500,
                initial=self.instance.annual_clock.get(str(number), ""),
            )
            for number, name in MONTHS.items()
        }
        self.fields = months | self.fields

    def clean(self) -> dict[str, Any]:
        """The months as one column."""
        data: dict[str, Any] = super().clean() or {}
        said = {str(number): data.pop(f"month_{number}", "") for number in MONTHS}
        return data | {"annual_clock": {number: text for number, text in said.items() if text}}


class GateRow(RowForm):
    """One decision point."""

    gate = forms.CharField(label=COLUMNS["decision_gates"]["gate"], max_length=300)
    decided_by = forms.CharField(label=COLUMNS["decision_gates"]["decided_by"], max_length=200, required=False)
    needs = forms.CharField(
        label=COLUMNS["decision_gates"]["needs"], max_length=1_000, required=False, widget=long_text(2)
    )


class ModelIndicatorRow(RowForm):
    """One indicator of the operating model."""

    indicator = forms.CharField(label=COLUMNS["model_indicators"]["indicator"], max_length=300)
    unit = forms.CharField(label=COLUMNS["model_indicators"]["unit"], max_length=60, required=False)
    target = forms.CharField(label=COLUMNS["model_indicators"]["target"], max_length=200, required=False)
    source = forms.CharField(label=COLUMNS["model_indicators"]["source"], max_length=300, required=False)


def role_row(model: OperatingModel) -> type[RowForm]:
    """The form of one role; its holder is somebody of the organisation."""

    class RoleRow(RowForm):
        always_chosen = frozenset({"kind"})

        kind = forms.ChoiceField(label=COLUMNS["roles"]["kind"], choices=OperatingRoleKind)
        post = forms.CharField(
            label=COLUMNS["roles"]["post"],
            max_length=200,
            required=False,
            help_text=_("The office, which stays when the person changes."),
        )
        holder = forms.ModelChoiceField(
            label=COLUMNS["roles"]["holder"],
            queryset=people_of(model.organisation, timezone.localdate()),
            required=False,
        )
        duties = forms.CharField(
            label=COLUMNS["roles"]["duties"], max_length=4_000, required=False, widget=long_text(4)
        )

        def as_row(self) -> dict[str, Any]:
            return dict(self.cleaned_data)

        @classmethod
        def from_row(cls, row: Mapping[str, Any]) -> dict[str, Any]:
            return dict(row)

    return RoleRow


def role_rows(model: OperatingModel) -> list[dict[str, Any]]:
    """The roles as rows of the form."""
    return [
        {"kind": role.kind, "post": role.post, "holder": role.holder_id, "duties": role.duties}
        for role in model.roles.all()
    ]


#: Sections in the order of the document; the keys stand in addresses.
SECTIONS: dict[str, Section] = {
    "purpose": Section(
        title=_("Purpose and scope"),
        lead=_("Why you have an operating model, and whom it concerns."),
        form=PurposeForm,
    ),
    "target": Section(
        title=_("Climate target and budget"),
        lead=_("What the procurement is to reach, and how it meets the budget."),
        form=TargetForm,
    ),
    "roles": Section(
        title=_("Roles"),
        lead=_("Who leads, who manages, who are the experts: their duties and, where you can, their names."),
        rows="roles",
        row_name=_("Role"),
        row_form=role_row,
        rows_of=role_rows,
    ),
    "policies": Section(
        title=_("Policies"),
        lead=_("What you always do: policy lines, criteria, dialogue with the market, owners of categories."),
        form=PoliciesForm,
    ),
    "gates": Section(
        title=_("Decision points"),
        lead=_("Where a procurement stops until somebody decides that it goes on."),
        rows="decision_gates",
        row_name=_("Decision point"),
        row_form=lambda _model: GateRow,
        rows_of=lambda model: model.decision_gates,
    ),
    "indicators": Section(
        title=_("Indicators and monitoring"),
        lead=_("By which numbers you see whether it works, and who looks at them when."),
        form=MonitoringForm,
        rows="indicators",
        row_name=_("Indicator"),
        row_form=lambda _model: ModelIndicatorRow,
        rows_of=lambda model: model.indicators,
    ),
    "clock": Section(
        title=_("Annual clock and review"),
        lead=_("What is done in which month. An empty month is left out."),
        form=ClockForm,
    ),
}
