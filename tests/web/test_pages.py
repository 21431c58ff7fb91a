"""Every page, as people meet it: nothing that axe finds, nothing wider than a phone, and all of it without JavaScript.

The pages are those of the access matrix; who opens one is the first of `OPENERS` who may.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.browser import axe_violations
from tests.web.scene import build
from tests.web.test_access import addresses

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

OPENERS = ("own_responsible_person", "own_approver", "anonymous", "administrator", "coordinator", "change_agent")
LANGUAGES = ("fi", "sv", "en")


def pages(scene: SimpleNamespace) -> list[tuple[str, str, str]]:
    """(address name, path, who) of every address that answers with a page."""
    found = []
    for address in addresses():
        if address.method != "get":
            continue
        who = next((name for name in OPENERS if name in address.allowed), None)
        if who is None:
            continue
        path = reverse(address.name, kwargs=address.arguments(scene)) + address.query
        if is_page(path, who, scene):
            found.append((address.name, path, who))
    return found


def is_page(path: str, who: str, scene: SimpleNamespace) -> bool:
    client = Client()
    if who != "anonymous":
        client.force_login(scene.people[who])
    answer = client.get(path)
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    is_whole = not answer.streaming and b"<html" in answer.content[:400]
    return answer.status_code == 200 and is_html and is_whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_has_barriers(open_page: Callable[..., Any], language: str) -> None:
    """At 320 px with JavaScript off, as the narrowest reader meets it."""
    scene = build()
    found = pages(scene)
    assert len(found) > 40
    wrong: dict[str, Any] = {}
    for name, path, who in found:
        page = open_page(path, person=scene.people.get(who), language=language, width=320, javascript=False)
        trouble = axe_violations(page)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            trouble.append("wider than 320 px")
        if page.evaluate("document.documentElement.lang") != language:
            trouble.append("in another language")
        if trouble:
            wrong[f"{name} ({who})"] = trouble
        page.close()
    assert wrong == {}
