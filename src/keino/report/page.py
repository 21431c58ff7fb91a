"""The report as one HTML page that needs nothing else: no script, no outside address, printable, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from keino.report import charts, codes, coverage_tables, footprint_tables
from keino.report.cells import shown
from keino.report.language import translator
from keino.report.sentences import three_sentences, unclassified_share
from keino.report.tables import View

if TYPE_CHECKING:
    from jinja2 import Environment

    from keino.engine.results import FootprintResult
    from keino.report.tables import Table

TEMPLATES = Path(__file__).parent / "templates"
#: Tables with more rows than this open on request.
LONG = 12
#: More sentences than this about how files were read open on request.
FEW = 3


@dataclass(frozen=True)
class Figure:
    """One large number under the three sentences: what it is, the number, its interval or unit."""

    label: str
    number: str
    detail: str


def report_page(result: FootprintResult, language: str) -> str:
    """Return the whole report as HTML."""
    view = View(result, translator(language))
    return (
        environment(language)
        .get_template("report.html")
        .render(
            view=view,
            result=result,
            language=language,
            sentences=three_sentences(result, language),
            figures=figures(view),
            t=_tables(view),
            charts={name: getattr(charts, name)(view) for name in charts.__all__},
            choices=coverage_tables.choice_sentences(view, by_evidence=False),
            findings=coverage_tables.choice_sentences(view, by_evidence=True),
            caveats=[codes.words(view.speech, codes.CAVEATS, code) for code in result.caveats],
            editions=sorted(result.editions.items()),
            style=(TEMPLATES / "style.css").read_text(encoding="utf-8"),
        )
    )


@cache
def environment(language: str) -> Environment:
    """Return where a language's templates are found, with its words and numbers."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    speech = translator(language)
    environment.globals.update(
        _=speech.text, plural=speech.plural, speech=speech, shown=shown, safe_address=_safe_address, LONG=LONG, FEW=FEW
    )
    return environment


def _safe_address(address: str) -> bool:
    """Whether an address from a table of sources may become a link."""
    return address.startswith(("https://", "http://"))


def _tables(view: View) -> dict[str, Table]:
    tables = [
        coverage_tables.reconciliation(view),
        coverage_tables.how_read(view),
        coverage_tables.rejections(view),
        coverage_tables.repairs(view),
        coverage_tables.total_rows(view),
        coverage_tables.by_basis(view),
        coverage_tables.excluded(view),
        footprint_tables.main_categories(view),
        footprint_tables.categories(view),
        footprint_tables.hotspots(view),
        footprint_tables.years(view),
        footprint_tables.category_years(view),
        footprint_tables.changes(view, whole=True),
        footprint_tables.changes(view, whole=False),
        footprint_tables.units(view),
        footprint_tables.suppliers(view),
        footprint_tables.factors(view),
        footprint_tables.sources(view),
    ]
    return {table.key.replace("-", "_"): table for table in tables}


def figures(view: View) -> list[Figure]:
    """Spend, footprint, coverage and, where the population is known, tonnes per resident."""
    text, result = view.speech.text, view.result
    found = [Figure(text("Purchases"), view.speech.amount_to_read(result.total.spend, result.currency), _period(view))]
    total = result.total
    if total.footprint_kgco2e is not None:
        number = text("{tonnes} t CO₂e", tonnes=view.speech.tonnes(total.footprint_kgco2e))
        found.append(Figure(text("Footprint"), number, _interval(view)))
    unknown = unclassified_share(result)
    if unknown is not None:
        found.append(Figure(text("Classified"), view.speech.percent_to_read(1 - unknown), text("of the money")))
    if result.per_capita_kgco2e is not None and result.population:
        kg = text("{kg} kg CO₂e", kg=view.speech.to_read(result.per_capita_kgco2e))
        detail = text(
            "in {year}, {count} residents",
            year=result.by_year[-1].keys["year"],
            count=view.speech.number(result.population),
        )
        found.append(Figure(text("Per resident"), kg, detail))
    return found


def _period(view: View) -> str:
    return view.speech.years(view.result.years)


def _interval(view: View) -> str:
    low, high = view.result.total.low_kgco2e, view.result.total.high_kgco2e
    if low is None or high is None:
        return ""
    return view.speech.text(
        "95% interval {low}–{high}\u00a0t", low=view.speech.tonnes(low), high=view.speech.tonnes(high)
    )
