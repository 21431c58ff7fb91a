"""The lists of a person's own things."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.test import Client

from tests.factories.accounts import a_provider, a_token
from tests.web.lists import Listed


def _session(_scene: Any, person: Any, number: int) -> None:
    client = Client()
    client.force_login(person)
    key = client.session.session_key
    UserSession.objects.create(user=person, session_key=key, ip="192.0.2.1", user_agent=f"Browser {number}")


def _connected(_scene: Any, person: Any, number: int) -> None:
    a_provider(f"https://login-{number}.town.example", provider_id=f"list-{number}", domains=[f"l{number}.example"])
    SocialAccount.objects.create(user=person, provider=f"list-{number}", uid=str(number))


LISTS = [
    Listed("account_email", why_fixed="a person has one address, and another while it is being changed"),
    Listed("accounts:sessions", _session),
    Listed("accounts:log_in_methods", _connected),
    Listed("accounts:tokens", lambda _scene, person, number: a_token(person, name=f"Token {number}")),
]
