"""What is done to a procurement only while it goes on."""

from __future__ import annotations

from keino.web.base.errors import NotAllowedNow
from keino.web.procurements.choices import OVER
from keino.web.procurements.models import Procurement


def require_open(procurement: Procurement) -> None:
    """Raise NotAllowedNow for a procurement that is closed or was cancelled."""
    if procurement.state in OVER:
        raise NotAllowedNow(state=procurement.get_state_display())
