"""Forms in which data can be taken away, and the types of its columns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds; missing values are empty in CSV, null elsewhere."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money"  # decimal with two places; a string in JSON, so that cents stay exact
    DATE = "date"
    MOMENT = "moment"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class Format:
    """A file format: its suffix, media type and name in the EU's list of file types."""

    suffix: str
    media_type: str
    eu_name: str
    title: str


FORMATS = {
    form.suffix: form
    for form in (
        Format("csv", "text/csv", "CSV", "CSV"),
        Format("json", "application/json", "JSON", "JSON"),
        Format("parquet", "application/vnd.apache.parquet", "PARQUET", "Parquet"),
        Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX", "XLSX"),
    )
}
