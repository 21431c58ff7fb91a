"""From cells of text to purchase lines: amounts, dates, years, and whether a row is accepted, repaired or rejected.

This is written in DuckDB's SQL rather than as table expressions because raw files are only ever read by the DuckDB
engine (a cluster reads the Parquet store it writes). Each rule stands here once, for every container.

A value in the file's own style costs one cast. Only what that cast refuses goes through the long rules, so reading a
clean ledger stays close to the speed of a bare scan. For the same reason nothing here touches a column that a row's
judgement does not need.
"""

from __future__ import annotations

from keino.engine.ingest.layout import TEXT_COLUMNS, WHO_AND_WHAT_COLUMNS, Layout
from keino.engine.ingest.text_table import LONG_ROW, SHORT_ROW, quoted

MONEY = "DECIMAL(18,4)"
#: No single purchase line reaches a million millions; an amount that does is a reading error.
MAX_AMOUNT = 1_000_000_000_000
FIRST_YEAR, LAST_YEAR = 1990, 2100

#: Date styles that are tried when a row does not follow its file's own.
OTHER_DATE_FORMATS = (
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%d.%m.%Y %H:%M:%S",
    "%d/%m/%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d-%b-%Y",
    "%d %b %Y",
    "%d-%b-%y",
    "%d %B %Y",
    "%Y%m%d",
    "%d.%m.%y",
    "%d/%m/%y",
)

_BLANKS = r"[\s\x{00A0}\x{2007}\x{2009}\x{202F}''’]"  # the doubled quote is SQL's way to write one
_CURRENCY = r"(?i)(eur|€|£|gbp|sek|kr|\$)"
_MINUS = "[\u2212\u2013\u2010]"


def macros(layout: Layout) -> str:
    """Return the SQL that defines how this file's amounts are read when the plain cast refuses them.

    ``long_amount(text)`` gives a struct: ``amount`` (null when the text is no amount) and ``repair`` (codes; a code that
    starts with ``!`` is the reason for rejecting).
    """
    own, other = ("\\,", "\\.") if layout.decimal == "," else ("\\.", "\\,")
    own_mark, other_mark = (",", ".") if layout.decimal == "," else (".", ",")
    grouped = rf"^\d{{1,3}}({other}\d{{3}})+({own}\d+)?$"
    foreign = rf"^(\d+|\d{{1,3}}({own}\d{{3}})+){other}\d{{1,2}}$"
    knows_group = "true" if other_mark in layout.thousands else "false"
    plain = f"replace(b, '{own_mark}', '.')"
    swapped = f"replace(replace(b, '{own_mark}', ''), '{other_mark}', '.')"
    return f"""
    CREATE OR REPLACE TEMP MACRO bare_text(x) AS
        regexp_replace(regexp_replace(x, '{_BLANKS}', '', 'g'), '{_MINUS}', '-', 'g');
    CREATE OR REPLACE TEMP MACRO unsigned_text(s) AS regexp_replace(regexp_replace(s, '{_CURRENCY}', '', 'g'), '[-+()]', '', 'g');
    CREATE OR REPLACE TEMP MACRO is_negative(s) AS
        regexp_matches(regexp_replace(s, '{_CURRENCY}', '', 'g'), '^(-.*|\\(.*\\)|.*-)$');
    CREATE OR REPLACE TEMP MACRO number_of(b) AS CASE
        WHEN regexp_full_match(b, '(\\d+({own}\\d*)?|{own}\\d+)') THEN try_cast({plain} AS DECIMAL(38,4))
        WHEN regexp_full_match(b, '{grouped}') AND ({knows_group} OR regexp_matches(b, '{own}') OR length(b) > 7)
            THEN try_cast(replace(replace(b, '{other_mark}', ''), '{own_mark}', '.') AS DECIMAL(38,4))
        WHEN regexp_full_match(b, '{foreign}') THEN try_cast({swapped} AS DECIMAL(38,4)) END;
    CREATE OR REPLACE TEMP MACRO repair_of(x, s, b) AS concat_ws(' ',
        CASE WHEN regexp_full_match(b, '{foreign}') THEN 'decimal_mark' END,
        CASE WHEN regexp_matches(s, '\\(') THEN 'parentheses' END,
        CASE WHEN s LIKE '%-' THEN 'trailing_minus' END,
        CASE WHEN regexp_matches(x, '{_MINUS}') THEN 'unicode_minus' END,
        CASE WHEN regexp_matches(s, '{_CURRENCY}') THEN 'currency_sign' END);
    CREATE OR REPLACE TEMP MACRO has_one_sign(s) AS regexp_full_match(
        regexp_replace(s, '{_CURRENCY}', '', 'g'), '([-+]?[\\d.,]+|\\([\\d.,]+\\)|[\\d.,]+-)');
    CREATE OR REPLACE TEMP MACRO long_amount_of(x, s) AS CASE
        WHEN NOT has_one_sign(s) THEN {{'amount': NULL::DECIMAL(38,4), 'repair': '!bad_amount'}}
        WHEN number_of(unsigned_text(s)) IS NULL AND regexp_full_match(unsigned_text(s), '{grouped}')
            THEN {{'amount': NULL::DECIMAL(38,4), 'repair': '!ambiguous_amount'}}
        WHEN number_of(unsigned_text(s)) IS NULL THEN {{'amount': NULL::DECIMAL(38,4), 'repair': CASE
            WHEN regexp_full_match(unsigned_text(s), '\\d{{20,}}([.,]\\d+)?') THEN '!amount_out_of_range' ELSE '!bad_amount' END}}
        WHEN number_of(unsigned_text(s)) >= {MAX_AMOUNT}
            THEN {{'amount': NULL::DECIMAL(38,4), 'repair': '!amount_out_of_range'}}
        ELSE {{'amount': CASE WHEN is_negative(s) THEN -number_of(unsigned_text(s)) ELSE number_of(unsigned_text(s)) END,
               'repair': repair_of(x, s, unsigned_text(s))}} END;
    CREATE OR REPLACE TEMP MACRO long_amount(x) AS long_amount_of(x, bare_text(x));
    """


