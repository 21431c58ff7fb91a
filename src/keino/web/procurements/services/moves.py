"""Moving a procurement from one state to another: along the table, with what each phase leaves behind."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, locked
from keino.web.base.models import Person
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Organisation, Role
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.procurements.choices import PATH, PROCUREMENT_MOVES, ProcurementState
from keino.web.procurements.errors import DecisionNeeded, MoveNotAllowed, ReasonMissing, StepMissing
from keino.web.procurements.models import Procurement, StateMove
from keino.web.procurements.queries.steps import is_forward, missing_for, place
from keino.web.procurements.services.assessment_gate import require_assessment

S = ProcurementState


@transaction.atomic
def move_procurement(procurement: Procurement, *, by: Person, to: str, seen: int, reason: str = "") -> Procurement:
    """Move a procurement. Raises MoveNotAllowed, StepMissing (naming all that is missing), AssessmentMissing,
    ReasonMissing, DecisionNeeded, and Conflict where somebody changed it meanwhile. A second press changes nothing.
    """
    if locked(procurement).state == to:
        return locked(procurement)
    row = as_seen(procurement, seen)
    require_move(row, to)
    if to == S.AWARDED:
        raise DecisionNeeded(wanted=str(S(to).label), approvers=_approvers(row.organisation))
    require_what_is_missing(row, to)
    if asks_reason(row.state, to) and not reason.strip():
        raise ReasonMissing(wanted=str(S(to).label))
    return go(row, to, by=by, reason=reason.strip(), act="procurement_moved")


def asks_reason(state: str, wanted: str) -> bool:
    """Whether a move must be explained: going back, giving up, being stopped."""
    return not is_forward(state, wanted)


def require_move(procurement: Procurement, to: str) -> None:
    """Raise MoveNotAllowed for a move that isn't in the table."""
    possible = PROCUREMENT_MOVES[procurement.state]
    if to not in possible:
        wanted = str(S(to).label) if to in S.values else to
        names = tuple(str(state.label) for state in possible) or ("–",)
        raise MoveNotAllowed(state=procurement.get_state_display(), wanted=wanted, possible=names)


def require_what_is_missing(procurement: Procurement, to: str) -> None:
    """Raise AssessmentMissing or StepMissing where something must be there before the procurement moves on."""
    missing = missing_for(procurement, to)
    if rest := tuple(each.words for each in missing if each.kind != "assessment"):
        raise StepMissing(
            wanted=str(S(to).label), missing=(*rest, *(m.words for m in missing if m.kind == "assessment"))
        )
    if is_forward(procurement.state, to) and place(to) >= PATH.index(S.TENDER_PREP):
        require_assessment(procurement)


def go(row: Procurement, to: str, *, by: Person, reason: str, act: str) -> Procurement:
    """Put a locked procurement into a state whose conditions were checked."""
    before, row.state, row.version = row.state, to, row.version + 1
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act=act):
        row.save()
        StateMove.objects.create(procurement=row, from_state=before, to_state=to, reason=reason, moved_by=by)
    return row


def _approvers(organisation: Organisation) -> tuple[str, ...]:
    held = Role.objects.on(timezone.localdate()).filter(organisation=organisation, kind=RoleKind.APPROVER)
    return tuple(str(role.person) for role in held.select_related("person").order_by("person__name")) or ("–",)
