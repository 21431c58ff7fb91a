"""Who may open the pages of ledgers, calculations, lines and rules."""

from __future__ import annotations

from tests.web.measurement.access_ledgers import LEDGER_ADDRESSES
from tests.web.measurement.access_runs import RUN_ADDRESSES

ADDRESSES = [*LEDGER_ADDRESSES, *RUN_ADDRESSES]
