"""Scores that are kept as a draft by themselves, in a browser."""

from __future__ import annotations

from typing import Any

import pytest

from keino.web.programmes.models import Review
from tests.factories.accounts import with_second_factor
from tests.factories.selection import a_review, a_selecting
from tests.web.browser import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_scores_sent_while_their_draft_is_being_kept_are_in_no_conflict_with_it(open_page: OpenPage) -> None:
    selecting = a_selecting(applicants=1)
    reviewer = with_second_factor(selecting.reviewers[0])
    review = a_review(selecting.applications[0], reviewer)
    page = open_page(f"{selecting.path}reviews/{review.public_id}/", reviewer)
    kept: list[tuple[Any, Any]] = []

    def keep_answer_back(route: Any) -> None:
        """The draft is kept on the server, and its answer takes its time."""
        if route.request.headers.get("hx-request"):
            kept.append((route, route.fetch()))
        else:
            route.continue_()

    page.route("**/reviews/*/", keep_answer_back)
    page.locator("input[value=yes]").check(force=True)
    for score in page.locator("input[type=radio][value='3']").all():
        score.check(force=True)
    while not kept:
        page.wait_for_timeout(50)
    page.locator("button[name=send]").click()
    ((route, answer),) = kept
    route.fulfill(response=answer)
    page.wait_for_url("**/selection/reviews/")
    assert Review.objects.get().state == "sent"
