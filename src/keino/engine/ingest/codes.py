"""Every code that reading a ledger gives back: why rows were rejected, what was repaired, what was chosen.

Programs may rely on them. The sentences for people are the shells' business; docs/methods/reading-ledgers.md explains.
"""

from __future__ import annotations

#: Why a row is not counted.
REJECTIONS = (
    "no_amount",
    "bad_amount",
    "ambiguous_amount",
    "amount_out_of_range",
    "bad_vat",
    "other_currency",
    "bad_date",
    "no_year",
    "date_out_of_range",
    "too_many_fields",
    "too_few_fields",
    "repeated_header",
    "looks_like_total",
)

#: What was mended in a row that is counted.
REPAIRS = (
    "encoding",
    "broken_quotes",
    "short_row",
    "extra_cells",
    "decimal_mark",
    "parentheses",
    "trailing_minus",
    "unicode_minus",
    "currency_sign",
    "date_style",
    "year_from_file",
)

#: What was chosen while opening a ledger, beyond the choices of the column mapping
#: (``keino.domain.ledgers.choices``).
CHOICES = ("currency", "currency_assumed", "mixed_currencies", "year_from_name", "year_from_title", "sheet")
