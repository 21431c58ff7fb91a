"""Invented Finnish business ids: the check digit is right, the number belongs to nobody.

Numbers begin with 8. The reference lists of municipalities and suppliers that the project keeps for tests have ids that
begin with 0 to 3 and, for some municipalities, with 9; none begins with 8 (tests/towns/test_generate.py checks it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
UNASSIGNED_FIRST_DIGIT = 8


def business_id(number: int) -> str | None:
    """Return the seven-digit ``number`` with its check digit, or None when the number can have none.

    The weighted sum of the digits modulo 11 gives 0 → 0 and r → 11 − r; numbers with r = 1 are never given out.

    >>> business_id(2077474)  # the example in python-stdnum's module stdnum.fi.ytunnus
    '2077474-0'
    """
    digits = f"{number:07d}"
    remainder = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11
    if remainder == 1:
        return None
    return f"{digits}-{(11 - remainder) % 11}"


def business_ids(block: int, rng: Random) -> Iterator[str]:
    """Yield different ids 8``block``xxxxx; ``block`` (0–9) keeps the buyers apart."""
    first = (UNASSIGNED_FIRST_DIGIT * 10 + block) * 100_000
    for number in rng.sample(range(first, first + 100_000), 5_000):
        candidate = business_id(number)
        if candidate is not None:
            yield candidate
