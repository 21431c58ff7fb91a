"""No page of programmes and cohorts leads its reader to a page that refuses them, isn't there or fails."""

from __future__ import annotations

import re
from collections import defaultdict
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse

from keino.web.base.models import Person
from tests.factories.sparring import a_session
from tests.web.access import Address
from tests.web.cohorts.access import ADDRESSES as OF_COHORTS
from tests.web.programmes.access import ADDRESSES as OF_PROGRAMMES

#: Pages that end the visit.
_LEAVES = re.compile(r"^/account/")
_FILE = re.compile(r"\.(pdf|xlsx|csv)(\?|$)")
DEAD = {403, 404, 410, 500}


def links_of(page: str) -> set[str]:
    """Where the main part of a page leads on this site; the menus are the same on every page."""
    main = page.partition("<main")[2].partition("</main>")[0]
    found = {unescape(each).partition("#")[0] for each in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', main)}
    return {each for each in found if each.startswith("/") and not _LEAVES.match(each)}


def starts_of(scene: SimpleNamespace, who: str) -> set[str]:
    """The person's homes, and every page of programmes and cohorts that they may open."""
    addresses: list[Address] = [*OF_PROGRAMMES, *OF_COHORTS]
    own = {
        reverse(each.name, kwargs=each.arguments(scene)) + each.query
        for each in addresses
        if each.method == "get" and who in each.allowed
    }
    homes = {reverse("dashboards:person_home"), f"/o/{scene.organisation.slug}/"}
    if who == "coordinator":
        homes |= {reverse("organisations:desk"), f"/o/{scene.centre.slug}/"}
        homes |= {
            reverse("organisations:hand_over", args=[scene.centre.slug, scene.people[each].public_id])
            for each in ("expert", "mentor")
        }
    return own | homes


def once_each_file(leads: dict[str, set[str]]) -> dict[str, set[str]]:
    """The links without the second and third language of a file, which takes long to write."""
    files = {resolve(link.partition("?")[0]).view_name: link for link in leads if _FILE.search(link)}
    kept = sorted(link for link in leads if not _FILE.search(link) or link in files.values())
    return {link: leads[link] for link in kept}


def opened(client: Client, path: str) -> tuple[int, str]:
    """Status and text of a page, where redirects lead in the end."""
    try:
        answer: Any = client.get(path, follow=True)
    except Exception as error:  # noqa: BLE001  # what a visitor would see as 500
        return 500, repr(error)
    if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
        return answer.status_code, ""
    return answer.status_code, answer.content.decode()


def _widen(scene: SimpleNamespace) -> None:
    """What the scene lacks: sessions of another town that the people of the centre hold."""
    for who in ("coordinator", "expert", "mentor"):
        person: Person = scene.people[who]
        a_session(scene.other_organisation, days=3, mentor=person, created_by=person)
        a_session(scene.organisation, days=3, mentor=person, created_by=person)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["coordinator", "expert", "mentor", "own_responsible_person"])
def test_no_link_leads_to_a_closed_door(scene: SimpleNamespace, who: str) -> None:
    _widen(scene)
    client = Client()
    client.force_login(scene.people[who])
    leads: dict[str, set[str]] = defaultdict(set)
    for start in sorted(starts_of(scene, who)):
        status, page = opened(client, start)
        if status == 200:
            for link in links_of(page):
                leads[link].add(start)
    assert len(leads) > 20
    wrong = []
    for link, sources in once_each_file(leads).items():
        status, page = opened(client, link)
        if status in DEAD:
            wrong.append(f"{status} {link} from {sorted(sources)[:3]}{page[:200] if status == 500 else ''}")
    assert not wrong, "\n".join(wrong)
