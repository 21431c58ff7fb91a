"""Who asks, and how a button's deed went: stated once, for the pages of every app."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.test import RequestFactory

import keino.web
from keino.web.base.deeds import done
from keino.web.base.errors import Conflict
from keino.web.base.models import Person
from keino.web.base.who_asks import person_or_none, the_person


def request_of(person: Person | AnonymousUser) -> HttpRequest:
    request: HttpRequest = RequestFactory().post("/")
    request.user = person
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def said_next(request: HttpRequest) -> list[tuple[str, str]]:
    return [(each.level_tag, str(each)) for each in get_messages(request)]


def test_who_is_logged_in_asks_and_a_stranger_is_nobody() -> None:
    person = Person(email="aino@example.org")
    assert the_person(request_of(person)) is person_or_none(request_of(person)) is person
    assert person_or_none(request_of(AnonymousUser())) is None
    with pytest.raises(AssertionError):
        the_person(request_of(AnonymousUser()))


def test_a_deed_that_went_well_is_said_and_gives_what_came_of_it() -> None:
    request = request_of(AnonymousUser())
    assert done(request, lambda: 7, "It is done.") == 7
    assert said_next(request) == [("success", "It is done.")]


def test_a_refused_deed_gives_its_reason_and_claims_no_success() -> None:
    def refused() -> int:
        raise Conflict

    request = request_of(AnonymousUser())
    assert done(request, refused, "It is done.") is None
    ((level, text),) = said_next(request)
    assert level == "error"
    assert "It is done." not in text


def test_no_page_says_anew_who_asks() -> None:
    web = Path(keino.web.__file__ or "").parent
    copies = re.compile(r'cast\("?Person"?, request\.user\)|isinstance\(request\.user, Person\)')
    found = [path.relative_to(web).as_posix() for path in web.rglob("*.py") if copies.search(path.read_text("utf-8"))]
    assert found == ["base/who_asks.py"]
