"""States of actions, steps of the budget cycle, and what history and reviews speak of."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ActionState(TextChoices):
    """Where an action stands."""

    PLANNED = "planned", pgettext_lazy("action", "planned")
    STARTED = "started", pgettext_lazy("action", "started")
    DONE = "done", pgettext_lazy("action", "done")
    CANCELLED = "cancelled", pgettext_lazy("action", "cancelled")


#: Allowed moves; each is written into the action's history.
ACTION_MOVES: dict[str, frozenset[str]] = {
    ActionState.PLANNED: frozenset({ActionState.STARTED, ActionState.DONE, ActionState.CANCELLED}),
    ActionState.STARTED: frozenset({ActionState.PLANNED, ActionState.DONE, ActionState.CANCELLED}),
    ActionState.DONE: frozenset({ActionState.STARTED}),
    ActionState.CANCELLED: frozenset({ActionState.PLANNED}),
}
#: Somebody still has to do something.
OPEN = (ActionState.PLANNED, ActionState.STARTED)
#: Moves that need a reason: the plan becomes smaller, or what was said before no longer holds.
NEEDS_REASON = frozenset(
    {
        (ActionState.PLANNED, ActionState.CANCELLED),
        (ActionState.STARTED, ActionState.CANCELLED),
        (ActionState.STARTED, ActionState.PLANNED),
        (ActionState.DONE, ActionState.STARTED),
        (ActionState.CANCELLED, ActionState.PLANNED),
    }
)


class BudgetStep(TextChoices):
    """Steps of a budget year, from the frame to the closing of the accounts, in their order."""

    FRAME = "frame", pgettext_lazy("budget", "budget frame")
    PROPOSAL = "proposal", pgettext_lazy("budget", "budget proposal")
    APPROVAL = "approval", pgettext_lazy("budget", "approval of the budget")
    MID_YEAR = "mid_year", pgettext_lazy("budget", "mid-year review")
    CLOSING = "closing", pgettext_lazy("budget", "closing of the accounts")


#: Until an organisation says its own days: (years after the budget year, month, day). The council approves the budget
#: by the end of the year before; the other days are our assumption.
USUAL_DAYS: dict[str, tuple[int, int, int]] = {
    BudgetStep.FRAME: (-1, 5, 31),
    BudgetStep.PROPOSAL: (-1, 9, 30),
    BudgetStep.APPROVAL: (-1, 12, 31),
    BudgetStep.MID_YEAR: (0, 8, 31),
    BudgetStep.CLOSING: (1, 3, 31),
}


class Changed(TextChoices):
    """What of an action changed."""

    DEADLINE = "deadline", _("Deadline")
    TARGET = "target", pgettext_lazy("indicator", "Target")
    STATE = "state", _("State")


class ReviewKind(TextChoices):
    """Which look back a review is."""

    MID_YEAR = "mid_year", _("mid-year review")
    YEARLY = "yearly", _("yearly review")
