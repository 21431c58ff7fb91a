"""States of an application and how it moves between them (DOMAIN 3.3); what a commitment and a discussion can be."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApplicationState(TextChoices):
    """Where an application stands, from the first interest to the alumni."""

    INTEREST = "interest", pgettext_lazy("application", "interest told")
    DISCUSSION_BOOKED = "discussion_booked", pgettext_lazy("application", "discussion booked")
    DISCUSSION_HELD = "discussion_held", pgettext_lazy("application", "discussion held")
    SUBMITTED = "submitted", pgettext_lazy("application", "sent")
    INTERVIEWED = "interviewed", pgettext_lazy("application", "interviewed")
    SELECTED = "selected", pgettext_lazy("application", "selected")
    RESERVE = "reserve", pgettext_lazy("application", "in reserve")
    REJECTED = "rejected", pgettext_lazy("application", "not selected")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "withdrawn")
    CONFIRMED = "confirmed", pgettext_lazy("application", "place confirmed")
    ACTIVE = "active", pgettext_lazy("application", "taking part")
    COMPLETED = "completed", pgettext_lazy("application", "completed")
    DROPPED = "dropped", pgettext_lazy("application", "dropped out")
    ALUMNI = "alumni", pgettext_lazy("application", "alumni")


_S = ApplicationState

#: From each state, where an application can go. An interest is sent at once only where no discussions are held.
APPLICATION_MOVES: dict[str, tuple[ApplicationState, ...]] = {
    _S.INTEREST: (_S.DISCUSSION_BOOKED, _S.SUBMITTED, _S.WITHDRAWN),
    _S.DISCUSSION_BOOKED: (_S.DISCUSSION_HELD, _S.INTEREST, _S.WITHDRAWN),
    _S.DISCUSSION_HELD: (_S.SUBMITTED, _S.WITHDRAWN),
    # back: taken back to be mended while there is time
    _S.SUBMITTED: (_S.INTERVIEWED, _S.DISCUSSION_HELD, _S.INTEREST, _S.REJECTED, _S.WITHDRAWN),
    _S.INTERVIEWED: (_S.SELECTED, _S.RESERVE, _S.REJECTED, _S.WITHDRAWN),
    _S.SELECTED: (_S.CONFIRMED, _S.WITHDRAWN),
    # a place came free, or the programme began without
    _S.RESERVE: (_S.SELECTED, _S.REJECTED, _S.WITHDRAWN),
    _S.REJECTED: (),
    _S.WITHDRAWN: (),
    _S.CONFIRMED: (_S.ACTIVE, _S.WITHDRAWN),
    _S.ACTIVE: (_S.COMPLETED, _S.DROPPED),
    _S.COMPLETED: (_S.ALUMNI,),
    _S.DROPPED: (),
    _S.ALUMNI: (),
}

#: The applicant can still write.
WRITABLE = frozenset({_S.INTEREST, _S.DISCUSSION_BOOKED, _S.DISCUSSION_HELD})
#: It was sent and waits for its reviewers or their decision.
SENT = frozenset({_S.SUBMITTED, _S.INTERVIEWED, _S.SELECTED, _S.RESERVE})
#: Nothing comes after it in this edition.
ENDED = frozenset({_S.REJECTED, _S.WITHDRAWN, _S.DROPPED, _S.ALUMNI})
#: Moves that must be explained to those concerned.
WITH_REASON = frozenset({_S.REJECTED, _S.DROPPED})


class CommitmentState(TextChoices):
    """Where a request to the management stands."""

    ASKED = "asked", _("asked")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("commitment", "taken back")
    EXPIRED = "expired", pgettext_lazy("commitment", "link expired")