def _plain_amount(cell: str, layout: Layout) -> str:
    """One cast for amounts in the file's own style; null for anything else, and for the impossibly large."""
    if layout.decimal == ",":
        value = f"CASE WHEN NOT contains({cell}, '.') THEN try_cast(replace({cell}, ',', '.') AS {MONEY}) END"
    else:
        value = f"try_cast({cell} AS {MONEY})"
    return _in_range(value)


def _in_range(value: str) -> str:
    return f"CASE WHEN {value} BETWEEN -{MAX_AMOUNT - 1} AND {MAX_AMOUNT - 1} THEN {value} END"


def _plain_date(cell: str, layout: Layout, column: str) -> str:
    """The date in the file's commonest style; null when it is in another style or no plausible year."""
    date = f"CAST(try_strptime({cell}, {quoted(layout.date_formats[column][0])}) AS DATE)"
    return f"CASE WHEN year({date}) BETWEEN {FIRST_YEAR} AND {LAST_YEAR} THEN {date} END"


def _other_date(cell: str, layout: Layout, column: str) -> str:
    """The date in the first known style that fits; a year outside the plausible ones is tried as the last."""
    known = dict.fromkeys((*layout.date_formats[column][1:], *OTHER_DATE_FORMATS, layout.date_formats[column][0]))
    tries = [f"CAST(try_strptime(trim({cell}), {quoted(style)}) AS DATE)" for style in known]
    plausible = [f"CASE WHEN year({t}) BETWEEN {FIRST_YEAR} AND {LAST_YEAR} THEN {t} END" for t in tries]
    return f"coalesce({', '.join([*plausible, *tries])})"


