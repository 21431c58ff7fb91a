"""Files of a result: which function writes which format, and what the file is called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.text import slugify

from keino.web.dashboards.choices import LINE_FORMATS, ExportFormat
from keino.web.dashboards.drawn import kept
from keino.web.measurement.queries.lines import filter_from
from keino.web.measurement.queries.runs import run_result
from keino.web.measurement.store import folder_of

if TYPE_CHECKING:
    from keino.engine.results import FootprintResult
    from keino.web.measurement.models import Run


def write_export(run: Run, wanted: ExportFormat, path: Path, language: str, *, query: str = "") -> None:
    """Write a finished run to ``path`` in a format; of files of lines ``query`` chooses which."""
    if wanted in LINE_FORMATS:
        _write_lines(run, wanted, path, query)
    elif wanted == ExportFormat.HTML:
        _write_kept_page(run, path, language)
    else:
        _writer(wanted)(run_result(run), path, language)


def _write_kept_page(run: Run, path: Path, language: str) -> None:
    """The page of charts takes a second to draw, so it is kept as the parts of pages are."""
    from keino.report.page import report_page

    page = kept(run, f"{language}:report", lambda: report_page(run_result(run), language))
    path.write_text(page, encoding="utf-8", newline="\n")


def _writer(wanted: ExportFormat) -> Callable[[FootprintResult, Path, str], None]:
    from keino.report.opendocument import write_opendocument
    from keino.report.pdf import write_pdf
    from keino.report.plain_files import write_plain_files
    from keino.report.workbook import write_workbook

    return {
        ExportFormat.XLSX: write_workbook,
        ExportFormat.ODS: write_opendocument,
        ExportFormat.CSV: write_plain_files,
        ExportFormat.PDF: write_pdf,
    }[wanted]


def _write_lines(run: Run, wanted: ExportFormat, path: Path, query: str) -> None:
    """The chosen lines; else every line, also what is no purchase (the column ``exclusion_reason`` tells it apart)."""
    from keino.engine.stored import Filter, copy_lines

    where = filter_from(QueryDict(query)) if query else Filter(scope="all")
    copy_lines(folder_of(run), where, path, "parquet" if wanted == ExportFormat.LINES_PARQUET else "csv")


def file_name(run: Run, wanted: ExportFormat | str, query: str = "") -> str:
    """A name that says whose result of which day it is: ``keino-town-2026-11-21.xlsx``, with plain letters only."""
    owner = slugify(run.organisation.shown_name if run.organisation else "")[:60]
    day = run.finished_at.date().isoformat() if run.finished_at else ""
    stem = "-".join(part for part in ("keino", owner, day) if part)
    if wanted in LINE_FORMATS:
        stem += "-chosen-lines" if query else "-lines"
    ending = {ExportFormat.CSV: "zip"}.get(ExportFormat(wanted), str(wanted).rpartition(".")[2])
    return f"{stem}.{ending}"
