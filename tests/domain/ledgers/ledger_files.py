"""Read the real ledgers of the shared data folder in the plainest way, for tests of the mapping."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq

from keino.domain.ledgers.headers import HeaderWords, find_header, header_words
from keino.domain.ledgers.mapping import ColumnMapping, map_columns
from keino.facts.read import read

UK_FILES = (
    "calderdale_2015-06-card.csv",
    "calderdale_2019-06.csv",
    "calderdale_2022-08-card.csv",
    "calderdale_2022-08.csv",
    "darlington_2013-02.csv",
    "darlington_2017-04.csv",
    "devon_201104.csv",
    "devon_202503.csv",
    "exeter_2022.parquet",
    "gateshead_2014-02.csv",
    "gateshead_2022-08.csv",
    "leeds_2011-03_raw.csv",
    "leeds_2012-12.csv",
    "manchester_2022-05.csv",
    "northtyneside_2022-05_p.csv",
    "salford_2014-11.csv",
    "salford_2022-05.csv",
    "tfl_2022-P10.csv",
)


@cache
def words() -> HeaderWords:
    return header_words(read("header_words").rows)


def rows_of(path: Path, delimiter: str = ",", encoding: str = "utf-8") -> list[list[str]]:
    if path.suffix == ".parquet":
        table = pq.read_table(path)
        body = [["" if value is None else str(value) for value in row.values()] for row in table.to_pylist()]
        return [list(table.column_names), *body]
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.reader(stream, delimiter=delimiter))


def mapped(path: Path, delimiter: str = ",", encoding: str = "utf-8") -> tuple[ColumnMapping, list[list[str]]]:
    """The mapping from the first 500 data rows, and all data rows."""
    rows = rows_of(path, delimiter, encoding)
    header = find_header(rows, words())
    assert header is not None
    body = rows[header.first_data_row :]
    return map_columns(header.cells, body[:500], words()), body


def names(mapping: ColumnMapping) -> dict[str, str]:
    """Column → header cell as printed."""
    return {column: mapping.header[index] for column, index in mapping.columns.items()}
