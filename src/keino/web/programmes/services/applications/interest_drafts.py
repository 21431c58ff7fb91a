"""An interest that comes late is kept as a draft: found again, sent if the deadline is put off, or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.errors import Conflict
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.programmes.models import InterestDraft

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation
    from keino.web.programmes.models import Edition


@transaction.atomic
def keep_late_interest(
    *, edition: Edition, organisation: Organisation, interest: str, by: Person, seen: int
) -> InterestDraft:
    """Keep what came late. The same again changes nothing. Raises Conflict where a colleague wrote meanwhile."""
    type(organisation).objects.select_for_update(no_key=True).get(pk=organisation.pk)
    row, text = _as_seen(edition, organisation, interest=interest, seen=seen), interest.strip()
    if row is not None and row.interest == text:
        return row
    row = row or InterestDraft(edition=edition, organisation=organisation, version=0)
    row.interest, row.written_by, row.written_at, row.version = text, by, timezone.now(), row.version + 1
    with acting(by, on_behalf_of=on_behalf_of(by, organisation), act="interest_draft_kept"):
        row.save()
    return row


def take_up_draft(edition: Edition, organisation: Organisation, *, interest: str, seen: int) -> None:
    """Let a draft go that is told as an interest now. Raises Conflict where a colleague's text would go with it."""
    row = _as_seen(edition, organisation, interest=interest, seen=seen)
    if row is not None:
        row.delete()


@transaction.atomic
def delete_interest_draft(*, edition: Edition, organisation: Organisation, by: Person) -> None:
    """Delete a draft for good. Twice is harmless."""
    with acting(by, on_behalf_of=on_behalf_of(by, organisation), act="interest_draft_deleted"):
        for row in InterestDraft.objects.select_for_update().filter(edition=edition, organisation=organisation):
            row.delete()


def _as_seen(edition: Edition, organisation: Organisation, *, interest: str, seen: int) -> InterestDraft | None:
    """The locked draft, where there is one; it says the same, or nobody has changed it since version ``seen``."""
    row = InterestDraft.objects.select_for_update().filter(edition=edition, organisation=organisation).first()
    if row is not None and row.version != seen and row.interest != interest.strip():
        raise Conflict
    return row
