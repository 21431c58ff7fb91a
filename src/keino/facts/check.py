"""Check the fact tables: keys, columns, numbers, units, sources, review dates, and what one table says of another.

All problems are collected and told together; ``python -m keino.facts.check`` prints them and exits with 1. Tables that
don't exist are not missed here: what needs a table asks for it when it reads.
"""

from __future__ import annotations

import csv
import math
import sys
from collections import Counter, defaultdict
from datetime import date
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from keino.errors import FactsError
from keino.facts.read import FactTable, Row, editions, read, sources, table_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

TABLE_KEYS = ("title_en", "title_fi", "title_sv", "about", "keys", "licence", "columns")
COLUMN_KEYS = ("type", "unit", "meaning", "required")
LAST_COLUMNS = ["source", "locator", "note", "review_by"]
SOURCE_COLUMNS = ("producer", "title", "edition", "licence", "citation")

#: Columns with a closed list of values, wherever they stand.
ALLOWED = {
    "kind": ("goods", "services", "works", "energy", "rent"),
    "price_basis": ("purchaser", "basic"),
    "match": ("exact", "proxy", "average"),
    "is_investment": ("0", "1"),
    "effect_of": ("category", "part"),
    "evidence": ("calculated", "claimed", "none"),
    "availability": ("common", "limited"),
    "cost_unit": ("eur_per_tco2e", "share_of_price"),
    "scope": ("national", "eu"),
    "buyer_side": ("central_government", "other", "special_sector"),
    "basis": ("known", "own"),
}

#: Tables whose category may be a main one: a measure may be known for the whole of it. A purchase line gets a leaf.
MAY_NAME_MAIN = ("measures",)

#: Numbers that mean nothing outside these bounds, wherever they stand: lowest, highest.
BOUNDS = {
    "confidence": (0.0, 1.0),
    "share": (0.0, 1.0),
    "gsd": (1.0, math.inf),
    "part_low": (0.0, 1.0),
    "part_share": (0.0, 1.0),
    "part_high": (0.0, 1.0),
    "value_eur": (0.0, math.inf),
}


def problems() -> list[str]:
    """Return one sentence for each problem in the package's fact tables; empty when all is well."""
    found = list(source_problems(_source_rows()))
    newest: dict[str, FactTable] = {}
    for name in table_names():
        found += [f"{name}: {file} is not named after an edition such as 2026-1.csv." for file in _stray_files(name)]
        for edition in editions(name):
            newest[name] = read(name, edition)
            found += table_problems(newest[name], sources())
        if name not in newest:
            found.append(f"{name} has a table.toml but no edition.")
    return found + list(cross_problems(newest))


def _stray_files(name: str) -> list[str]:
    known = {"table.toml", *(f"{edition}.csv" for edition in editions(name))}
    return sorted(entry.name for entry in (files("keino.facts") / name).iterdir() if entry.name not in known)


def _source_rows() -> list[Row]:
    return list(csv.DictReader((files("keino.facts") / "sources.csv").read_text(encoding="utf-8").splitlines()))


def source_problems(publications: Iterable[Row]) -> Iterator[str]:
    """Yield what is wrong with ``sources.csv``; without licence and citation a number can't be published."""
    seen: set[str] = set()
    for row in publications:
        key = row["key"]
        missing = [column for column in SOURCE_COLUMNS if not row.get(column)]
        if missing:
            yield f"sources.csv: {key} has no {', '.join(missing)}."
        if None in row or None in row.values():
            yield f"sources.csv: the number of cells of {key} differs from the number of columns."
        if key in seen:
            yield f"sources.csv: {key} stands in more than one row."
        seen.add(key)


# ---- one table


def table_problems(table: FactTable, publications: Mapping[str, Row]) -> Iterator[str]:
    """Yield what is wrong with one edition of one table, seen by itself and with the list of sources."""
    place = f"{table.name} {table.edition}"
    described = list(_description_problems(table))
    yield from (f"{place}: {problem}" for problem in described)
    if described:  # the rows can't be judged by a description that is itself wrong
        return
    if not table.rows:
        yield f"{place} has no rows."
        return
    yield from (f"{place}: {problem}" for problem in _header_problems(table))
    yield from (f"{place}: {problem}" for problem in _key_problems(table))
    for number, row in enumerate(table.rows, start=2):
        yield from (f"{place}, row {number}: {problem}" for problem in _row_problems(table, row, publications))


