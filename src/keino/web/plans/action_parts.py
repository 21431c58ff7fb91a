"""What the site must know of actions when it starts."""

from __future__ import annotations


def register() -> None:
    """Make their audit trail known."""
    from keino.web.base.audit import audited
    from keino.web.plans.models import Action, ActionChange, ActionReview, BudgetDay

    audited(Action, leave_out=("description", "evidence", "version"))
    audited(ActionReview, leave_out=("seen", "lessons"))
    audited(BudgetDay)
    audited(ActionChange, belongs_to="action__organisation")
