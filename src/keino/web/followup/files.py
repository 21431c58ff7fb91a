"""Council reports as files: a page to print and a workbook, in each language."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.text import slugify

from keino.report.safe_cells import XLSX
from keino.web.followup.models import CouncilReport
from keino.web.followup.queries.reports import content_of, texts_of

MEDIA_TYPES = {"pdf": "application/pdf", "xlsx": XLSX}


def file_of(report: CouncilReport, wanted: str, language: str) -> bytes:
    """The report with its numbers as a PDF or XLSX file in fi, sv or en."""
    from keino.report.council_book import write_council_book
    from keino.report.council_page import write_council_pdf

    content = content_of(report)
    assert content is not None
    write = {"pdf": write_council_pdf, "xlsx": write_council_book}[wanted]
    with TemporaryDirectory(prefix="keino-council-") as folder:
        path = Path(folder, "report")
        write(content, texts_of(report, language), path, language)
        return path.read_bytes()


def file_name(report: CouncilReport, wanted: str, language: str) -> str:
    """A name that says whose report of which year it is, in which language, with plain letters only."""
    owner = slugify(report.organisation.slug)[:60]
    return f"keino-{owner}-{report.year}-{language}.{wanted}"
