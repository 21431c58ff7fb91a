"""What contracts, dialogues, assessments and sent tables hold of people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keino.web.base.personal_data import Register, registered
from keino.web.procurements.models import (
    Contract,
    ContractTerm,
    DialogueStep,
    EffectResult,
    ImpactAssessment,
    MarketDialogue,
    TableImport,
    TermControl,
)
from keino.web.procurements.services.tables import retire_tables

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _export(person: Person) -> Any:
    contracts = Contract.objects.filter(Q(owner=person) | Q(created_by=person)).select_related("organisation")
    terms = ContractTerm.objects.filter(owner=person).select_related("contract").order_by("pk")
    controls = TermControl.objects.filter(recorded_by=person).select_related("term__contract").order_by("pk")
    steps = DialogueStep.objects.filter(created_by=person).select_related("dialogue__procurement").order_by("pk")
    dialogues = MarketDialogue.objects.filter(finished_by=person).select_related("procurement").order_by("pk")
    assessments = ImpactAssessment.objects.filter(decided_by=person).select_related("procurement").order_by("pk")
    results = EffectResult.objects.filter(recorded_by=person).select_related("effect").order_by("pk")
    sent = TableImport.objects.filter(sent_by=person).order_by("pk")
    return {
        "contracts": [
            {
                "title": each.title,
                "organisation": str(each.organisation),
                "owns": each.owner_id == person.pk,
                "added_at": each.created_at.isoformat() if each.created_by_id == person.pk else None,
            }
            for each in contracts.order_by("pk")
        ],
        "terms": [{"contract": each.contract.title, "term": each.term} for each in terms],
        "controls": [
            {"contract": each.term.contract.title, "due_on": each.due_on.isoformat(), "finding": each.finding}
            for each in controls
        ],
        "dialogue_steps": [
            {"procurement": each.dialogue.procurement.title, "held_on": each.held_on.isoformat()} for each in steps
        ],
        "dialogues_reported": [each.procurement.title for each in dialogues],
        "assessments_decided": [each.procurement.title for each in assessments],
        "results": [{"goal": each.effect.goal, "measured_on": each.measured_on.isoformat()} for each in results],
        "tables_sent": [{"file": each.file_name, "sent_at": each.sent_at.isoformat()} for each in sent],
    }


def _erase(person: Person) -> None:
    """Contracts and what is written about them stay, as the organisation's; whose they were doesn't."""
    Contract.objects.filter(owner=person).update(owner=None)
    Contract.objects.filter(created_by=person).update(created_by=None)
    ContractTerm.objects.filter(owner=person).update(owner=None)
    TermControl.objects.filter(recorded_by=person).update(recorded_by=None)
    DialogueStep.objects.filter(created_by=person).update(created_by=None)
    MarketDialogue.objects.filter(finished_by=person).update(finished_by=None)
    ImpactAssessment.objects.filter(decided_by=person).update(decided_by=None)
    EffectResult.objects.filter(recorded_by=person).update(recorded_by=None)
    TableImport.objects.filter(sent_by=person).update(sent_by=None)


def register() -> None:
    """Enter the register."""
    registered(
        Register(
            key="contracts",
            title=_("Contracts, market dialogues and assessments"),
            purpose=_(
                "To control contracts and renew them in time, to show that suppliers were treated alike before a "
                "tender, and to assess what a purchase does to people. Suppliers may be private persons (sole traders) "
                "and texts may name contact persons; keino shows them to the buyer's own people and its mentors."
            ),
            legal_ground=_("The buyer's task in the public interest; the site handles its records on its behalf."),
            kept_for=_(
                "As long as the buyer keeps the contract or procurement on the site. Tables that nobody confirmed: a "
                "week; refused rows of a table that was taken in: 90 days."
            ),
            columns=(
                "procurements.Contract.owner",
                "procurements.Contract.created_by",
                "procurements.Contract.supplier_name",
                "procurements.Contract.supplier_business_id",
                "procurements.ContractTerm.owner",
                "procurements.ContractTerm.term",
                "procurements.ContractTerm.control",
                "procurements.ContractTerm.sanction",
                "procurements.TermControl.recorded_by",
                "procurements.TermControl.evidence",
                "procurements.TermControl.finding_text",
                "procurements.TermControl.measure",
                "procurements.TermControl.sanction_used",
                "procurements.MarketDialogue.changes",
                "procurements.MarketDialogue.equal_information",
                "procurements.MarketDialogue.finished_by",
                "procurements.DialogueStep.invited",
                "procurements.DialogueStep.took_part",
                "procurements.DialogueStep.asked",
                "procurements.DialogueStep.answers",
                "procurements.DialogueStep.created_by",
                "procurements.ImpactAssessment.need",
                "procurements.ImpactAssessment.use",
                "procurements.ImpactAssessment.skipped_because",
                "procurements.ImpactAssessment.sent_back_because",
                "procurements.ImpactAssessment.decided_by",
                "procurements.AssessedEffect.goal",
                "procurements.EffectResult.note",
                "procurements.EffectResult.recorded_by",
                "procurements.TableImport.file_name",
                "procurements.TableImport.rows",
                "procurements.TableImport.sent_by",
            ),
            export=_export,
            erase=_erase,
            stays=_("The organisation's contracts, dialogues and assessments, without who worked on them."),
            retire=retire_tables,
        )
    )
