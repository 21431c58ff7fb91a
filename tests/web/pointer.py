"""A page used as people with a mouse use it: by what its links, buttons and fields are called."""

from __future__ import annotations

import re
from typing import Any

from tests.web.browser import axe_violations, scrolls_sideways

#: What stands after the name of a field that may stay empty.
_OPTIONAL = r"(\s*\([^()]*\))?"


def press(page: Any, name: str, about: str = "") -> None:
    """Press the first link or button with this name, in the text of the page before its frame.

    ``about``: whom it is about, where pages say so only to those who don't see them ("Write: Pilot").
    """
    wanted = re.compile(rf"^{re.escape(name)}\s*: {re.escape(about)}$") if about else re.compile(f"^{re.escape(name)}$")
    for part in ("main", "body"):
        where = page.locator(part)
        found = where.get_by_role("link", name=wanted).or_(where.get_by_role("button", name=wanted))
        if found.count():
            found.first.click()
            page.wait_for_load_state()
            return
    offered = page.locator("main").get_by_role("link").all_inner_texts()
    raise AssertionError(f"nothing is called “{name}” at {page.url}, only: {offered}")


def field(page: Any, name: str) -> Any:
    """The field with this label."""
    wanted = re.compile(rf"^\s*{re.escape(name)}{_OPTIONAL}\s*$")
    found = page.locator("main").get_by_label(wanted)
    assert found.count(), f"no field is called “{name}” at {page.url}"
    return found.first


def fill(page: Any, texts: dict[str, str]) -> None:
    """Write into fields: label → text; days and times as the browser keeps them (2027-05-31, 09:00)."""
    for name, text in texts.items():
        field(page, name).fill(text)


def choose(page: Any, name: str, option: str) -> None:
    """Choose from the list with this label."""
    field(page, name).select_option(option)


def tick(page: Any, name: str, which: int = 0) -> None:
    """Tick a box or a choice; ``which``: of several with this name, from the top."""
    page.locator("main").get_by_label(name, exact=True).nth(which).check(force=True)  # its label lies upon it


def look(page: Any) -> None:
    """No barrier on the page, and nothing wider than a phone."""
    assert axe_violations(page) == [], page.url
    wide = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 900})
    assert not scrolls_sideways(page), page.url
    page.set_viewport_size(wide)
