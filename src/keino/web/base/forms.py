"""Forms as this site shows them: label, hint and error before the field, errors summed up on top."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from keino.web.base.choices import Digest, Language
from keino.web.base.select_html import SELECT, select


class Renderer(TemplatesSetting):
    """Forms and fields by our own templates."""

    form_template_name = "base/components/form.html"
    field_template_name = "base/components/field.html"

    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        """The HTML of a part of a form."""
        if template_name == SELECT:
            return select(context["widget"])
        return str(super().render(template_name, context, request))


class DayInput(forms.DateInput):
    """A date in the browser's own picker, which wants ISO dates whatever the page's language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class EveryField(forms.Form):
    """Every kind of field there is, for the style page."""

    name = forms.CharField(label=_("Name"), help_text=_("As it stands in the business register."), max_length=200)
    email = forms.EmailField(label=_("E-mail address"))
    residents = forms.IntegerField(label=_("Residents or members"), required=False, min_value=1)
    since = forms.DateField(label=_("Since"), widget=DayInput, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    about = forms.CharField(label=_("About"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    digest = forms.ChoiceField(label=_("Mail that isn't a duty"), choices=Digest.choices, widget=forms.RadioSelect)
    languages = forms.MultipleChoiceField(
        label=_("Languages of the answer"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    ledger = forms.FileField(label=_("Ledger"), help_text=_("CSV, Excel, OpenDocument or Parquet."), required=False)
    agreed = forms.BooleanField(label=_("The figures may be compared without the name"))
    fixed = forms.CharField(label=_("Business ID"), initial="1234567-1", disabled=True, required=False)


class ListFilter(forms.Form):
    """A filter above a list, for the style page."""

    words = forms.CharField(label=_("Words"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, years: list[str]) -> None:
        super().__init__(data)
        self.fields["year"].choices = [("", _("all")), *((year, year) for year in years)]  # type: ignore[attr-defined]
