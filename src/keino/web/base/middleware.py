"""The reader's language: an address with ``?language=sv`` chooses it, a person's own choice comes next."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from keino.web.base.choices import Language


class PersonLanguageMiddleware:
    """Lets ``?language=`` in an address choose the language and keeps the choice in a cookie.

    Django's own middleware reads the cookie after this one; without cookie and address the browser's wish counts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language that the address asks for."""
        asked = request.GET.get("language", "")
        if asked not in Language.values:
            return self.get_response(request)
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = asked
        response = self.get_response(request)
        set_language_cookie(response, asked)
        return response


def set_language_cookie(response: HttpResponse, language: str) -> None:
    """Remember the choice of language; the cookie holds two letters and nothing about the person."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
