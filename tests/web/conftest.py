"""Fixtures of the site's tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.web.browser import open_page

__all__ = ["open_page"]  # fixtures of every test of the site

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    """Every test has its own files and store."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STORE_FOLDER = tmp_path / "store"
