"""Names of codes, and texts that people wrote in several languages."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model

from keino.web.base.choices import Language
from keino.web.base.translated import shown

register = template.Library()


@register.filter
def name_of(names: dict[str, str], code: str) -> str:
    """The name of a code; an en dash without a code, the code itself without a name."""
    return names.get(code, code) if code else "–"


@register.inclusion_tag("organisations/translated.html")
def translated(thing: Model, field: str) -> dict[str, Any]:
    """A text in the reader's language, or that there is none and the original with its language marked."""
    text = shown(thing, field)
    return {"shown": text, "language_name": dict(Language.choices)[text.original_language]}
