"""Pages in a real browser: no barriers, small windows, keyboard, paper, security policy."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.factories.web import a_person
from tests.web.browser import OpenPage, axe_violations, scrolls_sideways, small_targets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ("/", "/style/", "/account/login/", "/account/signup/", "/nothing-here/")
LANGUAGES = ("fi", "sv", "en")


@pytest.mark.parametrize(("path", "language"), list(itertools.product(PAGES, LANGUAGES)))
def test_page_has_no_barriers(path: str, language: str, open_page: OpenPage) -> None:
    """In light and dark, on a screen and on a phone, with and without JavaScript."""
    for javascript in (True, False):
        page = open_page(path, language=language, javascript=javascript)
        for dark, width in itertools.product((False, True), (1280, 320)):
            page.emulate_media(color_scheme="dark" if dark else "light")
            page.set_viewport_size({"width": width, "height": 900})
            where = f"javascript={javascript} dark={dark} width={width}"
            assert axe_violations(page) == [], where
            assert not scrolls_sideways(page), where
            assert small_targets(page) == [], where
        # The browser itself reports the status of a page that isn't there.
        assert [text for text in page.complaints if "404" not in text] == []


def test_a_barrier_would_be_found(open_page: OpenPage) -> None:
    page = open_page("/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x><p>x</p>')")
    assert any(rule.startswith("image-alt") for rule in axe_violations(page))


def test_an_inline_style_or_script_is_refused_and_reported(open_page: OpenPage) -> None:
    page = open_page("/")
    page.evaluate("document.querySelector('h1').setAttribute('style', 'color: red')")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.got = 1'}))"
    )
    assert page.evaluate("window.got") is None
    assert any("Content Security Policy" in text for text in page.complaints)


@pytest.mark.parametrize("zoom", [2, 4])
def test_page_reflows_when_it_is_enlarged(zoom: int, open_page: OpenPage) -> None:
    """1280 px at 200 % and at 400 % (WCAG 1.4.4, 1.4.10)."""
    page = open_page("/style/", width=1280 // zoom)
    assert not scrolls_sideways(page)


def test_larger_text_stays_whole(open_page: OpenPage) -> None:
    """Text alone at 200 %, as browsers' own setting does it."""
    page = open_page("/", width=1280)
    page.evaluate("document.documentElement.classList.add('twice')")
    page.evaluate(
        "new CSSStyleSheet().replace('.twice { font-size: 200% }').then(s => document.adoptedStyleSheets = [s])"
    )
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert not scrolls_sideways(page)


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.innerText.trim()"))


def test_keyboard_reaches_content_menu_and_languages_in_order(open_page: OpenPage) -> None:
    page = open_page("/style/", language="en")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    box = page.locator(":focus").bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert focused(page) == "Front page"  # of the breadcrumb: header and menu were skipped
    page.goto("/style/")
    reached = []
    for _step in range(8):
        page.keyboard.press("Tab")
        reached.append(focused(page))
    assert reached[2:5] == ["Suomi", "Svenska", "English"]
    assert "For buyers" in reached


def test_language_link_turns_the_page_and_is_remembered(open_page: OpenPage) -> None:
    page = open_page("/style/?page=2", language="fi")
    page.get_by_role("link", name="Svenska", exact=True).press("Enter")
    page.wait_for_url("**/style/?page=2&language=sv")
    assert page.evaluate("document.documentElement.lang") == "sv"
    page.goto("/")
    assert page.evaluate("document.documentElement.lang") == "sv"


def test_focus_is_always_seen_and_never_hidden(open_page: OpenPage) -> None:
    page = open_page("/style/", width=320)
    unseen = []
    for _step in range(120):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const part = document.activeElement; if (part === document.body) return true;
                 const box = part.getBoundingClientRect(), style = getComputedStyle(part);
                 const outlined = [style, ...[...(part.labels ?? [])].map((l) => getComputedStyle(l, '::before'))]
                   .some((s) => parseFloat(s.outlineWidth) >= 2 && s.outlineStyle !== 'none' || s.boxShadow !== 'none');
                 const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1);
                 const y = Math.min(Math.max(box.y + Math.min(box.height / 2, 20), 0), innerHeight - 1);
                 const top = document.elementFromPoint(x, y);
                 const labels = [...(part.labels ?? [])];
                 const open = top === null || part.contains(top) || top.contains(part) || labels.includes(top);
                 return outlined && open || part.outerHTML.slice(0, 100); }"""
        )
        if seen is not True:
            unseen.append(seen)
    assert unseen == []


def test_person_menu_opens_and_closes_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/", person=a_person(name="Aino Esimerkki"), language="en")
    summary = page.locator(".person-menu > summary")
    summary.press("Enter")
    assert page.get_by_role("button", name="Log out").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.get_by_role("button", name="Log out").is_visible()
    assert focused(page) == "Aino Esimerkki"
    summary.press("Enter")
    page.locator("h1").click()
    assert not page.get_by_role("button", name="Log out").is_visible()


def test_person_menu_works_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/", person=a_person(name="Aino Esimerkki"), language="en", javascript=False)
    page.locator(".person-menu > summary").click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_load_state()
    assert page.get_by_role("link", name="Log in").first.is_visible()


def test_explanation_of_a_word_opens_by_keyboard_and_closes_with_escape(open_page: OpenPage) -> None:
    page = open_page("/style/", language="en")
    word = page.get_by_role("button", name="interval")
    explanation = page.get_by_text("The range that holds the true value")
    assert not explanation.is_visible()
    word.press("Enter")
    assert explanation.is_visible()
    assert not scrolls_sideways(page)
    page.keyboard.press("Escape")
    assert not explanation.is_visible()


def test_paper_has_the_content_and_no_navigation(open_page: OpenPage) -> None:
    page = open_page("/style/", language="en")
    page.emulate_media(media="print")
    for part in (".site-nav", ".site-tools", ".breadcrumb", ".filter", ".pager", ".actions"):
        assert not page.locator(part).first.is_visible(), part
    for part in ("h1", "#chart svg", "#numbers table", ".brand-name"):
        assert page.locator(part).first.is_visible(), part
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_dark_paper_is_white_all_the_same(open_page: OpenPage) -> None:
    page = open_page("/style/", dark=True)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"


def test_figures_have_one_width(open_page: OpenPage) -> None:
    """Tabular figures of our own font: 1 is as wide as 8."""
    page = open_page("/style/")
    widths = page.evaluate(
        """async () => {
             await document.fonts.ready;
             return [...'0123456789'].map((digit) => {
               const span = document.body.appendChild(document.createElement('span'));
               span.textContent = digit.repeat(50);
               const width = span.getBoundingClientRect().width;
               span.remove();
               return width;
             });
           }"""
    )
    assert max(widths) - min(widths) < 0.5
    assert page.evaluate("document.fonts.check('16px \"Source Sans 3\"')")


def test_nothing_is_asked_of_another_site(open_page: OpenPage, live_server: Any) -> None:
    page = open_page("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/style/")
    assert len(asked) > 10
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []


def test_chart_follows_the_dark(open_page: OpenPage) -> None:
    colours = {}
    for dark in (False, True):
        page = open_page("/style/", dark=dark)
        colours[dark] = page.evaluate(
            """() => getComputedStyle(document.querySelector('.drawing [fill="#00695f"]')).fill"""
        )
    assert colours == {False: "rgb(0, 105, 95)", True: "rgb(92, 196, 182)"}
