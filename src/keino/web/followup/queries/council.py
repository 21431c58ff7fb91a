"""The numbers of a council report: taken from a finished run, its follow-up, the target, the plan and the actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from keino.report.council import (
    CouncilChange,
    CouncilContent,
    CouncilHotspot,
    CouncilProgress,
    CouncilSource,
    CouncilTarget,
    YearFootprint,
)
from keino.report.council_words import HOTSPOTS
from keino.report.names import Names
from keino.web.followup.queries.planned import chosen_plan, planned_in, target_for
from keino.web.measurement.queries.runs import run_result
from keino.web.plans.action_choices import ActionState
from keino.web.plans.models import Action
from keino.web.plans.queries.actions import standing

if TYPE_CHECKING:
    from keino.engine.followup import FollowUpResult as Answer
    from keino.engine.results import FootprintResult, Slice
    from keino.web.measurement.models import Run
    from keino.web.organisations.models import Organisation


def council_content(run: Run, year: int, change: Answer | None) -> CouncilContent:
    """The numbers of a year; ``change`` says why it differs from the year before, where there is one."""
    organisation = run.organisation
    assert organisation is not None
    result = run_result(run)
    years = tuple(_of_year(part) for part in sorted(result.by_year, key=lambda part: int(part.keys["year"])))
    return CouncilContent(
        organisation=Names(*(getattr(organisation, f"name_{code}") or "" for code in ("fi", "sv", "en"))),
        year=year,
        currency=result.currency,
        footprint=next(each for each in years if each.year == year),
        years=years,
        population=organisation.population,
        classified_share=_classified(result),
        factor_share=_with_factor(result, year),
        hotspots=_hotspots(result, year),
        target=target_of(organisation, result, year),
        change=_change(change) if change is not None else None,
        progress=_progress(organisation, year),
        sources=tuple(_source(row) for row in result.sources.values()),
        factor_edition=result.factor_edition,
        code_version=result.code_version,
        calculated_on=timezone.localtime(run.finished_at).date().isoformat() if run.finished_at else "",
        is_example=organisation.is_example,
    )


def _of_year(part: Slice) -> YearFootprint:
    kilograms = part.footprint_kgco2e, part.low_kgco2e, part.high_kgco2e
    return YearFootprint(int(part.keys["year"]), part.spend, *kilograms)


def _classified(result: FootprintResult) -> float | None:
    unknown = result.coverage.share("none")
    return None if unknown is None else min(1.0, max(0.0, 1 - unknown))


def _with_factor(result: FootprintResult, year: int) -> float | None:
    part = next(part for part in result.by_year if part.keys["year"] == year)
    return None if part.spend <= 0 else min(1.0, max(0.0, 1 - float(part.spend_without_factor / part.spend)))


def _hotspots(result: FootprintResult, year: int) -> tuple[CouncilHotspot, ...]:
    of_year = [part for part in result.by_category_year if part.keys["year"] == year and part.keys["category"]]
    whole = next(part for part in result.by_year if part.keys["year"] == year).footprint_kgco2e
    largest = sorted(of_year, key=lambda part: -(part.footprint_kgco2e or 0.0))[:HOTSPOTS]
    return tuple(
        _hotspot(result, part, part.footprint_kgco2e, whole)
        for part in largest
        if whole and whole > 0 and part.footprint_kgco2e and part.footprint_kgco2e > 0
    )


def _hotspot(result: FootprintResult, part: Slice, kilograms: float, whole: float) -> CouncilHotspot:
    code = str(part.keys["category"])
    label = result.categories.get(code)
    names = Names(label.label_fi, label.label_sv, label.label_en) if label else Names(code, code, code)
    return CouncilHotspot(code, names, kilograms, part.low_kgco2e, part.high_kgco2e, kilograms / whole)


def target_of(organisation: Organisation, result: FootprintResult, year: int) -> CouncilTarget | None:
    """The target that a year is on the way to, with the footprint of its baseline year where that is known."""
    target = target_for(organisation, year)
    if target is None:
        return None
    measured = (part.footprint_kgco2e for part in result.by_year if part.keys["year"] == target.baseline_year)
    return CouncilTarget(
        baseline_year=target.baseline_year,
        target_year=target.target_year,
        reduction_share=target.reduction_share,
        baseline_kgco2e=target.baseline_kgco2e or next(measured, None),
        decided_by=target.decided_by_text,
        decided_on=target.decided_on.isoformat() if target.decided_on else "",
    )


def _change(answer: Answer) -> CouncilChange:
    total = answer.effects.total
    return CouncilChange(
        year_from=answer.year_from,
        year_to=answer.year_to,
        footprint_from_kgco2e=total.footprint_from_kgco2e,
        footprint_to_kgco2e=total.footprint_to_kgco2e,
        price_kgco2e=total.price_kgco2e,
        volume_kgco2e=total.volume_kgco2e,
        mix_kgco2e=total.mix_kgco2e,
        intensity_kgco2e=total.intensity_kgco2e,
        unsplit_kgco2e=total.unsplit_kgco2e,
        edition_kgco2e=total.edition_kgco2e,
        perimeter_kgco2e=total.perimeter_kgco2e,
        intensity_half_width_kgco2e=answer.half_width,
    )


def _progress(organisation: Organisation, year: int) -> CouncilProgress:
    today = timezone.localdate()
    stand = standing(organisation, today)
    started = Action.objects.filter(organisation=organisation, state=ActionState.STARTED).count()
    return CouncilProgress(
        actions=stand.open + stand.done,
        started=started,
        done=stand.done,
        overdue=stand.overdue,
        without_decision=stand.undecided,
        planned_reduction_kgco2e=planned_in(chosen_plan(organisation), year),
    )


def _source(row: dict[str, str]) -> CouncilSource:
    citation = row.get("citation") or f"{row.get('producer', '')}: {row.get('title', '')}".strip(": ")
    return CouncilSource(citation, row.get("url", ""))
