"""What the access matrix needs of ledgers and calculations."""

from __future__ import annotations

from types import SimpleNamespace

from tests.web.measurement.scene_ledgers import add_ledgers
from tests.web.measurement.scene_runs import add_runs


def add(scene: SimpleNamespace) -> None:
    add_runs(scene)
    add_ledgers(scene)
