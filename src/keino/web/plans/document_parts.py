"""What operating models and category plans tell the site when it starts: trail, owners, personal data, mail."""

from __future__ import annotations


def register() -> None:
    """Make them known; called once when the app is ready."""
    from django.utils.translation import gettext_lazy as _

    from keino.web.base import mail
    from keino.web.base.audit import audited
    from keino.web.plans import document_ownership, document_personal_data
    from keino.web.plans.models import (
        CategoryPlan,
        CategoryPlanVersion,
        OperatingModel,
        OperatingRole,
        PlanComment,
        PlannedTender,
    )

    # versions and comparisons show what was written; the trail shows who did what and when
    rows = ("decision_gates", "indicators", "annual_clock", "goals", "measures", "criteria", "risks")
    audited(OperatingModel, CategoryPlan, leave_out=(*rows, "target_as_approved"))
    audited(OperatingRole, belongs_to="model__organisation")
    audited(CategoryPlanVersion, leave_out=("content", "numbers"), belongs_to="plan__organisation")
    audited(PlannedTender, PlanComment, belongs_to="plan__organisation")
    document_ownership.register()
    document_personal_data.register()
    mail.topic("plans.approvals", _("Plans and reports that wait for your approval"))
