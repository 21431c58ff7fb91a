"""Asking for runs, calculating them once and for all, publishing them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from django.db import transaction

from keino.web.base.jobs import run_waiting_jobs
from keino.web.base.models import Job
from keino.web.measurement import store
from keino.web.measurement.choices import RunState
from keino.web.measurement.models import Run, RunTotal
from keino.web.measurement.models.run import ResultIsFinal
from keino.web.measurement.queries.runs import current_run, ledgers_to_count, run_result
from keino.web.measurement.result_json import result_as_json, result_from_json
from keino.web.measurement.services.runs import LedgerNotReady, NothingConfirmed, ask_run
from keino.web.measurement.tasks.runs import start
from tests.factories.runs import a_calculated_run, a_sent_ledger
from tests.factories.web import a_person, an_organisation

pytestmark = pytest.mark.django_db


def test_run_is_kept_with_lines_totals_and_manifest() -> None:
    town = an_organisation(population=1000)
    a_sent_ledger(town)
    person = a_person()
    run = ask_run(owner=town, ledgers=ledgers_to_count(town), by=person, reason="first")
    start(run, by=person)
    run_waiting_jobs()
    run.refresh_from_db()
    assert (run.state, run.folder) == (RunState.DONE, f"{town.public_id}/{run.public_id}")
    result = run_result(run)
    # 2023: 1000 − 100 electricity, 500.50 food; 2022: 80.25 food, 40 other services; the grant is no purchase
    assert result.total.spend == Decimal("1520.75")
    assert result.population == 1000
    assert [reading.path for reading in result.readings] == ["ostot.csv"]
    totals = {(each.year, each.category): each.spend for each in RunTotal.objects.filter(run=run)}
    assert totals[2023, "*"] == Decimal("1400.50")
    assert totals[2022, "*"] == Decimal("120.25")
    assert totals[2023, "FOOD"] == Decimal("500.50")
    folder = store.folder_of(run)
    lines = pl.read_parquet(folder / "lines.parquet")
    assert lines.height == 6
    assert store.damaged_files(run) == ()
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["store"] == run.manifest["store"]
    assert str(Path("/tmp")) not in (folder / "manifest.json").read_text()
    assert result_from_json(json.loads(json.dumps(result_as_json(result)))) == result


def test_a_finished_run_cannot_be_changed_or_deleted() -> None:
    run = a_calculated_run(an_organisation())
    run.reason = "better"
    for change in (run.save, run.delete, Run.objects.all().delete):
        with pytest.raises(ResultIsFinal):
            change()
    for values in ({"state": RunState.FAILED}, {"result": {}}, {"folder": "x"}, {"manifest": None}):
        with pytest.raises(ResultIsFinal):
            Run.objects.filter(pk=run.pk).update(**values)
    with pytest.raises(ResultIsFinal), transaction.atomic():
        Run.objects.bulk_update([run], ["reason"])
    kept = Run.objects.get(pk=run.pk)
    assert (kept.reason, kept.state) == ("", RunState.DONE)
    assert not [path.name for path in store.folder_of(run).iterdir() if path.stat().st_mode & 0o222]


def test_asking_twice_gives_one_run_and_one_job() -> None:
    town = an_organisation()
    a_sent_ledger(town)
    first = ask_run(owner=town, ledgers=ledgers_to_count(town), by=None)
    again = ask_run(owner=town, ledgers=ledgers_to_count(town), by=None)
    jobs = {start(first, by=None).pk, start(again, by=None).pk}
    assert first == again
    assert list(Job.objects.values_list("pk", flat=True)) == list(jobs)


def test_a_second_run_stands_beside_the_first() -> None:
    town = an_organisation(population=100)
    first = a_calculated_run(town)
    before = (first.result, store.hashes_of(store.folder_of(first)))
    town.population = 200
    town.save()
    second = a_calculated_run(town, reason="more residents")
    assert current_run(town) == second
    assert second.supersedes == first
    first.refresh_from_db()
    assert (first.result, store.hashes_of(store.folder_of(first))) == before
    assert (run_result(first).population, run_result(second).population) == (100, 200)


def test_equal_inputs_give_equal_bytes() -> None:
    town = an_organisation()
    first, second = a_calculated_run(town), a_calculated_run(town)
    assert first.manifest == second.manifest
    assert first.result == second.result
    folders = [store.folder_of(run) for run in (first, second)]
    assert (folders[0] / "manifest.json").read_bytes() == (folders[1] / "manifest.json").read_bytes()


def test_only_confirmed_ledgers_of_ones_own_are_counted() -> None:
    town, other = an_organisation(), an_organisation()
    theirs = a_sent_ledger(other)
    unread = a_sent_ledger(town, state="read", title="Unread")
    with pytest.raises(NothingConfirmed):
        ask_run(owner=town, ledgers=[], by=None)
    for ledger in (theirs, unread):
        with pytest.raises(LedgerNotReady):
            ask_run(owner=town, ledgers=[ledger], by=None)
    assert not Run.objects.exists()
