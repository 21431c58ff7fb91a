"""A question to a finished run: which years, what moved, which plan. As JSON, and as one key."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Question:
    """What is asked. ``reported_by`` and ``plan`` are public ids: of the run by which the first year was reported, and
    of the plan whose measures are looked for; empty = none.
    """

    year_from: int
    year_to: int
    moved_units: tuple[str, ...] = ()
    moved_categories: tuple[str, ...] = ()
    reported_by: str = ""
    plan: str = ""

    @property
    def years(self) -> tuple[int, int]:
        """The earlier and the later one."""
        return self.year_from, self.year_to

    def as_json(self) -> dict[str, Any]:
        """The question as JSON, its lists in one order."""
        moved = {name: sorted(set(getattr(self, name))) for name in ("moved_units", "moved_categories")}
        return asdict(self) | moved

    @property
    def key(self) -> str:
        """The same for the same question."""
        written = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()


def question_from(kept: dict[str, Any]) -> Question:
    """The question that ``as_json`` wrote."""
    moved = {name: tuple(kept[name]) for name in ("moved_units", "moved_categories")}
    return Question(**(kept | moved))
