"""The questions of the self-assessment: eleven areas with five levels each, and what is known marked as known."""

from __future__ import annotations

import pytest

from keino.domain.maturity.instrument import instrument_from_rows
from keino.domain.maturity.scores import LEVELS
from keino.facts.check import cross_problems
from keino.facts.read import read

AREAS, ANCHORS = read("maturity_areas", "2026-1"), read("maturity_levels", "2026-1")


def test_eleven_areas_can_be_asked_in_three_languages() -> None:
    asked = instrument_from_rows("2026-1", AREAS.rows, ANCHORS.rows)
    assert len(asked.areas) == 11
    for area in asked.areas:
        for language in ("fi", "sv", "en"):
            texts = [area.name, area.question, area.advice, *(area.anchor(level) for level in LEVELS)]
            assert len({text[language] for text in texts}) == len(texts)  # nothing empty, nothing twice


def test_only_published_areas_and_levels_name_the_publication() -> None:
    known = [row["area"] for row in AREAS.rows if row["basis"] == "known"]
    assert known == ["strategic_management", "sustainable_development", "innovativeness"]
    assert {row["source"] for row in AREAS.rows if row["basis"] == "own"} == {"keino"}
    published = {(row["area"], row["level"]) for row in ANCHORS.rows if row["source"] != "keino"}
    assert published == {
        ("strategic_management", "3"), ("strategic_management", "4"), ("strategic_management", "5"),
        ("sustainable_development", "4"), ("sustainable_development", "5"),
        ("innovativeness", "4"), ("innovativeness", "5"),
    }  # fmt: skip


@pytest.mark.parametrize("lacks", ["a level", "an area"])
def test_a_lack_is_found(lacks: str) -> None:
    from dataclasses import replace

    tables = {"maturity_areas": AREAS, "maturity_levels": ANCHORS}
    if lacks == "a level":
        tables["maturity_levels"] = replace(ANCHORS, rows=ANCHORS.rows[1:])
    else:
        tables["maturity_areas"] = replace(AREAS, rows=AREAS.rows[1:])
    assert len(list(cross_problems(tables))) == (1 if lacks == "a level" else 5)
