"""The practical limit: DuckDB reads the ledger with given types and sums one column, passing over what it can't read.

python bench/bare_scan.py LEDGER
"""

from __future__ import annotations

import json
import sys

import duckdb

AMOUNT, DAY = "Laskun summa ilman ALV", "Tositepäivämäärä"


def scan(path: str) -> dict[str, str | int]:
    """Lines and sum of what can be read without looking twice."""
    with open(path, encoding="utf-8") as stream:  # noqa: PTH123  # as one would write it
        names = stream.readline().rstrip("\r\n").split(";")
    kinds = {AMOUNT: "DECIMAL(18,2)", DAY: "DATE"}
    con = duckdb.connect()
    row = con.execute(
        f'SELECT count("{AMOUNT}"), sum("{AMOUNT}") FROM read_csv(?, delim=\';\', header=true, auto_detect=false, '
        "quote='\"', escape='\"', decimal_separator=',', dateformat='%d.%m.%Y', ignore_errors=true, columns=?)",
        [path, {name: kinds.get(name, "VARCHAR") for name in names}],
    ).fetchone()
    assert row is not None
    return {"lines": row[0], "sum": str(row[1])}


if __name__ == "__main__":
    print(json.dumps(scan(sys.argv[1])))
