"""Which set of rules the value of a procurement calls for: below the national threshold, national, EU, light regime.

The values come as rows of the fact table ``thresholds``; the day the procedure starts decides which of them hold.
Method: docs/methods/thresholds.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from keino.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: What is bought. The two kinds of special services are those of Annex E of the Procurement Act: 1-4 and 5-15.
PURCHASE_KINDS = (
    "goods",
    "services",
    "design_contest",
    "works",
    "health_social_services",
    "other_special_services",
    "concession",
)
#: Kinds that follow the light regime above their EU threshold.
LIGHT_KINDS = frozenset({"health_social_services", "other_special_services"})

BUYER_SIDES = ("central_government", "other", "special_sector")
#: Kinds of organisations that are central government; every other kind is ``other``.
_CENTRAL = frozenset({"state_agency", "ministry"})

LEVELS = ("below_national", "national", "eu", "special_sector_eu", "light_regime")


class UnknownPurchaseKind(UsageError):
    """A kind of purchase that thresholds don't know."""

    code = "unknown_purchase_kind"
    template = "There is no kind of purchase called {kind}, so no threshold belongs to it. Choose one of: {known}."


class UnknownBuyerSide(UsageError):
    """A kind of buyer that thresholds don't know."""

    code = "unknown_buyer_side"
    template = "There is no kind of buyer called {side}, so no threshold belongs to it. Choose one of: {known}."


class NegativeValue(UsageError):
    """The value of a procurement is negative or no number."""

    code = "negative_procurement_value"
    template = (
        "The value of the procurement is {value_eur} €, which no threshold can be compared with. Give the estimated "
        "total without value added tax, with options, extensions and lots."
    )


class NoThreshold(UsageError):
    """No row holds for this purchase, buyer and day."""

    code = "no_threshold"
    template = (
        "No threshold is known for {kind} bought by {side} on {day} ({level}), so it can't be said which rules apply. "
        "The table knows: {known}. Check the day, or add an edition of the table with the values in force."
    )


@dataclass(frozen=True)
class Threshold:
    """One threshold in euro without VAT, from ``valid_from`` to ``valid_to`` (both days included; None: still holds).

    ``scope``: national or eu; ``source``: key of its publication.
    """

    scope: str
    purchase_kind: str
    buyer_side: str
    valid_from: date
    valid_to: date | None
    value_eur: Decimal
    source: str = ""

    def holds(self, day: date) -> bool:
        """True when the threshold is in force on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class ThresholdLevel:
    """The level of a procurement (one of LEVELS) and the rows that decided.

    ``reached``: the highest threshold that the value reaches, None below all; ``next_above``: the lowest one that it
    doesn't reach, None above all.
    """

    level: str
    reached: Threshold | None
    next_above: Threshold | None

    @property
    def row(self) -> Threshold | None:
        """The row that decided: the highest reached; below all, the one that was not reached."""
        return self.reached or self.next_above


def thresholds_from_rows(rows: Iterable[Mapping[str, str]]) -> tuple[Threshold, ...]:
    """Return the thresholds of rows with scope, purchase_kind, buyer_side, valid_from, valid_to, value_eur, source."""
    return tuple(
        Threshold(
            row["scope"],
            row["purchase_kind"],
            row["buyer_side"],
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            Decimal(row["value_eur"]),
            row["source"],
        )
        for row in rows
    )


def buyer_side(organisation_kind: str) -> str:
    """Return the side of a kind of organisation: central_government or other.

    Whether a purchase belongs to a special sector (water, energy, transport, post) depends on what it is for, not on
    who buys: the buyer says so by choosing ``special_sector``.

    >>> buyer_side("municipality")
    'other'
    """
    return "central_government" if organisation_kind in _CENTRAL else "other"


def threshold_level(
    thresholds: Sequence[Threshold], value_eur: Decimal, *, purchase_kind: str, buyer_side: str, day: date
) -> ThresholdLevel:
    """Return which rules a procurement follows, and the rows that say so.

    ``value_eur``: estimated total without VAT, with options, extensions and all lots. ``day``: the day the procedure
    starts. A value equal to a threshold reaches it (>=). That boundary is keino's own choice, on the careful side:
    the wording of the Procurement Act was not verified.

    The table has no national threshold for special sectors, so below its EU threshold such a purchase is
    ``below_national``.

    Raises UnknownPurchaseKind, UnknownBuyerSide, NegativeValue, and NoThreshold where the table holds no value for
    that day: nothing is carried over from another period.
    """
    _check(value_eur, purchase_kind, buyer_side)
    wanted = ["eu"] if buyer_side == "special_sector" else ["national", "eu"]
    rows = [_in_force(thresholds, scope, purchase_kind, buyer_side, day) for scope in wanted]
    reached = [row for row in rows if value_eur >= row.value_eur]
    above = [row for row in rows if value_eur < row.value_eur]
    highest = max(reached, key=lambda row: row.value_eur, default=None)
    lowest = min(above, key=lambda row: row.value_eur, default=None)
    return ThresholdLevel(_level(highest), highest, lowest)


def _check(value_eur: Decimal, purchase_kind: str, side: str) -> None:
    if purchase_kind not in PURCHASE_KINDS:
        raise UnknownPurchaseKind(kind=purchase_kind, known=PURCHASE_KINDS)
    if side not in BUYER_SIDES:
        raise UnknownBuyerSide(side=side, known=BUYER_SIDES)
    if not value_eur.is_finite() or value_eur < 0:
        raise NegativeValue(value_eur=value_eur)


def _in_force(thresholds: Iterable[Threshold], scope: str, purchase_kind: str, side: str, day: date) -> Threshold:
    mine = [t for t in thresholds if (t.scope, t.purchase_kind, t.buyer_side) == (scope, purchase_kind, side)]
    holding = [threshold for threshold in mine if threshold.holds(day)]
    if not holding:
        known = tuple(f"{t.valid_from}–{t.valid_to or ''}" for t in sorted(mine, key=lambda t: t.valid_from)) or "–"
        raise NoThreshold(kind=purchase_kind, side=side, day=day, level=scope, known=known)
    return max(holding, key=lambda threshold: threshold.valid_from)


def _level(reached: Threshold | None) -> str:
    if reached is None:
        return "below_national"
    if reached.scope == "national":
        return "national"
    if reached.purchase_kind in LIGHT_KINDS:
        return "light_regime"
    return "special_sector_eu" if reached.buyer_side == "special_sector" else "eu"
