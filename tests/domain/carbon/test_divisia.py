"""The split of a product's change: against published numbers and a computation with 300 digits."""

from __future__ import annotations

import doctest
import math
import re
from decimal import Decimal, localcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keino.domain.carbon.divisia import divisia

# Published numbers: the tests of LMDIR 0.1.14 (M. Heun), an implementation of Ang (2005) in R; file
# tests/testthat/test_lmdi.R of github.com/MatthewHeun/LMDIR. Two sub-categories with three factors each, four years.
LMDIR_YEARS = (
    ((1, 10, 2), (4, 5, 3)),
    ((4, 5, 3), (5, 6, 4)),
    ((8, 2, 4), (5, 7, 5)),
    ((10, 1, 5), (6, 8, 6)),
)
LMDIR_PARTS = (
    ((50.47438029, -25.23719014, 14.76280986), (19.31568569, 15.78206435, 24.90224996)),
    ((42.96021467, -56.79031473, 17.83010006), (0.0, 22.47128816, 32.52871184)),
    ((12.6549815, -39.30996299, 12.6549815), (41.35566084, 30.28867832, 41.35566084)),
)
LMDIR_SUMS = (
    (69.79006598, -9.455125793, 39.66505981),
    (42.96021467, -34.31902656, 50.3588119),
    (54.01064234, -9.021284671, 54.01064234),
)


@pytest.mark.parametrize("period", range(3))
def test_divisia_gives_the_published_numbers(period: int) -> None:
    found = [divisia(*pair) for pair in zip(LMDIR_YEARS[period], LMDIR_YEARS[period + 1], strict=True)]
    for mine, published in zip(found, LMDIR_PARTS[period], strict=True):
        assert mine == pytest.approx(published, abs=5e-8)
    assert [sum(column) for column in zip(*found, strict=True)] == pytest.approx(LMDIR_SUMS[period], abs=5e-8)


def test_demonstration_of_the_method_page_runs() -> None:
    page = Path(__file__).resolve().parents[3] / "docs" / "methods" / "follow-up.md"
    (block,) = re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    runner = doctest.DocTestRunner(verbose=False)
    runner.run(doctest.DocTestParser().get_doctest(block, {}, page.name, page.name, 0))
    assert runner.summarize(verbose=False) == (0, 4)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ((0, 10, 2), (4, 5, 3), (60, 0, 0)),  # published: same file, the cases of Ang, Zhang & Choi (1998), table 2
        ((4, 5, 3), (5, 6, 0), (0, 0, -60)),
        ((0, 1, 1), (0, 2, 2), (0, 0, 0)),
        ((0, 1, 3), (2, 0, 3), (0, 0, 0)),
        ((0, 0, 3), (4, 5, 3), (30, 30, 0)),  # two zeros at once share alike
    ],
)
def test_divisia_of_zeros_is_the_published_limit(first, last, expected) -> None:
    assert divisia(first, last) == expected


@pytest.mark.parametrize("first", [(0, 10, 2), (0, 0, 2)])
def test_divisia_of_zeros_is_what_ever_smaller_values_lead_to(first: tuple[int, ...]) -> None:
    """The strategy of small values that Ang & Liu (2007) compare with the limits gets there, slowly (as 1 / ln δ)."""
    last = (4, 5, 3)
    small = [Decimal(10) ** -200_000 if factor == 0 else Decimal(factor) for factor in first]
    assert precise(small, last) == pytest.approx(divisia(first, last), abs=1e-3)


def precise(first, last) -> list[float]:
    """LMDI-I with 300 digits, straight from the formula: products of floats are exact in them."""
    with localcontext() as context:
        context.prec, context.Emin, context.Emax = 300, -(10**9), 10**9
        one, other = ([Decimal(factor) for factor in year] for year in (first, last))
        before, after = math.prod(one), math.prod(other)
        weight = (after - before) / (after / before).ln() if after != before else before
        return [float(weight * (x1 / x0).ln()) for x0, x1 in zip(one, other, strict=True)]


positive = st.floats(1e-3, 1e6)


@given(st.lists(st.tuples(positive, positive), min_size=1, max_size=4))
def test_divisia_agrees_with_many_digits(pairs: list[tuple[float, float]]) -> None:
    first, last = zip(*pairs, strict=True)
    scale = max(math.prod(first), math.prod(last))
    assert divisia(first, last) == pytest.approx(precise(first, last), rel=1e-9, abs=1e-11 * scale)


factor = st.one_of(st.just(0.0), st.floats(1e-3, 1e6), st.floats(-1e6, -1e-3))


@given(st.lists(st.tuples(factor, factor), min_size=1, max_size=4))
def test_divisia_sums_to_the_change_and_reverses_with_time(pairs: list[tuple[float, float]]) -> None:
    first, last = zip(*pairs, strict=True)
    change = math.prod(last) - math.prod(first)
    found = divisia(first, last)
    scale = max(map(abs, (*found, change)))
    assert abs(math.fsum(found) - change) <= 1e-9 * scale
    assert divisia(last, first) == pytest.approx([-part for part in found], rel=1e-9, abs=1e-9 * scale)


@pytest.mark.parametrize("years", [(-10.0, -0.5, 30.0, 0.4), (100.0, 0.5, -20.0, 0.6)])
def test_divisia_of_two_factors_with_negatives_is_the_midpoint_form(years) -> None:
    v0, i0, v1, i1 = years
    assert divisia((v0, i0), (v1, i1)) == pytest.approx(((v1 - v0) * (i0 + i1) / 2, (i1 - i0) * (v0 + v1) / 2))
