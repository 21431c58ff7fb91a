"""Writing the lines: whole, in their order, and with little memory however many processors there are."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import duckdb
import pytest

from keino.engine.connect import limits
from keino.engine.store import copy_csv, copy_parquet

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


class Crowded:
    """A database with memory for one thread, whose cursors share its settings."""

    def __init__(self) -> None:
        self.threads = 4
        self.both_failed = Barrier(2)

    def execute(self, sql: str, _values: object = None) -> Crowded:
        if sql.startswith("SET threads = "):
            self.threads = int(sql.rpartition(" ")[2])
        elif sql.startswith("COPY"):
            if self.threads > 1:
                self.both_failed.wait(10)
                raise duckdb.OutOfMemoryException
            time.sleep(0.1)  # long enough for the other to ask how many threads there are
            Path(sql.partition(" TO '")[2].partition("'")[0]).write_text("written")
        return self

    def fetchall(self) -> list[tuple[int]]:
        return [(self.threads,)]


def test_two_who_write_at_once_leave_the_threads_as_they_were(tmp_path: Path) -> None:
    con: Any = Crowded()
    paths = [tmp_path / "one.parquet", tmp_path / "two.parquet"]
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda path: copy_parquet(con, "SELECT 1", path), paths))
    assert [path.read_text() for path in paths] == ["written", "written"]
    assert con.threads == 4


@pytest.mark.parametrize(
    ("processors", "threads", "memory"), [(1, 1, "256MB"), (2, 2, "256MB"), (4, 4, "512MB"), (64, 8, "1024MB")]
)
def test_memory_goes_with_the_threads(
    monkeypatch: pytest.MonkeyPatch, processors: int, threads: int, memory: str
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    assert limits() == {"threads": threads, "memory_limit": memory}
