"""What a procurement's page says in words."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from keino.web.base.models import Person
from keino.web.base.templatetags.keino import day
from keino.web.procurements.choices import NEVER_SKIPPED, RecordKind
from keino.web.procurements.models import Procurement
from keino.web.procurements.queries.steps import Missing
from keino.web.procurements.queries.thresholds import ThresholdCheck


def level_words(check: ThresholdCheck) -> str:
    """Which thresholds the value reaches, in words."""
    known = {
        "below_national": _("below the national threshold"),
        "national": _("above the national threshold and below the EU threshold"),
        "eu": _("above the EU threshold"),
        "special_sector_eu": _("above the EU threshold of special sectors"),
        "light_regime": _("above the EU threshold of the light regime"),
    }
    scopes = {limit.threshold.scope for limit in check.limits}
    if check.level == "below_national" and "national" not in scopes:
        return _("below the EU threshold of special sectors")
    return known.get(check.level, "")


def limit_rows(check: ThresholdCheck) -> list[dict[str, Any]]:
    """The thresholds in force, one row each."""
    names = {"national": _("National threshold"), "eu": _("EU threshold")}
    return [
        {
            "name": names[limit.threshold.scope],
            "value_eur": limit.threshold.value_eur,
            "period": _period(limit.threshold.valid_from, limit.threshold.valid_to),
            "is_reached": limit.is_reached,
            "citation": limit.citation,
            "url": limit.url,
        }
        for limit in check.limits
    ]


def _period(first: Any, last: Any) -> str:
    if last is None:
        return _("since {first}").format(first=day(first))
    return f"{day(first)}–{day(last)}"


def missing_items(procurement: Procurement, missing: list[Missing], person: Person) -> list[dict[str, str]]:
    """What is missing, each with the page on which it is added; no address where the person may not add it."""
    works = person.has_perm("procurements.work", procurement.organisation)
    decides = person.has_perm("procurements.decide", procurement.organisation)
    where = {"slug": procurement.organisation.slug, "procurement": procurement.public_id}
    found = []
    for each in missing:
        url = skip_url = ""
        if each.kind == "fact" and works:
            url = reverse("procurements:procurement_edit", kwargs={**where, "part": each.part}) + f"#id_{each.code}"
        elif each.kind == "assessment":
            url = "#assessment"
        elif each.code == RecordKind.AWARD_DECISION:
            url = reverse("procurements:decide", kwargs=where) if decides else ""
        elif each.code == RecordKind.EVALUATION and works:
            url = reverse("procurements:evaluate", kwargs=where)
        elif each.kind == "record" and works:
            url = reverse("procurements:record_new", kwargs={**where, "kind": each.code})
            skip_url = "" if each.code in NEVER_SKIPPED else f"{url}?skip=1"
        found.append({"words": capfirst(each.words), "url": url, "skip_url": skip_url})
    return found
