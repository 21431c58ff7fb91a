"""Short texts in the reader's language: a name that nobody translated is shown as it was written, like a proper name.

Long texts are shown by ``base.translated``, which says when a translation is missing.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language


def short_text(thing: Any, field: str, original_language: str) -> str:
    """A name in the reader's language, else as it was written first; empty when nobody wrote one."""
    language = (get_language() or "fi")[:2]
    written = (getattr(thing, f"{field}_{code}", "") for code in (language, original_language, "fi", "sv", "en"))
    return next((text for text in written if text), "")
