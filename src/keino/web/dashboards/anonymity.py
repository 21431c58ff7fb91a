"""When a number about several organisations may be shown, so that none of them can be read out of it.

A cell is shown only if at least five organisations are in it and none makes more than half of its money or of its
footprint. What some of them publish themselves is known to everybody, so the same must hold for those that don't
publish: otherwise the public ones could be taken away from the sum. Cells that may not be shown are added up, together
with as many small ones as it takes, so that they can't be worked out from the total. Method: docs/methods/peers.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from keino.web.organisations.peer_groups import FEWEST

#: Largest share of one organisation in a sum that may be shown.
LARGEST_SHARE = 0.5


@dataclass(frozen=True)
class Member:
    """One organisation's part of a sum. Kilograms are None where no factor fits."""

    organisation: int
    spend: float
    footprint_kgco2e: float | None
    low_kgco2e: float | None = None
    high_kgco2e: float | None = None
    spend_with_factor: float = 0.0
    population: int | None = None
    is_public: bool = False

    @property
    def intensity(self) -> float | None:
        """KgCO2e per unit of money that has a factor."""
        if self.footprint_kgco2e is None or self.spend_with_factor <= 0:
            return None
        return self.footprint_kgco2e / self.spend_with_factor


def may_be_shown(members: Sequence[Member]) -> bool:
    """Whether a sum of these organisations gives none of them away."""
    hidden = [member for member in members if not member.is_public]
    return _is_mixed(members) and (not hidden or _is_mixed(hidden))


def _is_mixed(members: Sequence[Member]) -> bool:
    if len({member.organisation for member in members}) < FEWEST:
        return False
    amounts = [abs(member.spend) for member in members]
    footprints = [abs(member.footprint_kgco2e or 0.0) for member in members]
    return all(sum(values) == 0 or max(values) <= LARGEST_SHARE * sum(values) for values in (amounts, footprints))


def pooled(cells: Mapping[str, Sequence[Member]]) -> tuple[dict[str, Sequence[Member]], tuple[Member, ...]]:
    """Return the cells that may be shown, and all others as one. Both are empty when nothing may be shown.

    The others are shown as a sum too, so they must themselves be safe: if they aren't, the smallest cells join them.
    """
    shown = {name: members for name, members in cells.items() if may_be_shown(members)}
    rest = [member for name, members in cells.items() if name not in shown for member in members]
    by_size = sorted(shown, key=lambda name: (len(shown[name]), sum(abs(m.spend) for m in shown[name]), name))
    for name in by_size:
        if not rest or may_be_shown(rest):
            break
        rest.extend(shown.pop(name))
    if rest and not may_be_shown(rest):
        return {}, ()
    return shown, tuple(rest)
