"""What the terminal shows of a footprint: in order, aligned, adding up."""

from decimal import Decimal

import pytest

from keino.cli.footprint_text import footprint_text
from keino.engine.results import Slice
from keino.report.footprint_tables import rest_of
from keino.report.language import LANGUAGES
from keino.report.sentences import coverage_sentence, three_sentences
from tests.factories.results import empty_result, footprint_result, negative_spend, without_factors


def shown(result, language="en", by="main", top=5):
    return footprint_text(result, language, by=by, top=top, report=None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_coverage_and_what_was_left_out_come_before_the_sentences_and_the_table(language):
    result = footprint_result()
    lines = shown(result, language).splitlines()
    assert coverage_sentence(result, language) in lines[0]
    assert "1,2" in lines[1] or "1.2" in lines[1]
    assert tuple(lines[3:6]) == three_sentences(result, language)
    assert len(lines[8:]) == 5 + 2  # five parts, all others, total


def test_table_adds_up_to_the_total():
    rows = [line.split("€") for line in shown(footprint_result(), top=3).splitlines()[8:]]
    spend = [Decimal(row[1].split()[0].replace(",", "")) for row in rows]
    names = [row[0].strip() for row in rows]
    assert names[-2:] == ["All others", "Total"]
    assert abs(sum(spend[:-1]) - spend[-1]) <= 2  # each is rounded to whole euros


def test_decimal_marks_stand_below_each_other():
    lines = shown(footprint_result(), by="category", top=12).splitlines()[8:]
    middle = [line.index(" – ") for line in lines if " – " in line]
    assert len(set(middle)) == 1
    assert len(middle) > 8


@pytest.mark.parametrize("shape", [empty_result, negative_spend, without_factors])
@pytest.mark.parametrize("language", LANGUAGES)
def test_odd_results_are_shown_without_a_fault(shape, language):
    assert "None" not in shown(shape(), language)


def test_names_in_the_table_are_short_ones():
    assert "District heating  " in shown(footprint_result(), by="category")


def test_money_without_factors_leaves_no_trace_of_rounding_in_the_rest():
    known = [Slice({}, 1, Decimal(10), kg, None, None) for kg in (0.1, 0.2, 0.3)]
    unknown = Slice({}, 1, Decimal(5), None, None, None, Decimal(5))
    total = Slice({}, 4, Decimal(35), 0.1 + (0.2 + 0.3), None, None, Decimal(5))
    rest = rest_of(total, known)
    assert (rest.lines, rest.spend, rest.footprint_kgco2e) == (unknown.lines, unknown.spend, None)
