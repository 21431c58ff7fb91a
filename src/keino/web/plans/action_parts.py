"""What the site must know of actions when it starts."""

from __future__ import annotations


def register() -> None:
    """Make their audit trail, owners, personal data, reminders and background work known."""
    from django.utils.translation import gettext_lazy as _

    from keino.web.base import mail
    from keino.web.base.audit import audited
    from keino.web.plans import action_ownership, action_personal_data
    from keino.web.plans.models import Action, ActionChange, ActionReview, BudgetDay
    from keino.web.plans.tasks import actions

    audited(Action, leave_out=("description", "evidence", "version"))
    audited(ActionReview, leave_out=("seen", "lessons"))
    audited(BudgetDay)
    audited(ActionChange, belongs_to="action__organisation")
    action_ownership.register()
    action_personal_data.register()
    mail.topic("plans.actions", _("Reminders of actions and budget steps"))
    actions.register_timetable()
