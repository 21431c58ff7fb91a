"""An answer as its page shows it: sentences, parts, categories with addresses, measures, the way to the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from keino.report.followup_charts import PathYear, path, waterfall
from keino.report.followup_words import PARTS, answer_in_words, change_sentence, part_of, signed_tonnes
from keino.web.base.addresses import address_or_none
from keino.web.base.templatetags.keino import speaker
from keino.web.followup.queries.council import target_of
from keino.web.followup.queries.planned import actions_by_measure, measure_name, planned_footprints
from keino.web.measurement.names import category_name

if TYPE_CHECKING:
    from keino.domain.plans.followup import Effects
    from keino.engine.followup import FollowUpResult as Answer
    from keino.report.drawing import Picture
    from keino.report.language import Translator
    from keino.web.measurement.models import Run
    from keino.web.plans.models import Action, ReductionPlan

#: Categories shown at once; the others open on request.
CATEGORIES = 12
SPLIT = ("price", "volume", "mix", "intensity")
#: Kept apart from the split, and shown where there is something.
APART = ("unsplit", "edition", "perimeter")


@dataclass(frozen=True)
class Part:
    """A part of the change: its name, tonnes with sign, the half width around it, what it means."""

    name: str
    tonnes: str
    meaning: str
    half_width_kgco2e: float | None = None


@dataclass(frozen=True)
class CategoryRow:
    """A category: tonnes of the change and of its parts, and where its lines of both years are."""

    name: str
    url: str
    change: str
    parts: tuple[str, ...]
    lines: tuple[str, str]
    is_own_factor: bool


@dataclass(frozen=True)
class MeasureRow:
    """A measure of the plan: did it show, and what was done for it?"""

    name: str
    category: str
    planned: str
    measured: str
    words: str
    actions: Sequence[Action]


def sentences(answer: Answer) -> list[str]:
    """The change in words, then what money did, then how sure that is."""
    speech, total = speaker(), answer.effects.total
    years = answer.year_from, answer.year_to
    said = [change_sentence(speech, total, total.footprint_from_kgco2e, years)]
    currency = answer.result.currency
    spend = {
        "before": speech.amount_to_read(total.spend_from, currency),
        "after": speech.amount_to_read(total.spend_to, currency),
        "year": answer.year_from,
    }
    if answer.real_spend_to is None:
        said.append(
            _(
                "Purchases went from %(before)s to %(after)s. No price index is known for these years, so prices and "
                "volume can't be told apart."
            )
            % spend
        )
    else:
        spend["real"] = speech.amount_to_read(answer.real_spend_to, currency)
        said.append(_("Purchases went from %(before)s to %(after)s, which is %(real)s in prices of %(year)s.") % spend)
    return said


def parts(answer: Answer) -> list[Part]:
    """Prices, volume, mix and intensity, and what stands apart where there is something."""
    total, speech = answer.effects.total, speaker()
    names = [*SPLIT, *(name for name in APART if part_of(total, name))]
    return [
        Part(
            speech.text(PARTS[name][0]),
            signed_tonnes(speech, part_of(total, name)),
            speech.text(PARTS[name][1]),
            (answer.half_width or None) if name == "intensity" and part_of(total, name) is not None else None,
        )
        for name in names
    ]


def part_names(answer: Answer) -> list[str]:
    """Headings of the parts in the table of categories."""
    return [speaker().text(PARTS[name][0]) for name in _shown_parts(answer)]


def _shown_parts(answer: Answer) -> tuple[str, ...]:
    return (*SPLIT, *(name for name in APART if part_of(answer.effects.total, name)))


def categories(answer: Answer, run: Run) -> list[CategoryRow]:
    """Categories, the largest change first."""
    assert run.organisation is not None
    slug = run.organisation.slug
    footprint = address_or_none("dashboards:footprint", slug=slug) or ""
    lines = address_or_none("measurement:lines", slug=slug) or ""
    ordered = sorted(answer.effects.by_category, key=lambda part: -abs(part.change_kgco2e))
    return [_category(answer, part, run, footprint, lines) for part in ordered]


def _category(answer: Answer, part: Effects, run: Run, footprint: str, lines: str) -> CategoryRow:
    speech = speaker()
    ends = [
        f"{lines}?{urlencode({'run': run.public_id, 'category': part.category, 'year': year})}"
        for year in (answer.year_from, answer.year_to)
    ]
    return CategoryRow(
        category_name(part.category),
        f"{footprint}?{urlencode({'category': part.category})}" if footprint else "",
        signed_tonnes(speech, part.change_kgco2e),
        tuple(signed_tonnes(speech, part_of(part, name)) for name in _shown_parts(answer)),
        (ends[0], ends[1]),
        part.category in answer.own_factors,
    )


def measures(answer: Answer, plan: ReductionPlan | None, run: Run) -> list[MeasureRow]:
    """The measures of the plan in their order, each with its answer and its actions."""
    if not answer.measures or run.organisation is None:
        return []
    speech = speaker()
    actions = actions_by_measure(run.organisation, [each.measure for each in answer.measures])
    return [
        MeasureRow(
            measure_name(plan, each.measure, speech.language),
            category_name(each.category),
            signed_tonnes(speech, -each.planned_reduction_kgco2e),
            "–" if each.measured_reduction_kgco2e is None else signed_tonnes(speech, -each.measured_reduction_kgco2e),
            answer_in_words(speech, each.answer, each.reason, falls_short=each.falls_short),
            actions.get(each.measure, ()),
        )
        for each in answer.measures
    ]


def own_factor_words(answer: Answer) -> str:
    """For how many categories a greener contract could show at all."""
    whole = len(answer.effects.by_category)
    averages = whole - len(answer.own_factors)
    if not averages:
        return ""
    return _(
        "Emission factors are averages of an industry in %(averages)s of %(whole)s categories. There a greener "
        "contract of yours can't be seen in money: its evidence stands with the contract and the action."
    ) % {"averages": averages, "whole": whole}


def figure(picture: Picture | None, table: dict[str, Any] | None = None) -> dict[str, Any] | None:
    """A picture of the report for the chart component."""
    if picture is None:
        return None
    svg = mark_safe(picture.svg)  # noqa: S308  # drawn by the report, its texts escaped
    return {"title": picture.title, "alt": picture.alternative, "svg": svg, "table": table}


def change_figure(answer: Answer) -> dict[str, Any] | None:
    """What the change is made of, as bars; the table of parts follows on the page."""
    total = answer.effects.total
    years = answer.year_from, answer.year_to
    return figure(_waterfall(speaker(), total, years))


# Drawing takes a tenth of a second; the same numbers give the same picture.
@lru_cache(maxsize=256)
def _waterfall(speech: Translator, total: Effects, years: tuple[int, int]) -> Picture:
    return waterfall(speech, total, total.footprint_from_kgco2e, years)


@lru_cache(maxsize=256)
def _path(speech: Translator, years: tuple[PathYear, ...]) -> Picture | None:
    return path(speech, years)


def path_years(answer: Answer, plan: ReductionPlan | None, run: Run) -> list[PathYear]:
    """Measured years beside the target's even way and the plan."""
    assert run.organisation is not None
    target = target_of(run.organisation, answer.result, answer.year_to)
    planned = planned_footprints(plan)
    measured = {int(part.keys["year"]): part for part in answer.result.by_year}
    named = set(measured) | set(planned)
    if target is not None and target.baseline_kgco2e is not None:
        named |= {target.baseline_year, target.target_year}
    rows = []
    for year in sorted(named):
        part = measured.get(year)
        rows.append(
            PathYear(
                year,
                part.footprint_kgco2e if part else None,
                part.low_kgco2e if part else None,
                part.high_kgco2e if part else None,
                target.level_kgco2e(year) if target else None,
                planned.get(year),
            )
        )
    return rows


def path_figure(years: Sequence[PathYear]) -> dict[str, Any] | None:
    """The way to the target as a chart with its table."""
    speech = speaker()
    head = [
        _("Year"),
        _("Measured, t CO₂e"),
        _("Low, t CO₂e"),
        _("High, t CO₂e"),
        _("Target, t CO₂e"),
        _("Plan, t CO₂e"),
    ]
    rows = [
        [
            str(each.year),
            *(
                "–" if value is None else speech.tonnes(value)
                for value in (
                    each.measured_kgco2e,
                    each.low_kgco2e,
                    each.high_kgco2e,
                    each.target_kgco2e,
                    each.planned_kgco2e,
                )
            ),
        ]
        for each in years
    ]
    return figure(_path(speech, tuple(years)), {"head": head, "rows": rows}) if len(years) > 1 else None
