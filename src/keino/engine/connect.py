"""Where tables run: DuckDB on this machine by default, a cluster by address later."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from keino.errors import UsageError

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

#: Every thread keeps rows of its own, so memory goes with threads; with more of these the disk is what is waited for.
_MOST_THREADS, _MB_PER_THREAD, _LEAST_MB = 8, 128, 256


def limits() -> dict[str, str | int]:
    """How many threads one run may use and how much memory for its tables (MB); larger work goes through the
    temporary folder.
    """
    threads = min(os.cpu_count() or 1, _MOST_THREADS)
    return {"threads": threads, "memory_limit": f"{max(_LEAST_MB, threads * _MB_PER_THREAD)}MB"}


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

    backend = ibis.duckdb.connect(temp_directory=str(folder / "spill"), **limits())
    # Raw files have no row counts, so the planner must not build its hash tables from the ledger.
    backend.raw_sql("SET disabled_optimizers = 'build_side_probe_side'")
    return backend
