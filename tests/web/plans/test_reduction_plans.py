"""Plans to the target: the way from a name to a result, stopping, choosing, comparing, other numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError

from keino.web.base.jobs import execute, run_waiting_jobs
from keino.web.base.models import Job
from keino.web.plans.choices import ReductionPlanState as State
from keino.web.plans.models import OwnMeasure, ReductionPlan
from keino.web.plans.queries.reduction_plans import chosen_plan, read_wishes, whole_wishes
from keino.web.plans.services.reduction_plans import ask_plan, choose_plan, keep_plan, stop_plan
from keino.web.plans.tasks.reduction import job_of, start
from tests.factories.reduction import HEAT_KG, a_computed_plan, a_draft, a_target, an_own_measure, some_wishes
from tests.factories.results import footprint_result
from tests.factories.web import a_finished_run, an_organisation, someone_who_is
from tests.web.plans.test_targets import as_a, page, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def commits_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the end of a transaction is done at once: a test's own transaction never ends well."""

    def now(function: Callable[[], Any], **_: Any) -> None:
        function()

    monkeypatch.setattr("django.db.transaction.on_commit", now)


def limits_of(plan: ReductionPlan, **changes: str) -> dict[str, str]:
    """What the form of limits sends."""
    return {
        "title": plan.title,
        "objective": "least_cost",
        "baseline_year": "2023",
        "first_year": "2027",
        "last_year": "2030",
        "target_year:1": "2030",
        "target_share:1": "5",
        "time_limit_s": "10",
        "seen": str(plan.version),
    } | changes


def baseline_kg() -> float:
    return next(part.footprint_kgco2e or 0.0 for part in footprint_result().by_year if part.keys["year"] == 2023)


# ---- the way


@pytest.mark.usefixtures("commits_at_once")
def test_three_steps_lead_from_a_name_to_a_result_in_words() -> None:
    town = an_organisation()
    a_finished_run(town)
    a_target(town, reduction_share=0.05)
    an_own_measure(town, name="Halve the heat")
    an_own_measure(town, name="Costs nobody knows", category="ELEC.POWER", investment_eur=None)
    client = as_a("member", town)
    answer = client.post(page("reduction_plan_new", town), {"title": "Cheapest way"})
    plan = ReductionPlan.objects.get()
    assert answer.url == page("reduction_plan_measures", town, plan=plan.public_id)
    measures = client.get(answer.url)
    assert "Halve the heat" in text_of(measures)
    assert "Still to say: investments" in text_of(measures)
    codes = re.findall(r'name="use:([^"]+)"', measures.content.decode())
    given = {f"use:{code}": "on" for code in codes} | {"seen": str(plan.version)}
    given["investment_eur:costs_nobody_knows"] = "2 000 000,50"
    answer = client.post(answer.url, given)
    plan.refresh_from_db()
    assert plan.wishes["measures"]["costs_nobody_knows"]["investment_eur"] == 2_000_000.5
    assert answer.url == page("reduction_plan_limits", town, plan=plan.public_id)
    assert 'value="2030"' in client.get(answer.url).content.decode()
    answer = client.post(answer.url, limits_of(plan))
    plan.refresh_from_db()
    assert plan.state == State.WAITING
    waiting = client.get(answer.url)
    assert waiting["Refresh"]
    assert "Stop the search" in text_of(waiting)
    run_waiting_jobs()
    text = text_of(client.get(answer.url))
    # district heat is halved for 100 000 €, in the last year: no year is discounted
    share = HEAT_KG * 0.5 / baseline_kg()
    assert f"The plan reaches −{share * 100:.0f}% by 2030 for €100,000." in text
    assert "Halve the heat" in text
    plan.refresh_from_db()
    assert [each["measure"] for each in plan.result["chosen"]] == ["halve_the_heat"]
    assert plan.result["years"][-1]["reduction_kgco2e"] == pytest.approx(HEAT_KG * 0.5)
    assert plan.result["cost_eur"] == pytest.approx(100_000)


def test_a_draft_is_saved_and_nothing_is_computed() -> None:
    town = an_organisation()
    plan = a_draft(town)
    client = as_a("member", town)
    url = page("reduction_plan_limits", town, plan=plan.public_id)
    client.post(url, limits_of(plan, draft="1", investment_eur="50 000"))
    plan.refresh_from_db()
    assert plan.state == State.DRAFT
    assert plan.wishes["budgets"] == {"investment_eur": {"every_year": 50_000.0}}
    assert not Job.objects.exists()
    shown = client.get(url).content.decode()
    assert re.search(r'name="investment_eur" value="50.000"', shown)


