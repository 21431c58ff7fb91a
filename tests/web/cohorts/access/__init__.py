"""Who may open what of ``cohorts``: one module for each part."""

from __future__ import annotations

from tests.web.access import Address
from tests.web.cohorts.access import effect, sparring, taking_part

ADDRESSES: list[Address] = [*effect.ADDRESSES, *sparring.ADDRESSES, *taking_part.ADDRESSES]
