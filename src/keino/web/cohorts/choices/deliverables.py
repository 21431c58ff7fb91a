"""Deliverables: what of an organisation's own documents an edition leads to (DOMAIN 3.5)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DeliverableKind(TextChoices):
    """Which live document it is."""

    OPERATING_MODEL = "operating_model", _("operating model")
    CATEGORY_PLAN = "category_plan", _("category plan")
    ACTION_PLAN = "action_plan", _("action plan")
    DEVELOPMENT_PLAN = "development_plan", _("development plan")
    PILOT_PROCUREMENT = "pilot_procurement", _("pilot procurement")


#: Kinds of which an organisation has one at most, so nothing needs to be chosen.
ONE_OF_ITS_KIND = frozenset(
    {DeliverableKind.OPERATING_MODEL, DeliverableKind.ACTION_PLAN, DeliverableKind.DEVELOPMENT_PLAN}
)


class DeliverableState(TextChoices):
    """Where it stands between the organisation and its mentor; the document itself has states of its own."""

    OPEN = "open", pgettext_lazy("deliverable", "being written")
    SUBMITTED = "submitted", pgettext_lazy("deliverable", "with the mentor")
    RETURNED = "returned", pgettext_lazy("deliverable", "returned with feedback")
    APPROVED = "approved", pgettext_lazy("deliverable", "approved by the mentor")


class ManagementDecision(TextChoices):
    """What the management group decided."""

    APPROVED = "approved", pgettext_lazy("management", "approved")
    APPROVED_WITH_CHANGES = "with_changes", pgettext_lazy("management", "approved with changes")
    NOTED = "noted", pgettext_lazy("management", "noted for information")
    SENT_BACK = "sent_back", pgettext_lazy("management", "sent back to be prepared further")
