"""Where an organisation stands in an edition after the choice."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ParticipationState(TextChoices):
    """From the confirmed place to the alumni."""

    ACTIVE = "active", pgettext_lazy("participation", "takes part")
    COMPLETED = "completed", pgettext_lazy("participation", "completed")
    DROPPED = "dropped", pgettext_lazy("participation", "left early")
    ALUMNI = "alumni", pgettext_lazy("participation", "alumni")


S = ParticipationState

#: Allowed moves, as the states of applications have them; each is written to the audit trail.
PARTICIPATION_MOVES: dict[str, tuple[ParticipationState, ...]] = {
    S.ACTIVE: (S.COMPLETED, S.DROPPED),
    S.COMPLETED: (S.ALUMNI,),
    S.DROPPED: (),
    S.ALUMNI: (),
}
#: States in which an organisation belongs to its cohort and sees what the others share.
TAKES_PART = frozenset({S.ACTIVE, S.COMPLETED, S.ALUMNI})
