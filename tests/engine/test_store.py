"""Writing the lines: whole, in their order, and with little memory however many processors there are."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from keino.engine.connect import limits
from keino.engine.store import copy_csv

COLUMNS, ROWS = 40, 100_000


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows of a kilobyte of text each."""
    path = tmp_path_factory.mktemp("wide") / "wide.parquet"
    columns = ", ".join(f"md5((i * {number + 1})::VARCHAR) AS c{number}" for number in range(COLUMNS))
    with duckdb.connect() as con:
        con.execute(
            f"COPY (SELECT {columns} FROM range({ROWS}) t(i)) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 30720)"
        )
    return path


def test_rows_that_pile_up_are_written_by_one_thread(wide: Path, tmp_path: Path) -> None:
    """Four threads would need more than they may take."""
    rows, spill = f"SELECT * FROM read_parquet('{wide}')", str(tmp_path / "spill")
    config: dict[str, str | int] = {"threads": 4, "memory_limit": "256MB", "temp_directory": spill}
    with duckdb.connect(config=config) as con:
        copy_csv(con, rows, tmp_path / "wide.csv")
        assert con.execute("SELECT current_setting('threads')").fetchone() == (4,)
    with duckdb.connect(config={"threads": 1}) as con:
        written = f"SELECT * FROM read_csv('{tmp_path / 'wide.csv'}', delim = ';', all_varchar = true)"
        found, expected = (con.execute(f"SELECT c0, c39 FROM ({each})").fetchall() for each in (written, rows))
        assert len(found) == ROWS
        assert found == expected
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize(
    ("processors", "threads", "memory"), [(1, 1, "256MB"), (2, 2, "256MB"), (4, 4, "512MB"), (64, 8, "1024MB")]
)
def test_memory_goes_with_the_threads(
    monkeypatch: pytest.MonkeyPatch, processors: int, threads: int, memory: str
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    assert limits() == {"threads": threads, "memory_limit": memory}
