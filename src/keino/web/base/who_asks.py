"""Who asks for a page."""

from __future__ import annotations

from django.http import HttpRequest

from keino.web.base.models import Person


def the_person(request: HttpRequest) -> Person:
    """The person who is logged in; for pages that nobody else reaches."""
    assert isinstance(request.user, Person)
    return request.user


def person_or_none(request: HttpRequest) -> Person | None:
    """The person who is logged in, if anybody; for pages that are open to all."""
    return request.user if isinstance(request.user, Person) else None
