"""What the site must know of each part of ``programmes`` when it starts: a module with ``register()`` for each."""

from __future__ import annotations


def register() -> None:
    """Make audit trail, owners, personal data, mail topics and background work of every part known."""
    from keino.web.programmes.parts import applications, editions, selection

    for part in (applications, editions, selection):
        part.register()
