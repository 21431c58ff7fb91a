"""The reviews of a selection as a workbook: what its reader may see, nothing that can run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keino.domain.programmes.scores import CriterionScores
from keino.report.plain_book import Cell, PlainPage, plain_book
from keino.web.base.templatetags.keino import yes_or_no
from keino.web.programmes.models.texts import short_text

if TYPE_CHECKING:
    from keino.web.programmes.models import Criterion
    from keino.web.programmes.queries.summary import Row, Summary


def reviews_workbook(found: Summary) -> bytes:
    """The summary and every score with its reason, as .xlsx. A missing score is an empty cell."""
    names = [_name(each) for each in found.criteria]
    left_out = _("Applications left out because you have a tie to them: {count}").format(count=found.closed)
    head = [_("Place"), _("Applicant"), _("State"), _("Total, 0–4"), _("Spread of the reviewers' totals"), *names]
    scores = [_("Applicant"), _("Reviewer"), _("Criterion"), _("Score"), _("Why")]
    pages = (
        PlainPage(
            _("Summary"), head, (_summary_row(row) for row in found.rows), title=left_out if found.closed else "",
            widths=((1, 34),),
        ),
        PlainPage(_("Scores"), scores, _score_rows(found), widths=((0, 30), (1, 24), (2, 34), (4, 60))),
    )  # fmt: skip
    return plain_book(pages, title=found.edition.shown_name)


def _name(criterion: Criterion) -> str:
    return short_text(criterion, "name", (get_language() or "fi")[:2]) or criterion.code


def _summary_row(row: Row) -> list[Cell]:
    spread = row.scores.spread
    return [
        row.ranked.place,
        str(row.application.organisation),
        str(row.application.get_state_display()),
        None if row.ranked.total is None else float(row.ranked.total),
        None if spread is None else float(spread),
        *(_cell(cell) for cell in row.cells),
    ]


def _cell(cell: object) -> Cell:
    if isinstance(cell, CriterionScores):
        return None if cell.value is None else float(cell.value)
    passed = getattr(cell, "passed", None)
    return None if passed is None else yes_or_no(passed)


def _score_rows(found: Summary) -> Iterable[list[Cell]]:
    names = {each.pk: _name(each) for each in found.criteria}
    for row in found.rows:
        for review in row.reviews:
            if not review.is_sent:
                continue
            for score in review.scores.all():
                given: Cell = score.points if score.is_met is None else yes_or_no(score.is_met)
                who = str(review.reviewer or _("a former user"))
                yield [str(row.application.organisation), who, names.get(score.criterion_id, ""), given, score.reason]
