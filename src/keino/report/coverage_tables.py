"""Tables that say how far a result can be trusted: what was read, chosen, left out and not known."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from keino.errors import FactsError
from keino.report import codes
from keino.report.number_style import SYMBOLS
from keino.report.tables import Column, Row, Table, View, place, share_of

if TYPE_CHECKING:
    from keino.engine.results import Choice, LedgerReading
    from keino.report.language import Translator


def reconciliation(view: View) -> Table:
    """Rows and amounts of each file: all = as printed + repaired + rejected."""
    text, sign = view.speech.text, _sign(view)
    rows = tuple(Row((file_name(reading), *_counts(reading)), _opened(reading)) for reading in view.result.readings)
    columns = (
        Column(text("File")),
        Column(text("Rows"), "count", adds_up=True),
        Column(text("Read as printed"), "count", adds_up=True),
        Column(text("Repaired"), "count", adds_up=True),
        Column(text("Rejected"), "count", adds_up=True),
        Column(text("Total rows, not counted"), "count", adds_up=True),
        Column(text("Amount, {currency}", currency=sign), "cents", adds_up=True),
        Column(text("Read as printed, {currency}", currency=sign), "cents", adds_up=True),
        Column(text("Repaired, {currency}", currency=sign), "cents", adds_up=True),
        Column(text("Rejected, {currency}", currency=sign), "cents", adds_up=True),
    )
    note = text("Every row is read as printed, repaired or rejected, and so is every cent. Nothing else was dropped.")
    title = text("Rows and amounts of each file")
    return Table("reconciliation", title, columns, rows, _sums(view) if rows else None, note)


def _sums(view: View) -> Row:
    """The sum of all files; amounts in different currencies are not added up."""
    sums = [sum(column) for column in zip(*(_counts(reading) for reading in view.result.readings), strict=True)]
    amounts = sums[5:] if len(_currencies(view)) == 1 else [None] * 4
    return Row((view.speech.text("Total"), *sums[:5], *amounts))


def _opened(reading: LedgerReading) -> tuple[tuple[int, str], ...]:
    """Counts that open the table with the rows behind them."""
    found = ((3, place("repairs"), reading.repairs), (4, place("rejections"), reading.rejections))
    return tuple(
        (column, address) for column, address, rows in (*found, (5, place("total-rows"), reading.total_rows)) if rows
    )


def _currencies(view: View) -> set[str]:
    return {reading.currency or view.result.currency for reading in view.result.readings}


def _sign(view: View) -> str:
    """The currency of the files' amounts, before any conversion."""
    currencies = _currencies(view)
    if len(currencies) > 1:
        return view.speech.text("currency of the file")
    currency = next(iter(currencies), view.result.currency)
    return SYMBOLS.get(currency, currency)


def _counts(reading: LedgerReading) -> tuple[int | Decimal, ...]:
    return (
        reading.rows,
        reading.accepted,
        reading.repaired,
        reading.rejected,
        len(reading.total_rows),
        reading.amount_total,
        reading.amount_accepted,
        reading.amount_repaired,
        reading.amount_rejected,
    )


def file_name(reading: LedgerReading) -> str:
    """The file's name without its folders; a report is passed on, paths of somebody's machine are not."""
    name = reading.path.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return f"{name} – {reading.sheet}" if reading.sheet else name


def rejections(view: View) -> Table:
    """Why rows were rejected, with a sample of each."""
    text = view.speech.text
    rows = tuple(
        Row(
            (
                codes.words(view.speech, codes.REJECTIONS, item.reason),
                file_name(reading),
                item.rows,
                item.amount,
                item.sample_row,
                item.sample_text,
            )
        )
        for reading in view.result.readings
        for item in reading.rejections
    )
    columns = (
        Column(text("Reason")),
        Column(text("File")),
        Column(text("Rows"), "count", adds_up=True),
        Column(text("Amount, {currency}", currency=_sign(view)), "cents", adds_up=True),
        Column(text("Example: row"), "count"),
        Column(text("Example: text")),
    )
    note = text("Rejected rows are in a file of their own. Mend them there and read the file again.")
    return Table("rejections", text("Rejected rows"), columns, rows, note=note)


def repairs(view: View) -> Table:
    """What was repaired, in how many rows."""
    text = view.speech.text
    rows = tuple(
        Row((codes.words(view.speech, codes.REPAIRS, item.code), file_name(reading), item.rows))
        for reading in view.result.readings
        for item in reading.repairs
    )
    columns = (Column(text("What was repaired")), Column(text("File")), Column(text("Rows"), "count"))
    note = text("One row may have been repaired in several ways.")
    return Table("repairs", text("Repaired rows"), columns, rows, note=note)


def total_rows(view: View) -> Table:
    """Rows that only sum other rows."""
    text = view.speech.text
    rows = tuple(
        Row(
            (
                item.text,
                file_name(reading),
                item.row,
                codes.words(view.speech, codes.TOTAL_KINDS, item.kind),
                item.amount,
            )
        )
        for reading in view.result.readings
        for item in reading.total_rows
    )
    columns = (
        Column(text("Text of the row")),
        Column(text("File")),
        Column(text("Row"), "count"),
        Column(text("Kind")),
        Column(text("Amount, {currency}", currency=_sign(view)), "cents"),
    )
    note = text("These rows only sum other rows. They are shown here and never counted.")
    return Table("total-rows", text("Total rows in the files"), columns, rows, note=note)


