"""Days that were kept as text, as mail values are."""

from __future__ import annotations

import datetime as dt

from django import template

register = template.Library()


@register.filter
def from_iso(text: str) -> dt.date:
    """A day from 2026-11-21."""
    return dt.date.fromisoformat(text)
