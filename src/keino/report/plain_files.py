"""The report's tables as CSV files in one archive: UTF-8, semicolons, plain numbers with a point, formulas harmless."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from keino.engine.formulas import harmless
from keino.report.language import translator
from keino.report.sheets import sheets, summary
from keino.report.tables import Table, Value, View
from keino.units import KG_PER_TONNE, amount_text

if TYPE_CHECKING:
    from pathlib import Path

    from keino.engine.results import FootprintResult
    from keino.report.tables import Kind

#: No clock in an archive: the same result gives the same bytes.
_DATED = (2000, 1, 1, 0, 0, 0)


def write_plain_files(result: FootprintResult, path: Path, language: str) -> None:
    """Write a ZIP of ``summary.txt`` and one CSV for each table of ``result`` that has rows."""
    view = View(result, translator(language))
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        _add(archive, "summary.txt", "\n".join(line for line, _ in summary(view)) + "\n")
        for sheet in sheets(view):
            for table in sheet.tables:
                if table.rows:
                    _add(archive, f"{table.key}.csv", table_as_csv(table))


def _add(archive: ZipFile, name: str, text: str) -> None:
    entry = ZipInfo(name, _DATED)
    entry.compress_type = ZIP_DEFLATED
    archive.writestr(entry, text.encode("utf-8-sig"))


def table_as_csv(table: Table) -> str:
    """A table with its headings and, last, its total."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(column.label) for column in table.columns])
    for row in (*table.rows, *([table.total] if table.total else [])):
        writer.writerow([_plain(c.kind, v) for c, v in zip(table.columns, row.values, strict=True)])
    return stream.getvalue()


def _plain(kind: Kind, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if kind == "tonnes":
        return repr(float(value) / KG_PER_TONNE)
    return amount_text(value) if isinstance(value, Decimal) else repr(value)
