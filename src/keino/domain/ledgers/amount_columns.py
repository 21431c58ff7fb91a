"""Which of several money columns is net, which tax and which gross: net + VAT = gross, row by row.

Labels can be vague or exchanged; arithmetic over the rows can't. Method: docs/methods/column-mapping.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

#: A cent: the three amounts are rounded one by one.
TOLERANCE = Decimal("0.01")
#: No value added tax is above this share of the net amount; co-financing and similar sums are.
HIGHEST_VAT_SHARE = Decimal("0.30")
_SHARE_OF_ROWS = 0.95
_FEWEST_TAXED_ROWS = 3
_MOST_COLUMNS = 8

Amounts = Sequence[Decimal | None]


@dataclass(frozen=True)
class AmountTriple:
    """Source columns (index) for which net + VAT = gross holds; ``rows`` is how many taxed rows prove it."""

    net: int
    vat: int
    gross: int
    rows: int


def amount_triple(columns: Mapping[int, Amounts]) -> AmountTriple | None:
    """Return the triple that the most taxed rows prove, or None when no three columns add up.

    At least 95 % of the rows where all three are filled must add up to the cent, at least three of them with a tax.
    """
    places = sorted(columns)[:_MOST_COLUMNS]
    found = [
        triple
        for gross in places
        for first, second in combinations([place for place in places if place != gross], 2)
        if (triple := _triple(columns, first, second, gross))
    ]
    return max(found, key=lambda triple: triple.rows, default=None)


def _triple(columns: Mapping[int, Amounts], first: int, second: int, gross: int) -> AmountTriple | None:
    lines = [
        (one, two, both)
        for one, two, both in zip(columns[first], columns[second], columns[gross], strict=True)
        if one is not None and two is not None and both is not None
    ]
    if not _adds_up(lines[:20]) or not _adds_up(lines):
        return None
    first_sum = sum((abs(one) for one, _, _ in lines), Decimal(0))
    second_sum = sum((abs(two) for _, two, _ in lines), Decimal(0))
    if first_sum < second_sum:
        first, second = second, first
        lines = [(two, one, both) for one, two, both in lines]
    taxed = [(net, vat) for net, vat, _ in lines if vat]
    credible = [1 for net, vat in taxed if net * vat > 0 and abs(vat) <= HIGHEST_VAT_SHARE * abs(net) + TOLERANCE]
    if len(taxed) < _FEWEST_TAXED_ROWS or len(credible) < 0.9 * len(taxed):
        return None
    return AmountTriple(first, second, gross, len(credible))


def _adds_up(lines: Sequence[tuple[Decimal, Decimal, Decimal]]) -> bool:
    right = sum(abs(one + two - both) <= TOLERANCE for one, two, both in lines)
    return bool(lines) and right >= _SHARE_OF_ROWS * len(lines)


def vat_basis(amounts: Amounts, taxes: Amounts) -> str:
    """Return "net" or "gross" for what an amount beside a tax column is; "" when the rates leave it open.

    A rate of value added tax is a whole multiple of half a percent of the net amount. So tax / amount is such a
    multiple for a net amount, and tax / (amount - tax) for a gross one. A fifth may be either (20 % of net, 25 % of
    gross) and decides nothing.
    """
    is_net = is_gross = 0
    for amount, tax in zip(amounts, taxes, strict=True):
        if amount is None or not tax or abs(amount) < 100 or abs(tax) >= abs(amount):
            continue
        rates = _is_rate(amount, tax), _is_rate(amount - tax, tax)
        is_net += rates == (True, False)
        is_gross += rates == (False, True)
    if is_net + is_gross < _FEWEST_TAXED_ROWS:
        return ""
    return "net" if is_net >= 9 * is_gross else "gross" if is_gross >= 9 * is_net else ""


def _is_rate(net: Decimal, tax: Decimal) -> bool:
    steps = 200 * tax / net
    slack = 200 * TOLERANCE / abs(net)
    return 0 < steps <= 200 * HIGHEST_VAT_SHARE and abs(steps - round(steps)) <= slack


def exceeds(larger: Amounts, smaller: Amounts) -> bool:
    """Whether one amount column is never nearer zero than another and farther in some row: gross beside net."""
    pairs = [(a, b) for a, b in zip(larger, smaller, strict=True) if a is not None and b is not None]
    never_less = all(abs(a) >= abs(b) - TOLERANCE for a, b in pairs)
    return bool(pairs) and never_less and any(abs(a) > abs(b) + TOLERANCE for a, b in pairs)
