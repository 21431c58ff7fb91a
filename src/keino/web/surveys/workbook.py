"""The results of a round as a workbook: what the page shows, and no more."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from keino.domain.maturity.scores import nearest_level
from keino.report.sheets import cell_text
from keino.report.workbook import CREATED
from keino.web.surveys.choices import Level
from keino.web.surveys.hidden import too_few, why_not
from keino.web.surveys.instruments import in_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keino.domain.maturity.changes import Changes
    from keino.web.surveys.models import Round
    from keino.web.surveys.queries.results import Results

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | float | int | None


def results_workbook(results: Results, before: Round | None, changes: Changes | None) -> bytes:
    """The areas of everyone, the groups, and the change from another round. Texts are never formulas."""
    import xlsxwriter

    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        title = f"{results.round.organisation.shown_name}: {results.round.name}"
        book.set_properties({"title": cell_text(title), "created": CREATED})
        styles = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
            "number": book.add_format({"num_format": "0.0"}),
        }
        _sheet(book, styles, _("Areas"), title, _areas(results))
        if results.groups:
            _sheet(book, styles, _("Groups"), title, _groups(results))
        if before is not None and changes is not None:
            _sheet(book, styles, _("Change"), title, _changes(results, before, changes))
    return target.getvalue()


def file_name(results: Results) -> str:
    """A name that says whose results of which day they are."""
    owner = slugify(results.round.organisation.shown_name)[:60]
    return f"keino-{owner}-maturity-{results.round.closed_on:%Y-%m-%d}.xlsx"


def _areas(results: Results) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[_("Area"), _("Score (1–5)"), _("Level"), _("What the level means")]]
    for area in results.instrument.areas:
        mean = results.means[area.code]
        level = nearest_level(mean) if mean is not None else None
        words = ["", ""] if level is None else [f"{level} {Level(level).label}", in_language(area.anchor(level))]
        rows.append([in_language(area.name), too_few() if mean is None else mean, *words])
    if results.overall is not None:
        rows.append([_("Overall"), results.overall.mean])
        rows.append([_("Sum of the areas"), results.overall.sum if results.overall.sum is not None else "–"])
    rows.append([_("People who answered"), results.round.respondents])
    rows.append([_("Edition of the questions"), results.round.edition])
    return rows


def _groups(results: Results) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[_("Area"), *(str(each.group) for each in results.groups)]]
    for area in results.instrument.areas:
        means = [each.means[area.code] for each in results.groups]
        rows.append(
            [
                in_language(area.name),
                *(
                    mean if mean is not None else why_not(each)
                    for mean, each in zip(means, results.groups, strict=True)
                ),
            ]
        )
    rows.append([_("People who answered"), *(each.respondents or why_not(each) for each in results.groups)])
    return rows


def _changes(results: Results, before: Round, changes: Changes) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[_("Area"), before.name, results.round.name, _("Change")]]
    for area in results.instrument.areas:
        each = changes.areas[area.code]
        cells = (each.before, each.after, each.difference)
        rows.append([in_language(area.name), *("–" if cell is None else cell for cell in cells)])
    whole = changes.overall
    cells = (whole.before, whole.after, whole.difference)
    rows.append([_("Overall, areas shown in both"), *("–" if cell is None else cell for cell in cells)])
    return rows


def _sheet(book: Any, styles: dict[str, Any], name: str, title: str, rows: Sequence[Sequence[Cell]]) -> None:
    page = book.add_worksheet(name[:31])
    page.set_column(0, 0, 36)
    page.set_column(1, max(1, max(map(len, rows)) - 1), 24)
    page.write_string(0, 0, cell_text(title), styles["title"])
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(number, column, cell_text(cell), styles["head"] if number == 1 else None)
            elif cell is not None:
                page.write_number(number, column, cell, styles["number"] if isinstance(cell, float) else None)
