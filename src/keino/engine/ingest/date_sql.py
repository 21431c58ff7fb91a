"""Dates, periods and years in DuckDB's SQL."""

from __future__ import annotations

import re

from keino.engine.ingest.layout import Layout
from keino.engine.ingest.text_table import quoted

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

#: Finnish and Swedish month names by the letters that tell them apart ("mars", "maj" and "marraskuu" begin alike).
_MONTHS = (
    ("tam", "jan"),
    ("hel", "feb"),
    ("maa", "mars"),
    ("huh", "apr"),
    ("tou", "maj"),
    ("kes", "jun"),
    ("hei", "jul"),
    ("elo", "aug"),
    ("syy", "sep"),
    ("lok", "okt"),
    ("marr", "nov"),
    ("jou", "dec"),
)
_NAMED = r"^(\d{1,2})\.? +([[:alpha:]åäöÅÄÖ]{3,14})\.? +(\d{4})$"
#: Spreadsheets count days from here; a date cell saved without its format shows the count.
_SPREADSHEET_DAY_ZERO = "DATE '1899-12-30'"
#: A format with a zone or parts of a second: only its date is read, so that no zone can move it.
_CLOCK = re.compile(r"[T ]%H.*$")


def plain_date(cell: str, layout: Layout, column: str) -> str:
    """The date in the file's commonest style; null when it is in another style or no plausible year."""
    return plausible(_as_date(cell, layout.date_formats[column][0]))


def plausible(date: str) -> str:
    """The date, or null when its year is none of ours."""
    return f"CASE WHEN year({date}) BETWEEN {FIRST_YEAR} AND {LAST_YEAR} THEN {date} END"


def is_castable(style: str) -> bool:
    """Can the fast reader cast this style while it splits lines?"""
    return "%z" not in style and "%f" not in style


def _as_date(cell: str, style: str) -> str:
    if is_castable(style):
        return f"CAST(try_strptime({cell}, {quoted(style)}) AS DATE)"
    bare = f"regexp_replace({cell}, '[T ]+\\d{{1,2}}:\\d{{2}}.*$', '')"
    return f"CAST(try_strptime({bare}, {quoted(_CLOCK.sub('', style))}) AS DATE)"


def other_date(cell: str, layout: Layout, column: str) -> str:
    """The date in the first known style that fits."""
    own, text = layout.date_formats[column], f"trim({cell})"
    known = dict.fromkeys((*own[1:], *(f for f in OTHER_DATE_FORMATS if not _is_turned(f, own)), own[0]))
    # Two digits of a year come first: four digits do not fit them, but 5.3.23 would fit four as the year 23.
    plain = sorted(filter(is_castable, known), key=lambda style: "%y" not in style)
    tries = [f"CAST(try_strptime({text}, [{', '.join(map(quoted, plain))}]) AS DATE)"]
    tries += [_as_date(text, style) for style in known if not is_castable(style)]
    if not own[0].replace("%", "").isalpha():  # compact digits could be mistaken for a count of days
        tries.append(plausible(_by_day_count(text)))
    return f"coalesce({', '.join([*tries, _by_month_name(text)])})"


def _is_turned(style: str, own: tuple[str, ...]) -> bool:
    """Would this style exchange day and month of a ledger that puts the month first?"""
    return own[0].startswith("%m") and style.startswith("%d") and style[2] == own[0][2]


def _by_day_count(cell: str) -> str:
    count = f"try_cast(regexp_extract({cell}, '^([3-7]\\d{{4}})(\\.\\d+)?$', 1) AS INTEGER)"
    return f"({_SPREADSHEET_DAY_ZERO} + {count})"


def _by_month_name(cell: str) -> str:
    """3. tammikuuta 2020, 3 mars 2020."""
    parts = [f"regexp_extract({cell}, '{_NAMED}', {group})" for group in (1, 2, 3)]
    # The Finnish November and the Swedish March both begin with "mar": the longer beginnings come first.
    starts = sorted(((start, n) for n, names in enumerate(_MONTHS, 1) for start in names), key=lambda s: -len(s[0]))
    month = " ".join(f"WHEN starts_with(lower({parts[1]}), '{start}') THEN '{number}'" for start, number in starts)
    return f"CAST(try_strptime({parts[0]} || '.' || (CASE {month} END) || '.' || {parts[2]}, '%d.%m.%Y') AS DATE)"


def period_year(cell: str) -> str:
    """The year in a period: 201311, 2014-P09, 10/2023, Feb-13."""
    return f"coalesce({_four_digits(cell)}, 2000 + {_whole(cell, '[^0-9]([0-9]{2})$')})"


def fiscal_year(cell: str) -> str:
    """The year in which an accounting year begins: 2023, 2023/24, 23/24, 23."""
    return f"coalesce({_four_digits(cell)}, 2000 + {_whole(cell, '^[^0-9]*([0-9]{2})([^0-9]|$)')})"


def _four_digits(cell: str) -> str:
    # In 122019 the year stands last: what follows four digits of a year may not leave the month half.
    return f"coalesce({_whole(cell, '^(?:0[1-9]|1[0-2])((?:19|20)[0-9]{2})$')}, {_whole(cell, '((?:19|20)[0-9]{2})')})"


def _whole(cell: str, pattern: str) -> str:
    return f"try_cast(regexp_extract(trim({cell}), '{pattern}', 1) AS INTEGER)"
