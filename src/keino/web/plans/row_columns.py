"""The columns of the rows that documents hold, with their names for people: forms, pages and comparisons share them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

COLUMNS: dict[str, dict[str, _StrPromise]] = {
    "roles": {"kind": _("Role"), "post": _("Post"), "holder": _("Holder"), "duties": _("Duties")},
    "decision_gates": {
        "gate": _("Decision"),
        "decided_by": _("Who decides"),
        "needs": _("What must be known by then"),
    },
    "model_indicators": {
        "indicator": _("Indicator"),
        "unit": _("Unit"),
        "target": _("Aim"),
        "source": _("Where the number comes from"),
    },
    "annual_clock": {"month": _("Month"), "what": _("What is done")},
    "goals": {
        "indicator": _("Indicator"),
        "baseline": _("Value today"),
        "target": _("Value aimed at"),
        "unit": _("Unit"),
        "deadline": _("Deadline"),
    },
    "measures": {"measure": _("Measure"), "note": _("How it is done here")},
    "criteria": {"text": _("Criterion"), "link": _("Link"), "source": _("Source")},
    "tenders": {"title": _("What is tendered"), "when": _("When"), "procurement": _("Procurement")},
    "risks": {"risk": _("Risk"), "response": _("What is done about it")},
    "indicators": {"indicator": _("Indicator"), "unit": _("Unit"), "source": _("Where the number comes from")},
}
