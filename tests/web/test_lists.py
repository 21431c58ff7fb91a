"""Every list page asks the database as often for three rows as for one; a list that nobody entered is found."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.paginator import Page
from django.db import connection
from django.db.models import Model, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.access import Address
from tests.web.lists import Listed
from tests.web.scene import of_every_app
from tests.web.test_access import addresses
from tests.web.test_pages import OPENERS, client_of


def lists() -> dict[str, Listed]:
    return {each.name: each for part in of_every_app("lists", "LISTS") for each in part}


def opened_by(address: Address) -> str | None:
    return next((name for name in OPENERS if name in address.allowed), None)


def path_of(address: Address, scene: Any) -> str:
    return reverse(address.name, kwargs=address.arguments(scene)) + address.query


def shown(answer: Any) -> Iterator[tuple[str, Any]]:
    """What a page's templates were given."""
    for context in answer.context or ():
        for layer in getattr(context, "dicts", [context]):
            yield from layer.items()


def is_of_rows(value: Any) -> bool:
    """Whether a value is rows of the database: a page of them, a query, or a list that holds one in each place."""
    if isinstance(value, QuerySet | Page):
        return True
    if not isinstance(value, list | tuple) or not value:
        return False
    parts = value[0].values() if isinstance(value[0], dict) else value[0] if isinstance(value[0], tuple) else [value[0]]
    return any(isinstance(part, Model) for part in parts)


def test_every_list_is_entered(scene: SimpleNamespace) -> None:
    clients = {name: client_of(scene.people.get(name)) for name in OPENERS}
    found = set()
    for address in addresses():
        who = opened_by(address)
        if address.method == "get" and who is not None:
            answer = clients[who].get(path_of(address, scene))
            if any(is_of_rows(value) for _name, value in shown(answer)):
                found.add(address.name)
    assert len(found) > 20
    assert found - set(lists()) == set(), "enter these in tests/web/<app>/lists.py"


@pytest.mark.django_db  # so that there is a database even when only this file is run
def test_every_list_entered_is_an_address() -> None:
    assert set(lists()) - {address.name for address in addresses()} == set(), "these are no addresses of the site"


def asked(client: Client, path: str) -> tuple[int, int]:
    """How many queries a page takes, and how long it is."""
    client.get(path)  # what is asked once for all is not counted
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(queries), len(answer.content)


@pytest.mark.parametrize("name", [name for name, each in lists().items() if each.add])
def test_three_rows_cost_what_one_costs(scene: SimpleNamespace, name: str) -> None:
    listed = lists()[name]
    address = next(each for each in addresses() if each.name == name and each.method == "get")
    who = opened_by(address)
    assert listed.add is not None
    assert who is not None
    person = scene.people.get(who)
    client, path = client_of(person), path_of(address, scene)
    listed.add(scene, person, 1)
    queries, length = asked(client, path)
    for number in (2, 3):
        listed.add(scene, person, number)
    more_queries, more_length = asked(client, path)
    assert more_queries == queries
    assert more_length > length  # the rows are there indeed