def typed_columns(layout: Layout) -> dict[str, str]:
    """Cells that the fast reader may cast while it splits lines: the leading amount and the first date."""
    typed = {f"c{layout.columns[leading_amount(layout)]}": MONEY}
    for column in layout.dates[:1]:
        typed[f"c{layout.columns[column]}"] = "TIMESTAMP" if "%H" in layout.date_formats[column][0] else "DATE"
    return typed


def rows_sql(source: str, layout: Layout, *, is_typed: bool = False) -> str:
    """Return a SELECT of cleaned rows: every purchase column, the cells, and ``note`` and ``is_thin``.

    ``note`` is null for an accepted row, else ``repaired`` and the codes of the repairs, ``rejected`` and the reason, or
    ``blank``. ``is_thin`` marks rows that lack what every true line has, the candidates for being totals. With
    ``is_typed`` the source has already cast the cells of ``typed_columns`` and refused the rows where that failed.
    """
    plain = f"SELECT *, {', '.join(_plain_columns(layout, is_typed))} FROM {source}"
    long = f"SELECT *, {', '.join(_long_columns(layout, is_typed))} FROM ({plain})"
    dated = f"SELECT *, {_year(layout)} AS year_read FROM ({long})"
    return f"SELECT {', '.join(_columns(layout))} FROM ({dated})"


def amount_columns(layout: Layout) -> tuple[str, ...]:
    """Mapped columns that hold money."""
    return tuple(column for column in ("amount_net", "amount_vat", "amount_gross") if column in layout.columns)


def leading_amount(layout: Layout) -> str:
    """The amount column that decides a row: net where there is one, else gross."""
    return "amount_net" if "amount_net" in layout.columns else "amount_gross"


def _cell(layout: Layout, column: str) -> str:
    return f"c{layout.columns[column]}"


def _plain_columns(layout: Layout, is_typed: bool) -> list[str]:
    typed = typed_columns(layout) if is_typed else {}
    parts = []
    for column in amount_columns(layout):
        cell = _cell(layout, column)
        parts.append(f"{_in_range(cell) if cell in typed else _plain_amount(cell, layout)} AS {column}_plain")
    for column in layout.dates:
        cell = _cell(layout, column)
        plain = f"CAST({cell} AS DATE)" if cell in typed else _plain_date(cell, layout, column)
        parts.append(f"{plain} AS {column}_plain")
    return parts


def _long_columns(layout: Layout, is_typed: bool) -> list[str]:
    typed = typed_columns(layout) if is_typed else {}
    parts = []
    for column in amount_columns(layout):
        cell = _cell(layout, column)
        long = f"CASE WHEN {column}_plain IS NULL AND {cell} IS NOT NULL THEN long_amount({cell}) END"
        nothing = "NULL::STRUCT(amount DECIMAL(38,4), repair VARCHAR)"
        parts.append(f"{nothing if cell in typed else long} AS {column}_long")
    for column in layout.dates:
        cell = _cell(layout, column)
        other = f"CASE WHEN {column}_plain IS NULL AND {cell} IS NOT NULL THEN {_other_date(cell, layout, column)} END"
        parts.append(f"{'NULL::DATE' if cell in typed else other} AS {column}_other")
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
        order.append(_year_in(_cell(layout, "fiscal_year")))
    if layout.dates:
        order.append(f"year({_read_date(layout)})")
    if "period" in layout.columns:
        order.append(_year_in(_cell(layout, "period")))
    if layout.file_year is not None:
        order.append(str(layout.file_year))
    return f"CAST(coalesce({', '.join(order)}) AS INTEGER)" if order else "NULL::INTEGER"


def _year_in(cell: str) -> str:
    return f"try_cast(regexp_extract({cell}, '((?:19|20)[0-9][0-9])', 1) AS INTEGER)"


