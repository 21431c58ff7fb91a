"""Texts that a spreadsheet program would run as formulas, and how every file that keino writes makes them harmless.

The rule is stated here once, for Python and for DuckDB: what begins with a sign of a formula and is no number gets an
apostrophe before it. A number must be one to its end, for ``-2+3+cmd|…`` begins with a sign and a digit too.
"""

from __future__ import annotations

import re

_SPACE = "\\s\u00a0\u202f"
_BEGINS = r"^[=@\t\r+-]"
#: A sign, digits with their separators and perhaps a unit (€, %, kr, EUR); or a lone sign, as in an empty column.
_NUMBER = rf"^[+-][{_SPACE}]*(?:[.,]?\d[\d{_SPACE}.,'’]*(?:[€$£%]|[A-Za-z]{{2,3}})?[{_SPACE}]*)?$"
_is_begun = re.compile(_BEGINS).match
_is_number = re.compile(_NUMBER).match


def harmless(text: str) -> str:
    """A text that no spreadsheet program runs.

    >>> harmless("=1+1"), harmless("-2+3+cmd|' /C calc'!A0"), harmless("+ SUM(A1)")
    ("'=1+1", "'-2+3+cmd|' /C calc'!A0", "'+ SUM(A1)")
    >>> harmless("-1 234,50 €"), harmless("+358 40 123 4567"), harmless("-"), harmless("Esimerkki Oy")
    ('-1 234,50 €', '+358 40 123 4567', '-', 'Esimerkki Oy')
    """
    return f"'{text}" if _is_begun(text) and not _is_number(text) else text


def as_typed(text: str) -> str:
    """A text without the apostrophe that made it harmless: what comes back in a file that keino wrote.

    >>> as_typed("'=1+1"), as_typed("'s-Hertogenbosch")
    ('=1+1', "'s-Hertogenbosch")
    """
    return text[1:] if text.startswith("'") and harmless(text[1:]) != text[1:] else text


def harmless_sql(column: str) -> str:
    """The same for a text column in DuckDB, under its own name.

    Looking at the first character spares most cells the patterns: tab, return, plus, minus, equals, at.
    """
    number = "'" + _NUMBER.replace("'", "''") + "'"
    is_formula = f"ord({column}) IN (9, 13, 43, 45, 61, 64) AND NOT regexp_matches({column}, {number})"
    return f"CASE WHEN {is_formula} THEN chr(39) || {column} ELSE {column} END AS {column}"
