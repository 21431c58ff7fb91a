"""Pages of calculations: asking, following, reading, comparing, publishing."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keino.web.base.jobs import run_waiting_jobs
from keino.web.base.models import Job
from keino.web.measurement import store
from keino.web.measurement.choices import RunState
from keino.web.measurement.models import Run
from keino.web.measurement.queries.runs import current_run
from keino.web.organisations.models import Organisation
from tests.factories.runs import a_calculated_run, a_sent_ledger
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def page(name: str, organisation: Organisation, **more: Any) -> str:
    return reverse(f"measurement:{name}", kwargs={"slug": organisation.slug, **more})


def as_a(kind: str, organisation: Organisation) -> Client:
    client = Client()
    client.force_login(someone_who_is(kind, organisation))
    client.cookies["keino_language"] = "en"
    return client


def text_of(answer: Any) -> str:
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(plain.replace("\u202f", " ").replace("\xa0", " ").split())


@pytest.mark.usefixtures("commits_at_once")
def test_one_button_leads_to_a_result_behind_which_everything_stands() -> None:
    town = an_organisation()
    a_sent_ledger(town)
    client = as_a("member", town)
    answer = client.post(page("calculate", town))
    run = Run.objects.get()
    assert answer.url == page("run", town, run=run.public_id)
    waiting = client.get(answer.url)
    assert "being calculated" in text_of(waiting)
    assert waiting["Refresh"]
    run_waiting_jobs()
    done = text_of(client.get(answer.url))
    assert "This is the current result" in done
    assert "€1,520.75" in done or "1,520.75" in done
    manifest = client.get(page("run_manifest", town, run=run.public_id))
    assert json.loads(manifest.content)["store"].keys() >= {"lines.parquet", "cube.parquet", "coefficients.json"}
    assert "as it was written" in text_of(client.get(f"{answer.url}?check=1"))
    run.refresh_from_db()
    (store.folder_of(run) / "cube.parquet").unlink()
    assert "cube.parquet" in text_of(client.get(f"{answer.url}?check=1"))


@pytest.mark.usefixtures("commits_at_once")
def test_pressing_twice_calculates_once() -> None:
    town = an_organisation()
    a_sent_ledger(town)
    client = as_a("member", town)
    answers = {client.post(page("calculate", town)).url for _ in range(2)}
    assert len(answers) == 1
    assert (Run.objects.count(), Job.objects.count()) == (1, 1)


def test_calculating_without_a_confirmed_ledger_says_what_to_do() -> None:
    town = an_organisation()
    a_sent_ledger(town, state="read")
    client = as_a("member", town)
    assert "press “Looks right”" in text_of(client.get(page("runs", town)))
    answer = client.post(page("calculate", town))
    assert answer.status_code == 422
    assert "There is no ledger to calculate from yet" in text_of(answer)


@pytest.mark.usefixtures("commits_at_once")
def test_a_failed_calculation_is_shown_and_can_be_tried_again() -> None:
    town = an_organisation()
    ledger = a_sent_ledger(town)
    client = as_a("member", town)
    url = client.post(page("calculate", town)).url
    ledger.state = "withdrawn"
    ledger.save()
    run_waiting_jobs()
    assert "can’t be counted now" in text_of(client.get(url)).replace("&#x27;", "’").replace("'", "’")
    assert Run.objects.get().state == RunState.FAILED
    ledger.state = "confirmed"
    ledger.save()
    client.post(page("run_again", town, run=Run.objects.get().public_id))
    run_waiting_jobs()
    assert Run.objects.get().state == RunState.DONE
    assert "current result" in text_of(client.get(url))


def test_a_newer_edition_is_offered_and_the_old_result_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    town = an_organisation()
    run = a_calculated_run(town)
    client = as_a("member", town)
    assert "newer edition" not in text_of(client.get(page("runs", town)))
    monkeypatch.setattr("keino.facts.read.editions", lambda _: ("2026-1", "2027-1"))
    for url in (page("runs", town), page("run", town, run=run.public_id)):
        assert "Calculate again with edition 2027-1" in text_of(client.get(url))


def test_two_results_are_compared_by_what_they_were_made_from() -> None:
    town = an_organisation()
    first = a_calculated_run(town)
    a_sent_ledger(town, name="lisaa.csv", lines=("1;5.1.2023;4569;Sähkö ja kaasu;Kunnanhallitus;Uusi Oy;;;500,00",))
    second = a_calculated_run(town, reason="one more ledger")
    client = as_a("approver", town)
    query = {"old": first.public_id, "new": second.public_id}
    shown = text_of(client.get(page("run_comparison", town), query))
    assert "The file lisaa.csv is only in the later one." in shown
    assert "2,020.75" in shown or "2,021" in shown
    same = text_of(client.get(page("run_comparison", town), {"old": second.public_id, "new": second.public_id}))
    assert "Nothing: files, rules, editions and program are the same." in same


def test_others_runs_are_not_found() -> None:
    town, other = an_organisation(), an_organisation()
    run = a_calculated_run(other)
    client = as_a("responsible_person", town)
    for name in ("run", "run_manifest"):
        assert client.get(page(name, town, run=run.public_id)).status_code == 404
        assert client.get(page(name, other, run=run.public_id)).status_code == 403
    for name in ("run_again", "run_publish"):
        assert client.post(page(name, town, run=run.public_id)).status_code == 404
    assert client.get(page("lines", town), {"run": run.public_id}).status_code == 404
    run.refresh_from_db()
    assert run.published_at is None


def test_publishing_needs_its_permission_and_can_be_taken_back() -> None:
    town = an_organisation()
    run = a_calculated_run(town)
    url = page("run_publish", town, run=run.public_id)
    assert as_a("member", town).post(url).status_code == 403
    approver = as_a("approver", town)
    approver.post(url, {"publish": "yes"})
    run.refresh_from_db()
    first = run.published_at
    assert first is not None
    approver.post(url, {"publish": "yes"})
    run.refresh_from_db()
    assert run.published_at == first
    approver.post(url, {"publish": "no"})
    run.refresh_from_db()
    assert run.published_at is None


def test_list_of_runs_takes_the_same_queries_for_one_and_three() -> None:
    counts = []
    for number in (1, 3):
        town = an_organisation()
        for _ in range(number):
            a_calculated_run(town, by=someone_who_is("member", town))
        client = as_a("member", town)
        client.get(page("runs", town))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(page("runs", town))
        assert answer.content.count(b'<th scope="row">') == number
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert current_run(town) is not None