def _description_problems(table: FactTable) -> Iterator[str]:
    yield from (f"table.toml has no {key}." for key in TABLE_KEYS if not table.about.get(key))
    columns = table.about.get("columns", {})
    yield from (f"key {key} is not a column." for key in table.about.get("keys", ()) if key not in columns)
    for name, column in columns.items():
        yield from (f"column {name} has no {key} in table.toml." for key in COLUMN_KEYS if key not in column)
        if "type" in column and column["type"] not in PARSERS:
            yield f"column {name} has the unknown type {column['type']}; known are {', '.join(PARSERS)}."
        if column.get("type") == "number" and not column.get("unit") and "unit" not in columns:
            yield f"column {name} is a number without a unit; a pure number says 1."


def _header_problems(table: FactTable) -> Iterator[str]:
    declared = list(table.about["columns"])
    found = [column for column in table.rows[0] if column]
    if found != declared:
        yield f"the columns are {', '.join(found)} but table.toml declares {', '.join(declared)}."
    if found[-4:] != LAST_COLUMNS:
        yield f"the last columns are not {', '.join(LAST_COLUMNS)}."


def _key_problems(table: FactTable) -> Iterator[str]:
    counts = Counter(tuple(row.get(key, "") for key in table.keys) for row in table.rows)
    for values, count in counts.items():
        if count > 1:
            yield f"the key {' · '.join(map(str, values))} stands in {count} rows; it must be unique."


def _row_problems(table: FactTable, row: Row, publications: Mapping[str, Row]) -> Iterator[str]:
    if None in row or None in row.values():
        yield "the number of cells differs from the number of columns."
        return
    for name, column in table.about["columns"].items():
        yield from _cell_problems(name, row.get(name, ""), column)
    if row.get("source") not in publications:
        yield f"source {row.get('source') or '(empty)'} is not in sources.csv."
    for name, key in row.items():
        if name.endswith("_source") and key and key not in publications:
            yield f"{name} {key} is not in sources.csv."
    if not row.get("review_by"):
        yield "review_by is empty: say when to look again."
    if row.get("value") and "unit" in row and not row["unit"]:
        yield "value has no unit."
    yield from _interval_problems(row)


def _cell_problems(name: str, text: str, column: Mapping[str, object]) -> Iterator[str]:
    if text != text.strip():
        yield f"{name} has blanks around {text.strip()!r}."
    if not text.strip():
        if column["required"]:
            yield f"{name} is empty."
        return
    try:
        PARSERS[str(column["type"])](text)
    except ValueError:
        yield f"{name} is {text!r}, which is not a {column['type']}."
        return
    if name in ALLOWED and text not in ALLOWED[name]:
        yield f"{name} is {text}; it may be {', '.join(ALLOWED[name])}."
    if name in BOUNDS and not BOUNDS[name][0] <= float(text) <= BOUNDS[name][1]:
        yield f"{name} is {text}; it lies between {BOUNDS[name][0]:g} and {BOUNDS[name][1]:g}."


def _interval_problems(row: Row) -> Iterator[str]:
    """Yield a problem when low, value and high are not in this order; cells that are no numbers are told elsewhere."""
    bounds = [(name, row[name]) for name in ("low", "value", "high") if row.get(name)]
    for (lower, low), (upper, high) in pairwise(bounds):
        if _is_number(low) and _is_number(high) and float(low) > float(high):
            yield f"{lower} {low} is above {upper} {high}."


def _is_number(text: str) -> bool:
    try:
        _number(text)
    except ValueError:
        return False
    return True


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value) or "_" in text:
        raise ValueError(text)
    return value


PARSERS: dict[str, Callable[[str], object]] = {
    "text": str,
    "number": _number,
    "integer": int,
    "date": date.fromisoformat,
}


# ---- what one table says of another


def cross_problems(tables: Mapping[str, FactTable]) -> Iterator[str]:
    """Yield where the newest editions of the tables (by name) contradict one another; absent tables are passed over."""
    for check in (
        _category_tree_problems,
        _category_reference_problems,
        _exclusion_problems,
        _account_range_problems,
        _concordance_problems,
        _maturity_problems,
    ):
        yield from check(tables)


def _rows(tables: Mapping[str, FactTable], name: str) -> Iterator[tuple[str, Row]]:
    """Yield (place, row) of a table; nothing when the table is absent."""
    if name in tables:
        table = tables[name]
        for number, row in enumerate(table.rows, start=2):
            yield f"{name} {table.edition}, row {number}", row


