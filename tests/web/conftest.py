"""Fixtures of the site's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.web.browser import open_page
from tests.web.scene import build

__all__ = ["open_page"]  # fixtures of every test of the site

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    """Every test has its own files and store."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STORE_FOLDER = tmp_path / "store"
    settings.VISITOR_PAGES_KEPT_S = 0  # tests see what they changed


@pytest.fixture(scope="module")
def scene_of_module(
    django_db_setup: None,  # the database must be there
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[SimpleNamespace]:
    """The scene, built once for a module; nothing of it outlives the module."""
    folder = tmp_path_factory.mktemp("scene")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=folder / "files", STORE_FOLDER=folder / "store"),
        transaction.atomic(),
    ):
        made = build()
        made.folder = folder
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def scene(scene_of_module: SimpleNamespace, settings: Any) -> Iterator[SimpleNamespace]:
    """The module's scene as it was built: what a test changes in the database is taken back."""
    folder = scene_of_module.folder
    settings.MEDIA_ROOT, settings.STORE_FOLDER = folder / "files", folder / "store"
    with transaction.atomic():
        yield scene_of_module
        transaction.set_rollback(True)
