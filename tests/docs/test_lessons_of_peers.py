"""The page of lessons names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = REPOSITORY / "docs" / "reference" / "lessons-of-peers.md"
TEST = re.compile(r"^def (test_\w+)", re.MULTILINE)


def test_every_test_that_the_page_names_is_there_and_every_row_names_one() -> None:
    there = {
        name for path in (REPOSITORY / "tests").rglob("test_*.py") for name in TEST.findall(path.read_text("utf-8"))
    }
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ") and "#" in line]
    assert len(rows) > 20
    for row in rows:
        named = set(re.findall(r"`(test_\w+)`", row))
        assert named, row
        assert named - there == set(), row
