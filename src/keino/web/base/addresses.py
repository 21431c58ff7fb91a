"""Addresses of pages that may not exist in this installation: no menu and no door leads nowhere."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse


def address_or_none(name: str, *args: Any, **kwargs: Any) -> str | None:
    """The address of a page, None while no such page exists."""
    return _address(get_urlconf(), get_script_prefix(), name, args, tuple(kwargs.items()))


# Every page asks for some forty; those of one organisation come again and again.
@lru_cache(maxsize=4096)
def _address(
    urlconf: str | None, _prefix: str, name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]
) -> str | None:
    try:
        return reverse(name, urlconf, args=args or None, kwargs=dict(kwargs) or None)
    except NoReverseMatch:
        return None
