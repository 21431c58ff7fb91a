"""From cells of text to purchase lines: amounts, dates, years, and whether a row is accepted, repaired or rejected.

This is written in DuckDB's SQL rather than as table expressions because raw files are only ever read by the DuckDB
engine (a cluster reads the Parquet store it writes). Each rule stands here once, for every container.

A value in the file's own style costs one cast. Only what that cast refuses goes through the long rules, so reading a
clean ledger stays close to the speed of a bare scan. For the same reason nothing here touches a column that a row's
judgement does not need.
"""

from __future__ import annotations

from keino.engine.ingest import amount_sql
from keino.engine.ingest.amount_sql import LINE_MONEY, MONEY, long_amount, plain_amount
from keino.engine.ingest.date_sql import (
    FIRST_YEAR,
    LAST_YEAR,
    fiscal_year,
    is_castable,
    other_date,
    period_year,
    plain_date,
)
from keino.engine.ingest.layout import PERIOD_COLUMNS, TEXT_COLUMNS, WHO_AND_WHAT_COLUMNS, Layout
from keino.engine.ingest.text_table import LONG_ROW, SHORT_ROW, quoted

#: Ways to write a currency that a line may be printed in.
_CURRENCY_NAMES = {
    "EUR": ("EUR", "€", "EURO", "EUROA", "EUROS"),
    "GBP": ("GBP", "£", "STERLING"),
    "SEK": ("SEK", "KR", "KRONOR"),
    "USD": ("USD", "$"),
}


def macros(layout: Layout) -> str:
    """Return the SQL that must run before ``rows_sql`` of this layout does."""
    return amount_sql.macros(layout)


def typed_columns(layout: Layout) -> dict[str, str]:
    """Cells that the fast reader may cast while it splits lines: the leading amount and the first date."""
    typed = {f"c{layout.columns[leading_amount(layout)]}": LINE_MONEY}
    for column in layout.dates[:1]:
        style = layout.date_formats[column][0]
        if not is_castable(style):
            return {}
        typed[f"c{layout.columns[column]}"] = "TIMESTAMP" if "%H" in style else "DATE"
    return typed


def rows_sql(source: str, layout: Layout, *, is_typed: bool = False) -> str:
    """Return a SELECT of cleaned rows: every purchase column, the cells, and ``note`` and ``is_thin``.

    ``note`` is null for an accepted row, else ``repaired`` and the codes of the repairs, ``rejected`` and the reason,
    or ``blank``. ``is_thin`` marks rows that lack what every true line has, the candidates for being totals. With
    ``is_typed`` the source has already cast the cells of ``typed_columns`` and refused the rows where that failed.
    """
    rows = f"SELECT *, {', '.join(_plain_columns(layout, is_typed))} FROM {source}"
    rows = f"SELECT *, {', '.join(_long_columns(layout, is_typed))} FROM ({rows})"
    rows = f"SELECT *, {_year(layout)} AS year_read, {_is_foreign(layout)} AS is_foreign FROM ({rows})"
    return f"SELECT {', '.join(_columns(layout, is_typed))} FROM ({rows})"


def amount_columns(layout: Layout) -> tuple[str, ...]:
    """Mapped columns that hold money."""
    return tuple(column for column in ("amount_net", "amount_vat", "amount_gross") if column in layout.columns)


def leading_amount(layout: Layout) -> str:
    """The amount column that decides a row: net where there is one, else gross."""
    return "amount_net" if "amount_net" in layout.columns else "amount_gross"


def _cell(layout: Layout, column: str) -> str:
    return f"c{layout.columns[column]}"


def _filled_cell(layout: Layout, column: str) -> str:
    """The cell, null when it is empty (beside typed cells an empty text is no null)."""
    return f"nullif({_cell(layout, column)}, '')"


def _trimmed(layout: Layout, column: str) -> str:
    return f"coalesce(trim(CAST({_cell(layout, column)} AS VARCHAR)), '')"


def _plain_columns(layout: Layout, is_typed: bool) -> list[str]:
    typed = typed_columns(layout) if is_typed else {}
    parts = []
    for column in amount_columns(layout):
        cell = _cell(layout, column)
        parts.append(f"{cell if cell in typed else plain_amount(cell, layout)} AS {column}_plain")
    for column in layout.dates:
        cell = _cell(layout, column)
        plain = f"CAST({cell} AS DATE)" if cell in typed else plain_date(cell, layout, column)
        parts.append(f"{plain} AS {column}_plain")
    return parts


