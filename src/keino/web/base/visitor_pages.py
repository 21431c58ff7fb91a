"""Public pages as visitors get them, kept for half a minute in each web process.

A visitor is somebody without a session; all of them get the same page in the same language. People who are logged in,
forms that were sent, pages with a form of their own and answers other than 200 are never kept. What is withdrawn from
the public may therefore be seen for half a minute longer.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from time import monotonic
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

#: At most so many pages, the least used one going first.
MOST_PAGES = 300
_pages: OrderedDict[tuple[object, ...], tuple[float, HttpResponse]] = OrderedDict()
_lock = Lock()


def same_for_visitors(view: View) -> View:
    """Keep what a view answers to visitors."""

    @wraps(view)
    def kept(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        key = _key(request)
        if key is None:
            return view(request, *args, **kwargs)
        found = _found(key)
        if found is None:
            answer = view(request, *args, **kwargs)
            if not _may_be_kept(answer):
                return answer
            assert isinstance(answer, HttpResponse)
            found = _put(key, answer)
        return _copy(found)

    return kept  # type: ignore[return-value]  # the same signature


def forget_pages() -> None:
    """Forget all, for tests."""
    with _lock:
        _pages.clear()


def _key(request: HttpRequest) -> tuple[object, ...] | None:
    """What a visitor's page depends on; None for everybody else."""
    known = {settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    is_visitor = request.method in {"GET", "HEAD"} and set(request.COOKIES) <= known
    if not is_visitor or "HX-Request" in request.headers or settings.VISITOR_PAGES_KEPT_S <= 0:
        return None
    language = getattr(request, "LANGUAGE_CODE", "")
    return request.method, request.scheme, request.get_host(), language, request.get_full_path()


def _found(key: tuple[object, ...]) -> HttpResponse | None:
    with _lock:
        kept_until, answer = _pages.get(key, (0.0, None))
        if answer is None or kept_until < monotonic():
            return None
        _pages.move_to_end(key)
        return answer


def _may_be_kept(answer: HttpResponseBase) -> bool:
    return (
        isinstance(answer, HttpResponse)
        and answer.status_code == 200
        and not answer.cookies
        and "Cache-Control" not in answer.headers
        and b"csrfmiddlewaretoken" not in answer.content
    )


def _put(key: tuple[object, ...], answer: HttpResponse) -> HttpResponse:
    plain = _copy(answer)
    with _lock:
        _pages[key] = (monotonic() + settings.VISITOR_PAGES_KEPT_S, plain)
        while len(_pages) > MOST_PAGES:
            _pages.popitem(last=False)
    return plain


def _copy(answer: HttpResponse) -> HttpResponse:
    """An answer of its own for each reader: what comes after the view adds headers to it."""
    return HttpResponse(answer.content, status=answer.status_code, headers=dict(answer.headers))
