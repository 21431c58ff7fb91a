"""Addresses of pages that may not exist in this installation: no menu and no door leads nowhere."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse


def address_or_none(name: str, *args: Any, **kwargs: Any) -> str | None:
    """The address of a page, None while no such page exists."""
    try:
        return reverse(name, args=args or None, kwargs=kwargs or None)
    except NoReverseMatch:
        return None
