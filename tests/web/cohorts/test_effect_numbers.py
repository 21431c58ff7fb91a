"""What a programme's effect is worked out from: who is compared with whom, in which days, and what isn't told."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from django.utils import timezone
from scipy import stats

from keino.domain.programmes.effect import Reason
from keino.facts.read import read
from keino.web.cohorts.effect.numbers import content_as_json, content_from_json
from keino.web.cohorts.models import Deliverable, TeamPerson
from keino.web.cohorts.queries.effect.groups import stratum
from keino.web.cohorts.queries.effect.numbers import content_of_all, content_of_edition
from keino.web.programmes.models import Edition
from tests.factories.cohorts import a_participation
from tests.factories.effect import (
    CLOSING,
    YEARS,
    a_closed_round,
    a_cohort,
    a_past_edition,
    measured,
    outcome,
    some_others,
    some_work,
    yearly_totals,
)
from tests.factories.programmes import an_edition
from tests.factories.web import a_finished_run, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db
CHANGES = [0.9, 0.2, 0.7, 0.4, 1.1, 0.3]
OTHERS = [0.1, 0.4, -0.2, 0.0, 0.3, 0.2, -0.1, 0.5]


# ---- maturity


def test_maturity_of_participants_is_compared_with_towns_of_their_size() -> None:
    edition = a_past_edition()
    a_cohort(edition, CHANGES)
    some_others(OTHERS)
    some_others([5.0 - 2.5] * 3, population=200_000)  # another class
    some_others([2.0] * 3, kind="parish")
    some_others([2.0], is_compared=False)
    some_others([2.0], is_example=True)
    some_others([2.0], kind="company")
    found = outcome(edition, "maturity_end").effect
    welch = stats.ttest_ind(CHANGES, OTHERS, equal_var=False).confidence_interval(0.95)
    assert (found.measured, found.compared) == (6, 8)
    assert found.difference is not None
    assert (found.difference.mean, found.difference.low, found.difference.high) == pytest.approx(
        (np.mean(CHANGES) - np.mean(OTHERS), welch.low, welch.high)
    )


def test_who_left_early_counts_and_who_takes_part_elsewhere_is_not_compared() -> None:
    edition = a_past_edition()
    towns = a_cohort(edition, CHANGES)
    towns[0].participations.update(state="dropped")
    others = some_others(OTHERS)
    began = dt.datetime(2022, 1, 10, 12, tzinfo=dt.UTC)
    a_participation(others[0], an_edition(state="completed"), began_at=began, responsible=None)
    found = outcome(edition, "maturity_end").effect
    assert (found.measured, found.compared) == (6, 7)


def test_six_participants_and_nobody_to_compare_with_cant_be_told() -> None:
    edition = a_past_edition()
    a_cohort(edition, CHANGES)
    found = outcome(edition, "maturity_end").effect
    assert (found.difference, found.reasons) == (None, (Reason.FEW_COMPARABLE,))
    assert found.participants is not None


def test_four_participants_are_told_nothing_of() -> None:
    edition = a_past_edition()
    a_cohort(edition, CHANGES[:4])
    some_others(OTHERS)
    found = outcome(edition, "maturity_end").effect
    assert (found.participants, found.comparable, found.difference) == (None, None, None)
    assert Reason.FEW_PARTICIPANTS in found.reasons


def test_rounds_outside_of_the_days_and_of_other_questions_dont_count() -> None:
    edition = a_past_edition()
    a_cohort(edition, CHANGES[:5])
    late = measured(None, edition=edition)
    a_closed_round(late, 2.0, dt.date(2021, 3, 1))  # more than a year before
    a_closed_round(late, 3.0, CLOSING + dt.timedelta(days=10))
    other = measured(None, edition=edition)
    earlier = a_closed_round(other, 2.0, dt.date(2022, 3, 1))
    earlier.edition = "2020-1"
    earlier.save()
    a_closed_round(other, 3.0, CLOSING + dt.timedelta(days=10))
    few = measured((2.0, 3.0), edition=edition)
    few.maturity_rounds.update(respondents=None)
    assert outcome(edition, "maturity_end").effect.measured == 5


def test_a_follow_up_that_would_give_one_away_is_not_told() -> None:
    edition = a_past_edition()
    towns = [*a_cohort(edition, CHANGES), *some_others(OTHERS)]
    for number, town in enumerate(towns[1:]):  # the first participant has no follow-up
        a_closed_round(town, 2.5 + 0.07 * (number % 5), CLOSING + dt.timedelta(days=400))
    found = outcome(edition, "maturity_later").effect
    assert found.reasons == (Reason.TOO_CLOSE,)
    assert found.participants is None
    a_closed_round(towns[0], 3.1, CLOSING + dt.timedelta(days=400))
    assert outcome(edition, "maturity_later").effect.difference is not None


def test_a_class_is_kind_and_band_of_residents() -> None:
    assert stratum("municipality", 30_000) == stratum("municipality", 49_999)
    assert stratum("municipality", 30_000) != stratum("municipality", 50_000)
    assert stratum("state_agency", None) == stratum("state_agency", 0)
    assert stratum("parish", 30_000) != stratum("municipality", 30_000)


# ---- footprint


def test_prices_are_taken_out_of_the_footprint_of_a_euro() -> None:
    """Whoever emits the same kilograms on spend that grew with prices has changed nothing."""
    edition = a_past_edition()
    points = {
        row["year"]: float(row["value"]) for row in read("price_indices").rows if row["index"] == index_used(edition)
    }
    ratio = points[str(YEARS[1])] / points[str(YEARS[0])]
    for number in range(6):
        start = 0.30 + 0.01 * number
        measured(None, (start, start / ratio + 0.002 * number), edition=edition)
    for number in range(6):
        start = 0.31 + 0.01 * number
        measured(None, (start, start / ratio - 0.001 * number))
    found = outcome(edition, "intensity").effect
    assert found.participants is not None
    assert found.comparable is not None
    assert found.participants.change.mean == pytest.approx(ratio * 0.002 * 2.5)
    assert found.comparable.change.mean == pytest.approx(ratio * -0.001 * 2.5)


def index_used(edition: Edition) -> str:
    return outcome(edition, "intensity").source


def test_spend_without_factors_is_no_footprint_of_a_euro() -> None:
    edition = a_past_edition()
    for number in range(6):
        measured(None, (0.3 + 0.01 * number, 0.3), edition=edition)
    without = measured(None, edition=edition)
    yearly_totals(without, dict(zip(YEARS, (0.3, 0.3), strict=True)))
    without.runs.get().totals.update(spend_without_factor=1_000_000)  # nothing of it has a factor
    assert outcome(edition, "intensity").effect.measured == 6


# ---- plans


def test_share_of_spend_with_approved_plans_is_that_of_one_year() -> None:
    """The result's 2021 doesn't exist, so an edition of 2023 is taken: the year before is 2022."""
    from keino.web.plans.models import CategoryPlan, CategoryPlanVersion

    edition = an_edition(state="completed", parts=False)
    for kind, day in (("kick_off", dt.date(2023, 3, 16)), ("closing", dt.date(2023, 5, 31))):
        starts = timezone.make_aware(dt.datetime.combine(day, dt.time(9)))
        edition.dates.create(kind=kind, starts_at=starts, ends_at=starts)
    towns = [an_organisation(population=30_000) for _ in range(6)]
    for number, town in enumerate(towns):
        a_finished_run(town)
        a_participation(town, edition, responsible=None)
        if number < 3:
            plan = CategoryPlan.objects.create(
                organisation=town, category="HEAT.DISTRICT", language="fi", state="approved"
            )
            approved = dt.datetime(2023, 1 + 3 * number, 10, tzinfo=dt.UTC)
            CategoryPlanVersion.objects.create(plan=plan, number=1, content={}, approved_at=approved)
    found = outcome(edition, "planned_share").effect
    assert found.participants is not None
    spend = {row[0]: float(row[1]) for row in _spend_2022()}
    share = spend["HEAT.DISTRICT"] / sum(spend.values())
    assert found.participants.before.mean == pytest.approx(share / 6)  # January only
    assert found.participants.after.mean == pytest.approx(3 * share / 6)


def _spend_2022() -> list[tuple[str, str]]:
    from tests.factories.results import _PLAN

    return [(row[0], row[1]) for row in _PLAN]


# ---- work and reach


def test_hours_reach_and_deliverables_are_counted() -> None:
    edition = an_edition()
    first = a_participation(an_organisation(region_code="MK06"), edition, responsible=None)
    second = a_participation(an_organisation(kind="parish", region_code="MK01"), edition, responsible=None)
    for name in ("Aino", "Eino"):
        TeamPerson.objects.create(participation=first, name=name)
    Deliverable.objects.create(participation=first, kind="operating_model", state="approved")
    Deliverable.objects.create(participation=second, kind="operating_model", state="submitted")
    Deliverable.objects.create(participation=second, kind="action_plan")
    one, other = (someone_who_is("expert", edition.organisation) for _ in range(2))
    some_work(one, edition=edition, quarters=6)
    some_work(one, edition=edition, quarters=2, kind="event")
    some_work(other, edition=edition, organisation=first.organisation, quarters=3)
    some_work(other, organisation=first.organisation, quarters=40)  # no programme
    (found,) = content_of_edition(edition).programmes
    assert (found.quarters, found.workers, found.organisations, found.people, found.approved) == (11, 2, 2, 2, 1)
    assert [(each.kind, each.quarters, each.entries) for each in found.hours] == [("sparring", 9, 2), ("event", 2, 1)]
    assert {each.code: (each.organisations, each.people) for each in found.regions} == {"MK06": (1, 2), "MK01": (1, 0)}
    assert [(each.kind, each.handed_in, each.approved) for each in found.delivered] == [
        ("operating_model", 2, 1),
        ("action_plan", 0, 0),
    ]


def test_an_edition_without_kick_off_and_closing_has_no_outcomes() -> None:
    assert content_of_edition(an_edition(parts=False)).programmes[0].outcomes == ()


def test_all_editions_count_an_organisation_once_and_work_for_none_apart() -> None:
    first, second = a_past_edition(), a_past_edition()
    town = an_organisation()
    for edition in (first, second):
        a_participation(town, edition, state="completed", responsible=None)
    an_edition(state="draft")
    expert = someone_who_is("expert", first.organisation)
    some_work(expert, edition=first, quarters=4)
    some_work(expert, organisation=town, quarters=8, kind="advice")
    found = content_of_all(is_example=False)
    assert (len(found.programmes), found.distinct_organisations, found.quarters) == (2, 1, 12)
    assert [each.quarters for each in found.other_hours] == [8]
    assert found.other_organisations == 1


def test_what_is_kept_names_no_organisation() -> None:
    edition = a_past_edition()
    towns = a_cohort(edition, CHANGES)
    some_others(OTHERS)
    content = content_of_edition(edition)
    kept = content_as_json(content)
    assert "members" not in str(kept)
    assert not any(town.name_fi in str(kept) for town in towns)
    again = content_from_json(kept)
    assert again.programmes[0].outcomes[0].effect.difference == content.programmes[0].outcomes[0].effect.difference
