"""A real browser for the site's tests; ``conftest.py`` gives its fixtures to all of them.

    @pytest.mark.browser
    def test_page_has_no_barriers(open_page):
        page = open_page("/data/", language="sv", width=320)
        assert axe_violations(page) == []

``open_page`` logs a person in by a session of their own, waits until the page is loaded, also after each click, and
remembers what the browser complained about in ``page.complaints`` (console errors and refusals by the content security
policy). ``javascript=False`` keeps the page's own scripts from running; axe runs all the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Locator, Page

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
#: What axe looks at: WCAG 2.0–2.2 A and AA, and what it calls good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Those whose answer can differ from one language to another; the others look at what all languages share.
RULES_OF_TEXTS = [
    "aria-command-name",
    "aria-dialog-name",
    "aria-input-field-name",
    "aria-meter-name",
    "aria-progressbar-name",
    "aria-toggle-field-name",
    "aria-tooltip-name",
    "button-name",
    "document-title",
    "empty-heading",
    "empty-table-header",
    "frame-title",
    "html-has-lang",
    "html-lang-valid",
    "image-alt",
    "image-redundant-alt",
    "input-button-name",
    "input-image-alt",
    "label",
    "label-title-only",
    "landmark-unique",
    "link-name",
    "role-img-alt",
    "scrollable-region-focusable",
    "select-name",
    "summary-name",
    "svg-img-alt",
    "table-duplicate-name",
    "target-size",
    "valid-lang",
]
OpenPage = Callable[..., Any]


def until_loaded(act: Callable[..., None]) -> Callable[..., None]:
    """The act, done when the page that it led to is loaded: a click itself waits for that page's first byte only."""

    @wraps(act)
    def settled(part: Page | Locator, *args: Any, **named: Any) -> None:
        act(part, *args, **named)
        (part if isinstance(part, Page) else part.page).wait_for_load_state()

    return settled


@pytest.fixture
def open_page(chromium: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenPage]:
    """Open an address as a person, in a language: ``open_page("/", person=…, language="fi", width=1280)``."""
    for part in (Page, Locator):
        for act in ("click", "press", "check", "select_option"):
            monkeypatch.setattr(part, act, until_loaded(getattr(part, act)))
    contexts: list[Any] = []

    def open_one(
        path: str,
        person: Any = None,
        language: str = "fi",
        width: int = 1280,
        *,
        javascript: bool = True,
        dark: bool = False,
    ) -> Any:
        wishes = {
            "base_url": live_server.url,
            "viewport": {"width": width, "height": 900},
            "color_scheme": "dark" if dark else "light",
            "reduced_motion": "reduce",
            "locale": language,
        }
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if person is not None:
            cookies[settings.SESSION_COOKIE_NAME] = session_of(person)

        context = chromium.new_context(**wishes)
        contexts.append(context)
        context.set_default_timeout(60_000)  # only a failure waits so long, and a busy machine
        context.add_cookies([{"name": name, "value": text, "url": live_server.url} for name, text in cookies.items()])
        opened = context.new_page()
        opened.runs_scripts = javascript
        opened.tools = context.new_cdp_session(opened)
        if not javascript:
            allow_scripts(opened, allowed=False)
        opened.complaints = []
        opened.on("console", lambda said: opened.complaints.append(said.text) if said.type == "error" else None)
        opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.goto(path, wait_until="load")
        return opened

    yield open_one
    for context in contexts:
        context.close()


def session_of(person: Any) -> str:
    """The key of a new session in which this person is logged in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def allow_scripts(page: Any, *, allowed: bool) -> None:
    """From now on; what is loaded already stays as it is."""
    page.tools.send("Emulation.setScriptExecutionDisabled", {"value": not allowed})


def axe_violations(page: Any, *, only_texts: bool = False) -> list[str]:
    """What axe finds wrong: rule, and where. A page without JavaScript stays as it is, only axe runs.

    ``only_texts``: of a page that was looked at whole in another language, what its words can make wrong.
    """
    wanted = {"type": "rule", "values": RULES_OF_TEXTS} if only_texts else {"type": "tag", "values": RULES}
    options = json.dumps({"runOnly": wanted, "resultTypes": ["violations"]})
    # axe and its run in one message: half a megabyte is sent to every page
    expression = f"{AXE.read_text('utf-8')};axe.run({options}).then((found) => found.violations)"
    if not page.runs_scripts:
        allow_scripts(page, allowed=True)
    answer = page.tools.send(
        "Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True}
    )
    if not page.runs_scripts:
        allow_scripts(page, allowed=False)
    assert "exceptionDetails" not in answer, answer["exceptionDetails"]
    return [
        f"{rule['id']}: {' | '.join(node['html'][:150] + ' ' + node['failureSummary'] for node in rule['nodes'][:3])}"
        for rule in answer["result"]["value"]
    ]


def scrolls_sideways(page: Any) -> bool:
    """Whether the page itself is wider than the window."""
    return bool(page.evaluate("document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth"))


def small_targets(page: Any, least: int = 24) -> list[str]:
    """Links, buttons and fields that are smaller than 24 × 24 px, but for links in a sentence (WCAG 2.5.8)."""
    found: list[str] = page.evaluate(
        """(least) => [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select")]
          .filter((part) => part.checkVisibility())
          .filter((part) => !part.matches("p a, dd a, p button, .skip, .hds-notification__body > a"))
          .filter((part) => !(part.matches("input") && part.labels?.length))
          .filter((part) => {
            const box = part.getBoundingClientRect();
            return box.width && (box.height < least || box.width < least);
          })
          .map((part) => part.outerHTML.slice(0, 120))""",
        least,
    )
    return found
