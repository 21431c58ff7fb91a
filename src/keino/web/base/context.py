"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from keino import __version__
from keino.web.base.choices import Language


def site(request: HttpRequest) -> dict[str, Any]:
    """Languages with the address of this page in each, version, address of the site, what the menu needs."""
    return {
        "page_languages": [(code, name, _in_language(request, code)) for code, name in Language.choices],
        "keino_version": __version__,
        "site_address": settings.SITE_ADDRESS,
        "may_see_national": lambda: _may_see_national(request),
    }


def _may_see_national(request: HttpRequest) -> bool:
    """Whether the menu offers the country's figures; asked only where the menu is shown to somebody logged in."""
    return request.user.has_perm("dashboards.see_national")


def _in_language(request: HttpRequest, language: str) -> str:
    query = request.GET.copy()
    query["language"] = language
    return f"{request.path}?{query.urlencode()}"
