"""Addresses of pages: which exist in this installation, so that no menu leads nowhere, and which words they take."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, get_script_prefix, get_urlconf, reverse


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


def words_under(room: str) -> frozenset[str]:
    """The words that pages have right under ``room`` ("programmes/"): nothing that is named by people may take one."""
    return _words(get_urlconf(), room)


@lru_cache(maxsize=64)
def _words(urlconf: str | None, room: str) -> frozenset[str]:
    below = (route.removeprefix(room) for route in _routes(get_resolver(urlconf)) if route.startswith(room))
    return frozenset(word for word in (route.partition("/")[0] for route in below) if word and "<" not in word)


def _routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _routes(each, before + str(each.pattern))
        elif isinstance(each, URLPattern):
            yield before + str(each.pattern)
