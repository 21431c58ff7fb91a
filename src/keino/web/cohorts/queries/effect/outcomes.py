"""Before and after of each organisation: maturity, footprint of a euro, spend in categories with an approved plan."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from keino.domain.carbon.price_years import price_ratio
from keino.domain.maturity.changes import changes
from keino.domain.programmes.windows import Window, intensity
from keino.web.cohorts.queries.effect.groups import Values
from keino.web.measurement.choices import RunState
from keino.web.measurement.models import Run, RunTotal
from keino.web.measurement.queries.runs import run_result
from keino.web.plans.models import CategoryPlan, CategoryPlanVersion
from keino.web.surveys.choices import RoundState
from keino.web.surveys.models import Round, Score

#: Only results by the Finnish factors are put together, so different currencies never meet.
FACTOR_SET, CURRENCY = "fi", "EUR"
#: The category of a year's total.
_WHOLE = "*"


# ---- maturity


def maturity(organisations: Iterable[int], before: Window, after: Window) -> Values:
    """Overall means of the newest shown round in each window, over the areas that both show, of the same questions."""
    rounds = Round.objects.filter(
        organisation__in=list(organisations), state=RoundState.CLOSED, respondents__isnull=False
    )
    newest: dict[tuple[int, str, bool], int] = {}
    rows = rounds.order_by("closed_on", "pk").values_list("pk", "organisation", "edition", "closed_on")
    for key, organisation, questions, day in rows:
        for window, is_after in ((before, False), (after, True)):
            if day is not None and window.holds(day):
                newest[organisation, questions, is_after] = key
    pairs = {
        (organisation, questions): (key, newest[organisation, questions, True])
        for (organisation, questions, is_after), key in newest.items()
        if not is_after and (organisation, questions, True) in newest
    }
    means = _means({key for pair in pairs.values() for key in pair})
    found: dict[int, tuple[float, float]] = {}
    for (organisation, _questions), (first, last) in sorted(pairs.items(), key=lambda each: each[1][1]):
        overall = changes(means[first], means[last]).overall
        if overall.before is not None and overall.after is not None:
            found[organisation] = (overall.before, overall.after)
    return found


def _means(rounds: set[int]) -> dict[int, dict[str, float | None]]:
    found: dict[int, dict[str, float | None]] = defaultdict(dict)
    for key, area, mean in Score.objects.filter(round__in=rounds, group=None).values_list("round", "area_code", "mean"):
        found[key][area] = mean
    return found


# ---- footprint


def intensities(organisations: Iterable[int], years: tuple[int, int]) -> Values:
    """Kilograms per euro of the first year, in both years of each organisation's newest result."""
    ratio = _price_ratio(years)
    if ratio is None:
        return {}
    per_year: dict[int, dict[int, float]] = defaultdict(dict)
    for total in _totals(organisations, years):
        prices = 1.0 if total.year == years[0] else ratio[0]
        value = intensity(total.footprint_kgco2e, float(total.spend - total.spend_without_factor), prices)
        if value is not None:
            per_year[total.organisation][total.year] = value
    first, last = years
    return {key: (each[first], each[last]) for key, each in per_year.items() if len(each) == len(years)}


def price_index(years: tuple[int, int]) -> str:
    """The name of the index that takes prices out; empty where none knows both years."""
    ratio = _price_ratio(years)
    return ratio[1] if ratio else ""


def _price_ratio(years: tuple[int, int]) -> tuple[float, str] | None:
    # The timetable's tasks lead here, and with them every process of the site: tables and their rules come when used.
    from keino.engine.factor_sets import indices_of

    return price_ratio(indices_of(CURRENCY), *years)


@dataclass(frozen=True)
class _Total:
    """A year of an organisation's newest finished run."""

    organisation: int
    run: int
    year: int
    spend: Decimal
    spend_without_factor: Decimal
    footprint_kgco2e: float | None


def _totals(organisations: Iterable[int], years: Iterable[int]) -> Iterator[_Total]:
    """Yearly totals of each organisation's newest finished run, where it was made with our factor set."""
    runs = Run.objects.filter(organisation=OuterRef("run__organisation"), state=RunState.DONE)
    newest = runs.order_by("-finished_at", "-pk").values("pk")[:1]
    found = RunTotal.objects.filter(run__organisation__in=list(organisations), run=Subquery(newest), category=_WHOLE)
    columns = ("run__organisation_id", "run_id", "year", "spend", "spend_without_factor", "footprint_kgco2e")
    for factors, *values in found.filter(year__in=years).values_list("run__options__factors", *columns):
        if _set_of(factors) == FACTOR_SET:
            yield _Total(*values)


def _set_of(factors: str | None) -> str:
    return (factors or FACTOR_SET).partition("@")[0]


# ---- category plans


def planned_shares(organisations: Iterable[int], year: int, days: tuple[dt.date, dt.date]) -> Values:
    """Share of a year's spend in categories whose plan was approved by each of two days.

    The spend is that of one year on both days: only plans move the share. Organisations without any plan have a share
    of nothing; of the others the result is read, which has the spend by category.
    """
    spent = {total.organisation: total.run for total in _totals(organisations, [year]) if total.spend > 0}
    plans = _plans(spent)
    found: dict[int, tuple[float, float]] = {}
    for organisation, run in spent.items():
        approved = plans.get(organisation, [])
        if not approved:
            found[organisation] = (0.0, 0.0)
            continue
        spend = _spend_by_category(run, year)
        whole = sum(spend.values())
        before, after = (
            sum(spend.get(category, 0.0) for category, since, to in approved if since <= day and (not to or to > day))
            for day in days
        )
        if whole > 0:
            found[organisation] = (before / whole, after / whole)
    return found


def _plans(organisations: Iterable[int]) -> dict[int, list[tuple[str, dt.date, dt.date | None]]]:
    """Category, day of the first approval and day of closing of every approved plan."""
    first = CategoryPlanVersion.objects.filter(plan=OuterRef("pk")).order_by("approved_at").values("approved_at")[:1]
    rows = CategoryPlan.objects.filter(organisation__in=list(organisations)).annotate(since=Subquery(first))
    found: dict[int, list[tuple[str, dt.date, dt.date | None]]] = defaultdict(list)
    for plan in rows.exclude(since=None).only("organisation_id", "category", "closed_at"):
        since: dt.datetime = plan.since
        closed = timezone.localdate(plan.closed_at) if plan.closed_at else None
        found[plan.organisation_id].append((plan.category, timezone.localdate(since), closed))
    return found


def all_plans_shown(organisations: Iterable[int]) -> frozenset[int]:
    """Those that have approved category plans and show each of them to everybody, so that their share can be added up.

    Who keeps one plan to itself, or has none, shows nothing that the share could be worked out from.
    """
    versions = CategoryPlanVersion.objects.filter(plan=OuterRef("pk"))
    approved = CategoryPlan.objects.filter(Exists(versions), organisation__in=list(organisations))
    shown = defaultdict(set)
    rows = approved.annotate(is_shown=Exists(versions.exclude(published_at=None)))
    for organisation, is_shown in rows.values_list("organisation", "is_shown"):
        shown[organisation].add(is_shown)
    return frozenset(organisation for organisation, each in shown.items() if each == {True})


def _spend_by_category(run: int, year: int) -> dict[str, float]:
    result = run_result(Run.objects.get(pk=run))
    return {
        str(part.keys["category"]): float(part.spend)
        for part in result.by_category_year
        if part.keys["year"] == year and part.spend > 0
    }