def _long_columns(layout: Layout, is_typed: bool) -> list[str]:
    typed = typed_columns(layout) if is_typed else {}
    parts = []
    for column in amount_columns(layout):
        is_odd = f"{column}_plain IS NULL AND {_filled_cell(layout, column)} IS NOT NULL"
        long = f"CASE WHEN {is_odd} THEN {long_amount(_cell(layout, column), layout)} END"
        nothing = "NULL::STRUCT(amount DECIMAL(38,4), repair VARCHAR)"
        parts.append(f"{nothing if _cell(layout, column) in typed else long} AS {column}_long")
    for column in layout.dates:
        is_odd = f"{column}_plain IS NULL AND {_filled_cell(layout, column)} IS NOT NULL"
        other = f"CASE WHEN {is_odd} THEN {other_date(_cell(layout, column), layout, column)} END"
        parts.append(f"{'NULL::DATE' if _cell(layout, column) in typed else other} AS {column}_other")
    return parts


def _read_amount(column: str) -> str:
    return f"coalesce({column}_plain, CAST(struct_extract({column}_long, 'amount') AS {MONEY}))"


def _read_date(layout: Layout) -> str:
    if not layout.dates:
        return "NULL::DATE"
    return f"coalesce({', '.join(f'{c}_plain, {c}_other' for c in layout.dates)})"


def _year(layout: Layout) -> str:
    """The fiscal year where the ledger has one, else the year of the date, of the period, or of the file."""
    order = []
    if "fiscal_year" in layout.columns:
        order.append(fiscal_year(_cell(layout, "fiscal_year")))
    if layout.dates:
        order.append(f"year({_read_date(layout)})")
    if "period" in layout.columns:
        order.append(period_year(_cell(layout, "period")))
    if layout.file_year is not None:
        order.append(str(layout.file_year))
    return f"CAST(coalesce({', '.join(order)}) AS INTEGER)" if order else "NULL::INTEGER"


def _is_foreign(layout: Layout) -> str:
    """Is the line in another currency than its ledger? Such money can't be added to the rest."""
    if "currency" not in layout.columns:
        return "false"
    own = _CURRENCY_NAMES.get(layout.currency, (layout.currency,))
    return f"upper({_trimmed(layout, 'currency')}) NOT IN ({', '.join(map(quoted, ('', *own)))})"


def _note(layout: Layout, is_typed: bool) -> str:
    """Judge a row; the common case comes first and costs least."""
    amount = leading_amount(layout)
    vat = _unread_vat(layout)
    reasons = [
        *_shape_reasons(layout),
        *([("is_foreign", "other_currency")] if "currency" in layout.columns else []),
        *_date_reasons(layout),
        *([(vat, "bad_vat")] if vat else []),
    ]
    if is_typed and is_decided_by_casts(layout):
        return "NULL::VARCHAR"
    dated = "".join(f" AND {c}_plain IS NOT NULL" for c in layout.dates[:1])
    others = "".join(f" AND NOT ({condition})" for condition in ("is_foreign", vat) if condition)
    return f"""CASE
        WHEN {amount}_plain IS NOT NULL{dated} AND flags = '' AND year_read BETWEEN {FIRST_YEAR} AND {LAST_YEAR}{others}
            THEN NULL
        WHEN {_is_empty(layout)} THEN 'blank'
        {" ".join(f"WHEN {condition} THEN 'rejected ' || {_code(reason)}" for condition, reason in reasons)}
        ELSE nullif('repaired ' || {_repairs(layout)}, 'repaired ') END"""


def _code(reason: str) -> str:
    """A reason as SQL: a plain code as a literal; an expression stays."""
    return quoted(reason) if reason.replace("_", "").isalpha() else reason


def is_decided_by_casts(layout: Layout) -> bool:
    """Do the casts of the fast reader alone decide that a row is good? Its year is seen to by whoever sums the rows."""
    return bool(layout.dates) and "currency" not in layout.columns and not _unread_vat(layout)


def _shape_reasons(layout: Layout) -> list[tuple[str, str]]:
    amount = leading_amount(layout)
    text, read = _trimmed(layout, amount), _read_amount(amount)
    index = layout.columns[amount]
    header = layout.header[index].strip() if index < len(layout.header) else ""
    why = f"coalesce(ltrim(struct_extract({amount}_long, 'repair'), '!'), 'amount_out_of_range')"
    return [
        (f"contains(flags, '{LONG_ROW}')", "too_many_fields"),
        (f"{text} = ''", "no_amount"),
        (f"{read} IS NULL AND {text} = {quoted(header)}", "repeated_header"),
        (f"{read} IS NULL", why),
    ]


