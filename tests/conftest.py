"""Fixtures for all tests."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, NoReturn
from unittest.mock import patch

import pytest
from django.utils import translation

REPOSITORY = Path(__file__).resolve().parent.parent

#: Files that take minutes are begun first, so that no processor waits for them at the end; the longest is named first.
LONGEST = (
    "web/test_pages.py",
    "web/operations/test_kill.py",
    "web/operations/test_backup.py",
    "web/operations/test_kill_services.py",
    "web/cohorts/test_edition_browser.py",
    "web/test_lists.py",
    "web/base/test_design_browser.py",
    "web/measurement/test_upload_browser.py",
    "docs/test_tutorial.py",
    "web/test_access.py",
    "web/test_walks.py",
    "web/followup/test_newcomer_browser.py",
    "cli/test_commands.py",
    "web/dashboards/test_dashboards_browser.py",
    "report/test_browser.py",
)


#: Where Chromium may be. The one without windows draws the same and takes a third of the time to open a page.
CHROMIUMS = (
    [Path(os.environ["KEINO_CHROMIUM"])]
    if "KEINO_CHROMIUM" in os.environ
    else [Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")]
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; all others stay in their order."""
    place = {REPOSITORY / "tests" / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path, len(place)))


class NoClockYet(dt.datetime):
    """Django's clock while tests are collected."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> NoReturn:
        raise RuntimeError("A test may not ask for the day before it runs: the day can end between the two.")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Refuse days that are worked out while modules are imported: hours later, past midnight, they are other days."""
    with patch("django.utils.timezone.datetime", NoClockYet):
        return (yield)


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


@pytest.fixture(autouse=True)
def language_of_the_site() -> Iterator[None]:
    """No test leaves its language to the next one: a page that was asked for in English leaves English on."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Chromium, once for all tests of a process; skips where none is installed."""
    sync_api = pytest.importorskip("playwright.sync_api")
    path = next(filter(Path.exists, CHROMIUMS), None)
    if path is None:
        pytest.skip(f"no Chromium at {' or '.join(map(str, CHROMIUMS))} (set KEINO_CHROMIUM to its path)")
    with sync_api.sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Django refuses database calls where an event loop runs, and Playwright leaves its own in this thread.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=str(path), args=["--no-sandbox"])
        yield browser
        browser.close()
