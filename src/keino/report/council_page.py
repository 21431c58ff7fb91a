"""One year's council report as HTML, and on one A4 page as an accessible PDF."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from keino.report import followup_charts
from keino.report.council_words import sections, title
from keino.report.followup_charts import PathYear
from keino.report.language import translator
from keino.report.page import TEMPLATES, environment
from keino.report.pdf import OPTIONS, laid_out

if TYPE_CHECKING:
    from pathlib import Path

    from keino.report.council import CouncilContent, CouncilTexts
    from keino.report.drawing import Picture

#: Sizes of type (pt) and heights of the chart (0 = none), tried until everything stands on one page.
_LAYOUTS = ((9.6, 190), (9.0, 150), (8.4, 130), (8.0, 0), (7.5, 0), (7.0, 0))


def council_body(content: CouncilContent, texts: CouncilTexts, language: str) -> str:
    """The report's sections as HTML, to stand in a page of the site."""
    return _rendered("council_body.html", content, texts, language, chart=path_chart(content, language))


def council_html(
    content: CouncilContent, texts: CouncilTexts, language: str, *, points: float = 9.6, chart_height: int = 190
) -> str:
    """The whole report as a page to print."""
    chart = path_chart(content, language, height=chart_height) if chart_height else None
    return _rendered("council.html", content, texts, language, chart=chart, points=points)


def write_council_pdf(content: CouncilContent, texts: CouncilTexts, path: Path, language: str) -> int:
    """Write the report as PDF/UA to ``path``; returns its number of pages: one, unless texts are very long."""
    for points, chart_height in _LAYOUTS:
        document = laid_out(council_html(content, texts, language, points=points, chart_height=chart_height))
        if len(document.pages) == 1:
            break
    document.write_pdf(str(path), **OPTIONS)
    return len(document.pages)


@lru_cache(maxsize=128)  # drawing takes a tenth of a second, and a report's numbers don't change
def path_chart(content: CouncilContent, language: str, *, height: int = 240) -> Picture | None:
    """Measured years and the way to the target; none where there is a single year and no target."""
    years = path_years(content)
    return followup_charts.path(translator(language), years, height=height) if len(years) > 1 else None


def path_years(content: CouncilContent) -> tuple[PathYear, ...]:
    """Every measured year, and those that the target names."""
    target = content.target
    named = {each.year for each in content.years}
    if target is not None and target.baseline_kgco2e is not None:
        named |= {target.baseline_year, target.target_year}
    measured = {each.year: each for each in content.years}
    found = []
    for year in sorted(named):
        of_year = measured.get(year)
        found.append(
            PathYear(
                year,
                of_year.footprint_kgco2e if of_year else None,
                of_year.low_kgco2e if of_year else None,
                of_year.high_kgco2e if of_year else None,
                target.level_kgco2e(year) if target else None,
            )
        )
    return tuple(found)


def _rendered(
    template: str,
    content: CouncilContent,
    texts: CouncilTexts,
    language: str,
    *,
    chart: Picture | None,
    points: float = 0.0,
) -> str:
    return (
        environment(language)
        .get_template(template)
        .render(
            content=content,
            texts=texts,
            language=language,
            title=title(content, language),
            organisation=content.organisation.name(language),
            parts=sections(content, texts, language),
            chart=chart,
            points=points,
            style=(TEMPLATES / "council.css").read_text(encoding="utf-8"),
        )
    )
