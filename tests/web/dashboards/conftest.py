"""A parish with somebody who reads its pages in English."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories.web import an_organisation, someone_who_is


@pytest.fixture(autouse=True)
def forgotten_numbers() -> None:
    """Numbers over organisations are kept for a while; every test counts its own."""
    cache.clear()


@pytest.fixture
def town(db: None) -> Any:  # the database is wanted, not its value
    return an_organisation("Example parish", slug="parish", kind="parish", population=3000)


@pytest.fixture
def reader(town: Any) -> Client:
    """A browser in which a member of the parish is logged in."""
    client = Client()
    client.force_login(someone_who_is("member", town, valid_to=None))
    client.cookies["keino_language"] = "en"
    return client
