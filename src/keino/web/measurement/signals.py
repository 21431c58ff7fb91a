"""What ends with a session: the visit that was begun in it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest

from keino.web.measurement.visitors import VISIT_KEY


def _forget(sender: Any, request: HttpRequest | None = None, **_: Any) -> None:
    from keino.web.measurement.services.visits import forget_visit, live_visit

    key = request.session.get(VISIT_KEY) if request is not None and hasattr(request, "session") else None
    if key and (visit := live_visit(key)):
        forget_visit(visit)


def connect() -> None:
    """Listen for the end of sessions."""
    user_logged_out.connect(_forget, dispatch_uid="measurement.forget_visit")
