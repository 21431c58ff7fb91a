"""A page used by its keyboard alone: Tab to a control by its name, then Enter, Space or typing."""

from __future__ import annotations

from typing import Any

#: More than any page has; a control that isn't reached by then is out of the keyboard's reach.
MOST_TABS = 250
#: The name of what has the focus: its own words or those of its label, without "(optional)".
FOCUSED = """() => {
  const control = document.activeElement;
  const words = (control.labels?.[0] ?? control).cloneNode(true);
  words.querySelectorAll(".optional").forEach((part) => part.remove());
  return words.textContent.replace(/\\s+/g, " ").trim();
}"""


def reach(page: Any, name: str) -> None:
    """Press Tab until the control with this name has the focus."""
    passed: list[str] = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUSED))
        if passed[-1] == name:
            return
    raise AssertionError(f"no Tab leads to “{name}” at {page.url}, but to: {list(dict.fromkeys(passed))}")


def press(page: Any, name: str) -> None:
    """Press Enter on a link or a button that leads to another page, and wait for that page."""
    reach(page, name)
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")


def write(page: Any, name: str, text: str) -> None:
    """Type into the next field with this label, in place of what stands there."""
    reach(page, name)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def write_day(page: Any, name: str, twice: int, year: int) -> None:
    """Type a day into a browser's own field of days, which asks for day and month in an order of its own: so both
    are the same number."""
    reach(page, name)
    page.keyboard.type(f"{twice:02}{twice:02}{year}")


def choose(page: Any, name: str, beginning: str) -> None:
    """Choose what begins like this in the next list with this label."""
    reach(page, name)
    page.keyboard.type(beginning)


def tick(page: Any, name: str) -> None:
    reach(page, name)
    page.keyboard.press("Space")
