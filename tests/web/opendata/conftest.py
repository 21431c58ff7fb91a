"""Fixtures of the open data's tests."""

from __future__ import annotations

import pytest

from keino.web.opendata.api import limits


@pytest.fixture(autouse=True)
def nobody_has_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits are counted in the process; each test begins a minute of its own."""
    monkeypatch.setattr(limits, "_asked", limits.Window())
    monkeypatch.setattr(limits, "_failed", limits.Window())