def _date_reasons(layout: Layout) -> list[tuple[str, str]]:
    first = layout.dates[:1]
    bad = [(f"{_trimmed(layout, c)} <> '' AND {c}_plain IS NULL AND {c}_other IS NULL", "bad_date") for c in first]
    cut = [(f"contains(flags, '{SHORT_ROW}') AND {_read_date(layout)} IS NULL", "too_few_fields")] if first else []
    return [
        *cut,
        *bad,
        ("year_read IS NULL", "no_year"),
        (f"year_read NOT BETWEEN {FIRST_YEAR} AND {LAST_YEAR}", "date_out_of_range"),
    ]


def _is_empty(layout: Layout) -> str:
    """A row without amount, date, supplier or account is blank, a running number, or a remark below the table."""
    told = (c for c in (*PERIOD_COLUMNS, *WHO_AND_WHAT_COLUMNS) if c in layout.columns)
    columns = (leading_amount(layout), *layout.dates, *told)
    return " AND ".join(f"{_trimmed(layout, c)} = ''" for c in columns)


def _unread_vat(layout: Layout) -> str:
    """Where net is worked out as gross minus tax, a tax that can't be read makes the net unknown."""
    if "amount_net" in layout.columns or "amount_vat" not in layout.columns:
        return ""
    return f"{_trimmed(layout, 'amount_vat')} <> '' AND {_read_amount('amount_vat')} IS NULL"


def _repairs(layout: Layout) -> str:
    amount = leading_amount(layout)
    parts = ["nullif(flags, '')", f"nullif(struct_extract({amount}_long, 'repair'), '')"]
    for column in layout.dates[:1]:
        parts.append(f"CASE WHEN {column}_plain IS NULL AND {column}_other IS NOT NULL THEN 'date_style' END")
        if layout.file_year is not None:
            parts.append(f"CASE WHEN {_read_date(layout)} IS NULL THEN 'year_from_file' END")
    return f"concat_ws(' ', {', '.join(parts)})"


def _is_thin(layout: Layout, is_typed: bool) -> str:
    # One column is enough to find the few candidates, and looking at more would cost every line of the ledger.
    if is_typed and layout.dates:
        return "false"  # a row without its date was refused
    return " AND ".join(f"coalesce(trim({_cell(layout, c)}), '') = ''" for c in layout.identity[:1]) or "false"


def _columns(layout: Layout, is_typed: bool) -> list[str]:
    return [
        f"{_note(layout, is_typed)} AS note",
        f"({_is_thin(layout, is_typed)}) AS is_thin",
        "row_number",
        f"{_read_date(layout)} AS date",
        "year_read AS year",
        *(f"{text_sql(column, layout)} AS {column}" for column in TEXT_COLUMNS),
        *_money(layout),
        *(f"c{index}" for index in range(layout.width)),
    ]


def _money(layout: Layout) -> list[str]:
    read = {column: _read_amount(column) for column in amount_columns(layout)}
    if "amount_net" not in read and "amount_gross" in read:
        gross = read["amount_gross"]
        read["amount_net"] = f"{gross} - coalesce({read['amount_vat']}, 0)" if "amount_vat" in read else gross
    if "currency" in layout.columns:
        read = {column: f"CASE WHEN NOT is_foreign THEN {amount} END" for column, amount in read.items()}
    return [f"CAST({read.get(c, 'NULL')} AS {MONEY}) AS {c}" for c in ("amount_net", "amount_vat", "amount_gross")]


def text_sql(column: str, layout: Layout) -> str:
    """A text column, trimmed; an empty string where the ledger has none."""
    if column == "account_name" and column not in layout.columns and "account_code" in layout.code_and_name:
        return f"coalesce(regexp_extract({_cell(layout, 'account_code')}, '^\\s*[0-9]+[\\s,:;.-]*(.*?)\\s*$', 1), '')"
    if column not in layout.columns:
        return "''"
    cell = _cell(layout, column)
    if column in layout.code_and_name:
        pattern = "'^\\s*([0-9]+)', 1" if column == "account_code" else "'^\\s*[0-9]+[\\s,:;.-]+(.*?)\\s*$', 1"
        return f"coalesce(nullif(regexp_extract({cell}, {pattern}), ''), trim({cell}), '')"
    if column in layout.float_codes:
        return f"coalesce(regexp_replace(trim({cell}), '\\.0$', ''), '')"
    return f"coalesce(trim({cell}), '')"
