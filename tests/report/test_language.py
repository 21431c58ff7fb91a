"""Numbers, money and dates as Finnish, Swedish and English write them; errors in words."""

import subprocess
import sys
from decimal import Decimal

import pytest

from keino.domain.carbon.factor_rows import MissingFactorColumns
from keino.domain.ledgers.buyer_rules import BrokenRules
from keino.domain.plans.measures import EffectBeyondCategory
from keino.errors import Problem, Problems, UnreadableLedger, UsageError
from keino.report.language import translator


@pytest.mark.parametrize(
    ("language", "expected"), [("fi", "12\u202f345,68"), ("sv", "12\u202f345,68"), ("en", "12,345.68")]
)
def test_number_is_written_as_the_language_writes_it(language, expected):
    assert translator(language).number(Decimal("12345.675"), 2) == expected


def test_number_has_a_true_minus_sign():
    assert translator("fi").number(-5) == "\u22125"


def test_number_that_rounds_to_zero_has_no_sign():
    assert translator("en").number(-0.2) == "0"


@pytest.mark.parametrize(
    ("language", "currency", "expected"),
    [
        ("fi", "EUR", "12\u202f300\u00a0€"),
        ("sv", "SEK", "12\u202f300\u00a0kr"),
        ("en", "GBP", "£12,300"),
        ("en", "SEK", "12,300\u00a0kr"),
        ("en", "CHF", "CHF\u00a012,300"),
        ("fi", "GBP", "12\u202f300\u00a0£"),
    ],
)
def test_amount_has_its_currency_where_the_language_puts_it(language, currency, expected):
    assert translator(language).amount(Decimal(12300), currency) == expected


def test_negative_amount_has_the_minus_before_the_sign_of_the_currency():
    assert translator("en").amount(Decimal("-1200.50"), "EUR", 2) == "\u2212€1,200.50"


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("fi", 37_438_602, "37,4\u00a0milj.\u00a0€"),
        ("sv", 1_000_000, "1\u00a0mn\u00a0€"),
        ("en", 2_346_000_000, "€2.35\u00a0billion"),
        ("en", 45_649, "€45,600"),
        ("en", -999_999, "\u2212€1\u00a0million"),
        ("fi", 8.5, "8,50\u00a0€"),
    ],
)
def test_amount_to_read_has_three_digits(language, value, expected):
    assert translator(language).amount_to_read(value, "EUR") == expected


@pytest.mark.parametrize(("language", "expected"), [("fi", "81\u00a0%"), ("sv", "81\u00a0%"), ("en", "81%")])
def test_percent_has_its_blank(language, expected):
    assert translator(language).percent(0.814) == expected


def test_percent_to_read_turns_little_into_neither_nothing_nor_all():
    speech = translator("fi")
    assert speech.percent_to_read(0.001) == "alle 1\u00a0%"
    assert speech.percent_to_read(0.9999) == "yli 99\u00a0%"
    assert speech.percent_to_read(0) == "0\u00a0%"
    assert speech.percent_to_read(1) == "100\u00a0%"


def test_little_is_not_shown_as_nothing():
    assert translator("fi").never_zero(0.014, 1) == "<\u00a00,1"
    assert translator("en").never_zero(Decimal("-0.2")) == ">\u00a0\u22121"
    assert translator("en").never_zero(0.05, 1) == "0.1"


def test_tonnes_are_rounded_for_reading():
    speech = translator("en")
    assert [speech.tonnes(kg) for kg in (10_109_512.0, 57_876.0, 4_140.0, 31.4, 0.0)] == [
        "10,100",
        "57.9",
        "4.14",
        "0.0314",
        "0",
    ]


def test_date_is_written_as_the_language_writes_it():
    assert translator("fi").date("2023-03-09") == "9.3.2023"
    assert translator("en").date("2023-03-09") == "9 March 2023"
    assert translator("sv").date("2023") == "2023"
    assert translator("fi").date("") == ""


def test_years_show_gaps():
    speech = translator("en")
    assert speech.years((2021, 2022, 2023)) == "2021–2023"
    assert speech.years((2019, 2021, 2022)) == "2019, 2021 and 2022"
    assert speech.years(()) == ""


def test_plural_takes_the_form_of_the_count():
    speech = translator("fi")
    assert speech.plural("{count} row", "{count} rows", 1) == "1 rivi"
    assert speech.plural("{count} row", "{count} rows", 12345) == "12\u202f345 riviä"


def test_describe_translates_the_sentence_and_fills_in_the_values():
    error = UnreadableLedger(path="a{b}.csv", what="x", remedy="y")
    assert (
        translator("fi").describe(error) == "Tiedostoa a{b}.csv ei voitu lukea: x. Siitä ei laskettu mitään mukaan. y"
    )
    assert translator("en").describe(error) == str(error)


def test_describe_translates_the_problems_inside_an_error_and_their_problems():
    near = Problem(" Near it: {codes}.", codes=("HEAT.OIL", "HEAT.SOLID"))
    rows = (
        Problem("Row {row} names the category {code}, which is not known.{hint}", row=3, code="HEAT.OLI", hint=near),
        Problem("Row {row} has no condition, so it would take every line.", row=5),
    )
    error = BrokenRules(problems=Problems(rows))
    said = translator("fi").describe(error)
    assert said.splitlines()[1:] == [
        "- Rivillä 3 on kategoria HEAT.OLI, jota ei tunneta. Lähellä sitä: HEAT.OIL, HEAT.SOLID.",
        "- Rivillä 5 ei ole ehtoa, joten se koskisi kaikkia rivejä.",
    ]
    assert translator("en").describe(error) == str(error)


def test_describe_leaves_what_a_file_says_as_it_is_printed():
    error = MissingFactorColumns(missing=("Total",), needed=("Total",), optional=("Spend",))
    assert translator("fi").text("Total") == "Yhteensä"
    assert "Yhteensä" not in translator("fi").describe(error)


def test_text_of_nothing_is_nothing():
    assert translator("fi").text("") == ""


def test_unknown_language_is_refused_with_the_choices():
    with pytest.raises(UsageError, match=r"keino doesn't speak xx, .*Choose one of: fi, sv, en"):
        translator("xx")


def test_language_is_light_to_import():
    heavy = "{'babel', 'jinja2', 'altair', 'pandas', 'xlsxwriter', 'vl_convert', 'dataclasses', 'ibis'}"
    code = f"import sys, keino.report.language; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(("language", "told"), [("en", "1,235"), ("fi", "1 235"), ("sv", "1 235")])
def test_an_error_may_ask_for_a_number_without_decimals(language, told):
    error = EffectBeyondCategory(measure="m", category="HEAT", high_kgco2e=1234.56, footprint_kgco2e=10.0)
    assert told in translator(language).describe(error).replace("\u202f", " ").replace("\u00a0", " ")
