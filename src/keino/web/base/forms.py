"""Forms as this site shows them: label, hint and error before the field, errors summed up on top."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Forms and fields by our own templates."""

    form_template_name = "base/components/form.html"
    field_template_name = "base/components/field.html"
