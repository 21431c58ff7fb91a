"""The council report on paper: its parts in order, its numbers in words, one page whatever the names."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from keino.report.council import CouncilTexts
from keino.report.council_book import write_council_book
from keino.report.council_page import council_body, path_years, write_council_pdf
from keino.report.council_words import sections
from keino.report.names import Names
from tests.factories.followup import council_content

WORDS = CouncilTexts(summary="We heat less.\n\nAnd better.", next_steps="A new contract.", written_in=("en",))
LANGUAGES = ("fi", "sv", "en")


def said(content: Any, key: str, texts: CouncilTexts = WORDS) -> str:
    (part,) = [part for part in sections(content, texts, "en") if part.key == key]
    return re.sub(r"\s", " ", " ".join((*part.sentences, *part.items)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_parts_stand_in_the_order_a_council_reads(language: str) -> None:
    keys = [part.key for part in sections(council_content(), WORDS, language)]
    assert keys == ["summary", "target", "footprint", "change", "hotspots", "progress", "next", "method", "sources"]


def test_target_is_an_even_way_and_the_interval_is_respected() -> None:
    """−50 % of 1 125 t in ten years is 56.25 t a year: 900 t in 2024; 1 000 t is 100 t more, within 800–1 300 t."""
    words = said(council_content(), "target")
    assert "by 50% from 2020 to 2030 (Kaupunginvaltuusto, 16 May 2022)" in words
    assert "leaves 900 t in 2024; purchases emitted 100 t more." in words
    assert "within the uncertainty" in words
    sure = council_content(footprint=replace(council_content().footprint, low_kgco2e=950_000.0))
    assert "within the uncertainty" not in said(sure, "target")


def test_footprint_has_interval_residents_and_coverage() -> None:
    words = said(council_content(), "footprint")
    assert "€2.5 million" in words
    assert "1,000 t CO₂e (95% interval 800–1,300 t), or 250 kg for each resident" in words
    assert "90% of the money has a category, and 85% an emission factor." in words


def test_change_names_its_parts_the_largest_first() -> None:
    words = said(council_content(), "change")
    assert "fell by 200 t CO₂e (17%) from 2023 to 2024: less bought −120 t" in words
    assert words.index("−120") < words.index("−60") < words.index("−30") < words.index("+10")
    assert "−30 ± 5 t (95%)" in words


def test_unknown_things_are_said_to_be_unknown() -> None:
    content = council_content(target=None, change=None, progress=None, hotspots=(), population=None)
    assert "No target" in said(content, "target")
    assert "no earlier year" in said(content, "change")
    assert "No actions" in said(content, "progress")
    assert "No single category" in said(content, "hotspots")
    assert "resident" not in said(content, "footprint")
    unknown = council_content(target=replace(council_content().target, baseline_kgco2e=None))
    assert "can't be told" in said(unknown, "target")


def test_years_on_the_way_are_the_measured_and_the_named_ones() -> None:
    assert [(each.year, each.target_kgco2e) for each in path_years(council_content())] == [
        (2020, pytest.approx(1_125_000)),
        (2023, pytest.approx(956_250)),
        (2024, pytest.approx(900_000)),
        (2030, pytest.approx(562_500)),
    ]


def test_words_of_people_are_escaped() -> None:
    hostile = CouncilTexts(summary="<script>alert(1)</script>", written_in=("en",))
    assert "<script>" not in council_body(council_content(), hostile, "en")


def pdf(tmp_path: Path, language: str, texts: CouncilTexts, **changes: Any) -> tuple[pypdf.PdfReader, str]:
    path = tmp_path / f"{language}.pdf"
    write_council_pdf(council_content(**changes), texts, path, language)
    book = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
    return book, re.sub(r"\s+", " ", " ".join(page.extract_text() for page in book.pages))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_is_one_tagged_page_with_all_numbers(tmp_path: Path, language: str) -> None:
    book, words = pdf(tmp_path, language, replace(WORDS, approved_on="2025-03-20"))
    root: Any = book.trailer["/Root"]
    assert (len(book.pages), root["/Lang"]) == (1, language)
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert {"fi": "Esimerkkilän kaupunki", "sv": "Exempelby stad", "en": "Town of Example"}[language] in words
    for part in sections(council_content(), WORDS, language):
        for sentence in part.sentences:
            assert re.sub(r"\s+", " ", sentence) in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_names_and_long_words_still_fit_on_one_page(tmp_path: Path, language: str) -> None:
    name = "Pohjois-Esimerkkilän ja Etelä-Keksittylän seutukunnallinen hankintayhteistyökuntayhtymä " * 2
    spots = tuple(replace(spot, names=Names(*(f"{name} {spot.category}",) * 3)) for spot in council_content().hotspots)
    texts = CouncilTexts(summary=("pitkä sana " * 64)[:700], next_steps=("seuraava " * 67)[:600], written_in=LANGUAGES)
    book, words = pdf(tmp_path, language, texts, organisation=Names(name, name, name), hotspots=spots)
    assert len(book.pages) == 1
    assert "HEAT.DISTRICT" in words


def test_workbook_has_the_words_and_exact_numbers(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_council_book(council_content(), replace(WORDS, summary="=1+1"), path, "en")
    book = openpyxl.load_workbook(path)
    words, numbers = book.worksheets
    cells = [cell for row in words.iter_rows() for cell in row if cell.value is not None]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]
    rows = [row for row in numbers.iter_rows(values_only=True) if row[0]]
    assert next(row for row in rows if row[0] == 2024)[:6] == (2024, 2500000, 1000, 800, 1300, 900)
    assert next(row for row in rows if row[0] == "Volume")[1] == pytest.approx(-120)
