"""Moving an application along the table of its states. Everyone who moves one does it here."""

from __future__ import annotations

from collections import defaultdict
from typing import Protocol

from django.db import transaction

from keino.web.base.audit import acting
from keino.web.base.errors import Conflict
from keino.web.base.models import Person
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.programmes.choices.applications import APPLICATION_MOVES, WITH_REASON
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.errors.applications import ApplicationMoveNotAllowed, DiscussionNeeded, WhyMissing
from keino.web.programmes.models import Application, ApplicationMove


class Step(Protocol):
    """What another app does when an application comes to a state, in the same transaction."""

    def __call__(self, application: Application, *, by: Person | None) -> object:
        """Do it; ``by`` None: the site itself moved the application."""


#: Apps on the right register here (in their ``apps.py``); this one never imports them.
_AFTER: defaultdict[str, list[Step]] = defaultdict(list)


def after_move(to: str, step: Step) -> None:
    """Do ``step`` whenever an application has come to the state ``to``."""
    if step not in _AFTER[to]:
        _AFTER[to].append(step)


_BEFORE_DISCUSSION = frozenset({S.INTEREST, S.DISCUSSION_BOOKED})


def locked(application: Application) -> Application:
    """The row as it is now; nobody else changes it until the transaction ends."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("edition", "organisation")
    return rows.get(pk=application.pk)


def as_seen(application: Application, seen: int) -> Application:
    """The locked row. Raises Conflict where somebody changed it since version ``seen``."""
    row = locked(application)
    if row.version != seen:
        raise Conflict
    return row


@transaction.atomic
def move_application(application: Application, to: str, *, by: Person | None, why: str = "") -> Application:
    """Move an application; returns the row as it is then. A second move to the same state changes nothing.

    Raises ApplicationMoveNotAllowed, DiscussionNeeded where the discussion it stands on isn't there, and WhyMissing.
    ``by`` None: the site itself (a date came).
    """
    row = locked(application)
    if row.state == to:
        return row
    _require_move(row, to)
    _require_discussion(row, to)
    if to in WITH_REASON and not why.strip():
        raise WhyMissing(wanted=str(S(to).label))
    before, row.state, row.version = row.state, to, row.version + 1
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation) if by else None, act="application_moved"):
        row.save(update_fields=["state", "version"])
        ApplicationMove.objects.create(application=row, from_state=before, to_state=to, why=why.strip(), moved_by=by)
        for step in _AFTER[to]:
            step(row, by=by)
    return row


def _require_move(row: Application, to: str) -> None:
    possible = APPLICATION_MOVES[row.state]
    if to in possible:
        return
    if row.state in _BEFORE_DISCUSSION and to in S.values and row.edition.needs_discussion:
        raise DiscussionNeeded
    wanted = str(S(to).label) if to in S.values else str(to)
    names = tuple(str(state.label) for state in possible) or ("–",)
    raise ApplicationMoveNotAllowed(state=row.get_state_display(), wanted=wanted, possible=names)


def _require_discussion(row: Application, to: str) -> None:
    """The states around the discussion say what its row says: booked, held. The table alone can't know."""
    standing = row.discussions.filter(cancelled_at=None)
    if to == S.DISCUSSION_BOOKED and not standing.exists():
        raise DiscussionNeeded
    is_needed = to == S.DISCUSSION_HELD or (to == S.SUBMITTED and row.edition.needs_discussion)
    if is_needed and not standing.exclude(held_at=None).exists():
        raise DiscussionNeeded
