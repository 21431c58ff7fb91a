"""Sliders of the what-if page in a real browser: in step with their numbers; nothing without JavaScript."""

from __future__ import annotations

import pytest

from tests.factories.reduction import a_computed_plan, some_wishes
from tests.factories.web import an_organisation, someone_who_is
from tests.web.browser import OpenPage, axe_violations, scrolls_sideways, small_targets
from tests.web.plans.document_browsing import page as address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_slider_and_number_say_the_same_and_the_answer_follows(open_page: OpenPage) -> None:
    town = an_organisation()
    plan = a_computed_plan(town, wishes=some_wishes(0.08))
    path, person = address("what_if", town, plan=plan.public_id), someone_who_is("approver", town)
    page = open_page(path, person=person, language="en", width=320)
    assert axe_violations(page) == []
    assert small_targets(page) == []
    assert not scrolls_sideways(page)
    slider = page.get_by_label("Slider: Effects")
    assert slider.input_value() == "100"
    box = slider.bounding_box()
    assert box["height"] >= 24
    slider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    assert page.input_value("#id_effect") == "50"
    assert slider.get_attribute("aria-valuetext") == "50 %"
    page.locator("#what-if-seen", has_text="The plan misses a target.").wait_for()
    assert "effect=50" in page.url
    page.fill("#id_effect", "87,5")
    assert slider.get_attribute("aria-valuetext") == "87,5 %"
    assert page.input_value("#id_effect") == "87,5"
    assert slider.input_value() in {"85", "90"}
    assert page.get_by_label("Slider: Wanted probability").get_attribute("aria-valuetext") == "–"
    assert page.complaints == []
    plain = open_page(path, person=person, language="en", javascript=False)
    assert not plain.locator("#id_effect_slider").is_visible()
    plain.fill("#id_effect", "50")
    plain.click("text=Work it out")
    assert "The plan misses a target." in plain.inner_text("#what-if-seen")
