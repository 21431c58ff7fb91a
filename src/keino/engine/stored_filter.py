"""Which stored lines are meant: a filter as a value, and the same filter as conditions of a query.

Every value goes into the query as a parameter; names of columns come from fixed lists only. A unit called
``'; DROP TABLE`` is a name like any other.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Literal

from keino.domain.ledgers.categories import EVIDENCE_COLUMNS

Scope = Literal["purchases", "excluded", "all"]
#: What a row of own rules asks of a line: (column, pattern) pairs.
Rule = tuple[tuple[str, str], ...]

#: Columns in which ``Filter.text`` is looked for.
TEXT_COLUMNS = (
    "description",
    "supplier_name",
    "supplier_business_id",
    "unit",
    "account_code",
    "account_name",
    "category",
    "voucher_id",
    "invoice_id",
)
#: Parts of a filter that only single lines can answer; everything else the sums in ``cube.parquet`` can.
_OF_LINES = ("text", "at_least", "rules", "lines")


@dataclass(frozen=True)
class Filter:
    """Lines that fulfil everything that is filled; an empty part asks nothing.

    ``categories`` are leaves or main categories, "" the lines without one. ``suppliers`` are the values of ``supplier``
    in slices and lines (a business id, else the name in capitals). ``exclusions`` are reasons; with one of them the
    excluded lines are meant, whatever ``scope`` says.
    """

    years: tuple[int, ...] = ()
    categories: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    files: tuple[str, ...] = ()  # names of ledger files
    scope: Scope = "purchases"
    text: str = ""  # found anywhere in TEXT_COLUMNS, capitals or not
    at_least: Decimal | None = None  # of the amount without its sign
    rules: tuple[Rule, ...] = ()  # lines that at least one of these own rules describes
    lines: tuple[tuple[str, int], ...] = ()  # (file, row) pairs: exactly these lines

    @property
    def is_empty(self) -> bool:
        """Whether every purchase is meant."""
        return self == Filter()

    @property
    def needs_lines(self) -> bool:
        """Whether sums can't answer it."""
        return any(getattr(self, name) not in ("", None, ()) for name in _OF_LINES)


assert set(_OF_LINES) <= {field.name for field in fields(Filter)}


class Conditions:
    """The SQL of a filter and the values of its question marks."""

    def __init__(self, where: Filter) -> None:
        self._parts: list[str] = []
        self.values: list[object] = []
        self._listed("year", "BIGINT", where.years)
        self._categories(where.categories)
        for column, chosen in (
            ("unit", where.units),
            ("supplier", where.suppliers),
            ("exclusion_reason", where.exclusions),
            ("source_file", where.files),
        ):
            self._listed(column, "VARCHAR", chosen)
        self._listed(
            "CASE WHEN coalesce(category_code, '') = '' THEN 'none' ELSE category_basis END", "VARCHAR", where.bases
        )
        self._scope(where)
        if where.needs_lines:
            self._single_lines(where)

    @property
    def sql(self) -> str:
        """A condition for WHERE."""
        return " AND ".join(self._parts) or "true"

    def _add(self, sql: str, *values: object) -> None:
        self._parts.append(f"({sql})")
        self.values.extend(values)

    def _listed(self, column: str, kind: str, chosen: tuple[object, ...]) -> None:
        if chosen:
            empty = "0" if kind == "BIGINT" else "''"
            self._add(f"list_contains(?::{kind}[], coalesce({column}, {empty}))", list(chosen))

    def _categories(self, chosen: tuple[str, ...]) -> None:
        if chosen:
            code = "coalesce(category_code, '')"
            self._add(
                f"list_contains(?::VARCHAR[], {code}) OR list_contains(?::VARCHAR[], split_part({code}, '.', 1))",
                list(chosen),
                list(chosen),
            )

    def _scope(self, where: Filter) -> None:
        if where.exclusions or where.scope == "excluded":
            self._add("exclusion_reason <> ''")
        elif where.scope == "purchases":
            self._add("coalesce(exclusion_reason, '') = ''")

    def _single_lines(self, where: Filter) -> None:
        if where.text:
            found = " OR ".join(f"contains(lower({column}), lower(?))" for column in TEXT_COLUMNS)
            self._add(found, *[where.text] * len(TEXT_COLUMNS))
        if where.at_least is not None:
            self._add("abs(amount_net) >= ?::DECIMAL(38,4)", str(where.at_least))
        if where.rules:
            parts = [self._rule(rule) for rule in where.rules]
            self._add(" OR ".join(sql for sql, _ in parts), *(value for _, values in parts for value in values))
        if where.lines:
            self._add(
                "list_contains(?::STRUCT(f VARCHAR, r BIGINT)[], {'f': source_file, 'r': source_row})",
                [{"f": name, "r": row} for name, row in where.lines],
            )

    @staticmethod
    def _rule(rule: Rule) -> tuple[str, list[str]]:
        """As ``domain.ledgers.buyer_rules`` reads it: without outer blanks and capitals, a final * is any ending."""
        parts, values = ["true"], []
        for column, pattern in rule:
            if column not in EVIDENCE_COLUMNS:
                raise ValueError(f"no rule can look at the column {column}")
            folded = f"replace(lower(trim(coalesce({column}, ''))), 'ß', 'ss')"
            asked = pattern.strip().casefold()
            parts.append(f"starts_with({folded}, ?)" if asked.endswith("*") else f"{folded} = ?")
            values.append(asked.removesuffix("*"))
        return f"({' AND '.join(parts)})", values
