"""Tables of ``followup``."""

from keino.web.followup.models.report import CouncilReport
from keino.web.followup.models.result import FollowUpResult

__all__ = ["CouncilReport", "FollowUpResult"]
