"""How tests of sparring, peers and alumni open pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from keino.web.organisations.rules import works_at_centre
from tests.factories.accounts import with_second_factor


def as_(person: Person | None) -> Client:
    """Somebody's browser, in English; nobody's where there is no person."""
    client = Client()
    client.cookies["keino_language"] = "en"
    if person is not None:
        if works_at_centre(person) and not Authenticator.objects.filter(user=person).exists():
            with_second_factor(person)
        client.force_login(person)
    return client


def text_of(answer: Any) -> str:
    """What a page says, in one line."""
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    plain = plain.replace("\u202f", " ").replace("\xa0", " ").replace("&#x27;", "'").replace("’", "'")
    return " ".join(plain.split())


def at(name: str, organisation: Organisation, **more: Any) -> str:
    """The address of a page of an organisation."""
    return reverse(f"cohorts:{name}", kwargs={"slug": organisation.slug, **more})


@contextmanager
def clock_at(moment: dt.datetime) -> Iterator[None]:
    """Let the site's clock stand still."""
    with patch("django.utils.timezone.now", return_value=moment.astimezone(dt.UTC)):
        yield
