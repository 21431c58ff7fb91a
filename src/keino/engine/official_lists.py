"""Turn publishers' files into rows of fact tables: CPV codes, FIGARO factors, and files in a fact table's own format.

Publication, licence and citation are taken from the package's source of the same list; what differs (the file's name
and hash) is written into the source's note, so that an auditor can find the very file again.
"""

from __future__ import annotations

import hashlib
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from keino.engine.import_files import (
    ImportProblems,
    MissingImportColumns,
    UnreadableImport,
    column_names,
    csv_lines,
    demand_columns,
    file_kind,
    genericode_rows,
    named_rows,
    sheets,
)
from keino.errors import UsageError
from keino.facts.own import PREFIX, own_sources
from keino.facts.read import all_sources, description, read, sources, table_names

if TYPE_CHECKING:
    from keino.facts.read import Row

#: So many problems are written out; all are counted.
SHOWN_PROBLEMS = 8


class UnknownCountry(UsageError):
    """A factor file has no rows of the country asked for."""

    code = "unknown_country"
    template = "{path} has no factors for {country}, so nothing was imported. Its countries are: {known}."


class UnlikelyFactors(UsageError):
    """Factors are so far from the known ones that their unit must be another."""

    code = "unlikely_factors"
    template = (
        "The factors in {path} are {times} times those of edition {edition}, so they must be in another unit than "
        "kg CO2e per 1000 euros. Nothing was imported. Check that it is the publisher's purchaser price file."
    )


class UnknownTableFormat(UsageError):
    """A file in a fact table's format doesn't say which table it is."""

    code = "unknown_table_format"
    template = "The columns of {path} are those of no fact table: {found}. Nothing was imported. Name one with --table."


class UnknownSourceKeys(UsageError):
    """Rows name sources that nobody describes."""

    code = "unknown_source_keys"
    template = (
        "{path} names sources that nobody describes: {keys}. A number without a source can't be used. "
        "Give their descriptions with --sources."
    )


class SourceConflict(UsageError):
    """A source of this key was described otherwise before."""

    code = "source_conflict"
    template = "Source {key} was described in another way by an earlier import. Give it another key."


@dataclass(frozen=True)
class Draft:
    """What a file would become: rows of a table, the sources they name, and what should be told of it."""

    table: str
    rows: tuple[Row, ...] = field(hash=False)
    sources: tuple[Row, ...] = field(hash=False)
    left_out: int = 0
    missing_products: tuple[str, ...] = ()


def _refuse(path: Path, problems: list[str]) -> None:
    if problems:
        shown = " ".join(problems[:SHOWN_PROBLEMS])
        raise ImportProblems(path=path.name, count=len(problems), problems=shown)


def _source(path: Path, package_key: str, name: str, edition: str = "") -> Row:
    """The source row of an imported file, made from the package's row of the same publication.

    When a new ``edition`` was published is not known from its file.
    """
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    row = dict(sources()[package_key])
    row["key"] = f"{PREFIX}{name}-{sha256[:8]}"
    if edition:
        row |= {"edition": edition, "published": ""}
    row["note"] = f"Imported from {path.name}, SHA-256 {sha256}"
    return row


# ---- CPV

_CPV = re.compile(r"^(\d{8})(?:-\d)?$")
_SUPPLEMENTARY = re.compile(r"^[A-Z]{2}\d{2}(?:-\d)?$")
_CODE_COLUMNS = ("code", "cpv", "cpv code", "cpv_code")
_LABEL_COLUMNS = {
    "label_fi": ("fi", "fin_label", "fi_label", "label_fi", "name_fi"),
    "label_sv": ("sv", "swe_label", "sv_label", "label_sv", "name_sv"),
    "label_en": ("en", "eng_label", "en_label", "label_en", "name_en", "name"),
}


def cpv_codes(path: Path, review_by: str) -> Draft:
    """Read the official CPV 2008 list: CSV or workbook with CODE and language columns, or genericode (cpv.gc).

    Codes of the supplementary vocabulary (AA01) are left out and counted.
    """
    named = _cpv_rows(path)
    number, first = next(named)
    columns = _cpv_columns(path, first)
    source = _source(path, "cpv_2008", "cpv_2008")
    rows, problems, left_out = [], [], 0
    for line, row in _again((number, first), named):
        code = row.get(columns["code"], "")
        if _SUPPLEMENTARY.match(code):
            left_out += 1
        elif found := _CPV.match(code):
            labels = {name: row.get(columns.get(name, ""), "") for name in _LABEL_COLUMNS}
            end = {"source": source["key"], "locator": code, "note": "", "review_by": review_by}
            rows.append({"code": found[1], **labels, **end})
        else:
            problems.append(f"row {line}: {code or '(empty)'} is not a CPV code of 8 digits.")
    _refuse(path, problems)
    return Draft("cpv_codes", tuple(rows), (source,), left_out)


