"""Write a large purchase ledger in the columns of the Finnish municipalities' form, and what is true of it.

    python bench/make_ledger.py --lines 10000000 bench-data/ledger-10000000.csv

About 1.2 GB for 10 million lines. The same number of lines always gives the same file, byte by byte: every value is
integer arithmetic on the line's number. Beside the ledger stands FILE.truth.json: sums by account and year in cents.

UTF-8, semicolons, decimal comma, dates d.m.yyyy; the accounts of the municipal chart, 300 units, 20 000 suppliers, six
years, 1.2 % credit notes, 4 % of the lines with a quoted text that holds a semicolon, 0.01 % with an amount in another
style ("(12,00)", "12,00-", "1 234,50"), and 20 lines that end too early (half of them before the amount).
"""

from __future__ import annotations

import argparse
import csv
import json
from decimal import Decimal
from pathlib import Path

import duckdb

from keino.facts.read import read
from keino.towns.business_ids import business_id

HEADER = (
    "Kunnan nimi",
    "Kuntanumero",
    "Kunnan Y-tunnus",
    "Tositenumero",
    "Tositepäivämäärä",
    "Toimittajan nimi",
    "Toimittajan Y-tunnus",
    "Laskun summa ilman ALV",
    "Kirjanpidon tilinumero",
    "Tilin nimi",
    "Toimielin",
)
#: With ``--descriptions`` each line also has a free text, never the same twice: the hard case for categories.
DESCRIPTION = "Selite"
CHART = "fi_municipal"
SUPPLIERS, UNITS, SHORT_LINES = 20_000, 300, 20
FIRST_DAY, DAYS = "2018-01-01", 2_191  # six years
QUOTED_EVERY = 25  # supplier names that hold a semicolon: 4 %
CREDIT_PER_MILLE = 12
#: One line in so many has an amount in another style; small ledgers get more, so that every style occurs.
DIRTY_EVERY, FEWEST_DIRTY = 10_000, 100

_TRADES = ("Rakennus", "Siivous", "Konsultointi", "Kuljetus", "Kirja", "Sähkö", "Putki", "Ruoka", "Hoiva", "Tekniikka")
_PLACES = ("Koivun", "Männyn", "Lehmuksen", "Pihlajan", "Tammen", "Haavan", "Lepän", "Katajan")
_SERVICES = ("lautakunta", "palvelut", "toimisto", "yksikkö", "hallinto")


def accounts() -> list[tuple[str, str, bool]]:
    """Account code, name and whether it is a purchase: named accounts of the chart, investments among them."""
    rows = (row for row in read("account_categories").rows if row["chart"] == CHART and row["label_fi"])
    single = (row for row in rows if row["account_from"] == row["account_to"])
    return [
        (row["account_from"], row["label_fi"], bool(row["category"]))
        for row in single
        if row["account_from"][0] == "4" or (row["account_from"][0] == "1" and row["category"])
    ]


def suppliers() -> list[tuple[str, str]]:
    """Invented names with valid but unassigned business ids."""
    ids = (business_id(number) for number in range(8_900_000, 8_930_000))
    given = [found for found in ids if found][:SUPPLIERS]
    return [(_supplier_name(number), given[number]) for number in range(SUPPLIERS)]


def _supplier_name(number: int) -> str:
    name = f"{_PLACES[number % len(_PLACES)]} {_TRADES[number // 8 % len(_TRADES)]} {number // 80}"
    return f'"{name}; toimipiste {number % 7}"' if number % QUOTED_EVERY == 0 else f"{name} Oy"


def units() -> list[str]:
    """Names of units."""
    return [f"{_PLACES[n % 8]} {_SERVICES[n // 8 % 5]} {n // 40 + 1}" for n in range(UNITS)]


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Make the small tables and the macro ``mixed(i, salt)``: 32 well-mixed bits of a line's number."""
    names, ids = (list(part) for part in zip(*suppliers(), strict=True))
    con.execute(
        "CREATE TABLE suppliers AS SELECT unnest(range(len($1))) AS number, unnest($1) AS name, unnest($2) AS id",
        [names, ids],
    )
    con.execute("CREATE TABLE accounts (number INTEGER, is_purchase BOOLEAN, code VARCHAR, name VARCHAR)")
    for is_purchase in (True, False):
        chosen = [(code, name) for code, name, kind in accounts() if kind is is_purchase]
        rows = [(number, is_purchase, code, name) for number, (code, name) in enumerate(chosen)]
        con.executemany("INSERT INTO accounts VALUES (?, ?, ?, ?)", rows)
    con.execute("CREATE TABLE units (number INTEGER, name VARCHAR)")
    con.executemany("INSERT INTO units VALUES (?, ?)", list(enumerate(units())))
    con.execute(
        "CREATE MACRO low(x) AS x % 4294967296::UBIGINT;"
        "CREATE MACRO step(x) AS low(xor(x, x >> 15) * 2246822519::UBIGINT);"
        "CREATE MACRO mixed(i, salt) AS step(step(low((i + salt * 7919)::UBIGINT * 2654435761::UBIGINT)))"
    )


