"""Fixtures of the tests of ledgers and runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from keino.web.organisations.models import Organisation
from tests.factories.web import an_organisation, someone_who_is


@pytest.fixture
def commits_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the end of a transaction is done at once: a test's own transaction never ends well."""

    def now(function: Callable[[], Any], **_: Any) -> None:
        function()

    monkeypatch.setattr("django.db.transaction.on_commit", now)


@pytest.fixture
def city() -> Organisation:
    """A city with ledgers of its own."""
    return an_organisation("Esimerkkilä")


@pytest.fixture
def member(city: Organisation) -> Client:
    """The browser of one of the city's members, who reads English."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(someone_who_is("member", city))
    return client