def test_a_budget_of_one_year_stands_beside_that_of_every_year() -> None:
    town = an_organisation()
    plan = a_draft(town)
    given = {"staff_days": "100", "staff_days:2028": "0", "total_eur": "1000000", "draft": "1"}
    as_a("member", town).post(page("reduction_plan_limits", town, plan=plan.public_id), limits_of(plan, **given))
    plan.refresh_from_db()
    wanted = read_wishes(whole_wishes(plan), title="t")
    assert dict(wanted.limits.staff_days) == {2027: 100, 2028: 0, 2029: 100, 2030: 100}
    assert wanted.limits.total_eur == 1_000_000


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"investment_eur": "-1"}, "A limit can't be negative"),
        ({"staff_days:2028": "-5"}, "A limit can't be negative"),
        ({"target_year:1": "2020"}, "does not come after the baseline year 2023"),
        ({"target_year:1": "2040"}, "the plan covers 2027 to 2030"),
        ({"first_year": "2020"}, "come after the baseline"),
        ({"target_share:1": "120"}, "share from 0 to 1"),
        ({"target_share:1": ""}, "both a year and a reduction"),
        ({"probability": "10"}, "probability is 0.1"),
        ({"baseline_year": "2015"}, "no footprint above zero in 2015"),
        ({"objective": "all"}, "Select a valid choice"),
        ({"total_eur": "=HYPERLINK(1)"}, "Write a number"),
    ],
)
def test_limits_that_make_no_sense_are_refused_in_words_and_nothing_is_saved(
    changes: dict[str, str], told: str
) -> None:
    town = an_organisation()
    plan = a_draft(town)
    before = plan.wishes
    url = page("reduction_plan_limits", town, plan=plan.public_id)
    answer = as_a("member", town).post(url, limits_of(plan, **changes))
    assert answer.status_code == 422
    assert told in text_of(answer)
    plan.refresh_from_db()
    assert (plan.wishes, plan.state) == (before, State.DRAFT)
    assert not Job.objects.exists()


def test_measures_that_wait_for_each_other_are_refused() -> None:
    town = an_organisation()
    first = an_own_measure(town, name="First")
    second = an_own_measure(town, name="Second", prerequisites=[first.code])
    given = {
        "name": "First",
        "category": "HEAT.DISTRICT",
        "effect_low": "40",
        "effect_mid": "50",
        "effect_high": "60",
        "prerequisites": second.code,
        "seen": "1",
    }
    answer = as_a("member", town).post(page("own_measure", town, measure=first.public_id), given)
    assert answer.status_code == 422
    assert "wait for each other" in text_of(answer)
    assert OwnMeasure.objects.get(pk=first.pk).prerequisites == []


@pytest.mark.parametrize("effect", [("50", "40", "60"), ("40", "", "60"), ("40", "50", "160")])
def test_an_effect_that_is_no_range_is_refused(effect: tuple[str, str, str]) -> None:
    town = an_organisation()
    given = {"name": "M", "category": "HEAT"} | dict(
        zip(("effect_low", "effect_mid", "effect_high"), effect, strict=True)
    )
    answer = as_a("member", town).post(page("own_measure_new", town), given)
    assert answer.status_code == 422
    assert "all three numbers in rising order" in text_of(answer)
    assert not OwnMeasure.objects.exists()


def test_an_own_measure_is_shown_with_its_numbers_and_ended() -> None:
    town = an_organisation()
    client = as_a("member", town)
    given = {"name": "<b>Pump</b>", "category": "HEAT", "effect_low": "1,5", "effect_mid": "2", "effect_high": "3"}
    client.post(page("own_measure_new", town), given)
    measure = OwnMeasure.objects.get()
    assert (measure.effect_low, measure.code) == (pytest.approx(0.015), "bpumpb")
    html = client.get(page("measures", town)).content.decode()
    assert "&lt;b&gt;Pump&lt;/b&gt;" in html
    url = page("own_measure_end", town, measure=measure.public_id)
    assert [client.post(url).status_code for _ in range(2)] == [302, 302]
    assert "Pump" not in client.get(page("measures", town) + "?only=own").content.decode()


def test_the_bank_is_searched_and_tells_what_did_not_work() -> None:
    town = an_organisation()
    client = as_a("approver", town)
    text = text_of(client.get(page("measures", town) + "?only=not_worked&category=ELEC"))
    assert "only 10 % was counted" in text
    assert "Efficient lighting" not in text
    one = text_of(client.get(page("measure", town, code="menu_plants_and_waste")))
    assert "50%" in one
    assert client.get(page("measure", town, code="no_such")).status_code == 404


