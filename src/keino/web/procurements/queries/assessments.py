"""Whether a procurement needs an ex-ante assessment of its effects, and whether it has one (DOMAIN 3.7)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from keino.web.procurements.choices import Affected
from keino.web.procurements.models import Procurement


def reasons_to_assess(procurement: Procurement) -> list[str]:
    """Why the effects must be assessed before the tender, in words; empty where they need not be."""
    found = []
    if procurement.is_outcome_based:
        found.append(_("outcomes are bought"))
    if procurement.is_significant:
        found.append(_("it is significant for the organisation"))
    if procurement.law_wants_assessment:
        found.append(_("the law requires it"))
    names = dict(Affected.choices)
    if affected := [str(names[code]) for code in procurement.affects if code in names]:
        found.append(_("it affects {whom}").format(whom=", ".join(affected)))
    return found


def has_assessment(procurement: Procurement) -> bool:
    """Whether the effects were assessed and somebody found the assessment enough."""
    return False
