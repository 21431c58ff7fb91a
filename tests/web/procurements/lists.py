"""Pages of ``procurements`` that list rows."""

from __future__ import annotations

from tests.web.lists import Listed
from tests.web.procurements.lists_contracts import CONTRACT_LISTS
from tests.web.procurements.lists_hub import HUB_LISTS

LISTS: list[Listed] = [*HUB_LISTS, *CONTRACT_LISTS]
