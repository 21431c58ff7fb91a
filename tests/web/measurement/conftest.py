"""Fixtures of the tests of ledgers and runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def commits_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the end of a transaction is done at once: a test's own transaction never ends well."""

    def now(function: Callable[[], Any], **_: Any) -> None:
        function()

    monkeypatch.setattr("django.db.transaction.on_commit", now)
