"""What coordinators and mentors write: assignments, wanted deliverables, who mentors whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.base.models import Person
from keino.web.cohorts.choices.assignments import AssignmentKind
from keino.web.cohorts.choices.participation import PARTICIPATION_MOVES, ParticipationState
from keino.web.cohorts.forms.fields import DueFields, large
from keino.web.cohorts.models import Assignment, Participation
from keino.web.cohorts.services.assignments import AssignmentValues
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.forms.edited import EditForm
from keino.web.organisations.models import Role
from keino.web.programmes.models import Edition
from keino.web.surveys.models import FormVersion


class AssignmentForm(DueFields, EditForm):
    """An assignment: for everybody in the edition, or for one organisation."""

    title = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=AssignmentKind.choices, widget=forms.RadioSelect)
    instructions = forms.CharField(label=_("What is to be done"), max_length=20_000, widget=large(8))

    def __init__(self, *args: Any, edition: Edition, thing: Assignment | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"kind": AssignmentKind.BETWEEN.value} | (kwargs.get("initial") or {})
        if thing is not None:
            kwargs["initial"].pop("kind")
        super().__init__(*args, thing=thing, due_at=thing.due_at if thing else None, **kwargs)
        published = FormVersion.objects.filter(
            form__organisation=edition.organisation, form__is_retired=False, published_at__isnull=False
        )
        if thing is not None and thing.form_version_id:
            published = published | FormVersion.objects.filter(pk=thing.form_version_id)
        self.fields["form_version"] = forms.ModelChoiceField(
            label=_("Questions of a form"),
            queryset=published.select_related("form").order_by("form_id", "-number"),
            required=False,
            empty_label=_("none: a free text with files"),
        )
        if thing is None:
            self.fields["only_for"] = forms.ModelChoiceField(
                label=_("For whom"),
                queryset=Participation.objects.filter(edition=edition)
                .active()
                .select_related("organisation", "edition"),
                required=False,
                empty_label=_("everybody in the edition"),
            )
        self.order_fields(["title", "kind", "instructions", "form_version", "only_for", "due_on", "due_time"])

    def assignment(self) -> AssignmentValues:
        """What was written, as the service takes it."""
        given = self.cleaned_data
        return AssignmentValues(
            given["kind"], given["title"], given["instructions"], given["due_at"], given["form_version"]
        )


class WantedForm(DueFields):
    """A deliverable that everybody in the edition makes."""

    note = forms.CharField(label=_("What matters in it"), max_length=2_000, required=False, widget=large(3))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, is_needed=False, **kwargs)


class MentorForm(EditForm):
    """Whom an organisation turns to."""

    def __init__(self, *args: Any, thing: Participation, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        held = Role.objects.on(timezone.localdate()).filter(kind__in=(RoleKind.MENTOR, RoleKind.EXPERT))
        self.fields["mentor"] = forms.ModelChoiceField(
            label=_("Mentor"),
            queryset=Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("name", "pk"),
            required=False,
            empty_label=_("nobody yet"),
            help_text=_(
                "Gets the role of mentor for this organisation, and with it sight of its space, plans, procurements, "
                "purchases and results. The role ends when another is named, when the organisation leaves, and at the "
                "end of the follow-up year."
            ),
        )


class MoveForm(forms.Form):
    """Where an organisation's participation goes."""

    to = forms.ChoiceField(label=_("From now on"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Why, or how it ended"), max_length=2_000, required=False, widget=large(3))

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = PARTICIPATION_MOVES[participation.state]
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(state.value, ParticipationState(state).label) for state in possible]
