"""What the engagement log and reports on the effect hold of people of the centre."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.base.frozen import FrozenQuerySet
from keino.web.base.models import Person
from keino.web.base.personal_data import Register, registered
from keino.web.cohorts.models import EffectReport, Engagement
from keino.web.cohorts.models.effect import LANGUAGES

#: Hours are answered for until the period of financing is audited; then nobody needs to know whose they were.
KEPT = dt.timedelta(days=3 * 365)


def _export(person: Person) -> dict[str, Any]:
    rows = Engagement.objects.filter(person=person).select_related("organisation", "edition").order_by("day", "pk")
    reports = EffectReport.objects.filter(Q(created_by=person) | Q(approved_by=person)).select_related("edition")
    return {
        "log": [
            {
                "day": row.day.isoformat(),
                "kind": row.kind,
                "hours": str(row.hours),
                "organisation": str(row.organisation) if row.organisation else "",
                "programme": str(row.edition) if row.edition else "",
                "note": row.note,
                "counted": row.is_counted,
            }
            for row in rows
        ],
        "reports": [
            {
                "programme": str(report.edition) if report.edition else "",
                "number": report.number,
                "begun_at": report.created_at.isoformat() if report.created_by_id == person.pk else None,
                "approved_at": (
                    report.approved_at.isoformat()
                    if report.approved_at and report.approved_by_id == person.pk
                    else None
                ),
            }
            for report in reports.defer("content").order_by("pk")
        ],
    }


def _erase(person: Person) -> None:
    """Hours stay, whose they were doesn't; a declined proposal was nobody else's."""
    rows = Engagement.objects.filter(person=person)
    rows.filter(is_counted=False).delete()
    rows.update(person=None, note="", source="")
    FrozenQuerySet(EffectReport).forget(person, "created_by", "approved_by")


def retire_log() -> int:
    """Take names and notes out of rows that are older than their time."""
    old = Engagement.objects.filter(day__lt=timezone.localdate() - KEPT)
    gone, _each = old.filter(is_counted=False).delete()
    return gone + old.filter(Q(person__isnull=False) | ~Q(note="")).update(person=None, note="", source="")


def register() -> None:
    """Enter the register."""
    registered(
        Register(
            key="engagement_log",
            title=_("Engagement log of the centre"),
            purpose=_(
                "To know how much work the centre puts into organisations and programmes, and to answer for it to the "
                "ministry. The ministry sees sums only."
            ),
            legal_ground=_("Task carried out in the public interest (GDPR, article 6(1)(e))."),
            kept_for=_(
                "Names and notes: three years after the day of the work. Hours without a name: as long as needed."
            ),
            columns=(
                "cohorts.Engagement.person",
                "cohorts.Engagement.note",
                "cohorts.EffectReport.created_by",
                "cohorts.EffectReport.approved_by",
                *(f"cohorts.EffectReport.summary_{language}" for language in LANGUAGES),
            ),
            export=_export,
            erase=_erase,
            retire=retire_log,
            stays=_("Hours by day and kind without the person, and reports without who began or approved them."),
        )
    )
