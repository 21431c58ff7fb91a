"""How much one program may ask. Counted in the memory of each web process and forgotten after a minute."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import Throttled
from ninja.throttling import BaseThrottle

WINDOW_SECONDS = 60
#: So many askers are remembered at most; beyond, the oldest minute is forgotten first.
_MOST_ASKERS = 50_000


class Window:
    """Counts by asker in windows of a minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts: dict[str, int] = {}
        self._begun = clock()
        self._lock = threading.Lock()

    def add(self, asker: str) -> int:
        """Count one more of an asker; return how many they have in this window."""
        with self._lock:
            if self._clock() - self._begun >= WINDOW_SECONDS or len(self._counts) >= _MOST_ASKERS:
                self._counts.clear()
                self._begun = self._clock()
            self._counts[asker] = self._counts.get(asker, 0) + 1
            return self._counts[asker]

    def left(self) -> float:
        """Seconds until the window ends."""
        return max(1.0, WINDOW_SECONDS - (self._clock() - self._begun))


_asked = Window()
_failed = Window()


def client_address(request: HttpRequest) -> str:
    """The asker's network address; behind our own proxy the last one it names. Held for a minute, never written."""
    if settings.SECURE_PROXY_SSL_HEADER:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or "proxy"
    return str(request.META.get("REMOTE_ADDR", ""))


class Limit(BaseThrottle):
    """So many requests in a minute per token, or per network address without one."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the request; say whether it is within the limit."""
        person = getattr(request, "auth", None)
        if person is not None:
            return _asked.add(f"person {person.pk}") <= settings.API_REQUESTS_PER_MINUTE_WITH_TOKEN
        return _asked.add(client_address(request)) <= settings.API_REQUESTS_PER_MINUTE

    def wait(self) -> float | None:
        """Whole seconds until the next minute begins."""
        return math.ceil(_asked.left())


def note_failed_token(request: HttpRequest) -> None:
    """Count a wrong token; guessing goes no faster than the limit. Raises Throttled."""
    if _failed.add(client_address(request)) > settings.API_WRONG_TOKENS_PER_MINUTE:
        raise Throttled(wait=math.ceil(_failed.left()))
