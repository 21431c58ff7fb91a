"""What procurements hold of people: who leads and writes, and persons who may be named in texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keino.web.base.personal_data import Register, registered
from keino.web.procurements.models import AwardDecision, ExitRecord, Procurement, Risk, StateMove

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _export(person: Person) -> Any:
    theirs = Procurement.objects.filter(Q(owner=person) | Q(created_by=person)).select_related("organisation")
    moves = StateMove.objects.filter(moved_by=person).select_related("procurement").order_by("pk")
    records = ExitRecord.objects.filter(recorded_by=person).select_related("procurement").order_by("pk")
    decisions = AwardDecision.objects.filter(decided_by=person).select_related("record__procurement").order_by("pk")
    risks = Risk.objects.filter(owner=person).select_related("procurement").order_by("pk")
    return {
        "procurements": [
            {
                "title": each.title,
                "organisation": str(each.organisation),
                "leads": each.owner_id == person.pk,
                "added_at": each.created_at.isoformat() if each.created_by_id == person.pk else None,
            }
            for each in theirs.order_by("pk")
        ],
        "moves": [
            {
                "procurement": move.procurement.title,
                "to": move.to_state,
                "at": move.moved_at.isoformat(),
                "reason": move.reason,
            }
            for move in moves
        ],
        "records": [
            {"procurement": each.procurement.title, "kind": each.kind, "at": each.recorded_at.isoformat()}
            for each in records
        ],
        "award_decisions": [each.record.procurement.title for each in decisions],
        "risks": [{"procurement": each.procurement.title, "risk": each.text} for each in risks],
    }


def _erase(person: Person) -> None:
    """Procurements stay, as the organisation's; who led them and wrote about them doesn't."""
    Procurement.objects.filter(owner=person).update(owner=None)
    Procurement.objects.filter(created_by=person).update(created_by=None)
    StateMove.objects.filter(moved_by=person).update(moved_by=None)
    ExitRecord.objects.filter(recorded_by=person).update(recorded_by=None)
    AwardDecision.objects.filter(decided_by=person).update(decided_by=None)
    Risk.objects.filter(owner=person).update(owner=None)


def register() -> None:
    """Enter the register."""
    registered(
        Register(
            key="procurements",
            title=_("Procurements"),
            purpose=_(
                "To lead procurements from their need to their follow-up. Who leads one, moved it, wrote its records "
                "and decided is kept so that decisions can be answered for. Texts and award decisions may name private "
                "persons (sole traders, contact persons); keino shows them to the buyer's own people and its mentors."
            ),
            legal_ground=_("The buyer's task in the public interest; the site handles its records on its behalf."),
            kept_for=_("As long as the buyer keeps the procurement on the site."),
            columns=(
                "procurements.Procurement.owner",
                "procurements.Procurement.created_by",
                "procurements.Procurement.need",
                "procurements.Procurement.innovation_note",
                "procurements.StateMove.moved_by",
                "procurements.StateMove.reason",
                "procurements.ExitRecord.recorded_by",
                "procurements.ExitRecord.text",
                "procurements.ExitRecord.reference",
                "procurements.ExitRecord.link",
                "procurements.AwardDecision.supplier",
                "procurements.AwardDecision.business_id",
                "procurements.AwardDecision.decided_by",
                "procurements.Lesson.lesson",
                "procurements.Risk.owner",
                "procurements.Risk.text",
                "procurements.Risk.measure",
            ),
            export=_export,
            erase=_erase,
            stays=_("The organisation's procurements and their records, without who led or wrote them."),
        )
    )
