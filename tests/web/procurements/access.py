"""Who may open what of ``procurements``."""

from __future__ import annotations

from tests.web.access import Address
from tests.web.procurements.access_contracts import CONTRACT_ADDRESSES
from tests.web.procurements.access_hub import HUB_ADDRESSES

ADDRESSES: list[Address] = [*HUB_ADDRESSES, *CONTRACT_ADDRESSES]
