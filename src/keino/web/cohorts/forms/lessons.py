"""Forms of lessons and templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.base.models import Person
from keino.web.cohorts.choices.lessons import TemplateKind
from keino.web.cohorts.services.lessons import LessonFields, TemplateFields
from keino.web.organisations.forms.edited import EditForm
from keino.web.organisations.forms.fields import date_field
from keino.web.organisations.queries.people import people_of
from keino.web.procurements.forms.fields import large
from keino.web.procurements.models import Procurement

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation


class LessonForm(EditForm):
    """What an organisation learned."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("For example “Ask suppliers for their data before the tender”.")
    )
    procurement = forms.ModelChoiceField(
        label=_("Pilot procurement"), queryset=Procurement.objects.none(), required=False,
        empty_label=pgettext_lazy("procurement", "none"), help_text=_("If it comes from a pilot."),
    )  # fmt: skip
    what_happened = forms.CharField(label=_("What happened"), max_length=8000, widget=large(6))
    advice = forms.CharField(
        label=_("Advice to others"), max_length=8000, widget=large(6),
        help_text=_("What others should do, so that they can begin with it tomorrow."),
    )  # fmt: skip
    may_name_us = forms.BooleanField(
        label=_("Our organisation may be named as the origin"), required=False,
        help_text=_("Else a template made of it names only the programme."),
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Organisation, **more: Any) -> None:
        super().__init__(*args, **more)
        own = Procurement.objects.filter(organisation=organisation).order_by("title", "pk")
        self.fields["procurement"].queryset = own  # type: ignore[attr-defined]

    def lesson_fields(self) -> LessonFields:
        """What was written, as the service takes it."""
        return LessonFields(**self.values())


class TemplateForm(EditForm):
    """What the centre makes of a lesson."""

    kind = forms.ChoiceField(label=_("Kind"), choices=TemplateKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        widget=large(10),
        help_text=_("Everyone reads it. Nothing of one buyer only."),
    )
    actions = forms.CharField(
        label=_("Actions"), max_length=8000, required=False, widget=large(6),
        help_text=_("One on a line. Whoever starts from the template gets each as a planned action."),
    )  # fmt: skip

    def template_fields(self) -> TemplateFields:
        """What was written, as the service takes it."""
        return TemplateFields(**self.values())


class StartForm(EditForm):
    """By when, and by whom, what comes from a template is done."""

    deadline = date_field(_("Deadline"), required=True, help_text=_("Of each action; you can change each afterwards."))
    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=pgettext_lazy("owner", "nobody yet"),
    )

    def __init__(self, *args: Any, organisation: Organisation, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].queryset = people_of(organisation, timezone.localdate())  # type: ignore[attr-defined]
