"""The improvement report and the actions without a budget decision as files to take into a meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from keino.report.plain_book import Cell, PlainPage, plain_book
from keino.web.measurement.names import category_name
from keino.web.plans.action_words import change_words
from keino.web.plans.queries.actions import undecided
from keino.web.plans.queries.improvement import Improvement, improvement

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation
    from keino.web.plans.models import Action

FOLDER = "improvement-reports"
KEPT_FOR = dt.timedelta(days=7)
_WIDTH = 22


# ---- workbooks


def _action() -> str:
    return pgettext("of an action plan", "Action")


def _from_to() -> tuple[str, str]:
    return pgettext("value", "From"), pgettext("value", "To")


def undecided_workbook(organisation: Organisation) -> bytes:
    """The climate actions without a budget decision, in the reader's language."""
    title = _("Climate actions without a budget decision")
    return plain_book([_undecided_page(list(undecided(organisation)))], title=title)


def improvement_workbook(report: Improvement) -> bytes:
    """The improvement report, one page for each part, in the reader's language."""
    pages = [
        _page(
            _("Overdue"),
            (_action(), _("Owner"), _("Deadline"), _("Days late")),
            ((each.action.title, _owner(each.action), each.deadline, each.days) for each in report.overdue),
        ),
        _page(
            _("Changes"),
            (_("Day"), _action(), _("What"), *_from_to(), _("Why"), _("Who")),
            (
                (words.day, each.action.title, words.what, words.was, words.now, each.why, str(each.changed_by or ""))
                for each in report.changes
                for words in (change_words(each),)
            ),
        ),
        _page(
            _("Done"),
            (_action(), _("Owner"), _("Deadline"), pgettext("action", "Done on"), _("What shows it")),
            (
                (each.title, _owner(each), each.deadline, each.done_on, each.evidence or each.evidence_link)
                for each in report.done
            ),
        ),
        _page(
            _("Reviews and lessons"),
            (_("Day"), _("Review"), _action(), _("What was seen"), _("Lessons"), _("Who")),
            (
                (
                    each.held_on, str(each.get_kind_display()),
                    each.action.title if each.action else _("the whole plan"),
                    each.seen, each.lessons, str(each.written_by or ""),
                )
                for each in report.reviews
            ),
        ),
        _undecided_page(report.undecided),
    ]  # fmt: skip
    return plain_book(pages, title=_("Improvement report {year}").format(year=report.year))


def _undecided_page(actions: Sequence[Action]) -> PlainPage:
    head = (
        _action(), _("Owner"), _("Category"), _("State"), _("Deadline"), _("Budget year"), _("Budget step"),
        _("Investment (€)"), _("Running cost (€ a year)"),
    )  # fmt: skip
    return _page(_("Without a budget decision"), head, (_undecided_row(each) for each in actions))


def _undecided_row(action: Action) -> tuple[Cell, ...]:
    return (
        action.title,
        _owner(action),
        category_name(action.category_code) if action.category_code else "",
        str(action.get_state_display()),
        action.deadline,
        action.budget_year,
        str(action.get_budget_step_display()) if action.budget_step else "",
        None if action.investment_eur is None else float(action.investment_eur),
        None if action.running_eur_per_year is None else float(action.running_eur_per_year),
    )


def _page(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> PlainPage:
    return PlainPage(name, head, rows, width=_WIDTH, decimals="#,##0.00")


def _owner(action: Action) -> str:
    return str(action.owner or "")


# ---- PDF


def stored_name(key: str) -> str:
    """Where the PDF of a job lies in the file storage."""
    return f"{FOLDER}/{key}.pdf"


def keep_pdf(organisation: Organisation, *, year: int, language: str, key: str, today: dt.date) -> None:
    """Make the report of a year as an accessible PDF and keep it for a week."""
    from keino.report.page import TEMPLATES
    from keino.report.pdf import OPTIONS, laid_out

    with override(language):
        context = {
            "organisation": organisation,
            "report": (report := improvement(organisation, year, today)),
            "changes": [change_words(each) for each in report.changes],
            "language": language,
        }
        html = render_to_string("plans/actions/improvement_file.html", context)
    made = laid_out(html, TEMPLATES / "style.css").write_pdf(**OPTIONS)
    default_storage.delete(stored_name(key))  # of an attempt that was cut off
    default_storage.save(stored_name(key), ContentFile(made))


def forget_files(now: dt.datetime) -> int:
    """Delete PDFs that are older than a week; returns how many."""
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return 0
    old = [name for name in names if default_storage.get_modified_time(f"{FOLDER}/{name}") < now - KEPT_FOR]
    for name in old:
        default_storage.delete(f"{FOLDER}/{name}")
    return len(old)
