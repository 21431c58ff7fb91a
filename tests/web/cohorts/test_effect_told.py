"""Which numbers of a programme's effect are told: what others can look up, and on which day a plan counts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from keino.domain.programmes.effect import Reason
from keino.web.cohorts.queries.effect.outcomes import all_plans_shown
from keino.web.organisations.models import Organisation
from keino.web.plans.models import CategoryPlan, CategoryPlanVersion
from keino.web.programmes.models import Edition
from tests.factories.cohorts import a_participation
from tests.factories.effect import a_past_edition, measured, outcome, some_others
from tests.factories.programmes import an_edition
from tests.factories.web import a_finished_run, an_organisation

pytestmark = pytest.mark.django_db
CHANGES = [0.9, 0.2, 0.7, 0.4, 1.1, 0.3]
OTHERS = [0.1, 0.4, -0.2, 0.0, 0.3, 0.2, -0.1, 0.5]
#: Half past ten in the evening of 15 March by UTC is half past midnight of the 16th in Helsinki.
HALF_PAST_MIDNIGHT = dt.datetime(2023, 3, 15, 22, 30, tzinfo=dt.UTC)


def publishes(organisation: Organisation) -> None:
    """It shows its footprint to everybody."""
    organisation.is_public = True
    organisation.save()
    organisation.runs.update(published_at=timezone.now())


def approved_plan(organisation: Organisation, category: str, approved: dt.datetime, *, shown: bool = False) -> None:
    plan = CategoryPlan.objects.create(organisation=organisation, category=category, language="fi", state="approved")
    CategoryPlanVersion.objects.create(
        plan=plan, number=1, content={}, approved_at=approved, published_at=approved if shown else None
    )


def an_edition_of_spring_2023() -> Edition:
    """The example results have purchases of 2022, the year before it; the kick-off is on 16 March."""
    edition = an_edition(state="completed", parts=False)
    for kind, day in (("kick_off", dt.date(2023, 3, 16)), ("closing", dt.date(2023, 5, 31))):
        starts = timezone.make_aware(dt.datetime.combine(day, dt.time(9)))
        edition.dates.create(kind=kind, starts_at=starts, ends_at=starts)
    return edition


# ---- what everybody can look up


def test_maturity_is_told_also_where_participants_publish_their_footprint() -> None:
    edition = a_past_edition()
    towns = [
        measured((2.0 + 0.1 * n, 2.0 + 0.1 * n + change), (0.30 + 0.01 * n, 0.30 + 0.008 * n * n), edition=edition)
        for n, change in enumerate(CHANGES)
    ]
    some_others(OTHERS)
    for town in towns[:3]:
        publishes(town)
    assert outcome(edition, "maturity_end").effect.difference is not None
    footprint = outcome(edition, "intensity").effect
    assert Reason.FEW_UNPUBLISHED in footprint.reasons  # three of six footprints are public, so three hide nobody
    assert footprint.participants is None


def test_a_share_is_public_where_the_footprint_and_every_approved_plan_are() -> None:
    day = dt.datetime(2023, 1, 10, 12, tzinfo=dt.UTC)
    shows_all, shows_one, has_none = (an_organisation() for _ in range(3))
    approved_plan(shows_all, "HEAT.DISTRICT", day, shown=True)
    approved_plan(shows_one, "HEAT.DISTRICT", day, shown=True)
    approved_plan(shows_one, "FOOD.CATERING", day)
    assert all_plans_shown([each.pk for each in (shows_all, shows_one, has_none)]) == {shows_all.pk}


def test_shares_are_told_where_only_the_footprint_is_published() -> None:
    edition = an_edition_of_spring_2023()
    day = dt.datetime(2023, 4, 10, 12, tzinfo=dt.UTC)
    for number in range(6):
        town = an_organisation(population=30_000)
        a_finished_run(town)
        a_participation(town, edition, responsible=None)
        if number < 3:
            approved_plan(town, "HEAT.DISTRICT", day)
            publishes(town)
    assert outcome(edition, "planned_share").effect.participants is not None
    CategoryPlanVersion.objects.update(published_at=day)
    found = outcome(edition, "planned_share").effect
    assert (found.participants, Reason.FEW_UNPUBLISHED in found.reasons) == (None, True)


# ---- days


def test_a_plan_approved_half_past_midnight_counts_on_the_new_day() -> None:
    """Approved on the morning after the kick-off, it is no plan of before."""
    edition = an_edition_of_spring_2023()
    after_kick_off = HALF_PAST_MIDNIGHT + dt.timedelta(days=1)
    for number in range(6):
        town = an_organisation(population=30_000)
        a_finished_run(town)
        a_participation(town, edition, responsible=None)
        if number < 2:
            approved_plan(town, "HEAT.DISTRICT", after_kick_off if number else HALF_PAST_MIDNIGHT)
    found = outcome(edition, "planned_share").effect.participants
    assert found is not None
    assert found.before.mean == pytest.approx(found.after.mean / 2)  # one of the two, on the day of the kick-off
