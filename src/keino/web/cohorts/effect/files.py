"""Reports on the effect as files: pages to print and a workbook, in each language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from keino.report.plain_book import Cell, PlainPage, plain_book
from keino.report.safe_cells import XLSX
from keino.web.base.templatetags.keino import day
from keino.web.cohorts.effect.numbers import content_from_json
from keino.web.cohorts.effect.words import ContentWords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keino.domain.programmes.effect import Effect, Interval
    from keino.web.cohorts.effect.outcome_words import OutcomeWords, Table
    from keino.web.cohorts.models import EffectReport

MEDIA_TYPES = {"pdf": "application/pdf", "xlsx": XLSX}
STYLE = Path(__file__).parents[1] / "templates" / "cohorts" / "effect" / "paper.css"


def file_of(report: EffectReport, wanted: str, language: str) -> bytes:
    """The report as a PDF or XLSX file in fi, sv or en."""
    with override(language):
        return {"pdf": _pdf, "xlsx": _book}[wanted](report, language)


def file_name(report: EffectReport, wanted: str, language: str) -> str:
    """A name that says of what it is, which one, in which language; plain letters only."""
    scope = slugify(report.edition.slug)[:60] if report.edition else "all-programmes"
    return f"keino-effect-{scope}-{report.number}-{language}.{wanted}"


def report_title(report: EffectReport) -> str:
    """What a report is called."""
    if report.edition is None:
        return _("What the development programmes brought about")
    return _("What the programme brought about: %(name)s") % {"name": report.edition}


def _pdf(report: EffectReport, language: str) -> bytes:
    from keino.report.pdf import OPTIONS, laid_out

    html = render_to_string(
        "cohorts/effect/paper.html",
        {
            "report": report,
            "title": report_title(report),
            "words": ContentWords(content_from_json(report.content)),
            "summary": report.summary(language),
            "language": language,
        },
    )
    made: bytes = laid_out(html, STYLE).write_pdf(**OPTIONS)
    return made


def _book(report: EffectReport, language: str) -> bytes:
    words = ContentWords(content_from_json(report.content))
    title = report_title(report)
    pages = [PlainPage(_("Summary"), [title], [[line] for line in _lines(report, words, language)], width=100)]
    if not words.is_one:
        pages += [_page(words.overview), _page(words.answers)]
    pages.append(PlainPage(_("Outcomes"), _outcome_head(), list(_outcome_rows(words)), width=18, decimals="0.0000"))
    tables = [(programme.name, table) for programme in words.programmes for table in programme.tables]
    rows = [[name, table.caption, *row] for name, table in tables for row in table.rows]
    head = [_("Programme"), _("Table"), _("Row"), _("Number"), _("Number"), _("Number")]
    pages.append(PlainPage(_("Work and reach"), head, [[_cell(each) for each in row] for row in rows], width=24))
    return plain_book(pages, title=title)


def _cell(text: str) -> Cell:
    """Whole numbers as numbers, so that people can reckon with them."""
    return int(text) if text.isdecimal() else text


def _page(table: Table) -> PlainPage:
    return PlainPage(table.caption, table.head, [[_cell(each) for each in row] for row in table.rows], width=28)


def _lines(report: EffectReport, words: ContentWords, language: str) -> Iterator[str]:
    yield _("Numbers of %(day)s") % {"day": words.counted_on}
    yield (
        _("Approved on %(day)s") % {"day": day(report.approved_at)} if report.approved_at else _("Draft, not approved")
    )
    yield from report.summary(language).splitlines()
    if not words.is_one:
        yield words.sentence
    if words.by_chance:
        yield words.by_chance
    for programme in words.programmes:
        yield f"{programme.name}: {programme.in_short}"
        for outcome in programme.outcomes:
            yield f"{programme.name}, {outcome.title}: {outcome.answer}"
            yield from outcome.sentences
            yield from outcome.why_not
            yield from outcome.caveats
            yield from [each for each in (outcome.needed, outcome.definition, outcome.source, outcome.between) if each]


def _outcome_head() -> list[str]:
    group = (_("participants"), _("comparable"))
    ends = (_("mean"), _("low"), _("high"))
    measured = [
        f"{what}, {name}, {end}" for name in group for what in (_("Before"), _("After"), _("Change")) for end in ends
    ]
    return [
        _("Programme"),
        _("What is looked at"),
        _("Participants"),
        _("Comparable"),
        *measured,
        *(f"{_('Difference')}, {end}" for end in ends),
        _("Answer"),
    ]


def _outcome_rows(words: ContentWords) -> Iterator[list[Cell]]:
    for programme in words.programmes:
        for outcome in programme.outcomes:
            yield [programme.name, outcome.title, *_numbers(outcome.effect), _answer(outcome)]


def _numbers(effect: Effect) -> list[Cell]:
    cells: list[Cell] = [
        effect.participants.count if effect.participants else None,
        effect.comparable.count if effect.comparable else None,
    ]
    for group in (effect.participants, effect.comparable):
        for each in (group.before, group.after, group.change) if group else (None, None, None):
            cells += _ends(each)
    return [*cells, *_ends(effect.difference)]


def _ends(each: Interval | None) -> list[Cell]:
    return [None, None, None] if each is None else [each.mean, each.low, each.high]


def _answer(outcome: OutcomeWords) -> str:
    return " ".join([outcome.answer, *outcome.why_not])
