"""What people write about a procurement: records, the award decision, the evaluation, criteria, risks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.base.templatetags.keino import day
from keino.web.measurement.names import category_choices
from keino.web.organisations.forms.edited import EditForm, EditModelForm
from keino.web.organisations.forms.fields import date_field
from keino.web.organisations.models import Organisation
from keino.web.procurements.choices import CriterionKind, CriterionLevel, RecordKind, RiskSource, SelectionBasis
from keino.web.procurements.forms.fields import large, money_field, offer, owner_field
from keino.web.procurements.models import AssessedEffect, ChosenCriterion, Procurement, Risk
from keino.web.procurements.queries.assessments import indicators_of
from keino.web.procurements.services.records import Award, Learnt, Written

#: What belongs into each record, for the page on which it is written.
HINTS = {
    RecordKind.NEED_STATEMENT: _("Is there a need? Could it be met without buying? Which goal of ours does it serve?"),
    RecordKind.PROCUREMENT_PLAN: _("Goals, effects, budget, the category plan, risks: what was decided about them?"),
    RecordKind.DIALOGUE_REPORT: _("Whom we asked, what we learned, which criteria the market can meet."),
    RecordKind.AWARD_DECISION: _("The reasons of the decision, as the tenderers got them."),
    RecordKind.CONTRACT_LOG: _("How the contract period went: start, meetings, changes, sanctions."),
    RecordKind.EVALUATION: _("What was reached of the goals, what it changed, and for whom."),
}


class RecordForm(EditForm):
    """A dated record of a phase, or why the phase was skipped."""

    text = forms.CharField(label=_("What was found or agreed"), max_length=20_000, widget=large(8))
    reference = forms.CharField(
        label=_("Case number or file"),
        max_length=200,
        required=False,
        help_text=_("Where the original is in your own records."),
    )
    link = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")
    is_skip = forms.BooleanField(label=_("This phase was skipped"), help_text=_("Then say above why."), required=False)

    def __init__(self, *args: Any, kind: RecordKind, may_skip: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = date_field(_("Date"), required=True)
        day.initial = timezone.localdate
        self.fields = {"dated_on": day, **self.fields}
        self.fields["text"].help_text = HINTS[kind]
        if not may_skip:
            del self.fields["is_skip"]

    def written(self) -> Written:
        """What the service keeps."""
        given = self.cleaned_data
        return Written(given["dated_on"], given["text"], given["reference"], given["link"])


class DecisionForm(RecordForm):
    """The award decision: who, for how much, among how many, on what basis, why."""

    supplier = forms.CharField(label=_("Chosen supplier"), max_length=200)
    business_id = forms.CharField(
        label=_("Business ID"),
        max_length=20,
        required=False,
        help_text=_("Looks like 1234567-1; the last digit is checked. Empty for a foreign supplier."),
    )
    tenders_received = forms.IntegerField(
        label=_("Tenders received"),
        min_value=1,
        max_value=10_000,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
    )
    basis = forms.ChoiceField(label=_("Chosen by"), choices=SelectionBasis.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, kind=RecordKind.AWARD_DECISION, may_skip=False, **kwargs)
        self.fields["value_eur"] = money_field(_("Value of the chosen tender (€ without VAT)"), required=True)
        self.fields["text"].label = _("Reasons")
        self.order_fields(
            [
                "supplier",
                "business_id",
                "value_eur",
                "tenders_received",
                "basis",
                "dated_on",
                "text",
                "reference",
                "link",
            ]
        )

    def award(self) -> Award:
        """What the service keeps of the chosen tender."""
        given = self.cleaned_data
        return Award(
            given["supplier"], given["value_eur"], given["tenders_received"], given["basis"], given["business_id"]
        )


class EvaluationForm(RecordForm):
    """How it turned out, and the lesson for the category's plan."""

    category = forms.ChoiceField(label=_("Category whose plan learns from it"))
    lesson = forms.CharField(
        label=_("What should the next one do alike, and what otherwise?"), max_length=5_000, widget=large(5)
    )
    indicator = forms.CharField(
        label=_("Indicator"),
        max_length=200,
        required=False,
        help_text=_("For example: share of zero-emission kilometres."),
    )
    result = forms.CharField(
        label=_("Result of the indicator, with its unit"),
        max_length=200,
        required=False,
        help_text=_("For example: 62 %."),
    )

    def __init__(self, *args: Any, procurement: Procurement, **kwargs: Any) -> None:
        super().__init__(*args, kind=RecordKind.EVALUATION, may_skip=False, **kwargs)
        offer(self, "category", category_choices(), empty=_("Choose…"))
        self.fields["category"].initial = procurement.category
        #: What was promised before the tender, by the field in which its result is asked.
        self.promised = {f"effect_{effect.pk}": effect for effect in indicators_of(procurement)}
        self.fields |= {name: _result_field(effect) for name, effect in self.promised.items()}
        own = ["category", "lesson", "indicator", "result", "reference", "link"]
        self.order_fields(["dated_on", "text", *self.promised, *own])

    def results(self) -> dict[AssessedEffect, str]:
        """What the indicators showed that were promised before the tender, where something was written."""
        given = self.cleaned_data
        return {effect: given[name] for name, effect in self.promised.items() if given[name]}

    def learnt(self) -> Learnt:
        """What the service keeps for the category's plan."""
        given = self.cleaned_data
        return Learnt(given["category"], given["lesson"], given["indicator"], given["result"])


