"""Why the footprint changed: the site's answer is that of the command line, and says what can't be told."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from keino.engine.followup import FollowUpOptions, run_followup
from keino.engine.run import RunOptions
from keino.web.base.jobs import run_waiting_jobs
from keino.web.followup.models import FollowUpResult
from keino.web.followup.queries.answers import answer_of, unanswered_runs, usual_question
from keino.web.followup.services.answers import ask
from keino.web.followup.tasks import answer_ahead
from keino.web.measurement.models import Run
from keino.web.organisations.models import Organisation
from keino.web.plans.models import Action, ClimateTarget, ReductionPlan
from tests.factories.dashboards import LEDGER, a_run_with_lines
from tests.factories.web import a_finished_run, an_organisation, someone_who_is
from tests.web.followup.conftest import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]

PAGE = "/o/parish/follow-up/"


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def explained(client: Client, **asked: Any) -> Any:
    """Ask, let the worker answer, open the answer."""
    sent = client.post(f"{PAGE}ask/", {"year_from": "2022", "year_to": "2023"} | asked)
    assert sent.status_code == 302
    run_waiting_jobs()
    return client.get(sent.headers["Location"])


def test_site_gives_the_numbers_of_the_command_line(parish: Organisation, writer: Client, tmp_path: Path) -> None:
    explained(writer)
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(LEDGER, encoding="utf-8")
    by_command = run_followup([ledger], FollowUpOptions(2022, 2023, run=RunOptions(factors="fi")))
    on_site = answer_of(FollowUpResult.objects.get())
    assert asdict(on_site.effects) == asdict(by_command.effects)
    assert (on_site.half_widths, on_site.price_ratio) == (by_command.half_widths, by_command.price_ratio)


def test_change_is_said_in_words_before_any_table(parish: Organisation, writer: Client) -> None:
    page = explained(writer)
    totals = {row.year: row.footprint_kgco2e for row in Run.objects.get().totals.filter(category="*")}
    change = (totals[2023] - totals[2022]) / 1000
    words = text(page)
    assert change < 0
    assert f"Emissions of purchases fell by {-change:.3g} t CO₂e" in words
    assert words.index("Emissions of purchases") < words.index("What the change is made of")
    for part in ("Prices", "Volume", "Mix", "Intensity"):
        assert part in words


def test_parts_on_the_page_add_up_to_the_change(parish: Organisation, writer: Client) -> None:
    explained(writer)
    total = answer_of(FollowUpResult.objects.get()).effects.total
    parts = [total.price_kgco2e, total.volume_kgco2e, total.mix_kgco2e, total.intensity_kgco2e]
    assert sum(part or 0.0 for part in parts) + total.unsplit_kgco2e == pytest.approx(total.change_kgco2e)


def test_page_offers_to_explain_and_shows_what_was_answered_ahead(parish: Organisation, writer: Client) -> None:
    first = text(writer.get(PAGE))
    assert "Explain the change" in first
    assert "What the change is made of" not in first
    assert list(unanswered_runs()) == [Run.objects.get()]
    answer_ahead()
    run_waiting_jobs()
    assert "What the change is made of" in text(writer.get(PAGE))
    assert not unanswered_runs()


def test_question_asked_twice_is_answered_once(parish: Organisation, writer: Client) -> None:
    asked = [writer.post(f"{PAGE}ask/", {"year_from": "2022", "year_to": "2023"}) for _ in range(2)]
    assert asked[0].headers["Location"] == asked[1].headers["Location"]
    assert FollowUpResult.objects.count() == 1


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ({"year_from": "2023", "year_to": "2023"}, "A change leads from an earlier year to a later one."),
        ({"year_from": "2023", "year_to": "2022"}, "A change leads from an earlier year to a later one."),
        ({"year_from": "2019", "year_to": "2023"}, "2019 is not one of the available choices."),
        ({"year_from": "=1+1", "year_to": "<b>"}, "is not one of the available choices."),
        ({"year_from": "2022", "year_to": "2023", "moved_units": "Nowhere"}, "no such unit: Nowhere"),
    ],
)
def test_years_and_units_that_are_not_there_are_refused(
    parish: Organisation, writer: Client, years: dict[str, str], said: str
) -> None:
    refused = writer.post(f"{PAGE}ask/", years)
    assert refused.status_code == 422
    assert said in text(refused)
    assert not FollowUpResult.objects.exists()


def test_year_without_purchases_is_refused_by_the_service_too(parish: Organisation) -> None:
    from keino.engine.followup import SameYear, YearWithoutPurchases
    from keino.web.followup.questions import Question

    run = Run.objects.get()
    with pytest.raises(YearWithoutPurchases, match="2019"):
        ask(run=run, question=Question(2019, 2023))
    with pytest.raises(SameYear):
        ask(run=run, question=Question(2023, 2023))


def test_what_moved_stands_apart_from_volume_and_mix(parish: Organisation, writer: Client) -> None:
    page = explained(writer, moved_units="Keittiö")
    total = answer_of(FollowUpResult.objects.get()).effects.total
    assert total.perimeter_kgco2e != 0
    assert "units and tasks that joined or left" in text(page)
    assert "Not in the organisation in both years: Keittiö." in text(page)


def test_other_result_that_reported_the_year_is_told_apart(parish: Organisation, writer: Client) -> None:
    old = Run.objects.get()
    a_run_with_lines(parish, LEDGER.replace("1000,00", "2000,00"))
    page = explained(writer, reported_by=str(old.public_id))
    total = answer_of(FollowUpResult.objects.get()).effects.total
    of_old_year = {row.year: row.footprint_kgco2e for row in old.totals.filter(category="*")}[2022]
    assert total.footprint_from_kgco2e == pytest.approx(of_old_year)
    assert total.edition_kgco2e > 0
    assert "other factors than the year was reported with" in text(page)


def test_without_two_years_the_page_says_what_to_do(writer: Client, parish: Organisation) -> None:
    town = an_organisation("New town", slug="new-town")
    client = browser_of(someone_who_is("member", town))
    assert "Nothing to compare yet" in text(client.get("/o/new-town/follow-up/"))
    a_run_with_lines(town, "\n".join(line for line in LEDGER.splitlines() if ".2022;" not in line) + "\n")
    assert "A second year is missing" in text(client.get("/o/new-town/follow-up/"))
    assert client.post("/o/new-town/follow-up/ask/", {"year_from": "2022", "year_to": "2023"}).status_code == 422


def test_lost_lines_are_a_visible_failure(writer: Client, parish: Organisation) -> None:
    town = an_organisation("Lost town", slug="lost-town")
    a_finished_run(town)
    client = browser_of(someone_who_is("member", town))
    sent = client.post("/o/lost-town/follow-up/ask/", {"year_from": "2022", "year_to": "2023"})
    run_waiting_jobs()
    assert "The stored lines of this calculation are missing" in text(client.get(sent.headers["Location"]))


def test_answers_of_others_are_not_found(parish: Organisation, writer: Client) -> None:
    explained(writer)
    other = an_organisation("Other town", slug="other-town")
    client = browser_of(someone_who_is("member", other))
    answer = FollowUpResult.objects.get()
    assert client.get(f"/o/other-town/follow-up/change/{answer.public_id}/").status_code == 404
    assert client.get(f"{PAGE}change/{answer.public_id}/").status_code == 403


def a_chosen_plan(parish: Organisation) -> ReductionPlan:
    """One measure on district heat that should take 100 kg off in 2023 beside 2022."""
    return ReductionPlan.objects.create(
        organisation=parish,
        run=Run.objects.get(),
        title="Plan to the target",
        state="done",
        is_chosen=True,
        result={
            "version": 1,
            "names": {"less_heat": dict.fromkeys(("name_fi", "name_sv", "name_en"), "Heat by the hour <b>")},
            "path": [
                {"measure": "less_heat", "category": "HEAT.DISTRICT", "year": 2022, "reduction_kgco2e": 50.0},
                {"measure": "less_heat", "category": "HEAT.DISTRICT", "year": 2023, "reduction_kgco2e": 150.0},
            ],
            "years": [{"year": 2023, "footprint_kgco2e": 1500.0}, {"year": 2024, "footprint_kgco2e": 1200.0}],
        },
    )


def test_measure_that_money_cannot_show_is_said_to_be_untold(parish: Organisation, writer: Client) -> None:
    a_chosen_plan(parish)
    Action.objects.create(
        organisation=parish,
        title="New control of the heating",
        deadline=timezone.localdate(),
        measure_code="less_heat",
        state="done",
        done_on=timezone.localdate().replace(year=2023, month=5, day=2),
    )
    page = explained(writer)
    words = text(page)
    assert "Heat by the hour &lt;b&gt;" in words
    assert "can't be told" in words.replace("&#x27;", "'")
    assert "averages of an industry" in words
    assert "New control of the heating" in words
    (measure,) = answer_of(FollowUpResult.objects.get()).measures
    assert (measure.planned_reduction_kgco2e, measure.answer) == (pytest.approx(100.0), "cannot_be_told")


def test_target_stands_beside_what_was_measured(parish: Organisation, writer: Client) -> None:
    ClimateTarget.objects.create(
        organisation=parish, baseline_year=2022, target_year=2030, reduction_share=0.5, decided_by_text="Parish council"
    )
    words = text(explained(writer))
    assert "The target is −50% from 2022 to 2030." in words
    assert "Parish council" in words
    assert "Measured footprint and the way to the target" in words


def test_counties_that_took_over_services_are_asked_about(parish: Organisation) -> None:
    town = an_organisation("Health town", slug="health-town", kind="municipality")
    run = a_run_with_lines(town, LEDGER.replace("4500;Kaukolämpö;Kaukolämpö", "4440;Terveyspalvelut;Lääkäripalvelut"))
    codes = {str(part["keys"]["category"]) for part in run.result["by_category"]}
    client = browser_of(someone_who_is("member", town))
    question = usual_question(run)
    assert question is not None
    client.post("/o/health-town/follow-up/ask/", {"year_from": "2022", "year_to": "2023"})
    run_waiting_jobs()
    said = "On 1 January 2023 health, social and rescue services went to the wellbeing services counties"
    is_asked = said in text(client.get("/o/health-town/follow-up/"))
    assert is_asked == any(code.startswith(("MED", "CARE.HEALTH", "CARE.SOCIAL")) for code in codes)
    assert is_asked
