"""Lists to choose from as HTML: hundreds of options, without a template for each."""

from __future__ import annotations

from typing import Any

from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

SELECT = "django/forms/widgets/select.html"
#: What Django says where nothing is chosen yet.
DASHES = BLANK_CHOICE_DASH[0][1]


def select(widget: dict[str, Any]) -> SafeString:
    """What Django's ``select.html`` says, but for spaces between tags and a word in place of its dashes."""
    parts = [f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f'<optgroup label="{conditional_escape(group)}">')
        parts += [
            f'<option value="{conditional_escape(str(option["value"]))}"{_attributes(option["attrs"])}>'
            f"{conditional_escape(_label(option))}</option>"
            for option in options
        ]
        if group:
            parts.append("</optgroup>")
    parts.append("</select>")
    return mark_safe("".join(parts))  # noqa: S308  # every text above is escaped


def _label(option: dict[str, Any]) -> str:
    return pgettext("one of a list", "choose") if option["label"] == DASHES else str(option["label"])


def _attributes(attributes: dict[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(str(value))}"'
        for name, value in attributes.items()
        if value is not False
    )
