"""What a spreadsheet program would run never leaves keino as it is; numbers stay numbers. Python and SQL agree."""

import duckdb
import pytest

from keino.engine.formulas import harmless, harmless_sql

#: Payloads as collected by OWASP under "CSV Injection", and their like.
RUN = [
    "=1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "=HYPERLINK(\"http://x\")", "-2+3+cmd|' /C calc'!A0", "+1+cmd|'x'!A0",
    "+ SUM(A1)", "- 2+3", "-(1)", "-SUM(1)", "+A1", "-1,2;=3", "-5\n=1+1",
]  # fmt: skip
NUMBERS = [
    "-5",
    "+5",
    "-1 234,50",
    "-1\u00a0234,50 €",
    "-1'234.50",
    "+358 40 123 4567",
    "-12 %",
    "-1.234,50 EUR",
    "-",
    "-.5",
]
TEXTS = ["Esimerkki Oy", "", "'=1", "1=1", "a@b.fi"]


@pytest.mark.parametrize(
    ("texts", "sign"), [(RUN, "'"), (NUMBERS, ""), (TEXTS, "")], ids=["formulas", "numbers", "other texts"]
)
def test_formulas_get_an_apostrophe_and_nothing_else_does(texts: list[str], sign: str) -> None:
    wanted = [sign + text for text in texts]
    assert [harmless(text) for text in texts] == wanted
    asked = f"SELECT {harmless_sql('cell')} FROM (SELECT unnest(?::VARCHAR[]) AS cell)"
    assert [cell for (cell,) in duckdb.execute(asked, [texts]).fetchall()] == wanted
