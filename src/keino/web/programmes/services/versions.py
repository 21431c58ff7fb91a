"""Editions that several people edit: locked, and changed only in the version that was seen."""

from __future__ import annotations

from keino.web.base.errors import Conflict
from keino.web.programmes.choices import OVER
from keino.web.programmes.errors.editions import EditionOver
from keino.web.programmes.models import Edition


def locked(edition: Edition) -> Edition:
    """The edition as it is now; nobody else changes it until the transaction ends."""
    return Edition.objects.select_for_update().select_related(None).get(pk=edition.pk)


def as_seen(edition: Edition, seen: int) -> Edition:
    """The locked edition, still going on. Raises Conflict where somebody changed it since version ``seen``."""
    row = locked(edition)
    require_going_on(row)
    if row.version != seen:
        raise Conflict
    return row


def require_going_on(edition: Edition) -> None:
    """Raise EditionOver for one that is completed or cancelled."""
    if edition.state in OVER:
        raise EditionOver(state=str(edition.get_state_display()))


def raise_version(edition: Edition) -> None:
    """Count a change of the edition's parts as a change of the edition."""
    edition.version += 1
    edition.save(update_fields=["version"])
