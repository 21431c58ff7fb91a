"""What changed from one round to another, where both asked the same questions. Method: docs/methods/maturity.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Change:
    """One area in two rounds; None where a round doesn't show it."""

    before: float | None
    after: float | None

    @property
    def difference(self) -> float | None:
        """How much higher the later round is; None unless both are shown."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Changes:
    """All areas of two rounds, and the overall means over the areas that both show (None: there are none)."""

    areas: Mapping[str, Change]
    overall: Change


def changes(before: Mapping[str, float | None], after: Mapping[str, float | None]) -> Changes:
    """Compare two rounds of one edition by their areas' means.

    The overall means are of the areas that both rounds show: otherwise an area that is shown once only would move them.
    """
    areas = {area: Change(before.get(area), mean) for area, mean in after.items()}
    both = [(each.before, each.after) for each in areas.values() if each.before is not None and each.after is not None]
    if not both:
        return Changes(areas, Change(None, None))
    earlier, later = (sum(side) / len(both) for side in zip(*both, strict=True))
    return Changes(areas, Change(earlier, later))
