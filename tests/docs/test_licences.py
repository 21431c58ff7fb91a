"""Every licence that the package stands under is named and given in full."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import pytest

from keino.facts.read import sources

REPOSITORY = Path(__file__).resolve().parents[2]
FACTS = REPOSITORY / "src" / "keino" / "facts"
#: Names of the SPDX licence list that keino's own files and tables stand under.
OURS = {"EUPL-1.2", "CC-BY-4.0", "CC-BY-SA-4.0", "OGL-UK-3.0"}
SPDX_NAME = re.compile(r"\b[A-Z]+(?:-[A-Z]+)*-\d\.\d\b")

#: How each text begins, and a heading near its end.
TEXTS = {
    "LICENSE": ("EUROPEAN UNION PUBLIC LICENCE v. 1.2", "Appendix"),
    "LICENSES/CC-BY-4.0.txt": ("Attribution 4.0 International", "Section 8"),
    "LICENSES/CC-BY-SA-4.0.txt": ("Attribution-ShareAlike 4.0 International", "Section 8"),
    "LICENSES/OGL-UK-3.0.txt": ("Open Government Licence v3.0", "About the Open Government Licence"),
}


def tables() -> dict[str, str]:
    """Licence by fact table."""
    files = sorted(FACTS.glob("*/table.toml"))
    return {path.parent.name: tomllib.loads(path.read_text("utf-8"))["licence"] for path in files}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_licence_text_is_whole(name: str) -> None:
    text = (REPOSITORY / name).read_text("utf-8")
    first, last = TEXTS[name]
    assert text.upper().index(first.upper()) < 200
    assert last.upper() in text.upper()
    if name.startswith("LICENSES/CC"):
        assert re.findall(r"^Section (\d)", text, re.MULTILINE) == [str(number) for number in range(1, 9)]


def test_every_table_stands_under_licences_whose_text_is_here() -> None:
    for table, licence in tables().items():
        named = set(SPDX_NAME.findall(licence))
        assert named, f"{table} names no licence"
        assert named <= OURS, table
    for licence in OURS - {"EUPL-1.2"}:
        assert (REPOSITORY / "LICENSES" / f"{licence}.txt").is_file()


def test_rows_under_share_alike_are_in_a_table_that_says_so() -> None:
    licence_of = {key: row["licence"] for key, row in sources().items()}
    for table, licence in tables().items():
        for path in (FACTS / table).glob("*.csv"):
            with path.open(encoding="utf-8", newline="") as stream:
                used = {licence_of[row["source"]] for row in csv.DictReader(stream)}
            if table == "factor_uncertainty":  # our own numbers about the factors, drawn from what their README says
                continue
            assert ("CC-BY-SA-4.0" in used) == ("CC-BY-SA-4.0" in licence), table


def test_pages_name_every_licence() -> None:
    for page in ("README.md", "CONTRIBUTING.md"):
        assert OURS - set(SPDX_NAME.findall((REPOSITORY / page).read_text("utf-8"))) == set(), page
