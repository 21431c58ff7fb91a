"""What most analysts would write in pandas: read three columns, map, group. No check of any row.

    python bench/pandas_script.py LEDGER FOLDER

FOLDER holds categories.csv and factors.csv (see ``rates.py``). Amounts that aren't plain numbers are silently lost.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas as pd


def footprint(ledger: str, folder: Path) -> pd.DataFrame:
    """Euros and kgCO2e by category and year."""
    categories = pd.read_csv(folder / "categories.csv", dtype=str)
    factors = pd.read_csv(folder / "factors.csv", dtype={"year": str})
    wanted = ["Tositepäivämäärä", "Laskun summa ilman ALV", "Kirjanpidon tilinumero"]
    lines = pd.read_csv(ledger, sep=";", dtype=str, usecols=wanted)
    amount = lines["Laskun summa ilman ALV"].str.replace(",", ".", regex=False)
    lines["eur"] = pd.to_numeric(amount, errors="coerce")
    lines["year"] = lines["Tositepäivämäärä"].str[-4:]
    lines = lines.merge(categories.dropna(), left_on="Kirjanpidon tilinumero", right_on="account")
    sums = lines.groupby(["category", "year"], as_index=False).agg(lines=("year", "size"), eur=("eur", "sum"))
    found = sums.merge(factors, on=["category", "year"], how="left")
    found["kgco2e"] = found["eur"] * found["kgco2e_per_eur"]
    return found[["category", "year", "lines", "eur", "kgco2e"]]


if __name__ == "__main__":
    print(json.dumps(footprint(sys.argv[1], Path(sys.argv[2])).to_numpy().tolist()))
