"""What ``procurements`` adds to the scene."""

from __future__ import annotations

from types import SimpleNamespace

from tests.web.procurements.scene_contracts import add_contracts
from tests.web.procurements.scene_hub import add_hub


def add(scene: SimpleNamespace) -> None:
    """Add one of everything to the organisation of the scene."""
    add_hub(scene)
    add_contracts(scene)
