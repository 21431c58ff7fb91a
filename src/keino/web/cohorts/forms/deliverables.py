"""Forms of deliverables: choosing the document, handing it in, comments, the development plan."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keino.web.cohorts.forms.fields import large
from keino.web.cohorts.models.deliverable import LONGEST_COMMENT
from keino.web.cohorts.models.development_plan import LONGEST_TEXT
from keino.web.organisations.forms.edited import EditForm
from keino.web.organisations.forms.fields import date_field

#: Rows for steps that stand empty, to be filled.
EMPTY_STEPS = 3
MOST_STEPS = 40


class ChooseForm(forms.Form):
    """Which document is delivered."""

    document = forms.ChoiceField(label=_("Document"))

    def __init__(self, *args: Any, label: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["document"]
        assert isinstance(field, forms.ChoiceField)
        field.label, field.choices = label, [("", _("Choose…")), *choices]


class NewPilotForm(forms.Form):
    """A procurement that begins as the pilot."""

    title = forms.CharField(
        label=_("What is bought"),
        max_length=200,
        error_messages={"required": _("Write what is bought. Nothing was added.")},
    )


class HandInForm(EditForm):
    """Handing in a document as it is now."""

    words = forms.CharField(
        label=_("What should the mentor look at?"), max_length=2_000, required=False, widget=large(3)
    )


class SaidForm(forms.Form):
    """A comment."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("Comment"), max_length=LONGEST_COMMENT, widget=large(4))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class DevelopmentPlanForm(EditForm):
    """The texts of the development plan; its steps are rows of their own."""

    as_is = forms.CharField(
        label=_("Where we stand"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=large(6),
        help_text=_("How sustainable procurement is led today: what works, what doesn't, how you know."),
    )
    target = forms.CharField(
        label=_("Where we want to be"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=large(6),
        help_text=_("By when, and how you will see that you are there."),
    )
    resources = forms.CharField(
        label=_("People, time and money"), max_length=LONGEST_TEXT, required=False, widget=large(4)
    )


class StepForm(forms.Form):
    """One step of the development plan."""

    what = forms.CharField(label=_("What is done"), max_length=500, required=False)
    who = forms.CharField(label=_("By whom"), max_length=200, required=False, help_text=_("A role rather than a name."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"] = date_field(_("By when"))

    def row(self) -> dict[str, str] | None:
        """The step as its plan keeps it; None for an empty row."""
        given = self.cleaned_data
        if not given.get("what"):
            return None
        return {"what": given["what"], "who": given["who"], "by": given["by"].isoformat() if given["by"] else ""}


Steps = forms.formset_factory(StepForm, extra=EMPTY_STEPS, max_num=MOST_STEPS, absolute_max=MOST_STEPS + EMPTY_STEPS)


def steps_form(data: Mapping[str, Any] | None, steps: Sequence[Mapping[str, str]]) -> Any:
    """The steps as rows to write on, with empty ones below."""
    return Steps(data, initial=[dict(step) for step in steps], prefix="steps")


def steps_of(formset: Any) -> list[dict[str, str]]:
    """What was written in the rows."""
    return [row for form in formset if (row := form.row()) is not None]
