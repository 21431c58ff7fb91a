"""Addresses of ``base``: open to everyone."""

from __future__ import annotations

from keino.web.base.redirects import patterns
from tests.web.access import EVERYONE, Address

_OF_ORGANISATION = {str(pattern.name) for pattern in patterns() if str(pattern.name).startswith("translated-o-")}

ADDRESSES = [
    Address("base:front", EVERYONE),
    Address("base:style", EVERYONE),
    *(
        Address(
            f"base:{pattern.name}",
            EVERYONE,
            arguments=(lambda scene: {"slug": scene.organisation.slug})
            if pattern.name in _OF_ORGANISATION
            else (lambda _scene: {}),
            answers=frozenset({301}),  # whether the page itself may be opened is tried at its own address
        )
        for pattern in patterns()
    ),
]