def _note(layout: Layout) -> str:
    """Judge a row; the common case comes first and costs least."""
    amount = leading_amount(layout)
    text = f"trim(CAST({_cell(layout, amount)} AS VARCHAR))"
    index = layout.columns[amount]
    header = layout.header[index].strip() if index < len(layout.header) else ""
    first = layout.dates[:1]
    dated = "".join(f" AND {c}_plain IS NOT NULL" for c in first)
    bad_date = "".join(
        f"WHEN trim(CAST({_cell(layout, c)} AS VARCHAR)) <> '' AND {c}_plain IS NULL AND {c}_other IS NULL "
        "THEN 'rejected bad_date' "
        for c in first
    )
    vat = _unread_vat(layout)
    return f"""CASE
        WHEN {amount}_plain IS NOT NULL{dated} AND flags = '' AND year_read BETWEEN {FIRST_YEAR} AND {LAST_YEAR}
            {f"AND NOT ({vat})" if vat else ""} THEN NULL
        WHEN {_cell(layout, amount)} IS NULL AND {_is_empty(layout)} THEN 'blank'
        WHEN contains(flags, '{LONG_ROW}') THEN 'rejected too_many_fields'
        WHEN coalesce({text}, '') = '' THEN 'rejected no_amount'
        WHEN {_read_amount(amount)} IS NULL AND {text} = {quoted(header)} THEN 'rejected repeated_header'
        WHEN {_read_amount(amount)} IS NULL
            THEN 'rejected ' || coalesce(ltrim(struct_extract({amount}_long, 'repair'), '!'), 'amount_out_of_range')
        WHEN contains(flags, '{SHORT_ROW}') AND {_read_date(layout)} IS NULL AND {bool(first)} THEN 'rejected too_few_fields'
        {bad_date}
        WHEN year_read IS NULL THEN 'rejected no_year'
        WHEN year_read NOT BETWEEN {FIRST_YEAR} AND {LAST_YEAR} THEN 'rejected date_out_of_range'
        {f"WHEN {vat} THEN 'rejected bad_vat'" if vat else ""}
        ELSE nullif('repaired ' || {_repairs(layout)}, 'repaired ') END"""


def _is_empty(layout: Layout) -> str:
    """A row without amount, date, voucher, supplier or account is blank, or a remark below the table."""
    columns = dict.fromkeys((*layout.identity, *(c for c in WHO_AND_WHAT_COLUMNS if c in layout.columns)))
    return " AND ".join(f"coalesce(trim(CAST({_cell(layout, c)} AS VARCHAR)), '') = ''" for c in columns) or "true"


def _unread_vat(layout: Layout) -> str:
    """Where net is worked out as gross minus tax, a tax that can't be read makes the net unknown."""
    if "amount_net" in layout.columns or "amount_vat" not in layout.columns:
        return ""
    return f"{_cell(layout, 'amount_vat')} IS NOT NULL AND {_read_amount('amount_vat')} IS NULL"


def _repairs(layout: Layout) -> str:
    amount = leading_amount(layout)
    parts = ["nullif(flags, '')", f"nullif(struct_extract({amount}_long, 'repair'), '')"]
    for column in layout.dates[:1]:
        parts.append(f"CASE WHEN {column}_plain IS NULL AND {column}_other IS NOT NULL THEN 'date_style' END")
        if layout.file_year is not None:
            parts.append(f"CASE WHEN {_read_date(layout)} IS NULL THEN 'year_from_file' END")
    return f"concat_ws(' ', {', '.join(parts)})"


def _columns(layout: Layout) -> list[str]:
    # One column is enough to find the few candidates, and looking at more would cost every line of the ledger.
    thin = " AND ".join(f"{_cell(layout, c)} IS NULL" for c in layout.identity[:1]) or "false"
    return [
        f"{_note(layout)} AS note",
        f"({thin}) AS is_thin",
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
        net = f"{gross} - coalesce({read['amount_vat']}, 0)" if "amount_vat" in read else gross
        read["amount_net"] = f"CAST({net} AS {MONEY})"
    return [f"{read.get(c, f'NULL::{MONEY}')} AS {c}" for c in ("amount_net", "amount_vat", "amount_gross")]


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
