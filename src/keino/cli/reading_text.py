"""How a ledger was read, in words for a terminal: what a finance manager asks first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from keino.report import codes
from keino.report.coverage_tables import choice_words
from keino.report.language import translator

if TYPE_CHECKING:
    from decimal import Decimal

    from keino.engine.results import LedgerReading, Rejection
    from keino.report.language import Translator

_INDENT = "   "


def reading_text(reading: LedgerReading, language: str) -> str:
    """Return some ten lines about one file."""
    speech = translator(language)
    parts = [_title(reading, speech), *_counts(reading, speech), *_left_out(reading, speech)]
    parts += [_columns(reading, speech)]
    parts += [_repairs(reading, speech)] if reading.repairs else []
    parts += [_rejection(item, speech) for item in reading.rejections]
    if reading.rejections:
        parts.append(speech.text("To mend rejected rows: keino check FILE --rejects FOLDER"))
    for choice in sorted(reading.choices, key=lambda choice: choice.is_decided_by_evidence):
        said = choice_words(speech, choice)
        parts.append(said if choice.is_decided_by_evidence else speech.text("Please check: {choice}", choice=said))
    return f"\n{_INDENT}".join(parts)


def _title(reading: LedgerReading, speech: Translator) -> str:
    how = [reading.container.upper(), reading.sheet, reading.encoding, _delimiter(reading, speech)]
    what = ", ".join(part for part in how if part)
    return speech.text(
        "{file} ({what}; header on row {row})", file=Path(reading.path).name, what=what, row=reading.header_row
    )


def _delimiter(reading: LedgerReading, speech: Translator) -> str:
    if not reading.delimiter:
        return ""
    return speech.text("columns split by {mark}", mark=codes.words(speech, codes.DELIMITERS, reading.delimiter))


def _counts(reading: LedgerReading, speech: Translator) -> list[str]:
    def amount(value: Decimal) -> str:
        return speech.amount(value, reading.currency, 2)

    rows = speech.text(
        "Rows: {rows} = {accepted} read as printed + {repaired} repaired + {rejected} rejected",
        rows=speech.number(reading.rows),
        accepted=speech.number(reading.accepted),
        repaired=speech.number(reading.repaired),
        rejected=speech.number(reading.rejected),
    )
    money = speech.text(
        "Amount: {total} = {accepted} + {repaired} + {rejected}",
        total=amount(reading.amount_total),
        accepted=amount(reading.amount_accepted),
        repaired=amount(reading.amount_repaired),
        rejected=amount(reading.amount_rejected),
    )
    basis = speech.text("with VAT") if reading.amount_basis == "gross" else speech.text("without VAT")
    return [rows, f"{money} ({basis})"]


def _left_out(reading: LedgerReading, speech: Translator) -> list[str]:
    lines = [
        speech.text(
            "Not counted, because it only sums other rows: row {row}, {amount}",
            row=row.row,
            amount=speech.amount(row.amount, reading.currency, 2),
        )
        for row in reading.total_rows
    ]
    if reading.blank_rows:
        lines.append(speech.text("Blank rows and remarks: {count}", count=speech.number(reading.blank_rows)))
    return lines


def _columns(reading: LedgerReading, speech: Translator) -> str:
    found = ", ".join(f"{column} ← {' '.join(header.split())}" for column, header in reading.mapping.items())
    return speech.text("Columns: {columns}", columns=found)


def _repairs(reading: LedgerReading, speech: Translator) -> str:
    found = "; ".join(
        f"{codes.words(speech, codes.REPAIRS, repair.code)} ({speech.number(repair.rows)})"
        for repair in reading.repairs
    )
    return speech.text("Repaired: {repairs}", repairs=found)


def _rejection(item: Rejection, speech: Translator) -> str:
    return speech.text(
        "Rejected: {reason} ({count} rows; the first is row {row})",
        reason=codes.words(speech, codes.REJECTIONS, item.reason),
        count=speech.number(item.rows),
        row=item.sample_row,
    )
