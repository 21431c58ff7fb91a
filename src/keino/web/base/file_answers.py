"""Answers that are files made while the reader waits; who has the same file already is told so."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified


def as_attachment(answer: HttpResponse, name: str) -> HttpResponse:
    """Let the answer be kept as a file of this name, by its reader alone."""
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def made_file(
    request: HttpRequest, make: Callable[[], bytes], *, same: str, media_type: str, name: str
) -> HttpResponse:
    """The file that ``make`` gives, or 304. ``same`` differs whenever the file would."""
    tag = f'"{hashlib.sha256(same.encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    answer = as_attachment(HttpResponse(make(), content_type=media_type), name)
    answer.headers["ETag"] = tag
    return answer
