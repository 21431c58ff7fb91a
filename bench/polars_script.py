"""What a skilled analyst would write in Polars: lazy, streaming, no check of any row.

    python bench/polars_script.py LEDGER FOLDER

FOLDER holds categories.csv and factors.csv (see ``rates.py``). Amounts that aren't plain numbers are silently lost.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl


def footprint(ledger: str, folder: Path) -> pl.DataFrame:
    """Euros and kgCO2e by category and year."""
    categories = pl.read_csv(folder / "categories.csv", schema_overrides={"account": pl.String}).lazy()
    factors = pl.read_csv(folder / "factors.csv", schema_overrides={"year": pl.String}).lazy()
    lines = pl.scan_csv(
        ledger,
        separator=";",
        decimal_comma=True,
        ignore_errors=True,
        infer_schema=False,
        schema_overrides={"Laskun summa ilman ALV": pl.Float64},
    )
    return (
        lines.select(
            account="Kirjanpidon tilinumero",
            year=pl.col("Tositepäivämäärä").str.slice(-4),
            eur="Laskun summa ilman ALV",
        )
        .join(categories, on="account")
        .filter(pl.col("category").is_not_null() & (pl.col("category") != ""))
        .group_by("category", "year")
        .agg(pl.len().alias("lines"), pl.col("eur").sum())
        .join(factors, on=["category", "year"], how="left")
        .with_columns(kgco2e=pl.col("eur") * pl.col("kgco2e_per_eur"))
        .select("category", "year", "lines", "eur", "kgco2e")
        .collect(engine="streaming")
    )


if __name__ == "__main__":
    print(json.dumps(footprint(sys.argv[1], Path(sys.argv[2])).rows()))
