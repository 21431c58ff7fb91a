"""What the site must know of each part of ``cohorts`` when it starts: one module with ``register()`` for each part."""

from __future__ import annotations


def register() -> None:
    """Make audit trail, owners, personal data, mail topics and background work of every part known."""
    from keino.web.cohorts.parts import effect, sparring, taking_part

    taking_part.register()
    effect.register()
    sparring.register()
