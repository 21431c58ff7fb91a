"""Editions of factors: fixed when somebody asks, compared afterwards, never moving an old result."""

from __future__ import annotations

import pytest

from keino.engine.run import no_progress
from keino.errors import FactsError, UsageError
from keino.facts.read import default_edition
from keino.web.measurement import store
from keino.web.measurement.models import Run
from keino.web.measurement.queries.comparisons import compare_runs
from keino.web.measurement.queries.runs import changed_since, ledgers_to_count, newer_edition, run_result
from keino.web.measurement.services.runs import ask_run, calculate_run
from tests.factories.runs import LINES, a_calculated_run, a_sent_ledger
from tests.factories.web import an_organisation
from tests.web.measurement.test_runs_pages import as_a, page, text_of

pytestmark = pytest.mark.django_db


def test_an_edition_is_fixed_when_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    town = an_organisation()
    a_sent_ledger(town)
    newest = default_edition("emission_factors")
    run = ask_run(owner=town, ledgers=ledgers_to_count(town), by=None)
    assert run.options["factors"] == f"fi@{newest}"
    monkeypatch.setattr("keino.web.measurement.queries.runs.newest_edition", lambda: "2099-1")
    calculate_run(run, no_progress)
    run.refresh_from_db()
    assert run_result(run).editions["emission_factors"] == newest


def test_factors_that_do_not_exist_are_refused_and_nothing_is_asked() -> None:
    town = an_organisation()
    a_sent_ledger(town)
    for wrong in ({"edition": "1999-1"}, {"factors": "xx"}, {"factors": "/etc/passwd"}):
        with pytest.raises((FactsError, UsageError)):
            ask_run(owner=town, ledgers=ledgers_to_count(town), by=None, **wrong)
    assert not Run.objects.exists()


def test_other_factors_give_another_result_and_leave_the_first_as_it_was() -> None:
    town = an_organisation()
    a_sent_ledger(town, lines=LINES[:3])  # of 2023, whose exchange rate to pounds is known
    first = a_calculated_run(town)
    before = (run_result(first), store.hashes_of(store.folder_of(first)))
    second = a_calculated_run(town, factors="uk")
    comparison = compare_runs(first, second)
    assert comparison.factors == (run_result(first).factor_edition, run_result(second).factor_edition)
    assert not comparison.is_same
    assert comparison.files_gone == comparison.files_new == ()
    change = sum(pair.change_kgco2e for pair in comparison.categories)
    totals = [run_result(run).total.footprint_kgco2e or 0.0 for run in (first, second)]
    assert change == pytest.approx(totals[1] - totals[0])
    assert (run_result(first), store.hashes_of(store.folder_of(first))) == before
    query = {"old": first.public_id, "new": second.public_id}
    shown = text_of(as_a("approver", town).get(page("run_comparison", town), query))
    assert f"Emission factors: {comparison.factors[0]} became {comparison.factors[1]}." in shown


def test_equal_runs_differ_in_nothing() -> None:
    town = an_organisation()
    comparison = compare_runs(a_calculated_run(town), a_calculated_run(town))
    assert comparison.is_same
    assert comparison.categories == ()
    assert comparison.unchanged == 3  # electricity, food, other services


def test_a_newer_edition_is_noticed_only_where_an_older_one_was_used(monkeypatch: pytest.MonkeyPatch) -> None:
    run = a_calculated_run(an_organisation())
    assert newer_edition(run) == ""
    used = run_result(run).editions["emission_factors"]
    monkeypatch.setattr("keino.facts.read.editions", lambda _: (used, "2099-1"))
    assert newer_edition(run) == "2099-1"
    assert changed_since(run) == ("factors",)
    monkeypatch.setattr("keino.facts.read.editions", lambda _: ("1999-1", used))
    assert changed_since(run) == ()
