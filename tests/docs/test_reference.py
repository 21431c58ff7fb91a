"""The generated reference pages are what the code says now."""

from __future__ import annotations

import pytest

from tools import reference


@pytest.mark.parametrize("name", list(reference.PAGES))
def test_page_is_fresh(name: str) -> None:
    written = (reference.FOLDER / name).read_text(encoding="utf-8")
    assert written == reference.PAGES[name](), "run make reference and commit what it writes"


def test_table_cells_keep_their_bars() -> None:
    assert reference.grid(["a"], [["x | y\nz"]]).splitlines()[-1] == "| x \\| y z |"
