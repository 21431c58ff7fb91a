"""A plan file to fill in: this buyer's hotspots, the measures that fit, their published effects, costs left empty."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from keino.cli.potential_text import citation
from keino.domain.plans.measure_effects import MeasureEffect, covers, measure_effects
from keino.domain.plans.potential import NOT_ASSESSED
from keino.engine.plan_json import names
from keino.errors import mark
from keino.report.language import translator
from keino.report.tables import View

if TYPE_CHECKING:
    from keino.engine.plan_result import PlanResult

#: Categories named in the file.
HOTSPOTS = 15
_YEARS = 10


def write_template(result: PlanResult, path: Path, language: str) -> None:
    """Write the file; raises FileExistsError rather than writing over one."""
    view = View(result.result, translator(language))
    with path.open("x", encoding="utf-8") as stream:
        stream.write("\n".join(_lines(result, view)) + "\n")


def _lines(result: PlanResult, view: View) -> Iterator[str]:
    first = result.baseline_year + 1
    last = result.baseline_year + _YEARS
    yield from _said(
        view, mark("Plan file of keino. Fill in what stands between quotation marks; leave empty what you don't know.")
    )
    yield from _said(
        view, mark("Numbers are written without quotation marks and with a point: 0.5. All keys: docs/how-to/plan.md")
    )
    yield ""
    yield "[plan]"
    yield f"baseline_year = {result.baseline_year}"
    yield f"first_year = {first}"
    yield f"last_year = {last}"
    yield 'objective = "least_cost"  # least_cost | most_reduction'
    yield 'discount_rate = ""  # 0.03'
    yield 'probability = ""  # 0.8'
    yield "leave_out = []"
    yield ""
    yield from _said(view, mark("Your own target; an example stands here."))
    yield "[[targets]]"
    yield f"year = {last}"
    yield "reduction_share = 0.5"
    yield ""
    yield from _said(
        view, mark("What may be used in a year: one number for all, or a table with single years. Empty = no limit.")
    )
    yield "[budgets]"
    yield 'investment_eur = ""'
    yield 'running_eur = ""'
    yield 'staff_days = ""'
    yield 'total_eur = ""'
    yield ""
    yield from _contracts(view)
    yield from _hotspots(result, view)
    yield from _measures(result, view)
    yield from _own(view)


def _said(view: View, text: str) -> Iterator[str]:
    """A sentence as a comment."""
    yield f"# {view.speech.text(text)}"


def _contracts(view: View) -> Iterator[str]:
    yield from _said(
        view, mark("Contracts decide what can be changed when. Add a table for each, or give a file with --contracts.")
    )
    for line in ("[[contracts]]", 'category = "FOOD"', "value_eur = 100000", 'ends = "2027-12-31"', 'renews = ""'):
        yield f"# {line}"
    yield ""


def _hotspots(result: PlanResult, view: View) -> Iterator[str]:
    yield from _said(
        view, mark("Where your footprint is (tonnes CO₂e), and what measures with a published effect could take away:")
    )
    for row in result.potential.rows[:HOTSPOTS]:
        size = view.speech.tonnes(row.footprint_kgco2e.mid) if row.footprint_kgco2e else "–"
        cut = row.potential_kgco2e
        told = view.speech.tonnes(cut.mid) if cut else view.speech.text(NOT_ASSESSED[row.not_assessed])
        yield f"#   {row.category} ({_plain(view.short(row.category))}): {size} – {told}"
    yield ""


def _measures(result: PlanResult, view: View) -> Iterator[str]:
    """Measures that fit what was bought: those with an effect first."""
    bought = [code for code, value in result.footprints.items() if value is not None and value.mid > 0]
    fitting = [e for e in measure_effects(result.measures.values()) if any(covers(e.category, code) for code in bought)]
    yield from _said(
        view, mark("Measures that fit what you bought. Costs are yours to give: nothing is taken to be free.")
    )
    for effect in sorted(fitting, key=lambda each: (each.effect is None, each.category, each.code)):
        yield ""
        yield from _measure(result, view, effect)
    yield ""


def _measure(result: PlanResult, view: View, effect: MeasureEffect) -> Iterator[str]:
    row, language = result.measures[effect.code], view.speech.language
    yield f"[measures.{effect.code}]"
    yield f"# {_plain(names(result, effect.code)[f'name_{language}'])} – {effect.category}"
    if row[f"baseline_{language}"]:
        yield f"# {_plain(row[f'baseline_{language}'])}"
    for key in effect.sources:
        yield f"# {view.speech.text('Source')}: {_plain(citation(result, key))}"
    if effect.effect is None:
        yield from _said(
            view, mark("No source gives its effect: the share of the category's footprint that it removes.")
        )
        yield 'effect = ""  # [low, middle, high]'
    else:
        share = f"{effect.effect.low:g} – {effect.effect.mid:g} – {effect.effect.high:g}"
        yield f"# {view.speech.text('Published effect (share): {share}', share=share)}"
        if effect.effect_of == "part" and effect.part is not None:
            share = f"{effect.part.low:g} – {effect.part.mid:g} – {effect.part.high:g}"
            yield f"# {view.speech.text('of a part that is this share of the category: {share}', share=share)}"
        elif effect.effect_of == "part":
            yield from _said(view, mark("It is known for a part of the category: how large is that part with you?"))
            yield 'part = ""  # [low, middle, high]'
    yield 'investment_eur = ""'
    yield 'running_eur_per_year = ""'
    yield f"lifetime_years = {row['lifetime_years'] or json.dumps('')}"
    yield 'staff_days_start = ""'


def _own(view: View) -> Iterator[str]:
    yield from _said(view, mark("Measures of your own: as many tables as you like."))
    for line in (
        "[own_measures.our_measure]",
        'name = ""',
        'category = "ELEC"',
        "effect = [0.1, 0.2, 0.3]",
        "investment_eur = 0",
        "running_eur_per_year = 0",
        "lifetime_years = 10",
        'source = ""',
    ):
        yield f"# {line}"


def _plain(text: str) -> str:
    """A text on one line of a comment."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
