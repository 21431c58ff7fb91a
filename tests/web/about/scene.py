"""What the access matrix needs of these pages."""

from __future__ import annotations

from types import SimpleNamespace

from tests.factories.about import a_feedback


def add(scene: SimpleNamespace) -> None:
    """One message that waits, with words that only those who answer may read."""
    scene.feedback = a_feedback(text="Confidential message 7321")
