"""Units and their display: euro, kgCO2e, shares. Nothing is rounded before it is shown."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
KG_PER_TONNE = 1000.0


def amount_text(amount: Decimal) -> str:
    """Return an amount as a plain decimal string, to the cent or finer when the ledger itself is finer.

    >>> amount_text(Decimal("12.5"))
    '12.50'
    >>> amount_text(Decimal("0.1250"))
    '0.125'
    """
    cents = amount.quantize(CENT, rounding=ROUND_HALF_UP)
    if cents == amount:
        return format(cents, "f")
    return format(amount.normalize(), "f")


def round_significant(value: float, digits: int = 2) -> float:
    """Return ``value`` with ``digits`` significant digits, for reading aloud (JOURNEYS: two or three digits)."""
    if value == 0:
        return 0.0
    return float(f"{value:.{digits}g}")
