"""What ledgers hold of people: who worked on them, and private persons among suppliers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keino.web.base.personal_data import Register, registered
from keino.web.measurement.models import Ledger, MendedRow, SavedMapping
from keino.web.measurement.services.uploads import retire_unfinished
from keino.web.measurement.services.visits import retire_visits

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _export(person: Person) -> Any:
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


def _erase(person: Person) -> None:
    """The ledgers stay, as the organisation's; whose they were doesn't."""
    Ledger.objects.filter(owner=person).update(owner=None)
    Ledger.objects.filter(uploaded_by=person).update(uploaded_by=None)
    Ledger.objects.filter(files_deleted_by=person).update(files_deleted_by=None)
    SavedMapping.objects.filter(made_by=person).update(made_by=None)
    MendedRow.objects.filter(mended_by=person).update(mended_by=None)


def _retire() -> int:
    return retire_visits() + retire_unfinished()


def register() -> None:
    """Enter the register."""
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
            export=_export,
            erase=_erase,
            stays=_("The organisation's ledgers, without who uploaded or mended them."),
            retire=_retire,
        )
    )
