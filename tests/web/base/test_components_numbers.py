"""Numbers, dates and errors as templates say them in each language."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils.translation import override

from keino.web.base.errors import NotAllowedNow, as_data

HELSINKI = ZoneInfo("Europe/Helsinki")


def said(source: str, language: str = "fi", **values: Any) -> str:
    """The text with narrow and no-break spaces as plain ones."""
    with override(language):
        return Template(source).render(Context(values)).replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("source", "value", "finnish", "english"),
    [
        ("{{ value|number }}", 1234567.891, "1 234 568", "1,234,568"),
        ("{{ value|number:1 }}", -1234.55, "−1 234,6", "−1,234.6"),
        ("{{ value|to_read }}", 1234567.891, "1 230 000", "1,230,000"),
        ("{{ value|exact }}", Decimal("1234.50"), "1 234,50", "1,234.50"),
        ("{{ value|exact }}", 0.1, "0,1", "0.1"),
        ("{{ value|percent }}", 0.1234, "12 %", "12%"),
        ("{{ value|of_hundred }}", 62, "62 %", "62%"),
        ("{{ value|signed:1 }}", 3.24, "+3,2", "+3.2"),
        ("{{ value|signed_percent }}", -0.034, "−3,4 %", "−3.4%"),
        ("{{ value|signed_percent }}", 0.34, "+34 %", "+34%"),
        ("{{ value|signed_percent }}", 0.0, "0 %", "0%"),
        ('{{ value|money:"EUR" }}', Decimal("1234567.89"), "1 234 568 €", "€1,234,568"),
        ('{{ value|money_exact:"EUR" }}', Decimal("1234567.895"), "1 234 567,90 €", "€1,234,567.90"),
        ('{{ value|money_to_read:"EUR" }}', 12345678, "12,3 milj. €", "€12.3 million"),
        ("{{ value|tonnes }}", 1234567.0, "1 230", "1,230"),
        ("{{ value|co2e }}", 1234567.0, "1 230 t CO₂e", "1,230 t CO₂e"),
        ("{{ value|co2e }}", 999.4, "999 kg CO₂e", "999 kg CO₂e"),
        ("{{ value|day }}", dt.date(2026, 4, 3), "3.4.2026", "3 April 2026"),
    ],
)
def test_value_is_written_as_the_language_does(source: str, value: Any, finnish: str, english: str) -> None:
    assert said(source, "fi", value=value) == finnish
    assert said(source, "en", value=value) == english


@pytest.mark.parametrize(
    "filter_name",
    [
        "number",
        "to_read",
        "exact",
        "percent",
        "of_hundred",
        "signed",
        "signed_percent",
        "tonnes",
        "co2e",
        "day",
        "moment",
    ],
)
def test_unknown_is_an_en_dash(filter_name: str) -> None:
    assert said(f"{{{{ value|{filter_name} }}}}", value=None) == "–"


@pytest.mark.parametrize("filter_name", ["money", "money_exact", "money_to_read"])
def test_unknown_money_is_an_en_dash(filter_name: str) -> None:
    assert said(f'{{{{ value|{filter_name}:"EUR" }}}}', value=None) == "–"


def test_interval_has_one_unit_for_both_ends() -> None:
    assert said("{% interval low high %}", low=92_900_000.0, high=175_000_000.0) == "92 900–175 000 t CO₂e"
    assert said("{% interval low high %}", low=500.0, high=1_500.0) == "0,5–1,5 t CO₂e"
    assert said("{% interval low high %}", low=5.0, high=15.0) == "5–15 kg CO₂e"
    assert said("{% interval low high %}", low=None, high=15.0) == "–"


def test_moment_is_finnish_time_in_winter_and_summer() -> None:
    winter = dt.datetime(2026, 1, 15, 22, 30, tzinfo=dt.UTC)
    summer = dt.datetime(2026, 7, 15, 20, 59, tzinfo=dt.UTC)
    assert said("{{ value|moment }}", "en", value=winter) == "16 January 2026, 00:30"
    assert said("{{ value|moment }}", "en", value=summer) == "15 July 2026, 23:59"
    assert said("{{ value|day }}", "fi", value=winter) == "16.1.2026"
    assert said("{{ value|moment }}", "fi", value=winter) == "16.1.2026 klo 0.30"


def test_the_two_hours_with_one_name_do_not_stop_a_page() -> None:
    """Clocks go back on 25 October 2026: 3.30 comes twice."""
    first = dt.datetime(2026, 10, 25, 3, 30, tzinfo=HELSINKI)
    assert said("{{ value|moment }}", "en", value=first) == "25 October 2026, 03:30"
    assert said("{{ value|moment }}", "en", value=first.replace(fold=1)) == "25 October 2026, 03:30"


def test_error_kept_as_data_is_said_whole() -> None:
    text = said("{{ value|error_text }}", "en", value=as_data(NotAllowedNow(state="approved")))
    assert text == (
        "This can&#x27;t be done now, because it is “approved”. Nothing was changed. Reload the page to see what can."
    )
    assert said("{{ value|error_text }}", value=None) == ""
