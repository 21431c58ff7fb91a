"""Criteria, rules of eligibility, roles of a team: one form for each."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from keino.web.organisations.choices import OrganisationKind
from keino.web.organisations.forms.edited import EditForm
from keino.web.procurements.forms.fields import large
from keino.web.programmes.choices import CriterionKind, RuleKind
from keino.web.programmes.models import Criterion, Edition, EligibilityRule, TeamRoleWanted

_LANGUAGES = (("fi", _("in Finnish")), ("sv", _("in Swedish")), ("en", _("in English")))


class PartForm(EditForm):
    """A part of an edition. ``only_words``: the call is open, and only wording may be mended."""

    #: Texts in three languages: name, label, rows (0 = one line), longest.
    TEXTS: tuple[tuple[str, Any, int, int], ...] = ()

    def __init__(
        self, *args: Any, edition: Edition, thing: Any | None = None, only_words: bool = False, **kwargs: Any
    ) -> None:
        initial = {"seen": edition.version, **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, thing=thing, initial=initial, **kwargs)
        self.edition = edition
        if only_words:
            for name in [name for name in self.fields if name not in {"key", "seen"}]:
                del self.fields[name]
        for name, label, rows, longest in self.TEXTS:
            for language, said in _LANGUAGES:
                is_needed = language == edition.original_language and name == self.TEXTS[0][0]
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=f"{label}, {said}",
                    required=is_needed,
                    max_length=longest,
                    widget=large(rows) if rows else forms.TextInput(),
                )

    def has_now(self, name: str) -> Any:
        """A text that nobody wrote is empty."""
        found = super().has_now(name)
        return "" if found is None else found

    def show_newest(self) -> None:
        """As of any form; the version is the edition's."""
        assert self.thing is not None
        self.edition.refresh_from_db()
        self.thing.refresh_from_db()
        data = cast("Any", self.data).copy()
        data["seen"] = str(self.edition.version)
        self.data = data
        self.changed_meanwhile = [
            {"label": field.label, "now": self.has_now(name), "yours": self.cleaned_data.get(name)}
            for name, field in self.fields.items()
            if self._asks(name) and self.has_now(name) != self.cleaned_data.get(name)
        ]


class CriterionForm(PartForm):
    """A criterion of the choice."""

    kind = forms.ChoiceField(label=_("How it is used"), choices=CriterionKind.choices, widget=forms.RadioSelect)
    weight = forms.IntegerField(
        label=_("Weight"),
        min_value=0,
        max_value=100,
        initial=1,
        help_text=_("Weight 2 counts twice as much as weight 1. A criterion that must be met has none."),
    )
    TEXTS = (("name", _("Name"), 0, 150), ("guidance", _("What is looked at"), 3, 2_000))


class EligibilityForm(PartForm):
    """A rule of the self-check."""

    kind = forms.ChoiceField(label=_("What it asks"), choices=RuleKind.choices, widget=forms.RadioSelect)
    organisations = forms.MultipleChoiceField(
        label=_("Kinds of organisations that may apply"),
        choices=OrganisationKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only where the rule asks for the kind of organisation."),
    )
    is_required = forms.BooleanField(
        label=_("Required"), required=False, help_text=_("If not, “no” only calls for a talk.")
    )
    TEXTS = (("question", _("Statement"), 0, 300), ("why_not", _("Why not, and what to do"), 3, 1_000))

    def clean(self) -> dict[str, Any]:
        """Kinds belong to the rule that asks for them."""
        cleaned = super().clean() or self.cleaned_data
        if "kind" in self.fields:
            if cleaned.get("kind") != RuleKind.ORGANISATION_KIND:
                cleaned["organisations"] = []
            elif not cleaned.get("organisations"):
                self.add_error("organisations", _("Choose at least one kind of organisation."))
        return cleaned

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """The kinds are the rule's values."""
        if field_name == "organisations":
            return self.thing.values if self.thing is not None else []
        return super().get_initial_for_field(field, field_name)

    def values(self) -> dict[str, Any]:
        """The kinds are the rule's values."""
        found = super().values()
        if "organisations" in found:
            found["values"] = found.pop("organisations")
        return found


class TeamRoleForm(PartForm):
    """A role of a participant's team."""

    is_required = forms.BooleanField(label=_("Required"), required=False)
    is_responsible = forms.BooleanField(
        label=_("Responsible person"), required=False, help_text=_("The holder answers for taking part.")
    )
    TEXTS = (("name", _("Role"), 0, 150),)


#: Parts of an edition by the word in their address.
PART_FORMS: dict[str, tuple[type[Any], type[PartForm]]] = {
    "criteria": (Criterion, CriterionForm),
    "eligibility": (EligibilityRule, EligibilityForm),
    "team": (TeamRoleWanted, TeamRoleForm),
}
