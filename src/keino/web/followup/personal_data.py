"""What council reports hold of people: who began and approved them, and who is named in their words."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keino.web.base.frozen import FrozenQuerySet
from keino.web.base.models import Person
from keino.web.base.personal_data import Register, registered
from keino.web.followup.models import CouncilReport
from keino.web.followup.models.report import LANGUAGES, TEXTS


def _export(person: Person) -> dict[str, Any]:
    theirs = CouncilReport.objects.filter(Q(created_by=person) | Q(approved_by=person))
    return {
        "council_reports": [
            {
                "organisation": str(report.organisation),
                "year": report.year,
                "begun_at": report.created_at.isoformat() if report.created_by_id == person.pk else None,
                "approved_at": (
                    report.approved_at.isoformat()
                    if report.approved_at and report.approved_by_id == person.pk
                    else None
                ),
            }
            for report in theirs.select_related("organisation").defer("content").order_by("pk")
        ]
    }


def _erase(person: Person) -> None:
    """Reports stay, as the organisation's; whose hand they are from doesn't."""
    FrozenQuerySet(CouncilReport).forget(person, "created_by", "approved_by")


def register() -> None:
    """Enter the register."""
    registered(
        Register(
            key="council_reports",
            title=_("Council reports"),
            purpose=_("To know who began and who approved a report, so that its numbers can be answered for."),
            legal_ground=_("Task carried out in the public interest (GDPR, article 6(1)(e))."),
            kept_for=_("As long as the organisation keeps its reports, since an approved one must stay as it was."),
            columns=(
                "followup.CouncilReport.created_by",
                "followup.CouncilReport.approved_by",
                *(f"followup.CouncilReport.{text}" for text in TEXTS),
                *(f"followup.CouncilReport.{text}_{language}" for text in TEXTS for language in LANGUAGES),
            ),
            export=_export,
            erase=_erase,
            stays=_("The organisation's reports, without who began or approved them."),
        )
    )
