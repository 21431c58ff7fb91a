"""The page in a real browser: no accessibility fault, no sideways scroll, nothing asked from the network."""

from pathlib import Path

import pytest

from keino.report.language import LANGUAGES
from keino.report.page import report_page
from tests.factories.results import empty_result, footprint_result

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
#: window width in CSS pixels and device pixels per CSS pixel; 640 × 2 is a window of 1280 at 200 % zoom
WINDOWS = {"desk": (1280, 1), "phone": (320, 2), "zoomed": (640, 2)}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for language in LANGUAGES:
        (folder / f"{language}.html").write_text(report_page(footprint_result(), language), encoding="utf-8")
    (folder / "empty.html").write_text(report_page(empty_result(), "fi"), encoding="utf-8")
    return folder


def opened(chromium, path, window="desk", scheme="light"):
    width, scale = WINDOWS[window]
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, device_scale_factor=scale, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    return page


def drawn(page):
    """Wait until the page is on the screen: before that Chromium scrolls nothing, whatever key is pressed."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", [*LANGUAGES, "empty"])
def test_axe_finds_nothing(chromium, pages, language, scheme):
    page = opened(chromium, pages / f"{language}.html", scheme=scheme)
    page.evaluate(AXE.read_text(encoding="utf-8"))  # works although the page forbids scripts
    found = page.evaluate("axe.run()")["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]][:3]) for fault in found] == []
    page.context.close()


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_never_scrolls_sideways(chromium, pages, language, window):
    page = opened(chromium, pages / f"{language}.html", window)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.context.close()


def test_wide_tables_scroll_by_keyboard(chromium, pages):
    page = opened(chromium, pages / "en.html", "phone")
    region = page.locator(".scroll", has=page.locator("#categories"))
    region.focus()
    drawn(page)
    page.keyboard.press("ArrowRight")
    for _ in range(600):  # it glides, and takes its time on a busy machine
        if region.evaluate("region => region.scrollLeft") > 0:
            break
        page.wait_for_timeout(100)
    assert region.evaluate("region => region.scrollLeft") > 0
    page.context.close()


def test_skip_link_is_the_first_stop_and_leads_to_the_answer(chromium, pages):
    page = opened(chromium, pages / "en.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.context.close()


def test_nothing_is_asked_from_the_network(chromium, pages):
    context = chromium.new_context()
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto((pages / "sv.html").as_uri())
    assert asked == [(pages / "sv.html").as_uri()]
    context.close()


def test_print_shows_closed_tables(chromium, pages):
    context = chromium.new_context()
    page = context.new_page()
    page.goto((pages / "en.html").as_uri())
    page.emulate_media(media="print")
    assert page.locator("details #category-years").evaluate(
        "table => table.checkVisibility() && table.offsetHeight > 100"
    )
    assert not page.locator("nav").is_visible()
    context.close()
