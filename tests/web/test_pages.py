"""Every page, as people meet it: nothing that axe finds, nothing wider than a phone, and all of it without JavaScript.

The pages are those of the access matrix; who opens one is the first of `OPENERS` who may.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby, product
from operator import itemgetter
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.web import a_finished_run, a_role, an_organisation
from tests.web.browser import axe_violations
from tests.web.scene import build
from tests.web.test_access import addresses

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

OPENERS = ("own_responsible_person", "own_approver", "anonymous", "administrator", "coordinator", "change_agent")
LANGUAGES = ("fi", "sv", "en")
WIDTH = 320


def pages(scene: SimpleNamespace) -> list[tuple[str, str, str]]:
    """(who, address name, path) of every address that answers with a page, person by person."""
    found = []
    for address in addresses():
        who = next((name for name in OPENERS if name in address.allowed), None)
        if address.method == "get" and who is not None:
            path = reverse(address.name, kwargs=address.arguments(scene)) + address.query
            found.append((who, address.name, path))
    clients = {name: client_of(scene.people.get(name)) for name in OPENERS}
    return sorted(each for each in found if is_page(clients[each[0]], each[2]))


def client_of(person: Any) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def is_page(client: Client, path: str) -> bool:
    answer = client.get(path)
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    is_whole = not answer.streaming and b"<html" in answer.content[:400]
    return answer.status_code == 200 and is_html and is_whole


def pages_of_an_example(scene: SimpleNamespace) -> list[tuple[str, str, str]]:
    """Made-up organisations say on each of their pages that they are."""
    example = an_organisation("Example town", slug="example-town", is_example=True, is_public=True)
    a_finished_run(example, published_at=timezone.now())
    who = "own_responsible_person"
    a_role(scene.people[who], "member", example)
    names = ("dashboards:home", "dashboards:footprint", "organisations:people", "dashboards:public")
    return [(who, f"{name} of an example", reverse(name, kwargs={"slug": example.slug})) for name in names]


def test_no_page_has_barriers(open_page: Callable[..., Any]) -> None:
    """At 320 px without scripts, as the narrowest reader meets it; the first language with all of axe's rules."""
    scene = build()
    found = sorted(pages(scene) + pages_of_an_example(scene))
    assert len(found) > 40
    wrong: dict[str, list[str]] = {}
    for language, (who, theirs) in product(LANGUAGES, by_person(found)):
        page = open_page("/health/", scene.people.get(who), language, WIDTH, javascript=False)
        for _who, name, path in theirs:
            page.goto(path, wait_until="load")
            trouble = trouble_without_scripts(page, language)
            trouble += axe_violations(page, only_texts=language != LANGUAGES[0])
            if trouble:
                wrong[f"{name} ({who}, {language})"] = trouble
        page.context.close()
    assert not wrong, "\n".join(f"{name}: {trouble}" for name, trouble in wrong.items())


def by_person(found: list[tuple[str, str, str]]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    return [(who, list(theirs)) for who, theirs in groupby(found, key=itemgetter(0))]


def trouble_without_scripts(page: Any, language: str) -> list[str]:
    """What shows as soon as the page is there."""
    seen = page.evaluate("[document.documentElement.lang, document.documentElement.scrollWidth]")
    assert not page.evaluate("matchMedia('(scripting: enabled)').matches")  # they are off indeed
    trouble = [f"in {seen[0]}"] if seen[0] != language else []
    return trouble + ([f"{seen[1]} px wide"] if seen[1] > WIDTH else [])
