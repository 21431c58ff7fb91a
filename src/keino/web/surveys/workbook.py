"""The results of a round as a workbook: what the page shows, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import slugify
from django.utils.translation import gettext as _

from keino.domain.maturity.scores import nearest_level
from keino.report.plain_book import Cell, PlainPage, plain_book
from keino.web.surveys.choices import Level
from keino.web.surveys.hidden import too_few, why_not
from keino.web.surveys.instruments import in_language

if TYPE_CHECKING:
    from keino.domain.maturity.changes import Changes
    from keino.web.surveys.models import Round
    from keino.web.surveys.queries.results import Results


def results_workbook(results: Results, before: Round | None, changes: Changes | None) -> bytes:
    """The areas of everyone, the groups, and the change from another round. Texts are never formulas."""
    title = f"{results.round.organisation.shown_name}: {results.round.name}"
    pages = [_page(_("Areas"), title, _areas(results))]
    if results.groups:
        pages.append(_page(_("Groups"), title, _groups(results)))
    if before is not None and changes is not None:
        pages.append(_page(_("Change"), title, _changes(results, before, changes)))
    return plain_book(pages, title=title)


def _page(name: str, title: str, rows: list[list[Cell]]) -> PlainPage:
    head, *others = rows
    return PlainPage(name, [str(each) for each in head], others, title, width=24, widths=((0, 36),), decimals="0.0")


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
