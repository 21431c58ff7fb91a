"""Fixtures for all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real ledgers, factors and code lists that lies beside the repository."""
    folder = Path(os.environ.get("KEINO_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("the shared data folder is not beside the repository (set KEINO_SHARED_DATA to its path)")
    return folder


@pytest.fixture(autouse=True)
def no_own_facts(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test sees what the developer once imported."""
    if "KEINO_FACTS" not in os.environ:
        monkeypatch.setenv("KEINO_FACTS", str(tmp_path_factory.getbasetemp() / "no-own-facts"))
