"""Export what keino knows, once, for the hand-written scripts: account → category, and factors by category and year.

    python bench/rates.py bench-data/accounts.csv bench-data

Writes categories.csv (account, category; empty for what is no purchase) and factors.csv (category, year, kgCO2e/€).
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

from keino.domain.carbon.factors import coefficients
from keino.engine.factor_sets import category_rules, choose_factors

YEARS = range(2018, 2024)


def write_rates(accounts: Path, folder: Path) -> None:
    """Decide every account as keino does and look its factors up."""
    with accounts.open(encoding="utf-8", newline="") as stream:
        pairs = [(row["account"], row["name"]) for row in csv.DictReader(stream)]
    rules, _ = category_rules(pairs, ())
    decided = {code: rules.decide({"account_code": code, "account_name": name}) for code, name in pairs}
    kept = {code: "" if found.exclusion_reason else found.category_code for code, found in decided.items()}
    made = coefficients(set(kept.values()), YEARS, choose_factors("fi", "EUR").basis, currency="EUR")
    _write(folder / "categories.csv", ("account", "category"), kept.items())
    rows = ((each.category, each.year, repr(each.kgco2e_per_unit)) for each in made)
    _write(folder / "factors.csv", ("category", "year", "kgco2e_per_eur"), rows)


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])


if __name__ == "__main__":
    write_rates(Path(sys.argv[1]), Path(sys.argv[2]))
