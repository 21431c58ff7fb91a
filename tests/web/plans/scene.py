"""What ``plans`` adds to the scene; each part adds its own."""

from __future__ import annotations

from types import SimpleNamespace

from tests.web.plans import scene_actions, scene_documents, scene_reduction


def add(scene: SimpleNamespace) -> None:
    """Add one of everything to the organisation of the scene."""
    scene_actions.add(scene)
    scene_reduction.add(scene)
    scene_documents.add(scene)
