"""What was done, in words: the deeds that services write into the audit trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ACTS = {
    "organisation_added": _("added the organisation"),
    "organisation_changed": _("changed the organisation's data"),
    "role_given": _("gave a role"),
    "role_ended": _("ended a role"),
    "role_withdrawn": _("withdrew a role before it began"),
    "role_changed": _("changed a role"),
    "invited": _("invited"),
    "invited_again": _("mailed an invitation again"),
    "invitation_withdrawn": _("withdrew an invitation"),
    "invitation_accepted": _("accepted an invitation"),
    "handed_over": _("handed over"),
    "translation_holds": _("said that a translation still holds"),
    "round_opened": _("opened a round of the self-assessment"),
    "round_changed": _("changed a round of the self-assessment"),
    "round_closed": _("closed a round of the self-assessment"),
    "round_cancelled": _("cancelled a round of the self-assessment"),
    "set_provider": _("changed the organisation's log-in"),
    "remove_provider": _("removed the organisation's log-in"),
    "procurement_added": _("added a procurement"),
    "procurement_changed": _("changed a procurement"),
    "procurement_moved": _("moved a procurement to another state"),
    "procurement_record_added": _("wrote a record of a procurement"),
    "procurement_record_changed": _("mended a record of a procurement"),
    "procurement_evaluated": _("evaluated a procurement"),
    "award_decided": _("recorded an award decision"),
    "criterion_added": _("added a criterion"),
    "criterion_changed": _("changed a criterion"),
    "criterion_removed": _("took a criterion out"),
    "risk_added": _("added a risk"),
    "risk_changed": _("changed a risk"),
}
