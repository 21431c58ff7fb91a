"""A parish with two years of purchases, its responsible person and its approver, who read English."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from tests.factories.dashboards import a_run_with_lines
from tests.factories.web import an_organisation, someone_who_is


@pytest.fixture
def commits_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the end of a transaction is done at once: a test's own transaction never ends well."""

    def now(function: Callable[[], Any], **_: Any) -> None:
        function()

    monkeypatch.setattr("django.db.transaction.on_commit", now)


@pytest.fixture
def parish(db: None) -> Organisation:
    """With purchases of 2022 and 2023 (``factories.dashboards.LEDGER``)."""
    parish = an_organisation("Example parish", slug="parish", kind="parish", population=3000, is_public=True)
    a_run_with_lines(parish)
    return parish


def browser_of(person: Person | None, language: str = "en") -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    client.cookies["keino_language"] = language
    return client


@pytest.fixture
def responsible(parish: Organisation) -> Person:
    return someone_who_is("responsible_person", parish)


@pytest.fixture
def approver(parish: Organisation) -> Person:
    return someone_who_is("approver", parish)


@pytest.fixture
def writer(responsible: Person) -> Client:
    """The browser of the responsible person."""
    return browser_of(responsible)


@pytest.fixture
def decider(approver: Person) -> Client:
    """The browser of the approver."""
    return browser_of(approver)