def drawn_sql(lines: int) -> str:
    """A SELECT of what is drawn for each line: account, supplier, unit, day, cents, what is wrong with it."""
    dirty_every = max(2, min(DIRTY_EVERY, lines // FEWEST_DIRTY))
    short_every = max(1, lines // SHORT_LINES)
    purchases = "(SELECT count(*) FROM accounts WHERE is_purchase)"
    others = "(SELECT count(*) FROM accounts WHERE NOT is_purchase)"
    # The product of two draws makes a few accounts and suppliers frequent and most of them rare.
    return f"""
    SELECT i,
        mixed(i, 1) % 100 >= 8 AS is_purchase,
        CASE WHEN mixed(i, 1) % 100 >= 8
            THEN (mixed(i, 2) % 1000) * (mixed(i, 3) % 1000) * {purchases} // 1000000
            ELSE mixed(i, 2) % {others} END AS account,
        (mixed(i, 4) % {SUPPLIERS})::BIGINT AS supplier,
        (mixed(i, 5) % 1000) * (mixed(i, 6) % 1000) * {UNITS} // 1000000 AS unit,
        (DATE '{FIRST_DAY}' + (mixed(i, 7) % {DAYS})::INTEGER)::DATE AS day,
        CASE WHEN mixed(i, 8) % 1000 < {CREDIT_PER_MILLE} THEN -1 ELSE 1 END
            * ((mixed(i, 9) % 300 + 1) * (mixed(i, 10) % 300 + 1) * (mixed(i, 11) % 20 + 1) // 4 + 100)::BIGINT
            AS cents,
        CASE WHEN i % {dirty_every} = {dirty_every // 2} THEN (i // {dirty_every} % 3 + 1)::INTEGER ELSE 0 END AS dirt,
        CASE WHEN i % {short_every} = {short_every // 3} AND i // {short_every} < {SHORT_LINES}
            THEN (i // {short_every} % 2 + 1)::INTEGER ELSE 0 END AS cut
    FROM range({lines}) AS t(i)"""


def truth_sql(lines: int) -> str:
    """Sums by account and year; a dirty amount in parentheses or with a minus behind it is negative."""
    return f"""
    SELECT code, year(day) AS year,
        count(*) FILTER (cut <> 2) AS lines,
        coalesce(sum(signed) FILTER (cut <> 2), 0) AS cents,
        count(*) FILTER (dirt > 0 AND cut <> 2) AS dirty_lines,
        coalesce(sum(signed) FILTER (dirt > 0 AND cut <> 2), 0) AS dirty_cents,
        coalesce(sum(signed) FILTER (cut = 1), 0) AS short_cents
    FROM (SELECT *, CASE dirt WHEN 0 THEN cents WHEN 3 THEN abs(cents) + 100000 ELSE -abs(cents) END AS signed
          FROM ({drawn_sql(lines)})) AS d
    JOIN accounts AS a ON d.account = a.number AND d.is_purchase = a.is_purchase
    GROUP BY ALL ORDER BY code, year"""


def text_sql(lines: int, *, has_description: bool) -> str:
    """A SELECT of the lines as text."""
    small = "printf('%d,%02d', abs(cents) // 100, abs(cents) % 100)"
    large = "printf('%d %03d,%02d', k // 1000, k % 1000, abs(cents) % 100)"
    amount = f"""CASE dirt WHEN 0 THEN CASE WHEN cents < 0 THEN '-' ELSE '' END || {small}
        WHEN 1 THEN '(' || {small} || ')' WHEN 2 THEN {small} || '-' ELSE {large} END"""
    free = "|| ';Lasku ' || hex(mixed(i, 12)) || ' / ' || i" if has_description else ""
    start = "'Koekunta;999;8999999-' || '0;' || (2000000 + i) || ';' || strftime(day, '%-d.%-m.%Y') || ';' || s.name"
    rest = f"';' || {amount} || ';' || a.code || ';' || a.name"
    return f"""
    SELECT {start} || ';' || s.id || CASE cut WHEN 2 THEN '' WHEN 1 THEN {rest}
        ELSE {rest} || ';' || u.name {free} END AS line
    FROM (SELECT *, abs(cents) // 100 + 1000 AS k FROM ({drawn_sql(lines)})) AS d
    JOIN accounts AS a ON d.account = a.number AND d.is_purchase = a.is_purchase
    JOIN units AS u ON d.unit = u.number JOIN suppliers AS s ON d.supplier = s.number"""


def write_ledger(path: Path, lines: int, *, has_description: bool = False) -> dict[str, int]:
    """Write the ledger and its truth; return the truth without the sums by account."""
    con = duckdb.connect(config={"memory_limit": "1GB", "preserve_insertion_order": "true"})
    prepare(con)
    header = ";".join((*HEADER, DESCRIPTION) if has_description else HEADER)
    plain = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01'"
    select = f"SELECT '{header}' AS line UNION ALL {text_sql(lines, has_description=has_description)}"
    con.execute(f"COPY ({select}) TO '{path}' ({plain})")
    found = con.execute(truth_sql(lines))
    names = [column[0] for column in found.description or ()]
    sums = [dict(zip(names, map(_plain, row), strict=True)) for row in found.fetchall()]
    truth = {"rows": lines, "bytes": path.stat().st_size}
    truth |= {name: sum(int(row[name]) for row in sums) for name in names[2:]}
    path.with_name(path.name + ".truth.json").write_text(json.dumps({**truth, "sums": sums}), "utf-8")
    write_accounts(path.with_name("accounts.csv"))
    return truth


def _plain(value: str | Decimal | int) -> str | int:
    """Sums come as Decimal without decimals."""
    return value if isinstance(value, str) else int(value)


def write_accounts(path: Path) -> None:
    """Write the accounts of the ledger, for ``rates.py``."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("account", "name"), *((code, name) for code, name, _ in accounts())])


def main() -> None:
    """Write the ledger asked for and print what is true of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--descriptions", action="store_true", help="add a free text that never repeats")
    given = parser.parse_args()
    given.file.parent.mkdir(parents=True, exist_ok=True)
    print(json.dumps(write_ledger(given.file, given.lines, has_description=given.descriptions)))


if __name__ == "__main__":
    main()