def _category_tree_problems(tables: Mapping[str, FactTable]) -> Iterator[str]:
    mains = {row["code"] for _, row in _rows(tables, "categories") if not row["parent"]}
    parents = {row["parent"] for _, row in _rows(tables, "categories")}
    for place, row in _rows(tables, "categories"):
        code, parent = row["code"], row["parent"]
        if parent and parent not in mains:
            yield f"{place}: the parent {parent} of {code} is not a main category."
        elif parent and not code.startswith(f"{parent}."):
            yield f"{place}: {code} does not begin with its parent, {parent}."
        elif not parent and code not in parents:
            yield f"{place}: the main category {code} has no leaves."


def _category_reference_problems(tables: Mapping[str, FactTable]) -> Iterator[str]:
    """Yield references to categories that don't exist or aren't leaves: a purchase line always gets a leaf."""
    if "categories" not in tables:
        return
    codes = {row["code"] for _, row in _rows(tables, "categories")}
    leaves = {row["code"] for _, row in _rows(tables, "categories") if row["parent"]}
    for name in tables:
        for place, row in _rows(tables, name):
            category = row.get("category")
            if category and category not in codes:
                yield f"{place}: there is no category {category}."
            elif category and category not in leaves and name not in MAY_NAME_MAIN:
                yield f"{place}: {category} is a main category; choose one of its leaves."


def _exclusion_problems(tables: Mapping[str, FactTable]) -> Iterator[str]:
    reasons = {row["code"] for _, row in _rows(tables, "exclusion_reasons")}
    for name in tables:
        for place, row in _rows(tables, name):
            if "exclusion_reason" not in row or "category" not in row:
                continue
            if bool(row["category"]) == bool(row["exclusion_reason"]):
                yield f"{place}: a row gives either a category or an exclusion_reason."
            elif row["exclusion_reason"] and reasons and row["exclusion_reason"] not in reasons:
                yield f"{place}: there is no exclusion reason {row['exclusion_reason']}."


def _account_range_problems(tables: Mapping[str, FactTable]) -> Iterator[str]:
    """Yield ranges that can't be compared as text, and accounts that two ranges of one chart claim."""
    ranges: dict[tuple[str, int], list[tuple[str, str, str]]] = defaultdict(list)
    for place, row in _rows(tables, "account_categories"):
        first, last = row["account_from"], row["account_to"]
        if len(first) != len(last) or first > last:
            yield f"{place}: {first}–{last} is not a range; both ends have the same length and the lower comes first."
        else:
            ranges[row["chart"], len(first)].append((first, last, place))
    for chosen in ranges.values():
        for (_, last, _), (first, _, place) in pairwise(sorted(chosen)):
            if first <= last:
                yield f"{place}: account {first} is already claimed by a range that ends at {last}."


def _concordance_problems(tables: Mapping[str, FactTable]) -> Iterator[str]:
    """Yield concordance rows without a factor, and categories whose shares don't add up to 1."""
    products = {(row["factor_set"], row["product"]) for _, row in _rows(tables, "emission_factors")}
    shares: dict[tuple[str, str], list[float]] = defaultdict(list)
    for place, row in _rows(tables, "category_products"):
        if products and (row["factor_set"], row["product"]) not in products:
            yield f"{place}: factor set {row['factor_set']} has no product {row['product']}."
        if _is_number(row["share"]):
            shares[row["factor_set"], row["category"]].append(float(row["share"]))
    for (factor_set, category), parts in shares.items():
        if not math.isclose(math.fsum(parts), 1.0, abs_tol=1e-9):
            yield f"category_products: the shares of {category} in {factor_set} add up to {math.fsum(parts):g}, not 1."


def _maturity_problems(tables: Mapping[str, FactTable]) -> Iterator[str]:
    """Yield areas of the self-assessment that lack one of the levels 1 to 5, and levels of areas that don't exist."""
    levels: dict[str, set[str]] = defaultdict(set)
    areas = {row["area"] for _, row in _rows(tables, "maturity_areas")}
    for place, row in _rows(tables, "maturity_levels"):
        levels[row["area"]].add(row["level"])
        if areas and row["area"] not in areas:
            yield f"{place}: there is no area {row['area']}."
    for place, row in _rows(tables, "maturity_areas"):
        if "maturity_levels" in tables and levels[row["area"]] != set("12345"):
            yield f"{place}: {row['area']} needs exactly the levels 1 to 5 in maturity_levels."


def main() -> int:
    """Print every problem and return the exit code: 0 when there is none, else 1."""
    try:
        found = problems()
    except FactsError as error:
        found = [str(error)]
    for problem in found:
        sys.stdout.write(f"{problem}\n")
    rows = sum(len(read(name, edition).rows) for name in table_names() for edition in editions(name))
    sys.stdout.write(f"{len(found)} problems in {len(table_names())} fact tables with {rows} rows.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
