"""Links to a result: whoever has one sees one frozen run until it ends, and nothing else."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from keino.web.dashboards.models import ShareLink
from keino.web.dashboards.services.shares import revoke
from tests.factories.dashboards import LEDGER, a_link, a_run_with_lines, an_expired_link
from tests.factories.web import a_finished_run, a_person, an_organisation, someone_who_is


def test_link_is_made_and_shown_once(town: Any, reader: Client) -> None:
    a_finished_run(town)
    answer = reader.post("/o/parish/shares/", {"kind": "footprint", "days": "30", "note": "Council"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/o/parish/shares/")
    page = reader.get("/o/parish/shares/").content.decode()
    address = re.search(r'value="http://testserver(/share/[\w-]{43}/)"', page)
    assert address is not None
    assert Client().get(address[1]).status_code == 200
    assert "/share/" not in reader.get("/o/parish/shares/").content.decode().partition("<main")[2]


def test_secret_of_a_link_is_not_kept(town: Any) -> None:
    link, token = a_link(a_finished_run(town))
    assert token not in str(vars(link))
    assert len(link.token_hash) == 64


def test_link_shows_one_run_though_a_newer_one_is_there(town: Any) -> None:
    _, token = a_link(a_run_with_lines(town))
    before = Client().get(f"/share/{token}/?language=en").content.decode()
    a_run_with_lines(town, LEDGER.replace("1200,00", "9200,00"))
    after = Client().get(f"/share/{token}/?language=en").content.decode()
    assert "€4,050" in before
    assert "€4,050" in after


@pytest.mark.parametrize(("kind", "units"), [("footprint", False), ("units", True), ("hotspots", False)])
def test_link_never_shows_suppliers_and_units_only_when_meant(town: Any, kind: str, units: bool) -> None:
    _, token = a_link(a_finished_run(town), kind=kind)
    page = Client().get(f"/share/{token}/").content.decode()
    assert "Esimerkkitoimittaja" not in page
    assert ("Tekninen toimi" in page) is units
    assert "ostolaskut-2022" not in page
    assert "/o/parish" not in page


def test_shared_page_is_kept_by_no_search_engine(town: Any) -> None:
    _, token = a_link(a_finished_run(town))
    answer = Client().get(f"/share/{token}/")
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex' in answer.content.decode()


def test_ended_links_say_so_kindly_and_show_nothing(town: Any) -> None:
    run = a_finished_run(town)
    _, expired = an_expired_link(run)
    link, revoked = a_link(run)
    revoke(link=link, by=a_person())
    for token, status in ((expired, 410), (revoked, 410), ("x" * 43, 404), (expired[:-1], 404)):
        answer = Client().get(f"/share/{token}/?language=en")
        assert answer.status_code == status
        assert "Example parish" not in answer.content.decode()
        assert "ask" in answer.content.decode()


def test_link_ends_at_its_minute(town: Any) -> None:
    link, token = a_link(a_finished_run(town), days=7)
    now = timezone.now()
    ShareLink.objects.filter(pk=link.pk).update(expires_at=now + dt.timedelta(seconds=60))
    assert Client().get(f"/share/{token}/").status_code == 200
    ShareLink.objects.filter(pk=link.pk).update(expires_at=now)
    assert Client().get(f"/share/{token}/").status_code == 410


def test_openings_are_counted_without_the_visitor(town: Any) -> None:
    link, token = a_link(a_finished_run(town))
    for _ in range(3):
        Client().get(f"/share/{token}/")
    link.refresh_from_db()
    assert link.opened == 3


def test_revoking_asks_first_and_may_be_repeated(town: Any, reader: Client) -> None:
    link, token = a_link(a_finished_run(town))
    address = f"/o/parish/shares/{link.public_id}/revoke/"
    assert reader.get(address).status_code == 200
    assert Client().get(f"/share/{token}/").status_code == 200
    assert reader.post(address).status_code == 302
    first = ShareLink.objects.get(pk=link.pk).revoked_at
    assert reader.post(address).status_code == 302
    assert ShareLink.objects.get(pk=link.pk).revoked_at == first
    assert Client().get(f"/share/{token}/").status_code == 410


def test_others_links_are_not_found(reader: Client) -> None:
    link, token = a_link(a_finished_run(an_organisation("Other")))
    assert reader.post(f"/o/parish/shares/{link.public_id}/revoke/").status_code == 404
    assert Client().get(f"/share/{token}/").status_code == 200


def test_approver_and_outsider_may_not_share(town: Any) -> None:
    a_finished_run(town)
    for person in (someone_who_is("approver", town), someone_who_is("member", an_organisation())):
        client = Client()
        client.force_login(person)
        answer = client.post("/o/parish/shares/", {"kind": "footprint", "days": "30"})
        assert answer.status_code == 403
    assert ShareLink.objects.count() == 0


def test_list_of_links_asks_as_much_for_one_as_for_three(town: Any, reader: Client) -> None:
    run = a_finished_run(town)
    a_link(run)
    reader.get("/o/parish/shares/")
    with CaptureQueriesContext(connection) as one:
        reader.get("/o/parish/shares/")
    a_link(run)
    a_link(run)
    with CaptureQueriesContext(connection) as three:
        reader.get("/o/parish/shares/")
    assert len(one) == len(three)


def test_note_of_a_link_is_text(town: Any, reader: Client) -> None:
    a_finished_run(town)
    reader.post("/o/parish/shares/", {"kind": "units", "days": "7", "note": "<b>=1+1</b>"})
    assert "&lt;b&gt;=1+1&lt;/b&gt;" in reader.get("/o/parish/shares/").content.decode()
