"""The management's commitment: where a request stands, how it was confirmed, what changed after that."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keino.web.programmes.choices.applications import CommitmentState
from keino.web.programmes.models import CommitmentRequest
from keino.web.programmes.queries.discussions import standing

if TYPE_CHECKING:
    from keino.web.programmes.models import Application

#: What a manager reads and stands behind, by the name that it has on the page.
_STANDS_BEHIND = {
    "pilot": gettext_lazy("Pilot"),
    "capacity": gettext_lazy("Time and means"),
    "agreed": gettext_lazy("What was agreed in the discussion"),
    "team": gettext_lazy("Team"),
}


def commitment_state(request: CommitmentRequest) -> CommitmentState:
    """Where a request stands."""
    if request.confirmed_at is not None:
        return CommitmentState.CONFIRMED
    if request.declined_at is not None:
        return CommitmentState.DECLINED
    if request.withdrawn_at is not None:
        return CommitmentState.WITHDRAWN
    return CommitmentState.EXPIRED if request.is_expired else CommitmentState.ASKED


def commitment_of(application: Application) -> CommitmentRequest | None:
    """The newest confirmed commitment, if there is one."""
    confirmed = application.commitments.exclude(confirmed_at=None).select_related("confirmed_by", "asked_by")
    return confirmed.order_by("-confirmed_at", "-pk").first()


def how_confirmed(request: CommitmentRequest) -> str:
    """By what way a commitment was confirmed; empty where that isn't kept any more."""
    if request.confirmed_by_id is not None:
        return _("Confirmed by their own log-in.")
    if not request.email:
        return ""
    said = _("Confirmed by a link that was mailed to {address}; {who} asked for it.")
    return said.format(address=request.email, who=request.asked_by or "–")


def stood_behind(application: Application) -> dict[str, str]:
    """What a manager who confirms now stands behind: a digest of each part, that tells later whether it is the same."""
    discussion = standing(application)
    # by version, not by name: a person who is erased later changes nothing in it
    team = sorted(f"{each.public_id}:{each.version}" for each in application.members.all())
    texts = {
        "pilot": f"{application.procurement_id or ''} {application.pilot}",
        "capacity": application.capacity,
        "agreed": discussion.agreed if discussion else "",
        "team": " ".join(team),
    }
    return {part: hashlib.sha256(text.encode()).hexdigest() for part, text in texts.items()}


def read_now(application: Application) -> str:
    """All that a manager reads and stands behind in one digest: whoever confirms sends what they had before them."""
    parts = sorted(stood_behind(application).items())
    return hashlib.sha256(str(parts).encode()).hexdigest()


def changed_since(request: CommitmentRequest) -> list[str]:
    """The parts that are no longer what was confirmed, in words; empty where all is the same, or nothing was kept."""
    if not request.stood_behind:
        return []
    now = stood_behind(request.application)
    return [str(name) for part, name in _STANDS_BEHIND.items() if now[part] != request.stood_behind.get(part)]
