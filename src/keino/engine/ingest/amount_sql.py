"""Amounts in DuckDB's SQL: one cast for those in the file's own style, long rules for what that cast refuses."""

from __future__ import annotations

from keino.engine.ingest.layout import Layout

MONEY = "DECIMAL(18,4)"
#: What a line's amount is read as. No single purchase line reaches a million millions; an amount that does is a reading
#: error, and this type has no room for it.
LINE_MONEY = "DECIMAL(16,4)"
MAX_AMOUNT = 1_000_000_000_000

_BLANK = r"[\s\x{00A0}\x{2007}\x{2009}\x{202F}''’]"  # the doubled quote is SQL's way to write one
_CURRENCY = r"(?i)(euroa|eur|€|£|gbp|sek|kr\.?|\$)"
_MINUS = "[\u2212\u2013\u2010]"
_NOTHING = "NULL::DECIMAL(38,4)"


def plain_amount(cell: str, layout: Layout) -> str:
    """One cast for amounts in the file's own style; null for anything else, and for the impossibly large."""
    if layout.decimal == ",":
        return f"CASE WHEN NOT contains({cell}, '.') THEN try_cast(replace({cell}, ',', '.') AS {LINE_MONEY}) END"
    return f"try_cast({cell} AS {LINE_MONEY})"


def long_amount(cell: str, layout: Layout) -> str:
    """A struct of ``amount`` (null when the text is none) and ``repair``.

    ``repair`` has codes separated by blanks; one that begins with ``!`` is the reason for rejecting. The macros of
    ``macros(layout)`` must exist.
    """
    return f"long_amount_{_style(layout)}({cell})"


def _style(layout: Layout) -> str:
    """A name for the way a file writes numbers: ledgers of different styles are read by one connection."""
    mark = "comma" if layout.decimal == "," else "point"
    return f"{mark}_grouped" if _grouping(layout) in layout.thousands else mark


def _grouping(layout: Layout) -> str:
    return "." if layout.decimal == "," else ","


def macros(layout: Layout) -> str:
    """Return the SQL that defines how amounts of this file's style are read when the plain cast refuses them."""
    own, other = ("\\,", "\\.") if layout.decimal == "," else ("\\.", "\\,")
    grouped = rf"^\d{{1,3}}({other}\d{{3}})+({own}\d*)?$"
    foreign = rf"^(\d+|\d{{1,3}}({own}\d{{3}})+){other}\d{{1,2}}$"
    return _sign_macros() + _number_macros(layout, own, grouped, foreign)


def _sign_macros() -> str:
    return f"""
    CREATE OR REPLACE TEMP MACRO bare_text(x) AS
        regexp_replace(regexp_replace(x, '{_BLANK}', '', 'g'), '{_MINUS}', '-', 'g');
    CREATE OR REPLACE TEMP MACRO without_currency(s) AS regexp_replace(s, '{_CURRENCY}', '', 'g');
    CREATE OR REPLACE TEMP MACRO unsigned_text(s) AS regexp_replace(without_currency(s), '[-+()]', '', 'g');
    CREATE OR REPLACE TEMP MACRO is_negative(s) AS regexp_matches(without_currency(s), '^(-.*|\\(.*\\)|.*-)$');
    CREATE OR REPLACE TEMP MACRO has_one_sign(s) AS
        regexp_full_match(without_currency(s), '([-+]?[\\d.,]+|\\([\\d.,]+\\)|[\\d.,]+[-+])');
    -- Blanks between digits may only group thousands: "12 50" is no amount.
    CREATE OR REPLACE TEMP MACRO is_well_spaced(x) AS NOT regexp_matches(x, '\\d{_BLANK}+\\d')
        OR regexp_matches(x, '(^|[^\\d.,])\\d{{1,3}}({_BLANK}\\d{{3}})+([.,]\\d*)?($|[^\\d.,])');
    """


def _number_macros(layout: Layout, own: str, grouped: str, foreign: str) -> str:
    own_mark, other_mark, style = layout.decimal, _grouping(layout), _style(layout)
    knows_group = "true" if style.endswith("grouped") else "false"
    return f"""
    CREATE OR REPLACE TEMP MACRO number_{style}(b) AS CASE
        WHEN regexp_full_match(b, '(\\d+({own}\\d*)?|{own}\\d+)')
            THEN try_cast(replace(b, '{own_mark}', '.') AS DECIMAL(38,4))
        WHEN regexp_full_match(b, '{grouped}') AND ({knows_group} OR regexp_matches(b, '{own}') OR length(b) > 7)
            THEN try_cast(replace(replace(b, '{other_mark}', ''), '{own_mark}', '.') AS DECIMAL(38,4))
        WHEN regexp_full_match(b, '{foreign}')
            THEN try_cast(replace(replace(b, '{own_mark}', ''), '{other_mark}', '.') AS DECIMAL(38,4)) END;
    CREATE OR REPLACE TEMP MACRO repair_{style}(x, s, b) AS concat_ws(' ',
        CASE WHEN regexp_full_match(b, '{foreign}') AND NOT regexp_full_match(b, '{grouped}') THEN 'decimal_mark' END,
        CASE WHEN regexp_matches(s, '\\(') THEN 'parentheses' END,
        CASE WHEN s LIKE '%-' THEN 'trailing_minus' END,
        CASE WHEN regexp_matches(x, '{_MINUS}') THEN 'unicode_minus' END,
        CASE WHEN regexp_matches(s, '{_CURRENCY}') THEN 'currency_sign' END);
    CREATE OR REPLACE TEMP MACRO long_amount_{style}_of(x, s) AS CASE
        WHEN NOT has_one_sign(s) OR NOT is_well_spaced(x) THEN {{'amount': {_NOTHING}, 'repair': '!bad_amount'}}
        WHEN number_{style}(unsigned_text(s)) IS NULL AND regexp_full_match(unsigned_text(s), '{grouped}')
            THEN {{'amount': {_NOTHING}, 'repair': '!ambiguous_amount'}}
        WHEN number_{style}(unsigned_text(s)) IS NULL AND regexp_full_match(unsigned_text(s), '\\d{{20,}}([.,]\\d+)?')
            THEN {{'amount': {_NOTHING}, 'repair': '!amount_out_of_range'}}
        WHEN number_{style}(unsigned_text(s)) IS NULL THEN {{'amount': {_NOTHING}, 'repair': '!bad_amount'}}
        WHEN number_{style}(unsigned_text(s)) >= {MAX_AMOUNT}
            THEN {{'amount': {_NOTHING}, 'repair': '!amount_out_of_range'}}
        ELSE {{'amount': number_{style}(unsigned_text(s)) * CASE WHEN is_negative(s) THEN -1 ELSE 1 END,
               'repair': repair_{style}(x, s, unsigned_text(s))}} END;
    CREATE OR REPLACE TEMP MACRO long_amount_{style}(x) AS long_amount_{style}_of(x, bare_text(x));
    """
