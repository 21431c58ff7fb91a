"""How a file was read, in the reader's words: what pages show of a reading."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from keino.report import codes
from keino.report.coverage_tables import choice_words
from keino.web.base.errors import said
from keino.web.base.templatetags.keino import money_exact, number, speaker
from keino.web.measurement.choices import FileState
from keino.web.measurement.column_names import NAMES
from keino.web.measurement.models import LedgerFile
from keino.web.measurement.queries.ledgers import FileReading, Reconciliation
from keino.web.measurement.views.ledger_places import Place


def file_words(place: Place, one: FileReading, twin: LedgerFile | None) -> dict[str, Any]:
    """Everything that the reading page says of one file."""
    file = one.file
    where = {"ledger": file.ledger.public_id, "file": file.public_id}
    words: dict[str, Any] = {
        "one": one,
        "file": file,
        "error": said(file.error),
        "mended_error": said(one.mended.file.error) if one.mended else "",
        "twin": twin,
        "twin_url": place.url("ledger", ledger=twin.ledger.public_id) if twin else "",
        "mapping_url": place.url("mapping", **where) if one.preview else "",
        "remove_url": place.url("file_remove", **where),
        "rejected_url": place.url("rejected", **where) if file.rejected_in else "",
        "has_pieces_missing": file.state == FileState.RECEIVING,
        "columns": _columns(one),
        "samples": _samples(one),
    }
    return words | (_reading_words(one) if one.reading else {})


def _reading_words(one: FileReading) -> dict[str, Any]:
    reading, speech = one.reading, speaker()
    assert reading is not None
    choices = sorted(reading.choices, key=lambda choice: choice.is_decided_by_evidence)
    return {
        "open_choices": [choice_words(speech, choice) for choice in choices if not choice.is_decided_by_evidence],
        "made_choices": [choice_words(speech, choice) for choice in choices if choice.is_decided_by_evidence],
        "rejections": [
            [
                codes.words(speech, codes.REJECTIONS, item.reason),
                number(item.rows),
                money_exact(item.amount, reading.currency),
                f"{number(item.sample_row)}: {item.sample_text}",
            ]
            for item in reading.rejections
        ],
        "repairs": [[codes.words(speech, codes.REPAIRS, item.code), number(item.rows)] for item in reading.repairs],
        "sum_rows": [
            [
                number(item.row),
                item.text,
                codes.words(speech, codes.TOTAL_KINDS, item.kind),
                money_exact(item.amount, reading.currency),
            ]
            for item in reading.total_rows
        ],
        "how": _how(one),
    }


def _how(one: FileReading) -> list[tuple[str, str]]:
    """Form, encoding, marks and period of the file."""
    reading, speech = one.reading, speaker()
    assert reading is not None
    span = [_day_or_year(reading.first_date), _day_or_year(reading.last_date)]
    found = [
        (_("Format"), reading.container.upper()),
        (_("Sheet"), reading.sheet),
        (_("Encoding"), reading.encoding),
        (_("Columns are split by"), codes.words(speech, codes.DELIMITERS, reading.delimiter)),
        (_("Decimal mark"), codes.words(speech, codes.WORDS, reading.decimal)),
        (_("Row of the headings"), str(reading.header_row) if reading.header_row else _("none")),
        (_("Currency"), reading.currency),
        (_("Amounts"), codes.words(speech, codes.WORDS, reading.amount_basis)),
        (_("Period"), " – ".join(dict.fromkeys(part for part in span if part))),
        (_("Blank rows and remarks, not counted"), number(reading.blank_rows)),
    ]
    return [(label, value) for label, value in found if value]


def _day_or_year(text: str) -> str:
    return speaker().date(text) if text.count("-") == 2 else text


def _columns(one: FileReading) -> list[list[str]]:
    """Each column of the file: its heading, what it is taken for, some values."""
    if one.preview is None:
        return []
    return [
        [
            column.header or _("Column %(number)s") % {"number": column.number},
            str(NAMES[column.meaning]) if column.meaning else _("not used"),
            " · ".join(column.values[:3]),
        ]
        for column in one.preview.look.columns
    ]


def sample_rows(rows: Any, currency: str) -> list[list[str]]:
    """Purchase lines as understood, cell by cell."""
    return [
        [
            number(row.row),
            _day_or_year(row.date),
            row.supplier or "–",
            row.account or "–",
            row.description or "–",
            row.unit or "–",
            money_exact(row.amount, currency),
        ]
        for row in rows
    ]


def _samples(one: FileReading) -> list[list[str]]:
    return sample_rows(one.preview.rows, one.reading.currency) if one.preview and one.reading else []


def sample_head() -> list[str]:
    """The headings over ``sample_rows``."""
    return [_("Row"), _("Date"), _("Supplier"), _("Account"), _("Description"), _("Unit"), _("Amount")]


def total_rows_of(read: Reconciliation) -> list[dict[str, Any]]:
    """The totals of each currency as a table: rows and money, which tie."""
    tables = []
    for total in read.totals:
        parts = [
            (_("Read as printed"), total.accepted, total.amount_accepted),
            (_("Repaired by keino"), total.repaired, total.amount_repaired),
            *([(_("Mended by you"), total.mended, total.amount_mended)] if total.mended else []),
            (_("Rejected, not counted"), total.rejected, total.amount_rejected),
        ]
        tables.append(
            {
                "total": total,
                "rows": [[label, number(rows), money_exact(amount, total.currency)] for label, rows, amount in parts],
                "foot": [_("In the file"), number(total.rows), money_exact(total.amount, total.currency)],
            }
        )
    return tables
