"""The improvement report and the actions without a budget decision as files to take into a meeting."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from keino.report.sheets import cell_text
from keino.web.measurement.names import category_name
from keino.web.plans.action_words import change_words
from keino.web.plans.queries.actions import undecided
from keino.web.plans.queries.improvement import Improvement, improvement

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation
    from keino.web.plans.models import Action

FOLDER = "improvement-reports"
KEPT_FOR = dt.timedelta(days=7)
LONGEST_SHEET_NAME = 31
#: No clock in a workbook: the same report gives the same bytes.
CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # workbooks know no zones

Cell = str | int | float | dt.date | None


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its headings, its rows."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


# ---- workbooks


def _action() -> str:
    return pgettext("of an action plan", "Action")


def _from_to() -> tuple[str, str]:
    return pgettext("value", "From"), pgettext("value", "To")


def undecided_workbook(organisation: Organisation) -> bytes:
    """The climate actions without a budget decision, in the reader's language."""
    title = _("Climate actions without a budget decision")
    return _workbook(title, [_undecided_sheet(list(undecided(organisation)))])


def improvement_workbook(report: Improvement) -> bytes:
    """The improvement report, one sheet for each part, in the reader's language."""
    sheets = [
        Sheet(
            _("Overdue"),
            (_action(), _("Owner"), _("Deadline"), _("Days late")),
            tuple((each.action.title, _owner(each.action), each.deadline, each.days) for each in report.overdue),
        ),
        Sheet(
            _("Changes"),
            (_("Day"), _action(), _("What"), *_from_to(), _("Why"), _("Who")),
            tuple(
                (words.day, each.action.title, words.what, words.was, words.now, each.why, str(each.changed_by or ""))
                for each in report.changes
                for words in (change_words(each),)
            ),
        ),
        Sheet(
            _("Done"),
            (_action(), _("Owner"), _("Deadline"), pgettext("action", "Done on"), _("What shows it")),
            tuple(
                (each.title, _owner(each), each.deadline, each.done_on, each.evidence or each.evidence_link)
                for each in report.done
            ),
        ),
        Sheet(
            _("Reviews and lessons"),
            (_("Day"), _("Review"), _action(), _("What was seen"), _("Lessons"), _("Who")),
            tuple(
                (
                    each.held_on, str(each.get_kind_display()),
                    each.action.title if each.action else _("the whole plan"),
                    each.seen, each.lessons, str(each.written_by or ""),
                )
                for each in report.reviews
            ),
        ),
        _undecided_sheet(report.undecided),
    ]  # fmt: skip
    return _workbook(_("Improvement report {year}").format(year=report.year), sheets)


def _undecided_sheet(actions: Sequence[Action]) -> Sheet:
    head = (
        _action(), _("Owner"), _("Category"), _("State"), _("Deadline"), _("Budget year"), _("Budget step"),
        _("Investment (€)"), _("Running cost (€ a year)"),
    )  # fmt: skip
    return Sheet(_("Without a budget decision"), head, tuple(_undecided_row(each) for each in actions))


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


def _owner(action: Action) -> str:
    return str(action.owner or "")


def _workbook(title: str, sheets: Sequence[Sheet]) -> bytes:
    """A workbook in which nothing can run: text is always written as text."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": cell_text(title), "created": CREATED})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        number = book.add_format({"num_format": "#,##0.##", "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(cell_text(sheet.name)[:LONGEST_SHEET_NAME])
            page.set_landscape()
            page.fit_to_pages(1, 0)
            page.freeze_panes(1, 1)
            page.set_column(0, len(sheet.head) - 1, 22)
            for column, words in enumerate(sheet.head):
                page.write_string(0, column, cell_text(words), head)
            for row, cells in enumerate(sheet.rows, start=1):
                for column, cell in enumerate(cells):
                    _write_cell(page, (row, column), cell, {"day": day, "text": text, "number": number})
    return stream.getvalue()


def _write_cell(page: Any, place: tuple[int, int], cell: Cell, styles: dict[str, Any]) -> None:
    if cell is None:
        page.write_blank(*place, None, styles["text"])
    elif isinstance(cell, str):
        page.write_string(*place, cell_text(cell), styles["text"])
    elif isinstance(cell, dt.date):
        page.write_datetime(*place, dt.datetime.combine(cell, dt.time.min), styles["day"])
    elif isinstance(cell, int) and 1900 < cell < 2200:  # a year has no thousands to set apart
        page.write_number(*place, cell)
    else:
        page.write_number(*place, cell, styles["number"])


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
