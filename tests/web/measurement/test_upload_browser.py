"""Uploads in a real browser: pieces over a bad connection, on after a reload, by keyboard, without JavaScript."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from keino.web.base.jobs import run_waiting_jobs
from keino.web.measurement.models import Ledger, LedgerFile
from tests.factories.measurement import ledger_text
from tests.factories.web import an_organisation, someone_who_is
from tests.web.browser import OpenPage, axe_violations, scrolls_sideways

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def file(tmp_path: Path, settings: Any) -> Path:
    """A ledger of eleven pieces, with rejected rows."""
    settings.UPLOAD_PIECE_BYTES = 3000
    path = tmp_path / "ostot 2023.csv"
    path.write_text(ledger_text(480, wrong=3), "utf-8")
    return path


def choose(page: Any, file: Path) -> None:
    page.set_input_files("input[name=ledger_files]", str(file))
    page.click("form[data-upload] button[type=submit]")


def pieces(page: Any, allowed: range, *, ever: bool = False) -> list[int]:
    """Let only these pieces through (by their number as they are sent); returns the offsets that were tried."""
    tried: list[int] = []

    def decide(route: Any) -> None:
        tried.append(int(route.request.url.partition("offset=")[2]))
        if len(tried) - 1 in allowed or ever:
            route.continue_()
        else:
            route.abort()

    page.route("**/*offset=*", decide)
    return tried


def test_upload_goes_on_over_a_broken_connection(open_page: OpenPage, file: Path) -> None:
    city = an_organisation()
    page = open_page(f"/o/{city.slug}/ledger/new/", someone_who_is("member", city), "en")
    tried: list[int] = []

    def breaks_twice(route: Any) -> None:
        tried.append(int(route.request.url.partition("offset=")[2]))
        route.abort() if len(tried) in {3, 6} else route.continue_()

    page.route("**/*offset=*", breaks_twice)
    choose(page, file)
    page.wait_for_selector("text=How keino read this ledger")
    kept = LedgerFile.objects.get()
    with default_storage.open(kept.stored_as) as stored:
        assert stored.read() == file.read_bytes()
    assert len(tried) == len(set(tried)) + 2  # only what broke was sent twice


def test_upload_goes_on_after_a_reload(open_page: OpenPage, file: Path) -> None:
    city = an_organisation()
    page = open_page(f"/o/{city.slug}/ledger/new/", someone_who_is("member", city), "en")
    tried = pieces(page, range(3))
    choose(page, file)
    page.wait_for_selector("text=The connection broke")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.unroute("**/*offset=*")  # only now: the page before tries again by itself
    assert "ostot 2023.csv" in page.content()
    again = pieces(page, range(0), ever=True)
    choose(page, file)
    page.wait_for_selector("text=How keino read this ledger")
    assert Ledger.objects.count() == LedgerFile.objects.count() == 1
    assert (tried[:3], again[0]) == ([0, 3000, 6000], 9000)


def test_visit_without_javascript_from_file_to_rejected_rows(open_page: OpenPage, file: Path) -> None:
    page = open_page("/footprint/", None, "en", 320, javascript=False)
    choose(page, file)
    run_waiting_jobs()
    page.reload()
    assert axe_violations(page) == []
    page.click("text=Look at the rejected rows and mend them")
    page.fill("input[name=cell-482-6]", "100,00")
    page.click("text=Save this page")
    page.click("text=Read again with the mended rows")
    run_waiting_jobs()
    page.reload()
    assert "Mended by you" in page.content()
    page.click("text=Columns are wrong")
    page.click("text=Show what it gives")
    assert "Firma 1 Oy" in page.content()


def test_keyboard_alone_from_the_door_to_looks_right(open_page: OpenPage, file: Path) -> None:
    page = open_page("/footprint/", None, "en")
    page.focus("input[name=ledger_files]")
    page.set_input_files("input[name=ledger_files]", str(file))  # the system's own dialog is not the page's
    reach(page, "Send and read")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=How keino read this ledger")
    run_waiting_jobs()
    page.reload()
    page.focus("main")
    reach(page, "Looks right")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=The ledger counts from now on")
    assert Ledger.objects.get().state == "confirmed"


def reach(page: Any, words: str) -> None:
    """Press Tab until the control with these words has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == words:
            return
    raise AssertionError(f"no Tab leads to “{words}”")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_ledger_pages_have_no_barriers(open_page: OpenPage, file: Path, language: str) -> None:
    city = an_organisation()
    member = someone_who_is("member", city)
    page = open_page(f"/o/{city.slug}/ledger/new/", member, language, 320)
    found = {"upload": axe_violations(page)}
    choose(page, file)
    page.wait_for_url("**/ledger/*-*/")
    run_waiting_jobs()
    ledger = Ledger.objects.get()
    kept = ledger.files.get()
    at = f"/o/{city.slug}/ledger/{ledger.public_id}/"
    wide = []
    for path in (
        at,
        f"{at}add/",
        f"{at}details/",
        f"{at}withdraw/",
        f"{at}file/{kept.public_id}/columns/",
        f"{at}file/{kept.public_id}/rejected/",
        f"/o/{city.slug}/ledger/",
        f"/o/{city.slug}/ledger/columns/",
        "/footprint/",
        "/footprint/forget/",
    ):
        page.goto(path)
        found[path] = axe_violations(page)
        wide += [path] if scrolls_sideways(page) else []
    assert {path: broken for path, broken in found.items() if broken} == {}
    assert wide == []
    assert page.complaints == []
