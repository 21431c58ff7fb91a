"""Fields of this app's forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keino.errors import KeinoError
from keino.web.base.errors import as_data, said
from keino.web.organisations.models import Organisation
from keino.web.organisations.queries.organisations import named


class OrganisationField(forms.CharField):
    """An organisation, named by its address on the site or its business ID: a list of ten thousand helps nobody."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Its address on the site (the end of /o/…/) or its business ID."))
        super().__init__(required=kwargs.pop("required", False), max_length=80, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """An organisation is shown as its address."""
        if isinstance(value, int):
            found = Organisation.objects.filter(pk=value).first()
            return found.slug if found else ""
        return value.slug if isinstance(value, Organisation) else value

    def clean(self, value: Any) -> Any:
        """The organisation that is meant, None for none."""
        text = super().clean(value)
        if not text:
            return None
        found = named(text)
        if found is None:
            raise ValidationError(
                _("No organisation has this address or business ID. Look it up in the directory."), code="unknown"
            )
        return found


class DateInput(forms.DateInput):
    """A date as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def date_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A date, chosen or typed; browsers without a chooser take what Finns write (31.12.2026)."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=DateInput(),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )


def refuse(form: forms.BaseForm, error: KeinoError) -> None:
    """Show an error of a service in the form: at its field where it has one, else on top."""
    field = getattr(error, "field", "")
    form.add_error(field if field in form.fields else None, ValidationError(said(as_data(error)), code=error.code))
