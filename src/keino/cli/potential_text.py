"""The potential of a footprint in words for a terminal: a ranked table, what is not assessed, gap, assumptions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from keino.cli.footprint_text import NAME_WIDTH, in_columns
from keino.domain.plans.potential import ASSUMPTIONS, NOT_ASSESSED
from keino.engine.plan_json import names, sources_of
from keino.errors import mark

if TYPE_CHECKING:
    from keino.domain.plans.potential import Assumption, CategoryPotential
    from keino.engine.plan_result import PlanResult
    from keino.report.tables import View


def potential_lines(result: PlanResult, view: View, top: int) -> list[str]:
    """Everything there is to say without a plan."""
    measures = tuple(dict.fromkeys(code for row in result.potential.rows for code in row.measures))
    return [
        *_sentences(result, view),
        "",
        *_table(result, view),
        "",
        *_not_assessed(result, view, top),
        *_gap(result, view),
        "",
        *_assumptions(result, view),
        *source_lines(result, view, measures),
    ]


def _sentences(result: PlanResult, view: View) -> list[str]:
    speech, found = view.speech, result.potential
    whole, cut = found.footprint_kgco2e.mid, found.potential_kgco2e
    return [
        speech.text(
            "The purchases of {year} caused {whole} tonnes CO₂e. Measures with a published effect could take {cut} "
            "tonnes a year off it ({low}–{high}), {share} of all.",
            year=result.baseline_year,
            whole=speech.tonnes(whole),
            cut=speech.tonnes(cut.mid),
            low=speech.tonnes(cut.low),
            high=speech.tonnes(cut.high),
            share=speech.percent_to_read(cut.mid / whole),
        ),
        speech.text(
            "{share} of the footprint is in categories that could be assessed. Nothing is counted for the others.",
            share=speech.percent_to_read(found.assessed_footprint_kgco2e.mid / whole),
        ),
    ]


def _table(result: PlanResult, view: View) -> list[str]:
    speech = view.speech
    curve = {point.category: point for point in result.potential.curve}
    words = ("", "", mark("Footprint, t"), mark("Low, t"), mark("Middle, t"), mark("High, t"), mark("Together"))
    rows = [tuple(speech.text(word) for word in words)]
    for row in result.potential.rows:
        if row.potential_kgco2e is not None and row.footprint_kgco2e is not None:
            cut = row.potential_kgco2e
            sizes = (row.footprint_kgco2e.mid, cut.low, cut.mid, cut.high)
            share = speech.percent_to_read(curve[row.category].share_of_footprint)
            rows.append((f"{row.rank}.", _name(view, row), *map(speech.tonnes, sizes), share))
    if len(rows) == 1:
        return [speech.text("No category could be assessed.")]
    return in_columns(rows, left=(1,))


def _name(view: View, row: CategoryPotential) -> str:
    return view.short(row.category)[:NAME_WIDTH]


def _not_assessed(result: PlanResult, view: View, top: int) -> list[str]:
    speech = view.speech
    rest = [row for row in result.potential.rows if row.not_assessed]
    if not rest:
        return []
    rows = []
    for row in rest[:top]:
        size = speech.tonnes(row.footprint_kgco2e.mid) if row.footprint_kgco2e else "–"
        rows.append((_name(view, row), size, speech.text(NOT_ASSESSED[row.not_assessed])))
    if len(rest) > top:
        size = speech.tonnes(sum(row.footprint_kgco2e.mid for row in rest[top:] if row.footprint_kgco2e))
        rows.append((speech.text("All others"), size, ""))
    return [speech.text("Not assessed (footprint in tonnes, and why):"), *in_columns(rows, left=(0, 2))]


def _gap(result: PlanResult, view: View) -> list[str]:
    speech, gap = view.speech, result.potential.gap
    if gap is None:
        return []
    values = {"needed": speech.tonnes(max(gap.needed_kgco2e, 0.0)), "gap": speech.tonnes(abs(gap.gap_kgco2e.mid))}
    if gap.gap_kgco2e.mid > 0:
        text = speech.text(
            "The target asks for {needed} tonnes less; the potential leaves {gap} of them open.", **values
        )
    else:
        text = speech.text("The target asks for {needed} tonnes less; the potential goes {gap} beyond it.", **values)
    return ["", text]


def _assumptions(result: PlanResult, view: View) -> list[str]:
    speech = view.speech
    lines = [_said(result, view, each) for each in result.potential.assumptions]
    return [speech.text("Assumptions:"), *(f"- {line}" for line in dict.fromkeys(lines))]


def _said(result: PlanResult, view: View, each: Assumption) -> str:
    measure = names(result, each.measure)[f"name_{view.speech.language}"] if each.measure else ""
    category = view.short(each.category) if each.category else ""
    return view.speech.text(ASSUMPTIONS[each.code]).format(category=category, measure=measure)


def source_lines(result: PlanResult, view: View, measures: Iterable[str]) -> list[str]:
    """Each measure with the publications its numbers come from."""
    speech = view.speech
    lines = []
    for code in measures:
        told = [citation(result, key) for key in sources_of(result, code)]
        name = names(result, code)[f"name_{speech.language}"]
        lines.append(f"- {name}: {'; '.join(told) if told else speech.text('your own numbers')}")
    return ["", speech.text("Sources of the measures:"), *lines] if lines else []


def citation(result: PlanResult, key: str) -> str:
    """Producer, title and date of a publication; the buyer's own words as they are."""
    row = result.sources.get(key)
    return ", ".join(part for part in (row["producer"], row["title"], row["published"]) if part) if row else key
