"""Input about whose a visit's ledgers are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.organisations.choices import OrganisationKind
from keino.web.organisations.codes import municipalities
from keino.web.organisations.models import Organisation
from keino.web.organisations.queries.people import organisations_of_today
from keino.web.organisations.services.self_service import SELF_SERVICE_KINDS

if TYPE_CHECKING:
    from keino.web.base.models import Person

NEW = "new"


class KeepForm(forms.Form):
    """One of the person's organisations, or a new one."""

    where = forms.ChoiceField(label=_("Whose ledger is this?"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name of the organisation"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("What it is"),
        required=False,
        choices=[("", "–"), *((kind.value, kind.label) for kind in OrganisationKind if kind in SELF_SERVICE_KINDS)],
    )
    municipality_code = forms.ChoiceField(label=_("Municipality"), required=False)
    business_id = forms.CharField(
        label=_("Business ID"),
        max_length=20,
        required=False,
        help_text=_("For example 1234567-1. You can add it later."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {each.slug: each for each, _roles in organisations_of_today(person, helped=False)}
        self.own = {slug: found for slug, found in own.items() if person.has_perm("measurement.work", found)}
        where = self.fields["where"]
        place = self.fields["municipality_code"]
        assert isinstance(where, forms.ChoiceField)
        assert isinstance(place, forms.ChoiceField)
        where.choices = [*((slug, str(found)) for slug, found in self.own.items()), (NEW, _("A new organisation"))]
        where.initial = next(iter(self.own), NEW)
        place.choices = [("", "–"), *municipalities(timezone.localdate())]
        if not self.own:
            where.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """A new organisation needs its name and kind."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("where") == NEW:
            if not given.get("name"):
                self.add_error("name", _("Write the name of the organisation."))
            if not given.get("kind"):
                self.add_error("kind", _("Choose what the organisation is."))
        return given

    def chosen(self) -> Organisation | None:
        """The person's organisation that was chosen; None for a new one."""
        return self.own.get(self.cleaned_data["where"])

    def new(self) -> dict[str, str]:
        """What is known of the new organisation."""
        return {name: self.cleaned_data[name] for name in ("name", "kind", "municipality_code", "business_id")}
