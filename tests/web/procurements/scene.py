"""What ``procurements`` adds to the scene."""

from __future__ import annotations

from types import SimpleNamespace


def add(scene: SimpleNamespace) -> None:
    """Add one of everything to the organisation of the scene."""