def how_read(view: View) -> Table:
    """Form, encoding, header row and period of each file."""
    text = view.speech.text
    columns = tuple(
        Column(label)
        for label in (
            text("File"),
            text("Format"),
            text("Encoding"),
            text("Field delimiter"),
            text("Decimal mark"),
            text("Header row"),
            text("Currency"),
            text("VAT"),
            text("First date"),
            text("Last date"),
            text("Columns used"),
            text("Columns not used"),
        )
    )
    rows = tuple(Row(_reading_words(view, reading)) for reading in view.result.readings)
    return Table("how-read", text("How each file was read"), columns, rows)


def _reading_words(view: View, reading: LedgerReading) -> tuple[str, ...]:
    return (
        file_name(reading),
        reading.container,
        reading.encoding or "–",
        codes.words(view.speech, codes.DELIMITERS, reading.delimiter) or "–",
        codes.words(view.speech, codes.WORDS, reading.decimal) or "–",
        str(reading.header_row),
        reading.currency,
        codes.words(view.speech, codes.WORDS, reading.amount_basis),
        view.speech.date(reading.first_date),
        view.speech.date(reading.last_date),
        ", ".join(f"{header} → {name}" for name, header in reading.mapping.items()),
        ", ".join(reading.unmapped) or "–",
    )


def choice_sentences(view: View, *, by_evidence: bool) -> tuple[tuple[str, str], ...]:
    """(file, sentence) of each reading that the file itself decided, or that keino chose among equally good ones."""
    return tuple(
        (file_name(reading), choice_words(view.speech, choice))
        for reading in view.result.readings
        for choice in reading.choices
        if choice.is_decided_by_evidence is by_evidence
    )


def choice_words(speech: Translator, choice: Choice) -> str:
    """What was chosen among several readings, and why; of an open choice also how to decide otherwise."""

    def word(code: str) -> str:
        return codes.words(speech, codes.WORDS, code)

    values = dict(choice.values)
    if "reason" in values:
        values["reason"] = codes.words(speech, codes.REASONS, values["reason"])
    chosen = _order_of_date(choice.chosen) if choice.code == "date_order" else choice.chosen
    values |= {"chosen": word(chosen), "alternatives": ", ".join(word(code) for code in choice.alternatives)}
    said = codes.words(speech, codes.CHOICES, choice.code, **values)
    otherwise = codes.OTHERWISE.get(f"{choice.code} {choice.chosen}") or codes.OTHERWISE.get(choice.code)
    return said if choice.is_decided_by_evidence or not otherwise else f"{said} {speech.text(otherwise)}"


def _order_of_date(style: str) -> str:
    """``day_first`` or ``month_first`` for a date format such as ``%d/%m/%Y``; anything else stays."""
    day, month = style.find("%d"), style.find("%m")
    return style if min(day, month) < 0 else "day_first" if day < month else "month_first"


def by_basis(view: View) -> Table:
    """How lines got their category, as shares of the spend in scope; not classified is the last row."""
    text, coverage = view.speech.text, view.result.coverage
    ordered = sorted(coverage.by_basis, key=lambda part: (part.keys["category_basis"] == "none", -part.spend))
    rows = tuple(
        Row(
            (
                codes.words(view.speech, codes.BASES, str(part.keys["category_basis"])),
                part.lines,
                part.spend,
                share_of(part.spend, coverage.spend_in_scope),
            )
        )
        for part in ordered
    )
    columns = (
        Column(text("What decided the category")),
        Column(text("Lines"), "count", adds_up=True),
        Column(text("Spend, {currency}", currency=view.currency()), "money", adds_up=True),
        Column(text("Share of spend"), "share", adds_up=True),
    )
    lines = sum(part.lines for part in coverage.by_basis)
    whole = 1.0 if coverage.spend_in_scope > 0 else None
    total = Row((text("Purchases in all"), lines, coverage.spend_in_scope, whole))
    note = ""
    if coverage.without_factor:
        note = text(
            "Of these purchases, {amount} has no emission factor and is not in the footprint.",
            amount=view.speech.amount(coverage.without_factor, view.result.currency),
        )
    return Table("by-basis", text("How purchases were classified"), columns, rows, total, note)


def excluded(view: View) -> Table:
    """What is no purchase, by reason, with what the reason means."""
    text, parts = view.speech.text, sorted(view.result.coverage.excluded, key=lambda part: -abs(part.spend))
    reasons = [str(part.keys["exclusion_reason"]) for part in parts]
    rows = tuple(
        Row((exclusion_label(view, reason), part.lines, part.spend, _exclusion(view, reason).get("explanation", "–")))
        for reason, part in zip(reasons, parts, strict=True)
    )
    columns = (
        Column(text("Why it is not a purchase")),
        Column(text("Lines"), "count", adds_up=True),
        Column(text("Amount, {currency}", currency=view.currency()), "money", adds_up=True),
        Column(text("Explanation")),
    )
    total = Row((text("Left out in all"), sum(p.lines for p in parts), sum((p.spend for p in parts), Decimal(0)), ""))
    return Table("excluded", text("Left out, because it is not a purchase"), columns, rows, total if rows else None)


def exclusion_label(view: View, code: str) -> str:
    """The name of an exclusion reason from the facts; the code itself where the facts don't know it."""
    return _exclusion(view, code).get("label", code)


def _exclusion(view: View, code: str) -> dict[str, str]:
    return _exclusions(view.result.editions.get("exclusion_reasons"), view.speech.language).get(code, {})


@cache
def _exclusions(edition: str | None, language: str) -> dict[str, dict[str, str]]:
    from keino.facts.read import read

    try:
        rows = read("exclusion_reasons", edition).rows
    except FactsError:
        return {}
    return {row["code"]: {name: row[f"{name}_{language}"] for name in ("label", "explanation")} for row in rows}
