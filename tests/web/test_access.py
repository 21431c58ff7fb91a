"""Every address × every kind of person: allowed or refused, and nothing of others in any answer."""

from __future__ import annotations

from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.web.access import CAST, READERS, Address
from tests.web.scene import of_every_app

#: Answers of Django itself, the same for everyone.
PLAIN = {"javascript-catalog", "set_language"}
#: Old addresses of the log-in library that only lead to its new ones.
MOVED = "(social/"
REFUSED = {401, 403, 404, 410}

pytestmark = pytest.mark.django_db


def addresses() -> list[Address]:
    return [address for part in of_every_app("access", "ADDRESSES") for address in part]


def named(patterns: list[URLPattern | URLResolver], space: str = "") -> set[str]:
    names: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            names |= named(pattern.url_patterns, inner)
        else:
            names.add(f"{space}{pattern.name}" if pattern.name else f"{space}({pattern.pattern})")
    return names


def test_every_address_is_entered_in_the_matrix() -> None:
    entered = {address.name for address in addresses()}
    known = named(get_resolver().url_patterns) - PLAIN
    assert {name for name in known - entered if not name.startswith(MOVED)} == set(), (
        "enter these in tests/web/<app>/access.py"
    )
    assert entered - known == set(), "these are no addresses of the site"


def trial(client: Client, address: Address, scene: SimpleNamespace) -> tuple[int, str, str]:
    path = reverse(address.name, kwargs=address.arguments(scene)) + address.query
    with transaction.atomic():
        answer = client.post(path, address.data(scene)) if address.method == "post" else client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code, answer.headers.get("Location", ""), body.decode("utf-8", "replace")


def is_refusal(status: int, location: str) -> bool:
    goes_to_log_in = status == 302 and location.startswith(("/account/login/", "/account/second-factor/"))
    return status in REFUSED or goes_to_log_in


@pytest.mark.parametrize("who", CAST)
def test_everyone_sees_what_they_may_and_nothing_else(scene: SimpleNamespace, who: str) -> None:
    wrong = []
    client = Client()
    if who != "anonymous":
        client.force_login(scene.people[who])
        client.get("/")  # notes the session once; each trial below would write it and take it back
    logged_in = deepcopy(client.cookies)
    for address in addresses():
        client.cookies = deepcopy(logged_in)  # some addresses log out
        status, location, body = trial(client, address, scene)
        refused = is_refusal(status, location)
        if who in address.allowed and (refused or status not in address.answers):
            wrong.append(f"{address.name} ({address.method}) refuses {who}: {status} {location}")
        if who not in address.allowed and not refused:
            wrong.append(f"{address.name} ({address.method}) lets {who} in: {status} {location}")
        if who not in READERS:
            leaks = [secret for secret in scene.secrets if secret in body]
            if leaks:
                wrong.append(f"{address.name} shows {who}: {leaks}")
    assert not wrong, "\n".join(wrong)
