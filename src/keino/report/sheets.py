"""What every file of tables holds, whatever its format: a summary in words, then sheets of exact tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keino.report import codes, coverage_tables, footprint_tables
from keino.report.sentences import three_sentences

if TYPE_CHECKING:
    from keino.report.tables import Table, View


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name and its tables, one below the other."""

    name: str
    tables: tuple[Table, ...]


def sheets(view: View) -> tuple[Sheet, ...]:
    """The sheets of a result, from coverage to sources."""
    text, whole = view.speech.text, footprint_tables
    return (
        Sheet(text("Reconciliation"), (
            coverage_tables.reconciliation(view), coverage_tables.by_basis(view), coverage_tables.excluded(view),
            coverage_tables.rejections(view), coverage_tables.total_rows(view), coverage_tables.repairs(view),
            coverage_tables.how_read(view),
        )),
        Sheet(text("Categories"), (whole.main_categories(view), whole.categories(view))),
        Sheet(text("Years"), (whole.years(view), whole.category_years(view), whole.changes(view, whole=True),
                              whole.changes(view, whole=False))),
        Sheet(text("Units of the buyer"), (whole.units(view),)),
        Sheet(text("Suppliers"), (whole.suppliers(view, shown=None),)),
        Sheet(text("Hotspots"), (whole.hotspots(view),)),
        Sheet(text("Factors"), (whole.factors(view),)),
        Sheet(text("Sources"), (whole.sources(view),)),
    )  # fmt: skip


def summary(view: View) -> list[tuple[str, str]]:
    """The lines of the first sheet with their style (note, title, sentence): three sentences, caveats, choices."""
    text = view.speech.text
    return [
        (view.result.organisation or "keino", "note"),
        (text("Carbon footprint of procurement"), "title"),
        *((sentence, "sentence") for sentence in three_sentences(view.result, view.speech.language)),
        (text("Keep in mind"), "title"),
        *((codes.words(view.speech, codes.CAVEATS, code), "sentence") for code in view.result.caveats),
        (text("Choices that keino made"), "title"),
        *_choices(view, by_evidence=False),
        (text("What the files themselves showed"), "title"),
        *_choices(view, by_evidence=True),
        (text("Editions"), "title"),
        (_editions(view), "sentence"),
    ]


def _choices(view: View, *, by_evidence: bool) -> list[tuple[str, str]]:
    sentences = coverage_tables.choice_sentences(view, by_evidence=by_evidence)
    return [(f"{sentence} ({file})", "sentence") for file, sentence in sentences]


def _editions(view: View) -> str:
    result = view.result
    first = view.speech.text(
        "Calculated with keino {version}, factor set {set}, edition {edition}.",
        version=result.code_version, set=result.factor_set, edition=result.factor_edition,
    )  # fmt: skip
    return " ".join([first, *(f"{name} {edition}" for name, edition in sorted(result.editions.items()))])
