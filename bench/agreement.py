"""Do all programs find the same? Money is compared in cents, without any tolerance; emissions to 1e-9 of their size.

What the ledger holds is known from its maker (FILE.truth.json). The hand-written scripts lose amounts in another style;
the bare scan also loses lines that end too early. Those are known sums too, so every comparison is exact.
"""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

RELATIVE = 1e-9
Place = tuple[str, int]  # category and year


def disagreements(ledger: Path, folder: Path, printed: dict[str, str]) -> list[str]:
    """Sentences about everything that differs; none when all agree."""
    truth = json.loads(ledger.with_name(ledger.name + ".truth.json").read_text("utf-8"))
    categories = {row["account"]: row["category"] for row in _rows(folder / "categories.csv")}
    factors = {
        (row["category"], int(row["year"])): float(row["kgco2e_per_eur"]) for row in _rows(folder / "factors.csv")
    }
    whole = _by_place(truth, categories, "cents")
    dirty = _by_place(truth, categories, "dirty_cents")
    plain = {place: cents - dirty[place] for place, cents in whole.items()}
    if missing := [name for name in ("scan", "keino", "polars", "pandas", "check") if name not in printed]:
        return [f"nothing to compare with: {', '.join(missing)}"]
    keino = json.loads(printed["keino"])
    wrong = [
        *_read(keino["files"][0], truth, "keino footprint"),
        *_read(json.loads(printed["check"])["files"][0], truth, "keino check"),
        *_compare("keino", _of_keino(keino), whole, factors),
    ]
    for name in ("polars", "pandas"):
        wrong += _compare(name, _of_script(json.loads(printed[name])), plain, factors)
    scanned = _cents(json.loads(printed["scan"])["sum"])
    expected = truth["cents"] - truth["dirty_cents"] - truth["short_cents"]
    return wrong + _differ("bare scan, sum of the amounts it can read", scanned, expected)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _cents(text: str | float) -> int:
    return round(Decimal(text) * 100)


def _by_place(truth: dict[str, Any], categories: dict[str, str], column: str) -> dict[Place, int]:
    """Cents of purchases by category and year."""
    found: dict[Place, int] = {}
    for row in truth["sums"]:
        if category := categories[row["code"]]:
            place = (category, row["year"])
            found[place] = found.get(place, 0) + row[column]
    return found


def _read(file: dict[str, Any], truth: dict[str, Any], name: str) -> list[str]:
    """Rows and cents of the whole file, excluded lines included."""
    return [
        *_differ(f"{name}, rows", file["rows"], truth["rows"]),
        *_differ(f"{name}, accepted + repaired", file["accepted"] + file["repaired"], truth["lines"]),
        *_differ(f"{name}, rejected", file["rejected"], truth["rows"] - truth["lines"]),
        *_differ(f"{name}, sum of all amounts", _cents(file["amount_total"]), truth["cents"]),
    ]


def _of_keino(result: dict[str, Any]) -> dict[Place, tuple[int, float | None]]:
    return {
        (part["category"], part["year"]): (_cents(part["spend"]), part["footprint_kgco2e"])
        for part in result["by_category_year"]
    }


def _of_script(rows: list[Any]) -> dict[Place, tuple[int, float | None]]:
    # A script's sums are floats; at these sizes they carry the cents with digits to spare.
    return {(category, int(year)): (_cents(eur), kg) for category, year, _, eur, kg in rows}


def _compare(
    name: str,
    found: dict[Place, tuple[int, float | None]],
    cents: dict[Place, int],
    factors: dict[Place, float],
) -> list[str]:
    """One program's sums by category and year beside the known ones."""
    wrong = _differ(f"{name}, categories and years", sorted(found), sorted(cents))
    for place in sorted(found.keys() & cents.keys()):
        spend, kg = found[place]
        wrong += _differ(f"{name}, cents of {place}", spend, cents[place])
        expected = cents[place] / 100 * factors[place]
        if kg is None or abs(kg - expected) > RELATIVE * abs(expected):
            wrong.append(f"{name}, kgCO2e of {place}: {kg}, expected {expected}")
    return wrong


def _differ(what: str, found: object, expected: object) -> list[str]:
    return [] if found == expected else [f"{what}: {found}, expected {expected}"]
