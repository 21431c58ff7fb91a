"""What ``programmes`` adds to the scene: one module for each part."""

from __future__ import annotations

from types import SimpleNamespace

from tests.web.programmes.scene import applications, editions, selection


def add(scene: SimpleNamespace) -> None:
    """Add one of everything to the organisation of the scene."""
    editions.add(scene)
    applications.add(scene)
    selection.add(scene)
