"""Lines as a table: stored purchase lines ready for the flow, and sums of them by unit and by supplier."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from keino.engine.descriptions import description_sql
from keino.engine.evidence import DESCRIPTION_KEY, Decided
from keino.engine.ingest.reading import OpenLedger
from keino.engine.slices import Sum, sums_of
from keino.engine.store import store_purchases

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend
    from ibis.expr.types import Table

#: Suppliers that get a slice of their own; a report sums the others up.
SUPPLIERS_SHOWN = 200


def lines_table(
    backend: Backend, ledgers: Sequence[OpenLedger], decided: Decided, folder: Path, year: int | None
) -> Table:
    """Store the purchase lines of all ledgers; return them as one table, ``description_key`` filled where it counts."""
    con = backend.con
    selects = store_purchases(con, ledgers, folder)
    union = " UNION ALL ".join(f"({select})" for select in selects)
    key, source = "''", f"({union}) AS p"
    if decided.vague:
        same = [f"p.{name} = k.{name}" for name in decided.columns[:-1]]
        on = " AND ".join([*same, f"{description_sql('p.description', decided)} = k.description"])
        key, source = "coalesce(k.description_key, '')", f"{source} LEFT JOIN description_keys AS k ON {on}"
    only = f" WHERE p.year = {int(year)}" if year is not None else ""
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW purchase_lines AS SELECT p.*, {key} AS {DESCRIPTION_KEY} FROM {source}{only}"
    )
    return backend.table("purchase_lines")


def with_unit(lines: Table) -> Table:
    """Add ``unit``: who bought. Where a ledger names no unit, the contracting entity stands for it."""
    return lines.mutate(unit=lines.unit_name.nullif("").coalesce(lines.buyer_name))


def with_supplier(lines: Table) -> Table:
    """Add ``supplier``: one supplier is one business id, else one name, capitals or not."""
    return lines.mutate(supplier=lines.supplier_business_id.nullif("").coalesce(lines.supplier_name.upper()))


def unit_sums(backend: Backend, lines: Table) -> tuple[Sum, ...]:
    """Sums by unit."""
    return sums_of(backend, with_unit(lines), ("unit",))


def supplier_sums(backend: Backend, lines: Table) -> tuple[Sum, ...]:
    """Sums by supplier, for those with the largest spend or footprint.

    Of several spellings of one supplier the first in the alphabet is shown.
    """
    import ibis

    known = with_supplier(lines).filter(lines.exclusion_reason == "")
    by_supplier = known.group_by("supplier").aggregate(
        name=known.supplier_name.min(),
        id=known.supplier_business_id.min(),
        spend=known.amount_net.sum(),
        kg=known.footprint_kgco2e.sum(),
    )
    largest = by_supplier.order_by([ibis.desc(by_supplier.kg.fill_null(0)), ibis.asc("supplier")]).limit(
        SUPPLIERS_SHOWN
    )
    renamed = largest.select(supplier="supplier", shown_name="name", shown_id="id")
    joined = known.inner_join(renamed, "supplier")
    return sums_of(backend, joined, ("shown_name", "shown_id"))
