"""Who may open what of ``plans``; each part says its own."""

from __future__ import annotations

from tests.web.access import Address
from tests.web.plans import access_actions, access_documents, access_reduction

ADDRESSES: list[Address] = [
    *access_actions.ADDRESSES,
    *access_documents.ADDRESSES,
    *access_reduction.ADDRESSES,
]
