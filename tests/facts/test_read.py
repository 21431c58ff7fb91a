"""Reading fact tables: editions in order, the newest by default, rows as printed, and clear refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keino.errors import FactsError
from keino.facts import read as reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("facts")


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A facts folder of our own with one table, ``prices``, in three editions."""
    (tmp_path / "sources.csv").write_text("key,producer,title\nstat,Statistics,Prices\n", encoding="utf-8")
    folder = tmp_path / "prices"
    folder.mkdir()
    (folder / "table.toml").write_text('title_en = "Prices"\nkeys = ["year"]\n', encoding="utf-8")
    for edition, value in (("2025-1", "1.0"), ("2026-2", "1.2"), ("2026-10", "1.3")):
        (folder / f"{edition}.csv").write_text(f'year,value,note\n2024,{value},"a, b"\n', encoding="utf-8")
    (folder / "draft.csv").write_text("year,value\n", encoding="utf-8")
    (tmp_path / "no_table_here").mkdir()
    monkeypatch.setattr(reader, "_root", lambda: tmp_path)
    forget()
    yield
    forget()


def forget() -> None:
    for cached in (reader.editions, reader.read, reader.sources):
        cached.cache_clear()


def test_table_names_are_the_folders_that_describe_themselves() -> None:
    assert reader.table_names() == ("prices",)


def test_editions_are_in_the_order_of_their_numbers() -> None:
    assert reader.editions("prices") == ("2025-1", "2026-2", "2026-10")


def test_read_takes_the_newest_edition_unless_told() -> None:
    assert reader.read("prices").edition == "2026-10"
    assert reader.read("prices", "2025-1").rows == ({"year": "2024", "value": "1.0", "note": "a, b"},)


def test_keys_come_from_the_description() -> None:
    assert reader.read("prices").keys == ("year",)


def test_unknown_table_is_refused_with_the_known_ones() -> None:
    with pytest.raises(FactsError, match=r"^There is no fact table called costs\. Tables: prices\.$"):
        reader.read("costs")


def test_unknown_edition_is_refused_with_the_known_ones() -> None:
    with pytest.raises(FactsError, match=r"has no edition 2024-1\. Editions: 2025-1, 2026-2, 2026-10\.$"):
        reader.read("prices", "2024-1")


def test_sources_are_found_by_key() -> None:
    assert reader.sources() == {"stat": {"key": "stat", "producer": "Statistics", "title": "Prices"}}
