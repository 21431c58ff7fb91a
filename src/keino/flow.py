"""The path on one page: ledger → categories → footprint → hotspots. Read this first.

Each step is imported from the room that owns it. The steps that turn tables into tables are written once, as
expressions, and serve a laptop, the site and a cluster alike; the engine decides where they run.

    purchases      what a ledger line is                        keino.columns.PURCHASES
    categorised    + which category, by what evidence           keino.domain.ledgers.categories
    footprint      + which factor, how many kgCO2e              keino.domain.carbon.footprint
    hotspots       categories ranked by what they cause         keino.domain.carbon.hotspots
    changes        what moved between years, price taken out    keino.domain.carbon.changes
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from keino.domain.carbon.changes import year_changes
from keino.domain.carbon.footprint import footprint, totals
from keino.domain.carbon.hotspots import hotspots
from keino.domain.ledgers.categories import categorised

if TYPE_CHECKING:
    from ibis.expr.types import Table

__all__ = ["categorised", "footprint", "footprint_of_purchases", "hotspots", "totals", "year_changes"]


def footprint_of_purchases(purchases: Table, keys: Table, coefficients: Table, *, evidence: Sequence[str]) -> Table:
    """Return purchase lines (or sums of lines that are alike) with their category, factor and emissions.

    ``keys`` holds the decision for every combination of the ``evidence`` columns; ``coefficients`` the factor of every
    category and year. No line is lost: what has no category or no factor stays, and says so.
    """
    return footprint(categorised(purchases, keys, on=evidence), coefficients)
