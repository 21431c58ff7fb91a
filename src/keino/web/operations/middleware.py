"""Every request gets a number and is counted and timed; its log line says the page's name, never its path."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from secrets import token_hex
from time import monotonic

from django.http import HttpRequest, HttpResponse

from keino.web.base.logs import request_id
from keino.web.operations.metrics import REQUESTS, SECONDS

_logger = logging.getLogger("keino.requests")
_GIVEN = re.compile(r"^[A-Za-z0-9._-]{8,64}$")
#: Asked every few seconds by machines; their lines would hide the others'.
_SILENT = frozenset({"operations:health", "operations:ready", "operations:metrics"})


class Observed:
    """Counts, times and numbers requests. A proxy may give the number (``X-Request-ID``); the answer carries it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer and observe."""
        given = request.headers.get("X-Request-ID", "")
        number = given if _GIVEN.match(given) else token_hex(8)
        token, start = request_id.set(number), monotonic()
        try:
            response = self.get_response(request)
            self._note(request, response.status_code, monotonic() - start)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = number
        return response

    def _note(self, request: HttpRequest, status: int, seconds: float) -> None:
        match = request.resolver_match
        page = (match.view_name or "unnamed") if match else "none"
        method = request.method if request.method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} else "other"
        REQUESTS.labels(page, method, str(status)).inc()
        SECONDS.labels(page).observe(seconds)
        if page not in _SILENT:
            said = {"page": page, "method": method, "status": status, "ms": round(seconds * 1000, 1)}
            _logger.info("%s %s %s", method, page, status, extra=said)
