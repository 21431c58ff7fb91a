"""Small tables in and out of the connection, without pandas, whose import costs every run a third of a second."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb
    from ibis.backends.duckdb import Backend
    from ibis.expr.types import Table

#: Columns of a small table: their SQL type and their values.
Columns = Mapping[str, tuple[str, Sequence[Any]]]

_BATCH_ROWS = 10_000

TEXT, WHOLE, NUMBER, TRUTH, MONEY = "VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN", "DECIMAL(38,4)"


def create(con: duckdb.DuckDBPyConnection, name: str, columns: Columns) -> None:
    """Make (or replace) a table of the connection from columns of equal length."""
    parts = [
        f"unnest(${number}::{kind}[]) AS {column}" for number, (column, (kind, _)) in enumerate(columns.items(), 1)
    ]
    con.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {', '.join(parts)}", [list(v) for _, v in columns.values()])


def in_memory(backend: Backend, name: str, columns: Columns) -> Table:
    """The same, as a table for expressions."""
    create(backend.con, name, columns)
    return backend.table(name)


def rows(backend: Backend, table: Table) -> Iterator[dict[str, Any]]:
    """Run an expression and yield its rows, a batch in memory at a time."""
    found = backend.con.execute(backend.compile(table))
    while batch := found.fetchmany(_BATCH_ROWS):
        for row in batch:
            yield dict(zip(table.columns, row, strict=True))
