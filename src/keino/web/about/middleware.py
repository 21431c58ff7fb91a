"""What is done around every request: page views are counted, and browsers are told what pages never use."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language

from keino.web.about.page_counter import PageCounter
from keino.web.about.services import add_views

Answer = Callable[[HttpRequest], HttpResponse]

#: Features that no page of the site uses; a script that got in couldn't use them either.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)

counter = PageCounter(add_views)


class PermissionsPolicyMiddleware:
    """Says with every answer that the site wants no camera, no place, no payment."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class PageViewsMiddleware:
    """Counts whole pages that were shown, by kind and language. A browser that asks not to be counted isn't."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then count."""
        response = self.get_response(request)
        if settings.COUNT_PAGE_VIEWS and _is_page(request, response) and not _declines(request):
            _count(request)
        return response


def _count(request: HttpRequest) -> None:
    match = request.resolver_match
    assert match is not None
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    try:
        counter.count(timezone.localdate(), match.view_name[:100], language)
    except DatabaseError:  # a busy database must not spoil a page that is ready; the counts are kept
        logging.getLogger("keino.statistics").warning("page views could not be written; they wait")


def _is_page(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        request.method == "GET"
        and response.status_code == 200
        and response.headers.get("Content-Type", "").startswith("text/html")
        and "HX-Request" not in request.headers
        and request.resolver_match is not None
        and bool(request.resolver_match.view_name)
    )


def _declines(request: HttpRequest) -> bool:
    """Whether the browser sends Do Not Track or Global Privacy Control."""
    return request.headers.get("DNT") == "1" or request.headers.get("Sec-GPC") == "1"
