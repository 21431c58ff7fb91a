"""Forms of presenting to the management group."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.cohorts.choices.deliverables import ManagementDecision
from keino.web.cohorts.forms.fields import large, person_field
from keino.web.cohorts.models import Participation, Submission
from keino.web.cohorts.models.presentation import LONGEST_TEXT
from keino.web.cohorts.queries.documents import name_of, reference_words
from keino.web.cohorts.services.presentations import GroupDecision, PresentationValues
from keino.web.organisations.forms.edited import EditForm
from keino.web.organisations.forms.fields import date_field


class ShownField(forms.ModelMultipleChoiceField):
    """Submissions to choose from, each called by its document and day."""

    def label_from_instance(self, obj: Submission) -> str:
        """What one is called."""
        words = reference_words(obj)
        name = name_of(obj.deliverable)
        when = _("handed in {number}").format(number=f"{obj.number}.")
        return f"{name} – {', '.join(filter(None, (words, when)))}"


class PresentationForm(EditForm):
    """When the group meets, what it is shown and asked."""

    group = forms.CharField(label=_("Management group"), max_length=200)
    message = forms.CharField(label=_("What we ask the group to decide"), max_length=LONGEST_TEXT, widget=large(5))

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Submission.objects.filter(deliverable__participation=participation).select_related(
            "deliverable__category_plan", "deliverable__procurement"
        )
        self.fields["held_on"] = date_field(_("Date of the meeting"), required=True)
        self.fields["shown"] = ShownField(
            label=_("What is shown"),
            queryset=found.order_by("deliverable_id", "-number"),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text=_("Versions as they were handed to the mentor: the plan and the pilot."),
        )
        if self.thing is not None:
            self.initial["shown"] = list(self.thing.shown.values_list("pk", flat=True))
        self.order_fields(["group", "held_on", "shown", "message"])

    def presented(self) -> PresentationValues:
        """What was written, as the service takes it."""
        given = self.cleaned_data
        return PresentationValues(given["held_on"], given["group"], given["message"], list(given["shown"]))

    def has_now(self, name: str) -> Any:
        """What the presentation has in one of the form's fields."""
        return list(self.thing.shown.all()) if name == "shown" and self.thing else super().has_now(name)


class DecisionForm(EditForm):
    """What the management group decided, and what follows."""

    decision = forms.ChoiceField(label=_("Decision"), choices=ManagementDecision.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("The decision in words"), max_length=LONGEST_TEXT, widget=large(5))
    case_number = forms.CharField(label=_("Case number or minutes"), max_length=200, required=False)
    follow_up = forms.CharField(
        label=_("What follows from it"),
        max_length=200,
        required=False,
        help_text=_("Becomes an action of your organisation, with owner and deadline."),
    )

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = date_field(_("Decided on"), required=True)
        day.initial = timezone.localdate
        self.fields["decided_on"] = day
        self.fields["follow_up_owner"] = person_field(_("Who does it"), participation.organisation)
        self.fields["follow_up_by"] = date_field(_("By when"))
        self.order_fields(
            ["decision", "decided_on", "text", "case_number", "follow_up", "follow_up_owner", "follow_up_by"]
        )

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """Nothing is decided yet: what the page shows first is the form's own, not the row's."""
        return self.initial.get(field_name, field.initial() if callable(field.initial) else field.initial)

    def clean(self) -> dict[str, Any]:
        """What follows needs its day."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("follow_up") and not given.get("follow_up_by") and "follow_up_by" not in self.errors:
            self.add_error("follow_up_by", _("Say by when it is done."))
        return given

    def decided(self) -> GroupDecision:
        """What was written, as the service takes it."""
        given = self.cleaned_data
        return GroupDecision(
            given["decision"], given["decided_on"], given["text"], given["case_number"],
            given["follow_up"], given["follow_up_owner"], given["follow_up_by"],
        )  # fmt: skip
