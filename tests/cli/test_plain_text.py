"""Terminals that lack a character get a plain one, and numbers stay readable."""

import pytest

from keino.cli.plain_text import PLAIN


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("cp1252", "−732\u202f293,25\u00a0€ CO2e “ä” ← 漢".replace("\u202f", " ").replace("−", "-")),
        ("ascii", '-732 293,25 EUR CO2e "a" <- ?'),
    ],
)
def test_missing_characters_have_plain_ones_in_their_place(encoding: str, expected: str) -> None:
    text = "−732\u202f293,25\u00a0€ CO₂e “ä” ← 漢"
    assert text.encode(encoding, PLAIN).decode(encoding) == expected.replace("←", "<-").replace("漢", "?")


def test_reading_is_not_made_plain() -> None:
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", PLAIN)