def _again(first: tuple[int, Row], rest: Iterator[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    yield first
    yield from rest


def _cpv_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Yield (line, row); at least one, or an error."""
    kind = file_kind(path)
    if kind == "xml":
        found = genericode_rows(path)
        first = next(found, None)
        if first is None:
            raise UnreadableImport(
                path=path.name, what="it is not a genericode list with rows", remedy="Give the publisher's cpv.gc."
            )
        yield first
        yield from found
    elif kind == "xlsx":
        yield from _cpv_sheet(path)
    else:
        yield from named_rows(path, csv_lines(path))


def _cpv_sheet(path: Path) -> Iterator[tuple[int, Row]]:
    """Rows of the first sheet with a code and an English column."""
    for lines in sheets(path):
        names = {cell.strip().casefold() for cell in lines[0][1]} if lines else set()
        if names & set(_CODE_COLUMNS) and names & set(_LABEL_COLUMNS["label_en"]):
            yield from named_rows(path, iter(lines))
            return
    raise MissingImportColumns(path=path.name, missing="CODE, EN", found="–")


def _cpv_columns(path: Path, row: Row) -> dict[str, str]:
    """Which column of the file is which: the code and the names in three languages, of which English is needed."""
    present = {name.casefold(): name for name in reversed(row)}
    wanted = {"code": _CODE_COLUMNS, **_LABEL_COLUMNS}
    found = {
        target: next((present[name] for name in names if name in present), None) for target, names in wanted.items()
    }
    if missing := [title for title, target in (("CODE", "code"), ("EN", "label_en")) if not found[target]]:
        raise MissingImportColumns(path=path.name, missing=", ".join(missing), found=column_names(row))
    return {target: name for target, name in found.items() if name}


# ---- FIGARO

_FIGARO_COLUMNS = ("year", "country_code", "nace_code")
_FIGARO_VALUES = (
    "total_purchaser_prices_with_margins",
    "total_purchaser_prices_with_margins_kgco2e_per_keur",
)
_FIGARO_LABELS = ("product", "product_short")
#: How far the middle factor of a file may lie from that of the package before its unit must be another.
MAX_TIMES = 20.0
#: Powers of ten beyond which a cell is a slip, not a factor.
MAX_EXPONENT = 15


def figaro_factors(path: Path, review_by: str, country: str) -> Draft:
    """Read the publisher's ``figaro_purchaser_price_factors_*.csv`` for one country, as factor set ``fi_figaro``.

    The file is in kg CO2e per 1000 euros at purchaser prices; the table in kgCO2e/EUR.
    """
    named = list(named_rows(path, csv_lines(path)))
    first = named[0][1]
    demand_columns(path, first, _FIGARO_COLUMNS)
    value_column = next((name for name in _FIGARO_VALUES if name in first), "")
    if not value_column:
        demand_columns(path, first, _FIGARO_VALUES[:1])
    chosen = [(number, row) for number, row in named if row["country_code"] == country]
    if not chosen:
        known = sorted({row["country_code"] for _, row in named})
        raise UnknownCountry(path=path.name, country=country, known=", ".join(known))
    edition = re.search(r"\d+ed", path.name)
    source = _source(path, "figaro_fi", f"figaro_{country.lower()}", edition[0] if edition else path.name)
    known_rows = _package_figaro()
    rows, problems = [], []
    for number, row in chosen:
        try:
            value = _per_euro(row[value_column])
        except ValueError:
            problems.append(f"row {number}: {value_column} is {row[value_column] or '(empty)'}, which is not a number.")
            continue
        place = f"{path.name}: {row['year']} {country} {row['nace_code']} {value_column} / 1000"
        end = {"source": source["key"], "locator": place, "review_by": review_by}
        rows.append({**_factor_row(row, country, value, known_rows), **end})
    _refuse(path, problems)
    _check_size(path, rows)
    missing = _linked_products() - {row["product"] for row in rows}
    return Draft("emission_factors", tuple(rows), (source,), missing_products=tuple(sorted(missing)))


def _per_euro(text: str) -> str:
    """Kg CO2e per 1000 euros, as printed, as kgCO2e/EUR. Raises ValueError for what is no number of any likely size."""
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not value.is_finite() or "_" in text or (value and abs(value.adjusted()) > MAX_EXPONENT):
        raise ValueError(text)
    return format((value / 1000).normalize(), "f")


def _package_figaro() -> dict[str, Row]:
    """The package's newest FIGARO row of each product: names in three languages and what to know about it."""
    return {row["product"]: row for row in read("emission_factors").rows if row["factor_set"] == "fi_figaro"}


def _factor_row(row: Row, country: str, value: str, known: dict[str, Row]) -> Row:
    product = row["nace_code"]
    english = next((row[name] for name in _FIGARO_LABELS if row.get(name)), product)
    labels = known.get(product)
    return {
        "factor_set": f"{country.lower()}_figaro",
        "product": product,
        "year": row["year"],
        "value": value,
        "unit": "kgCO2e/EUR",
        "currency": "EUR",
        "price_basis": "purchaser",
        "low": "",
        "high": "",
        "label_en": labels["label_en"] if labels else english,
        "label_fi": labels["label_fi"] if labels else english,
        "label_sv": labels["label_sv"] if labels else english,
        "note": labels["note"] if labels else "The source names the product in English only",
    }


def _check_size(path: Path, rows: list[Row]) -> None:
    known = read("emission_factors")
    usual = statistics.median(float(row["value"]) for row in known.rows if row["factor_set"] == "fi_figaro")
    times = statistics.median(float(row["value"]) for row in rows) / usual
    if not 1 / MAX_TIMES <= times <= MAX_TIMES:
        raise UnlikelyFactors(path=path.name, times=f"{times:.3g}", edition=known.edition)


def _linked_products() -> set[str]:
    return {row["product"] for row in read("category_products").rows if row["factor_set"] == "fi_figaro"}


# ---- a fact table's own format


def table_rows(path: Path, name: str, sources_file: Path | None) -> Draft:
    """Read a CSV in the format of a fact table; without ``name`` the table is the one whose columns these are.

    Sources that rows name are the package's, those imported before, or described in ``sources_file`` (the columns of
    sources.csv); the latter get keys that begin with ``own-``.
    """
    named = [row for _, row in named_rows(path, csv_lines(path))]
    table = name or _table_of(path, tuple(named[0]))
    columns = tuple(description(table)["columns"])
    demand_columns(path, named[0], columns)
    if stray := [column for column in named[0] if column not in columns]:
        raise UnknownTableFormat(path=path.name, found=", ".join(stray[:30]))
    given = _given_sources(sources_file) if sources_file else {}
    used = {row["source"] for row in named}
    if unknown := sorted(used - set(given) - set(all_sources())):
        raise UnknownSourceKeys(path=path.name, keys=", ".join(key or "(empty)" for key in unknown[:30]))
    keys = {key: row["key"] for key, row in given.items()}
    rows = tuple({column: row[column] for column in columns} | {"source": _key(row, keys)} for row in named)
    return Draft(table, rows, tuple(given[key] for key in sorted(used & set(given))))


def _key(row: Row, keys: dict[str, str]) -> str:
    return keys.get(row["source"], row["source"])


def _table_of(path: Path, found: tuple[str, ...]) -> str:
    fitting = [name for name in table_names() if set(description(name)["columns"]) == set(found)]
    if len(fitting) != 1:
        raise UnknownTableFormat(path=path.name, found=", ".join(found[:30]))
    return fitting[0]


def _given_sources(path: Path) -> dict[str, Row]:
    """Sources by the key the file gives them; a source the package has word for word keeps its key."""
    columns = tuple(next(iter(sources().values())))
    found: dict[str, Row] = {}
    for _, row in named_rows(path, csv_lines(path)):
        demand_columns(path, row, columns)
        key = row["key"]
        kept = {column: row[column] for column in columns}
        if kept == sources().get(key):
            continue
        kept["key"] = key if key.startswith(PREFIX) else PREFIX + key
        if key in found or own_sources().get(kept["key"], kept) != kept:
            raise SourceConflict(key=key)
        found[key] = kept
    return found
