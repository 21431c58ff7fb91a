from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keino.domain.ledgers.values import (
    AmountStyle,
    amount_style,
    has_letters,
    is_amount,
    looks_like_account_code,
    looks_like_business_id,
    looks_like_postcode,
    parse_amount,
    split_code_and_name,
)


@pytest.mark.parametrize(
    ("values", "decimal", "thousands"),
    [
        (["1.234,50"], ",", "."),
        (["1,234.50"], ".", ","),
        (["1 234,50", "12"], ",", " "),
        (["1\u00a0234,50 €"], ",", " "),
        (["1\u202f234.50"], ".", " "),
        (["1'234.50"], ".", "'"),
        (["12,5"], ",", ""),
        (["0.125"], ".", ""),
        (["15.414.794", "7.707.397"], ",", "."),
        (["£1,234.50", "£3.00"], ".", ","),
        (["12.345", "1,50"], ",", "."),
        (["2500", "-3"], ".", ""),
        (["1,234", "532", "9", "12"], ".", ","),
        (["7815,50", "2364,36", "-35,92"], ",", ""),
    ],
)
def test_amount_style_is_decided_by_evidence(values: list[str], decimal: str, thousands: str) -> None:
    style = amount_style(values)
    assert style is not None
    assert (style.decimal, style.thousands, style.is_ambiguous) == (decimal, thousands, False)


@pytest.mark.parametrize("values", [["1,234"], ["12.345", "1500"], ["1.234", "5,678"], ["1,50", "1.50"]])
def test_amount_style_says_when_it_is_ambiguous(values: list[str]) -> None:
    style = amount_style(values)
    assert style is not None
    assert style.is_ambiguous


def test_amount_style_names_the_forms_of_negative_amounts() -> None:
    style = amount_style(["(12.50)", "99.10-", "5.00CR"])
    assert style == AmountStyle(".", "", False, True, True, True)


def test_amount_style_of_no_numbers_is_none() -> None:
    assert amount_style(["N/A", "", "Apem Ltd"]) is None


@pytest.mark.parametrize(
    ("text", "style", "amount"),
    [
        ("(1 234,50)", AmountStyle(",", " "), "-1234.50"),
        ("1.234,50-", AmountStyle(",", "."), "-1234.50"),
        ("−12,5", AmountStyle(",", ""), "-12.5"),
        ("£1,234.50", AmountStyle(".", ","), "1234.50"),
        ("EUR 12,00", AmountStyle(",", ""), "12.00"),
        ("\ufffd1,234.00", AmountStyle(".", ","), "1234.00"),
        ("12.00 CR", AmountStyle(".", ""), "-12.00"),
        ("-5", AmountStyle(".", ""), "-5"),
        ("1.5E+05", AmountStyle(",", "."), "150000"),
        (".5", AmountStyle(".", ""), "0.5"),
    ],
)
def test_parse_amount_keeps_the_sign(text: str, style: AmountStyle, amount: str) -> None:
    assert parse_amount(text, style) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "-", "N/A", "2 14", "12/2020", "1001\\5110042450", "47009037/1,664.9", "FE3701"])
def test_what_is_no_amount(text: str) -> None:
    assert not is_amount(text)


@given(
    st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=2), min_size=1, max_size=30),
    st.sampled_from([(",", "."), (",", " "), (".", ","), (".", "'"), (",", ""), (".", "")]),
    st.sampled_from(["front", "behind", "parentheses"]),
)
def test_every_amount_with_two_decimals_is_read_back(amounts: list[Decimal], marks: tuple[str, str], sign: str) -> None:
    printed = [_printed(amount, *marks, sign) for amount in amounts]
    style = amount_style(printed)
    assert style is not None
    assert [parse_amount(text, style) for text in printed] == amounts


def _printed(amount: Decimal, decimal: str, thousands: str, sign: str) -> str:
    text = f"{abs(amount):,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    if amount >= 0:
        return text
    return {"front": f"-{text}", "behind": f"{text}-", "parentheses": f"({text})"}[sign]


# Y-tunnus of Nokia, Kone and Fortum, as they print them themselves; the last ones have a wrong check digit.
@pytest.mark.parametrize("text", ["0112038-9", "1927400-1", "1463611-4", "FI01120389", "GB684966762", "556016-0680"])
def test_business_ids_are_recognised(text: str) -> None:
    assert looks_like_business_id(text)


@pytest.mark.parametrize("text", ["0112038-8", "1927400-2", "Nokia Oyj", "12.50", ""])
def test_what_is_no_business_id(text: str) -> None:
    assert not looks_like_business_id(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("4340 Asiantuntijapalvelut", ("4340", "Asiantuntijapalvelut")),
        ("4340, Asiantuntijapalvelut", ("4340", "Asiantuntijapalvelut")),
        ("4340 - Asiantuntijapalvelut", ("4340", "Asiantuntijapalvelut")),
        ("100, Konsernihallinto", ("100", "Konsernihallinto")),
        ("4340", None),
        ("Asiantuntijapalvelut", None),
        ("4340 4341", None),
    ],
)
def test_code_and_name_are_split(text: str, parts: tuple[str, str] | None) -> None:
    assert split_code_and_name(text) == parts


def test_account_codes_have_two_to_eight_digits() -> None:
    assert [looks_like_account_code(text) for text in ("43", "4340", "4340.0", "40000000", "4", "43.5", "4A40")] == [
        *(True, True, True, True),
        *(False, False, False),
    ]


def test_postcodes_of_three_countries() -> None:
    assert all(map(looks_like_postcode, ("21530", "114 55", "EX1 1JN", "AX-22100")))


def test_letters_are_letters_in_any_language() -> None:
    assert has_letters("Öljy")
    assert not has_letters("12 A 4")
