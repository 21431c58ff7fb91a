"""Cases of digital sparring: begun, weighed, ended with develop, buy or leave."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, changed, locked
from keino.web.base.errors import NotAllowedNow
from keino.web.cohorts.choices.sparring import CaseEnd, CaseState
from keino.web.cohorts.errors.sparring import EndMissing, EndNeedsAction, LeaveNeedsReason
from keino.web.cohorts.models import DigitalCase, DigitalOption
from keino.web.cohorts.queries.sparring import agreed_in
from keino.web.plans.action_choices import ActionState

if TYPE_CHECKING:
    from uuid import UUID

    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation


@dataclass(frozen=True)
class CaseFields:
    """What people say of a case."""

    process: str
    current_tools: str
    target: str


@dataclass(frozen=True)
class OptionFields:
    """What people say of one way to reach the target."""

    title: str
    way: str
    speaks_for: str = ""
    speaks_against: str = ""
    cost_eur: Decimal | None = None


def begin_case(*, organisation: Organisation, key: UUID, fields: CaseFields, by: Person) -> DigitalCase:
    """Begin a case. ``key`` is the form's: sent twice, it makes one case."""
    with transaction.atomic(), acting(by, act="digital_case_begun"):
        return DigitalCase.objects.get_or_create(
            public_id=key, organisation=organisation, defaults={"created_by": by, **vars(fields)}
        )[0]


def change_case(case: DigitalCase, *, fields: CaseFields, seen: int, by: Person) -> None:
    """Change what is said of an open case. Raises Conflict, NotAllowedNow."""
    with transaction.atomic(), acting(by, act="digital_case_changed"):
        changed(_open(as_seen(case, seen)), vars(fields))


def add_option(case: DigitalCase, *, key: UUID, fields: OptionFields, by: Person) -> DigitalOption:
    """Add an option to an open case. Sent twice, it is one option. Raises NotAllowedNow."""
    with transaction.atomic(), acting(by, act="digital_option_added"):
        kept = _open(locked(case))
        return DigitalOption.objects.get_or_create(public_id=key, case=kept, defaults=vars(fields))[0]


def change_option(option: DigitalOption, *, fields: OptionFields, seen: int, by: Person) -> None:
    """Change an option of an open case. Raises Conflict, NotAllowedNow."""
    with transaction.atomic(), acting(by, act="digital_option_changed"):
        _open(locked(option.case))
        changed(as_seen(option, seen), vars(fields))


def remove_option(option: DigitalOption, *, by: Person) -> None:
    """Take an option out of an open case. Raises NotAllowedNow."""
    with transaction.atomic(), acting(by, act="digital_option_removed"):
        _open(locked(option.case))
        option.delete()


def end_case(case: DigitalCase, *, end: str, reason: str, seen: int, by: Person) -> None:
    """End a case with develop, buy or leave. To develop or buy needs an action; to leave a reason or an action.

    Ending it again in the same way changes nothing. Raises EndMissing, EndNeedsAction, LeaveNeedsReason, Conflict,
    NotAllowedNow.
    """
    if end not in CaseEnd.values:
        raise EndMissing
    with transaction.atomic(), acting(by, act="digital_case_ended"):
        kept = locked(case)
        if kept.state == CaseState.ENDED and kept.end == end:
            return
        kept = _open(as_seen(case, seen))
        has_action = agreed_in(case=kept).exclude(action__state=ActionState.CANCELLED).exists()
        if end != CaseEnd.LEAVE and not has_action:
            raise EndNeedsAction(end=str(CaseEnd(end).label))
        if end == CaseEnd.LEAVE and not (has_action or reason.strip()):
            raise LeaveNeedsReason
        values = {"state": CaseState.ENDED, "end": end, "reason": reason.strip()}
        changed(kept, values | {"ended_at": timezone.now(), "ended_by": by})


def reopen_case(case: DigitalCase, *, seen: int, by: Person) -> None:
    """Take an ended case up again; its reason and actions stay. Raises Conflict, NotAllowedNow."""
    with transaction.atomic(), acting(by, act="digital_case_reopened"):
        kept = as_seen(case, seen)
        if kept.state != CaseState.ENDED:
            raise NotAllowedNow(state=str(kept.get_state_display()))
        changed(kept, {"state": CaseState.OPEN, "end": "", "ended_at": None, "ended_by": None})


def _open(case: DigitalCase) -> DigitalCase:
    if case.state != CaseState.OPEN:
        raise NotAllowedNow(state=str(case.get_state_display()))
    return case
