"""Where tables run: DuckDB on this machine by default, a cluster by address later."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from keino.errors import UsageError

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

#: Memory that one run may take for its tables; larger work goes through the temporary folder.
MEMORY_LIMIT = "256MB"


class ClusterNotYet(UsageError):
    """A cluster was asked for."""

    code = "cluster_not_yet"
    template = (
        "The cluster engine ({address}) comes in a later release; until then keino runs on this machine. Nothing was "
        "calculated. Leave --engine out."
    )


class UnknownEngine(UsageError):
    """An engine that does not exist was asked for."""

    code = "unknown_engine"
    template = "There is no engine called {engine}. Engines: duckdb (this machine); sc://host:port (a cluster, later)."


def connect(folder: Path, engine: str = "duckdb") -> Backend:
    """Return a connection whose temporary files go to ``folder``. Raises UsageError for an engine that is not there."""
    if engine.startswith("sc://"):
        raise ClusterNotYet(address=engine)
    if engine != "duckdb":
        raise UnknownEngine(engine=engine)
    import ibis

    backend = ibis.duckdb.connect(
        threads=os.cpu_count() or 1,
        memory_limit=MEMORY_LIMIT,
        temp_directory=str(folder / "spill"),
    )
    # Raw files have no row counts, so the planner must not build its hash tables from the ledger.
    backend.raw_sql("SET disabled_optimizers = 'build_side_probe_side'")
    return backend
