"""Who asks, on pages that only people who are logged in may open."""

from __future__ import annotations

from django.http import HttpRequest

from keino.web.base.models import Person


def asker(request: HttpRequest) -> Person:
    """The person who is logged in."""
    assert isinstance(request.user, Person)
    return request.user
