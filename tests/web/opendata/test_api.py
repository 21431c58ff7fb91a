"""The programming interface: pages of lists, conditions, errors, and the way of a ledger through it."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keino.facts.read import read
from keino.web.base.jobs import run_waiting_jobs
from keino.web.measurement.models import Ledger
from keino.web.opendata.api.limits import Window
from keino.web.organisations.models import Organisation
from tests.factories.opendata import Program, a_published_run
from tests.factories.web import a_finished_run, a_ledger, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db

LEDGER = (
    "Päivämäärä;Toimittaja;Tili;Tilin nimi;Summa\n"
    "2023-01-15;Lämpö Oy;4451;Lämmitys;1000,10\n"
    "2023-02-15;Ruoka Oy;4500;Elintarvikkeet;200,05\n"
    "2023-03-15;Lämpö Oy;4451;Lämmitys;-50,00\n"
).encode()


def all_pages(program: Program, path: str, limit: int) -> list[Any]:
    items, cursor = [], ""
    while cursor is not None:
        answer = program.get(f"{path}?limit={limit}&cursor={cursor}").json()
        items += answer["items"]
        cursor = answer["next"]
    return items


def test_pages_of_a_list_hold_everything_once() -> None:
    for _ in range(5):
        an_organisation()
    found = all_pages(Program(), "/organisations", 2)
    expected = list(Organisation.objects.order_by("pk").values_list("slug", flat=True))
    assert [one["organisation"] for one in found] == expected


def test_page_goes_on_after_a_row_that_was_added_meanwhile() -> None:
    organisation = an_organisation()
    ledgers = [a_ledger(organisation, title=f"Ledger {number}") for number in range(3)]
    program = Program(someone_who_is("member", organisation))
    path = f"/organisations/{organisation.slug}/ledgers"
    first = program.get(f"{path}?limit=2").json()
    a_ledger(organisation, title="Added meanwhile")
    second = program.get(f"{path}?limit=2&cursor={first['next']}").json()
    assert [one["title"] for one in first["items"] + second["items"]] == ["Ledger 2", "Ledger 1", "Ledger 0"]
    assert len(ledgers) == 3


@pytest.mark.parametrize("cursor", ["x", "LTE", "MA", "\u00e4", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"])
def test_wrong_cursor_is_a_problem(cursor: str) -> None:
    answer = Program().get(f"/organisations?cursor={cursor}")
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong_cursor")


@pytest.mark.parametrize("path", ["/organisations", "/footprints"])
def test_list_asks_as_much_with_three_rows_as_with_one(path: str) -> None:
    counts = []
    for _ in (1, 2, 3):
        a_published_run()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert Program().get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[2]


@pytest.mark.parametrize("what", ["ledgers", "runs", "rules"])
def test_own_list_asks_as_much_with_three_rows_as_with_one(what: str) -> None:
    organisation = an_organisation()
    program = Program(someone_who_is("member", organisation))
    counts = []
    for _ in (1, 2, 3):
        a_finished_run(organisation)
        with CaptureQueriesContext(connection) as asked:
            assert program.get(f"/organisations/{organisation.slug}/{what}").status_code == 200
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_company_is_not_in_the_directory() -> None:
    company = an_organisation("Matti Meikäläinen Tmi", kind="company")
    assert Program().get("/organisations?q=Meik").json()["items"] == []
    assert Program().get(f"/organisations/{company.slug}").status_code == 404


def test_published_footprint_is_shown_and_another_is_not() -> None:
    shown = a_published_run()
    a_published_run(an_organisation(is_public=False))  # published once, but the organisation shows nothing now
    a_finished_run(an_organisation(is_public=True))  # public, but this run was never published
    items = Program().get("/footprints").json()["items"]
    assert {one["run_id"] for one in items} == {str(shown.public_id)}
    heat = next(one for one in items if one["category"] == "HEAT")
    assert (heat["spend"], heat["footprint_kgco2e"], heat["currency"]) == ("1234.50", 617.25, "EUR")


def test_newer_publication_replaces_the_older_one() -> None:
    organisation = an_organisation(is_public=True)
    a_published_run(organisation)
    newer = a_published_run(organisation)
    items = Program().get(f"/footprints?organisation={organisation.slug}").json()["items"]
    assert {one["run_id"] for one in items} == {str(newer.public_id)}


def test_answer_that_is_known_is_not_sent_again() -> None:
    an_organisation()
    first = Program().get("/organisations")
    again = Program().get("/organisations", if_none_match=first.headers["ETag"])
    an_organisation()
    changed = Program().get("/organisations", if_none_match=first.headers["ETag"])
    assert (first.status_code, again.status_code, again.content, changed.status_code) == (200, 304, b"", 200)


def test_public_answer_may_be_shared_and_own_may_not() -> None:
    organisation = an_organisation()
    public = Program().get("/organisations")
    own = Program(someone_who_is("member", organisation)).get("/my/organisations")
    assert public.headers["Access-Control-Allow-Origin"] == "*"
    assert public.headers["Cache-Control"] == "public, max-age=60"
    assert "Access-Control-Allow-Origin" not in own.headers
    assert own.headers["Cache-Control"] == "private, no-cache"


def test_cookie_of_a_session_opens_nothing_own() -> None:
    organisation = an_organisation()
    client = Client()
    client.force_login(someone_who_is("member", organisation))
    assert client.get(f"/api/v1/organisations/{organisation.slug}/ledgers").status_code == 401


def test_wrong_address_is_a_problem_document() -> None:
    answer = Program().get("/nothing/here")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["code"] == "not_found"


def test_problem_names_the_wrong_field_and_kept_nothing() -> None:
    organisation = an_organisation()
    program = Program(someone_who_is("member", organisation), scope="write")
    answer = program.post(f"/organisations/{organisation.slug}/ledgers", {"title": "a\u0000b", "ledger_year": 1})
    assert answer.status_code == 422
    assert {one["field"] for one in answer.json()["errors"]} == {"body.ledger.title", "body.ledger.ledger_year"}
    assert not Ledger.objects.exists()


def test_too_many_requests_are_refused_until_the_minute_is_over(settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 3
    statuses = [Program().get("/sources").status_code for _ in range(4)]
    refused = Program().get("/sources")
    assert statuses == [200, 200, 200, 429]
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.json()["code"] == "too_many_requests"


def test_guessing_tokens_is_slowed_down(settings: Any) -> None:
    settings.API_WRONG_TOKENS_PER_MINUTE = 2
    program = Program()
    program.token = "keino_guess"
    assert [program.get("/my/organisations").status_code for _ in range(3)] == [401, 401, 429]


def test_window_begins_anew_after_a_minute() -> None:
    now = [0.0]
    window = Window(clock=lambda: now[0])
    assert [window.add("a"), window.add("a"), window.add("b")] == [1, 2, 1]
    now[0] = 59.0
    assert (window.add("a"), window.left()) == (3, 1.0)
    now[0] = 60.0
    assert window.add("a") == 1


def test_rows_of_a_fact_table_are_all_there_with_their_sources() -> None:
    found = all_pages(Program(), "/facts/price_indices/rows", 7)
    assert found == [dict(row) for row in read("price_indices").rows]


@pytest.mark.parametrize("path", ["/facts/none", "/facts/regions/rows?edition=1999-1", "/sources/none", "/codes/none"])
def test_unknown_fact_is_404(path: str) -> None:
    assert Program().get(path).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_ledger_goes_from_bytes_to_footprint_by_program() -> None:
    organisation = an_organisation()
    program = Program(someone_who_is("member", organisation), scope="write")
    slug = organisation.slug
    ledger = program.post(f"/organisations/{slug}/ledgers", {"title": "Ostot 2023", "ledger_year": 2023}).json()
    own = f"/ledgers/{ledger['ledger_id']}"
    file = program.post(f"{own}/files", {"name": "../ostot.csv", "size": len(LEDGER)}).json()
    assert (file["name"], file["received"], file["state"]) == ("ostot.csv", 0, "receiving")

    pieces = f"/files/{file['file_id']}/pieces"
    program.ask("PUT", f"{pieces}/0", LEDGER[:50])
    gap = program.ask("PUT", f"{pieces}/70", LEDGER[70:])
    assert (gap.status_code, gap.json()["code"], gap.json()["expected"]) == (409, "wrong_offset", 50)
    again = program.post(f"{own}/files", {"name": "ostot.csv", "size": len(LEDGER)}).json()
    assert (again["file_id"], again["received"]) == (file["file_id"], 50)
    early = program.post(f"/files/{file['file_id']}/finish")
    assert (early.status_code, early.json()["code"]) == (409, "not_all_received")
    assert program.ask("PUT", f"{pieces}/50", LEDGER[50:]).json()["received"] == len(LEDGER)
    digest = hashlib.sha256(LEDGER).hexdigest()
    assert program.post(f"/files/{file['file_id']}/finish", {"sha256": digest}).json()["sha256"] == digest

    assert program.post(f"{own}/read").status_code == 202
    run_waiting_jobs()
    read_ledger = program.get(own).json()
    assert (read_ledger["state"], [one["rows"] for one in read_ledger["totals"]]) == ("read", [3])
    assert Decimal(read_ledger["totals"][0]["amount_total"]) == Decimal("1150.15")  # 1000.10 + 200.05 − 50.00
    stale = program.post(f"{own}/confirm", {"version": read_ledger["version"] - 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")
    assert program.post(f"{own}/confirm", {"version": read_ledger["version"]}).json()["state"] == "confirmed"

    run = program.post(f"/organisations/{slug}/runs", {"ledgers": [ledger["ledger_id"]]})
    assert run.status_code == 202
    address = f"/runs/{run.json()['run_id']}"
    assert program.get(f"{address}/slices").json()["code"] == "not_done"
    run_waiting_jobs()
    done = program.get(address).json()
    assert (done["state"], done["total"]["lines"], Decimal(done["total"]["spend"])) == ("done", 3, Decimal("1150.15"))
    by_year = program.get(f"{address}/slices?by=year").json()["items"]
    assert [(one["keys"], one["lines"]) for one in by_year] == [({"year": 2023}, 3)]
    lines = all_pages(program, f"{address}/lines", 2)
    amounts = {one["source_row"]: Decimal(one["amount_net"]) for one in lines}
    assert amounts == {2: Decimal("1000.10"), 3: Decimal("200.05"), 4: Decimal("-50.00")}
    manifest = program.get(f"{address}/manifest").json()
    assert [one["sha256"] for one in manifest["inputs"]] == [digest]


def test_rule_is_added_once_and_ended() -> None:
    organisation = an_organisation()
    program = Program(someone_who_is("member", organisation), scope="write")
    path = f"/organisations/{organisation.slug}/rules"
    rule = {"conditions": {"supplier_name": "Lämpö Oy"}, "category": "HEAT.DISTRICT", "note": "Contract 2023"}
    first, again = program.post(path, rule), program.post(path, rule)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["rule_id"] == again.json()["rule_id"]
    assert program.get(path).json()["items"] == [first.json()]
    assert program.ask("DELETE", f"{path}/{first.json()['rule_id']}").status_code == 204
    assert program.get(path).json()["items"] == []


def test_rule_of_another_organisation_cannot_be_ended() -> None:
    mine, theirs = an_organisation(), an_organisation()
    other = Program(someone_who_is("member", theirs), scope="write")
    rule = {"conditions": {"supplier_name": "A"}, "category": "HEAT.DISTRICT"}
    made = other.post(f"/organisations/{theirs.slug}/rules", rule).json()
    program = Program(someone_who_is("member", mine), scope="write")
    assert program.ask("DELETE", f"/organisations/{mine.slug}/rules/{made['rule_id']}").status_code == 404
    assert program.ask("DELETE", f"/organisations/{theirs.slug}/rules/{made['rule_id']}").status_code == 403


def test_wrong_rule_is_refused_with_a_sentence() -> None:
    organisation = an_organisation()
    program = Program(someone_who_is("member", organisation), scope="write")
    answer = program.post(
        f"/organisations/{organisation.slug}/rules", {"conditions": {"colour": "green"}, "category": "HEAT.DISTRICT"}
    )
    assert answer.status_code == 422
    assert "colour" in answer.json()["detail"]


def test_upload_beyond_the_limit_is_413(settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1000
    organisation = an_organisation()
    program = Program(someone_who_is("member", organisation), scope="write")
    ledger = program.post(f"/organisations/{organisation.slug}/ledgers", {"title": "x"}).json()
    answer = program.post(f"/ledgers/{ledger['ledger_id']}/files", {"name": "a.csv", "size": 1001})
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")


def test_documentation_page_shows_every_address_without_inline_script() -> None:
    page = Client().get("/api/", headers={"accept-language": "en"})
    text = page.content.decode()
    paths = json.loads(Client().get("/api/v1/openapi.json").content)["paths"]
    assert [path for path in paths if path not in text] == []
    assert "<script>" not in text
