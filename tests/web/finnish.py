"""What the site's English words are in Finnish, for tests that read pages as Finns do."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext, pgettext


def fi(text: str, context: str = "", **values: Any) -> str:
    """What the site's English text is in Finnish; a text without its translation fails."""
    with translation.override("fi"):
        said = pgettext(context, text) if context else gettext(text)
    assert said != text, f"not in Finnish: {text}"
    return said % values if values else said
