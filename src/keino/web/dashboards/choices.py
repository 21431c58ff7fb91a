"""What can be shared and exported, and in which form."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ShareKind(TextChoices):
    """What a link shows. Suppliers are never shared by link: some of them are private persons."""

    FOOTPRINT = "footprint", _("footprint by category and year, and hotspots")
    UNITS = "units", _("the same, and the units of the organisation")
    HOTSPOTS = "hotspots", _("hotspots only")


class ShareDays(TextChoices):
    """How long a link works, in days."""

    WEEK = "7", _("a week")
    MONTH = "30", _("a month")
    QUARTER = "90", _("three months")


class ExportFormat(TextChoices):
    """Files in which a result leaves the site."""

    XLSX = "xlsx", _("Excel workbook (XLSX)")
    ODS = "ods", _("OpenDocument spreadsheet (ODS)")
    CSV = "csv", _("tables as CSV files in one ZIP")
    PDF = "pdf", _("report to read and print (PDF)")
    HTML = "html", _("report as one page that works without a network (HTML)")
    LINES_PARQUET = "lines.parquet", _("every line with its category and factor (Parquet)")
    LINES_CSV = "lines.csv", _("every line with its category and factor (CSV)")


#: They hold single purchases: only for those who may see lines.
LINE_FORMATS = frozenset({ExportFormat.LINES_PARQUET, ExportFormat.LINES_CSV})
#: Made while the reader waits; the others are made in the background.
QUICK_FORMATS = frozenset({ExportFormat.XLSX, ExportFormat.ODS, ExportFormat.CSV, ExportFormat.HTML})

MEDIA_TYPES: dict[str, str] = {
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    ExportFormat.CSV: "application/zip",
    ExportFormat.PDF: "application/pdf",
    ExportFormat.HTML: "text/html; charset=utf-8",
    ExportFormat.LINES_PARQUET: "application/vnd.apache.parquet",
    ExportFormat.LINES_CSV: "text/csv; charset=utf-8",
}