def test_a_measure_that_is_unticked_is_left_out() -> None:
    town = an_organisation()
    an_own_measure(town)
    plan = a_draft(town)
    client = as_a("member", town)
    client.post(page("reduction_plan_measures", town, plan=plan.public_id), {"seen": str(plan.version)})
    plan.refresh_from_db()
    assert "halve_the_heat" in plan.wishes["plan"]["leave_out"]


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten() -> None:
    town = an_organisation()
    plan = a_draft(town)
    url = page("reduction_plan_limits", town, plan=plan.public_id)
    first, second = as_a("member", town), as_a("responsible_person", town)
    first.post(url, limits_of(plan, draft="1", investment_eur="1"))
    answer = second.post(url, limits_of(plan, draft="1", investment_eur="2"))
    assert answer.status_code == 422
    assert "Somebody else changed this" in text_of(answer)
    plan.refresh_from_db()
    assert plan.wishes["budgets"]["investment_eur"] == {"every_year": 1.0}


# ---- results


def test_a_target_out_of_reach_is_told_with_the_nearest_that_can_be_reached() -> None:
    town = an_organisation()
    plan = a_computed_plan(town, wishes=some_wishes(0.9))
    text = text_of(as_a("member", town).get(page("reduction_plan", town, plan=plan.public_id)))
    assert "out of reach within these limits" in text
    assert "No money or time would do" in text
    assert plan.result["conflict"]["missed"][0]["reachable_kgco2e"] == pytest.approx(HEAT_KG * 0.5, rel=1e-4)


def test_a_budget_that_stands_in_the_way_is_named() -> None:
    town = an_organisation()
    plan = a_computed_plan(town, wishes=some_wishes(0.05, investment_eur={"every_year": 60_000.0}))
    text = text_of(as_a("member", town).get(page("reduction_plan", town, plan=plan.public_id)))
    assert "€40,000 more than €60,000" in text


def test_a_probability_is_promised_and_told() -> None:
    wishes = some_wishes(0.05)
    wishes["plan"]["probability"] = 0.9
    town = an_organisation()
    plan = a_computed_plan(town, wishes=wishes)
    assert plan.result["met_probability"] >= 0.9
    text = text_of(as_a("member", town).get(page("reduction_plan", town, plan=plan.public_id)))
    assert "the targets are met with a probability of" in text


def test_a_result_opens_from_what_it_kept() -> None:
    town = an_organisation()
    plan = a_computed_plan(town)
    OwnMeasure.objects.all().delete()
    assert json.loads(json.dumps(plan.result)) == plan.result
    assert plan.result["version"] == 1
    client = as_a("approver", town)
    assert "Halve the heat" in text_of(client.get(page("reduction_plan", town, plan=plan.public_id)))


def test_a_computed_plan_is_kept_as_it_is() -> None:
    town = an_organisation()
    plan = a_computed_plan(town)
    client = as_a("member", town)
    for name in ("reduction_plan_limits", "reduction_plan_measures"):
        assert client.get(page(name, town, plan=plan.public_id)).status_code == 302
    before = plan.result
    client.post(page("reduction_plan_compute", town, plan=plan.public_id))
    plan.refresh_from_db()
    assert (plan.state, plan.result) == (State.DONE, before)


def test_a_newer_footprint_is_told_and_the_plan_keeps_its_own() -> None:
    town = an_organisation()
    plan = a_computed_plan(town, chosen=True)
    newer = a_finished_run(town)
    plan.refresh_from_db()
    assert plan.run_id != newer.pk
    client = as_a("member", town)
    for url in (page("reduction_plan", town, plan=plan.public_id), page("plan", town)):
        assert "A newer footprint has been calculated since" in text_of(client.get(url))


# ---- the search


def test_asking_twice_asks_once() -> None:
    town = an_organisation()
    an_own_measure(town)
    plan = a_draft(town)
    client = as_a("member", town)
    for _ in range(2):
        client.post(page("reduction_plan_compute", town, plan=plan.public_id))
    assert Job.objects.count() == 1


