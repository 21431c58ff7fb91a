"""Who may open what of ``followup``."""

from __future__ import annotations

from tests.web.access import Address

ADDRESSES: list[Address] = []