def _result_field(effect: AssessedEffect) -> forms.CharField:
    """Asks what became of an effect, and says what was promised and what was seen last."""
    told = [_("Promised before the tender: {goal}.").format(goal=effect.goal.rstrip("."))]
    if effect.target:
        target = f"{effect.target} {effect.unit}".strip()
        told.append(_("From {baseline} to {target}.").format(baseline=effect.baseline or "–", target=target))
    if measured := max(effect.results.all(), key=lambda each: each.measured_on, default=None):
        told.append(_("Last result, {day}: {value}.").format(day=day(measured.measured_on), value=measured.value))
    label = _("Result of “{indicator}”, with its unit").format(indicator=effect.indicator)
    # forms show the words below a field as they are: what people wrote must be escaped here
    return forms.CharField(label=label, help_text=escape(" ".join(map(str, told))), max_length=100, required=False)


class CriterionForm(EditModelForm):
    """One criterion with how it is verified."""

    link = forms.URLField(label=_("Link to the source"), max_length=500, required=False, assume_scheme="https")

    class Meta:
        model = ChosenCriterion
        fields = ["kind", "level", "text", "verification", "weight_percent", "source", "link"]
        widgets = {"kind": forms.RadioSelect, "level": forms.RadioSelect, "text": large(4), "verification": large(3)}
        help_texts = {
            "verification": _(
                "What the tenderer shows, and who looks at it when. A criterion nobody checks is a wish."
            ),
            "source": _("For example: Criteria Bank, EU GPP, our tender of 2023."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", CriterionKind.choices)
        offer(self, "level", CriterionLevel.choices)
        self.fields["weight_percent"] = forms.DecimalField(
            label=self.fields["weight_percent"].label,
            help_text=_("Only for award criteria; all of them together at most 100 %."),
            required=False,
            min_value=0,
            max_value=100,
            max_digits=5,
            decimal_places=2,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6}),
        )


class RiskForm(EditModelForm):
    """One risk: source, likelihood, effect, what is done about it and by whom."""

    class Meta:
        model = Risk
        fields = ["source", "text", "likelihood", "effect", "measure", "owner", "state"]
        widgets = {"source": forms.RadioSelect, "text": large(3), "measure": large(3)}

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = owner_field(self.fields["owner"].label, organisation, self.instance.owner)
        scales = {
            "likelihood": (_("1 – very unlikely"), "2", "3", "4", _("5 – almost certain")),
            "effect": (_("1 – hardly noticed"), "2", "3", "4", _("5 – the aim is lost")),
        }
        for name, words in scales.items():
            self.fields[name] = forms.TypedChoiceField(
                label=self.fields[name].label,
                choices=[("", pgettext_lazy("number", "Choose…")), *enumerate(words, start=1)],
                coerce=int,
            )
        offer(self, "source", RiskSource.choices)
