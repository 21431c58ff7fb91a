"""What ``cohorts`` adds to the scene: one module for each part."""

from __future__ import annotations

from types import SimpleNamespace

from tests.web.cohorts.scene import effect, sparring, taking_part


def add(scene: SimpleNamespace) -> None:
    """Add one of everything to the organisation of the scene."""
    effect.add(scene)
    taking_part.add(scene)
    sparring.add(scene)
