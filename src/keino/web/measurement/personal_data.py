"""What ledgers and calculations hold of people: who worked on them, and private persons among suppliers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keino.web.base.personal_data import Register, registered
from keino.web.measurement.models import CategoryRule, Ledger, MendedRow, Run, SavedMapping
from keino.web.measurement.services.uploads import retire_unfinished
from keino.web.measurement.services.visits import retire_visits

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _export_ledgers(person: Person) -> Any:
    own = Q(uploaded_by=person) | Q(owner=person) | Q(approved_by=person) | Q(files_deleted_by=person)
    theirs = Ledger.objects.filter(own).order_by("pk")
    return {
        "ledgers": [
            {
                "title": ledger.title,
                "organisation": str(ledger.organisation),
                "created_at": ledger.created_at.isoformat(),
                "uploaded": ledger.uploaded_by_id == person.pk,
                "approved_at": (
                    ledger.approved_at.isoformat()
                    if ledger.approved_at and ledger.approved_by_id == person.pk
                    else None
                ),
                "deleted_files": ledger.files_deleted_by_id == person.pk,
            }
            for ledger in theirs.select_related("organisation")
        ],
        "columns_taught": [
            {"file": each.title, "made_at": each.made_at.isoformat()}
            for each in SavedMapping.objects.filter(made_by=person).order_by("pk")
        ],
        "rows_mended": MendedRow.objects.filter(mended_by=person).count(),
    }


def _erase_ledgers(person: Person) -> None:
    """The ledgers stay, as the organisation's; whose they were doesn't."""
    Ledger.objects.filter(owner=person).update(owner=None)
    Ledger.objects.filter(uploaded_by=person).update(uploaded_by=None)
    Ledger.objects.filter(files_deleted_by=person).update(files_deleted_by=None)
    SavedMapping.objects.filter(made_by=person).update(made_by=None)
    MendedRow.objects.filter(mended_by=person).update(mended_by=None)


def _retire_ledgers() -> int:
    return retire_visits() + retire_unfinished()


def _export_runs(person: Person) -> Any:
    rules = CategoryRule.objects.filter(Q(made_by=person) | Q(ended_by=person)).select_related("organisation")
    return {
        "calculations": [
            {
                "organisation": str(run.organisation),
                "asked_at": run.created_at.isoformat(),
                "reason": run.reason,
                "state": run.state,
            }
            for run in Run.objects.filter(asked_by=person)
            .defer("result", "manifest")
            .select_related("organisation")
            .order_by("pk")
        ],
        "rules": [
            {
                "organisation": str(rule.organisation),
                "made_at": rule.made_at.isoformat() if rule.made_by_id == person.pk else None,
                "ended_at": rule.ended_at.isoformat() if rule.ended_at and rule.ended_by_id == person.pk else None,
                "note": rule.note,
            }
            for rule in rules.order_by("pk")
        ],
    }


def _erase_runs(person: Person) -> None:
    """Results and rules stay, as the organisation's; who asked for them doesn't."""
    Run.objects.filter(asked_by=person).update(asked_by=None)
    CategoryRule.objects.filter(made_by=person).update(made_by=None)
    CategoryRule.objects.filter(ended_by=person).update(ended_by=None)


def register() -> None:
    """Enter the registers."""
    registered(
        Register(
            key="ledgers",
            title=_("Ledgers"),
            purpose=_(
                "To calculate a buyer's footprint from its purchase ledgers. A ledger may name private persons as "
                "suppliers (sole traders, foster families); keino shows them to the buyer's own people only. Who "
                "uploaded, mended and approved a ledger is kept so that its numbers can be answered for."
            ),
            legal_ground=_("The buyer's task in the public interest; the site handles the ledger on its behalf."),
            kept_for=_(
                "As long as the buyer keeps the ledger; a responsible person deletes the files of a ledger that was "
                "withdrawn, for good. Without an account: until the visitor says “forget now”, at "
                "most two hours after the last page. Uploads that nobody finishes: a week."
            ),
            columns=(
                "measurement.Ledger.uploaded_by",
                "measurement.Ledger.owner",
                "measurement.Ledger.approved_by",
                "measurement.Ledger.approval_note",
                "measurement.Ledger.files_deleted_by",
                "measurement.LedgerFile.name",
                "measurement.LedgerFile.reading",
                "measurement.LedgerFile.preview",
                "measurement.SavedMapping.made_by",
                "measurement.SavedMapping.title",
                "measurement.MendedRow.cells",
                "measurement.MendedRow.mended_by",
            ),
            export=_export_ledgers,
            erase=_erase_ledgers,
            stays=_("The organisation's ledgers, without who uploaded or mended them."),
            retire=_retire_ledgers,
        )
    )
    registered(
        Register(
            key="calculations",
            title=_("Calculations, their lines, and rules for categories"),
            purpose=_(
                "To show what a footprint was calculated from and who asked for it, and to keep corrections of "
                "categories. Stored lines and rules may name private persons as suppliers (sole traders, foster "
                "families); keino shows them to the buyer's own people and its mentors only and never publishes them."
            ),
            legal_ground=_(
                "Task carried out in the public interest (GDPR, article 6(1)(e)); bookkeeping of the buyer."
            ),
            kept_for=_(
                "As long as the organisation keeps its results, since a published number must stay checkable; those of "
                "a visit without an account until the visit ends."
            ),
            columns=(
                "measurement.Run.asked_by",
                "measurement.Run.reason",
                "measurement.CategoryRule.made_by",
                "measurement.CategoryRule.ended_by",
                "measurement.CategoryRule.conditions",
                "measurement.CategoryRule.note",
            ),
            export=_export_runs,
            erase=_erase_runs,
            stays=_("The organisation's results and rules, without who asked for or made them."),
        )
    )
