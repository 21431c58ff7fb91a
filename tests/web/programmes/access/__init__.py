"""Who may open what of ``programmes``: one module for each part."""

from __future__ import annotations

from tests.web.access import Address
from tests.web.programmes.access import applications, editions, selection

ADDRESSES: list[Address] = [*applications.ADDRESSES, *editions.ADDRESSES, *selection.ADDRESSES]
