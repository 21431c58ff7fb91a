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
    "set_provider": _("changed the organisation's log-in"),
    "remove_provider": _("removed the organisation's log-in"),
}