def test_a_stopped_search_leaves_the_draft_and_a_late_result_is_dropped() -> None:
    town = an_organisation()
    an_own_measure(town)
    plan = ask_plan(plan=a_draft(town), by=None)
    first = start(plan, by=None)
    ReductionPlan.objects.filter(pk=plan.pk).update(state=State.COMPUTING)
    as_a("member", town).post(page("reduction_plan_stop", town, plan=plan.public_id))
    assert not keep_plan(plan, {"version": 1}, version=plan.version)
    execute(first.pk)
    plan.refresh_from_db()
    assert (plan.state, plan.result) == (State.DRAFT, None)
    # asked anew there is a new job, which the earlier one does not disturb
    again = ask_plan(plan=plan, by=None)
    second = start(again, by=None)
    assert second.pk != first.pk
    execute(second.pk)
    plan.refresh_from_db()
    assert plan.state == State.DONE


def test_a_search_whose_worker_was_killed_is_done_again_from_the_start() -> None:
    town = an_organisation()
    an_own_measure(town)
    plan = ask_plan(plan=a_draft(town), by=None)
    job = start(plan, by=None)
    ReductionPlan.objects.filter(pk=plan.pk).update(state=State.COMPUTING)  # as the killed attempt left it
    execute(job.pk)
    plan.refresh_from_db()
    assert plan.state == State.DONE
    kept = plan.result
    Job.objects.filter(pk=job.pk).update(state="waiting")
    execute(job.pk)
    plan.refresh_from_db()
    assert plan.result == kept


def test_a_search_that_fails_says_why_and_keeps_the_wishes() -> None:
    town = an_organisation()
    plan = a_draft(town)
    asked = ask_plan(plan=plan, by=None)
    wishes = asked.wishes | {"measures": {"no_such": {"lifetime_years": 1}}}
    ReductionPlan.objects.filter(pk=plan.pk).update(wishes=wishes)
    execute(start(asked, by=None).pk)
    plan.refresh_from_db()
    assert plan.state == State.FAILED
    text = text_of(as_a("member", town).get(page("reduction_plan", town, plan=plan.public_id)))
    assert "No measure has the code no_such" in text
    assert "What you wrote is kept" in text


def test_a_search_stopped_while_it_runs_ends_without_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    town = an_organisation()
    an_own_measure(town)
    plan = ask_plan(plan=a_draft(town), by=None)
    job = start(plan, by=None)
    by = someone_who_is("member", town)
    from keino.engine import plan_result as engine

    whole = engine.plan_result

    def stopped(result: Any, asked: Any, progress: Any) -> Any:
        stop_plan(plan=plan, by=by)
        from keino.domain.plans.solver import Progress

        assert asked.watch(Progress(0.0, None, 0.0)) is False
        return whole(result, asked, progress)

    monkeypatch.setattr(engine, "plan_result", stopped)
    execute(job.pk)
    plan.refresh_from_db()
    assert (plan.state, plan.result) == (State.DRAFT, None)
    assert job_of(plan).state == "done"


# ---- choosing and comparing


def test_an_organisation_follows_one_plan() -> None:
    town = an_organisation()
    first = a_computed_plan(town, title="First", chosen=True)
    second = a_computed_plan(town, title="Second")
    as_a("member", town).post(page("reduction_plan_choose", town, plan=second.public_id))
    assert chosen_plan(town) == second
    first.refresh_from_db()
    assert not first.is_chosen
    with pytest.raises(IntegrityError):
        ReductionPlan.objects.filter(organisation=town).update(is_chosen=True)


def test_the_chosen_plan_is_not_deleted_and_others_are() -> None:
    town = an_organisation()
    chosen = a_computed_plan(town, title="Chosen", chosen=True)
    other = a_draft(town, title="Other")
    client = as_a("member", town)
    answer = client.post(page("reduction_plan_delete", town, plan=chosen.public_id), follow=True)
    assert "Choose another plan first" in text_of(answer)
    url = page("reduction_plan_delete", town, plan=other.public_id)
    assert [client.post(url).status_code for _ in range(2)] == [302, 302]
    assert [plan.title for plan in ReductionPlan.objects.all()] == ["Chosen"]


def test_a_draft_can_not_be_chosen() -> None:
    town = an_organisation()
    draft = a_draft(town)
    answer = as_a("member", town).post(page("reduction_plan_choose", town, plan=draft.public_id), follow=True)
    assert "can't be done now" in text_of(answer)
    assert chosen_plan(town) is None


