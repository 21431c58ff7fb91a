"""A follow-up in words for a terminal: one sentence, the parts of the change, the categories, the measures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from keino.cli.footprint_text import NAME_WIDTH, in_columns
from keino.report.followup_words import PARTS, answer_in_words, part_of, signed_tonnes
from keino.report.language import translator
from keino.report.tables import View

if TYPE_CHECKING:
    from keino.engine.followup import FollowUpResult


def followup_text(result: FollowUpResult, language: str, *, top: int, out: Path | None = None) -> str:
    """Return what the terminal shows of a follow-up."""
    view = View(result.result, translator(language))
    parts = [
        _change(result, view),
        _spend(result, view),
        "",
        *_parts(result, view),
        "",
        *_categories(result, view, top),
        *_measures(result, view),
        *_notes(result, view),
    ]
    if out is not None:
        parts += ["", view.speech.text("The tables are in {path}", path=out)]
    return "\n".join(parts)


def _change(result: FollowUpResult, view: View) -> str:
    total, speech = result.effects.total, view.speech
    return speech.text(
        "The footprint of purchases went from {before} to {after} tonnes CO₂e between {year_from} and {year_to}: "
        "{change} tonnes.",
        before=speech.tonnes(total.footprint_from_kgco2e),
        after=speech.tonnes(total.footprint_to_kgco2e),
        year_from=result.year_from,
        year_to=result.year_to,
        change=signed_tonnes(speech, total.change_kgco2e),
    )


def _spend(result: FollowUpResult, view: View) -> str:
    total, speech, currency = result.effects.total, view.speech, view.result.currency
    spend = {
        "before": speech.amount_to_read(total.spend_from, currency),
        "after": speech.amount_to_read(total.spend_to, currency),
    }
    if result.real_spend_to is None:
        return speech.text(
            "Purchases went from {before} to {after}. No price index is known for the years, so prices and volume "
            "can't be told apart.",
            **spend,
        )
    return speech.text(
        "Purchases went from {before} to {after}, which is {real} in prices of {year_from}.",
        **spend,
        real=speech.amount_to_read(result.real_spend_to, currency),
        year_from=result.year_from,
    )


def _parts(result: FollowUpResult, view: View) -> list[str]:
    speech, total = view.speech, result.effects.total
    rows = [("", speech.text("tCO₂e"), "")]
    for name, (word, meaning) in PARTS.items():
        if name != "unsplit" or total.unsplit_kgco2e:
            rows.append((speech.text(word), signed_tonnes(speech, part_of(total, name)), speech.text(meaning)))
    rows.append((speech.text("Change"), signed_tonnes(speech, total.change_kgco2e), ""))
    return in_columns(rows, left=(0, 2))


def _categories(result: FollowUpResult, view: View, top: int) -> list[str]:
    """The categories that changed most; the rest in one row."""
    speech, total = view.speech, result.effects.total
    by_size = sorted(result.effects.by_category, key=lambda part: -abs(part.change_kgco2e))
    shown = [name for name in PARTS if name in ("price", "volume", "mix", "intensity") or part_of(total, name)]
    rows = [("", speech.text("Change"), *(speech.text(PARTS[name][0]) for name in shown))]
    for part in by_size[:top]:
        cells = [
            signed_tonnes(speech, part.change_kgco2e),
            *(signed_tonnes(speech, part_of(part, name)) for name in shown),
        ]
        rows.append((view.short(part.category)[:NAME_WIDTH], *cells))
    if rest := by_size[top:]:
        sums = [sum(part_of(part, name) or 0.0 for part in rest) for name in ("change", *shown)]
        rows.append((speech.text("All others"), *(signed_tonnes(speech, value) for value in sums)))
    return in_columns(rows)


def _measures(result: FollowUpResult, view: View) -> list[str]:
    speech = view.speech
    if not result.measures:
        return []
    rows = [("", speech.text("Category"), speech.text("Planned, tCO₂e"), speech.text("Did it show?"))]
    for answer in result.measures:
        words = answer_in_words(speech, answer.answer, answer.reason, falls_short=answer.falls_short)
        planned = signed_tonnes(speech, -answer.planned_reduction_kgco2e)
        rows.append((answer.measure[:NAME_WIDTH], view.short(answer.category), planned, words))
    return ["", *in_columns(rows, left=(0, 1, 3))]


def _notes(result: FollowUpResult, view: View) -> list[str]:
    """What a reader must mind."""
    speech = view.speech
    notes = []
    if result.effects.by_category and len(result.own_factors) < len(result.effects.by_category):
        notes.append(
            speech.text(
                "Factors are averages of an industry for {count} of {all} categories: a greener contract of yours "
                "shows only where you give its own factor (--factors FILE).",
                count=speech.number(len(result.effects.by_category) - len(result.own_factors)),
                all=speech.number(len(result.effects.by_category)),
            )
        )
    if result.half_width is not None and not result.effects.total.unsplit_kgco2e:
        notes.append(
            speech.text(
                "The intensity part is {effect} ± {width} tonnes (95%), by the errors of factors that differ between "
                "the years; the price index is taken to be right.",
                effect=signed_tonnes(speech, result.effects.total.intensity_kgco2e),
                width=speech.tonnes(result.half_width),
            )
        )
    return ["", *notes] if notes else []
