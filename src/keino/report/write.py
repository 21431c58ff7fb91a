"""Write the report of a result into a folder."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from keino.report.page import report_page
from keino.report.workbook import write_workbook

if TYPE_CHECKING:
    from keino.engine.results import FootprintResult


def write_report(result: FootprintResult, folder: Path, language: str) -> dict[str, Path]:
    """Write ``report.html`` and ``report.xlsx`` into ``folder`` and return their paths by kind (html, xlsx).

    Both are made beside their place and moved there when they are whole, so a reader never meets half a report.
    """
    folder.mkdir(parents=True, exist_ok=True)
    targets = {"html": folder / "report.html", "xlsx": folder / "report.xlsx"}
    with TemporaryDirectory(dir=folder, prefix=".report-") as unfinished:
        page, book = Path(unfinished, "report.html"), Path(unfinished, "report.xlsx")
        page.write_text(report_page(result, language), encoding="utf-8", newline="\n")
        write_workbook(result, book, language)
        page.replace(targets["html"])
        book.replace(targets["xlsx"])
    return targets