def test_two_plans_stand_side_by_side_with_their_differences() -> None:
    town = an_organisation()
    a = a_computed_plan(town, title="Cheap")
    b = a_computed_plan(town, title="Nothing to reach", wishes=some_wishes(0.0001))
    client = as_a("approver", town)
    text = text_of(client.get(page("scenarios", town) + f"?plan={a.public_id}&plan={b.public_id}"))
    assert "Cheap" in text
    assert "Start year of each measure" in text
    one = client.get(page("scenarios", town) + f"?plan={a.public_id}")
    assert one.status_code == 422
    assert "from two to four" in text_of(one)
    assert client.get(page("scenarios", town) + "?plan=nonsense").status_code == 422
    elsewhere = a_computed_plan(an_organisation("Elsewhere"), title="Secret")
    stolen = client.get(page("scenarios", town) + f"?plan={a.public_id}&plan={elsewhere.public_id}")
    assert "Secret" not in text_of(stolen)


# ---- other numbers


def test_what_if_works_the_chosen_measures_out_at_once() -> None:
    town = an_organisation()
    plan = a_computed_plan(town, wishes=some_wishes(0.08))
    client = as_a("approver", town)
    url = page("what_if", town, plan=plan.public_id)
    same = text_of(client.get(url + "?effect=100&cost=100&budget=100&target=8&probability="))
    assert "The plan still meets its targets." in same
    worse = text_of(client.get(url + "?effect=50&cost=150&budget=100&target=8&probability=90"))
    assert "The plan misses a target." in worse
    assert "€150,000 ( €100,000 as planned)" in worse or "€150,000 (€100,000 as planned)" in worse
    assert "less sure than you want" in worse
    wrong = client.get(url + "?effect=-5&cost=abc")
    assert wrong.status_code == 422
    plan.refresh_from_db()
    assert plan.wishes["targets"] == [{"year": 2030, "reduction_share": 0.08}]


def test_every_number_of_what_if_has_a_slider_that_needs_a_script_and_sends_nothing() -> None:
    town = an_organisation()
    plan = a_computed_plan(town, wishes=some_wishes(0.08))
    client, url = as_a("approver", town), page("what_if", town, plan=plan.public_id)
    shown = client.get(url).content.decode()
    for name, low, high in (
        ("effect", 0, 200), ("cost", 0, 500), ("budget", 0, 1000), ("target", 0, 100), ("probability", 50, 99),
    ):  # fmt: skip
        slider = re.search(rf'<div class="slider[^>]*data-slider-of="id_{name}" hidden>(.*?)</div>', shown, re.DOTALL)
        assert slider is not None, name
        assert f'<label for="id_{name}_slider"' in slider[1]
        (written,) = re.findall(r"<input [^>]*>", slider[1])
        assert f'type="range" id="id_{name}_slider" min="{low}" max="{high}"' in written
        assert " name=" not in written
    over = client.get(url + "?effect=201&probability=49")
    assert over.status_code == 422
    assert "Write a number from 0 to 200." in text_of(over)
    assert "Write a number from 50 to 99.9." in text_of(over)


def test_optimising_again_makes_a_plan_of_its_own() -> None:
    town = an_organisation()
    plan = a_computed_plan(town, wishes=some_wishes(0.05))
    client = as_a("member", town)
    given = {"effect": "80", "cost": "120", "budget": "100", "target": "6", "probability": ""}
    answer = client.post(page("what_if_compute", town, plan=plan.public_id), given)
    made = ReductionPlan.objects.exclude(pk=plan.pk).get()
    assert answer.url == page("reduction_plan", town, plan=made.public_id)
    assert made.state == State.WAITING
    execute(job_of(made).pk)
    made.refresh_from_db()
    assert made.result["cost_eur"] == pytest.approx(120_000)
    assert made.result["years"][-1]["reduction_kgco2e"] == pytest.approx(HEAT_KG * 0.4)
    assert made.wishes["targets"][0]["reduction_share"] == pytest.approx(0.06)
    plan.refresh_from_db()
    assert plan.result["cost_eur"] == pytest.approx(100_000)


def test_a_copy_begins_from_the_newest_footprint() -> None:
    town = an_organisation()
    plan = a_computed_plan(town)
    newer = a_finished_run(town)
    as_a("member", town).post(page("reduction_plan_copy", town, plan=plan.public_id))
    made = ReductionPlan.objects.exclude(pk=plan.pk).get()
    assert (made.run_id, made.state) == (newer.pk, State.DRAFT)


def test_choosing_twice_changes_nothing() -> None:
    town = an_organisation()
    plan = a_computed_plan(town, chosen=True)
    when = plan.chosen_at
    choose_plan(plan=plan, by=someone_who_is("member", town))
    plan.refresh_from_db()
    assert plan.chosen_at == when
