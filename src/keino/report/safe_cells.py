"""What every workbook we write keeps to: nothing in it can run, every text fits, no clock in it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

LONGEST_TEXT = 32_767  # characters a cell may hold
LONGEST_SHEET_NAME = 31

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: Text stays text: never a formula, an address or a number.
TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

#: No clock in a workbook: the same result gives the same bytes.
CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)

# XML 1.0 allows no other control characters, no half of a surrogate pair, no U+FFFE and U+FFFF
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MEANS_A_REFERENCE = re.compile(r"[\[\]:*?/\\']")


def cell_text(value: str) -> str:
    """Text that a workbook may hold: no characters that XML forbids, not longer than a cell."""
    clean = _NOT_XML.sub("\ufffd", value)
    # a character outside the basic plane counts twice in a workbook
    if len(clean.encode("utf-16-le")) // 2 <= LONGEST_TEXT:
        return clean
    return clean.encode("utf-16-le")[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"


def sheet_name(name: str) -> str:
    """A name that a sheet may have: short, without the signs that mean something in a reference."""
    return _MEANS_A_REFERENCE.sub(" ", cell_text(name))[:LONGEST_SHEET_NAME]
