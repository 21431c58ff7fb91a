"""What a mentor says of the newest version handed in: accepted, or returned with what should be done differently."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.errors import NotAllowedNow
from keino.web.cohorts.choices.assignments import Verdict, WorkState
from keino.web.cohorts.choices.deliverables import DeliverableState
from keino.web.cohorts.errors.taking_part import FeedbackMissing
from keino.web.cohorts.models import Deliverable, Submission, Work, WorkVersion

if TYPE_CHECKING:
    from keino.web.base.models import Person

Version = TypeVar("Version", Submission, WorkVersion)
_WORK = {Verdict.RETURNED: WorkState.RETURNED, Verdict.ACCEPTED: WorkState.ACCEPTED}
_DELIVERABLE = {Verdict.RETURNED: DeliverableState.RETURNED, Verdict.ACCEPTED: DeliverableState.APPROVED}


def was_said(newest: Submission | WorkVersion | None, *, number: int, verdict: str, feedback: str) -> bool:
    """Whether this was said of this version already: pressed twice, it is said once."""
    return newest is not None and (newest.number, newest.verdict, newest.feedback) == (number, verdict, feedback)


def say(
    thing: Work | Deliverable, newest: Version | None, *, number: int, verdict: str, feedback: str, by: Person, act: str
) -> Version:
    """Write words and state on the version and the thing, both locked. Raises NotAllowedNow, FeedbackMissing."""
    states: Mapping[Verdict, str] = _WORK if isinstance(thing, Work) else _DELIVERABLE
    waiting = WorkState.SUBMITTED if isinstance(thing, Work) else DeliverableState.SUBMITTED
    if newest is None or newest.number != number or thing.state != waiting:
        raise NotAllowedNow(state=str(thing.get_state_display()))
    if verdict == Verdict.RETURNED and not feedback.strip():
        raise FeedbackMissing
    newest.verdict, newest.feedback, newest.judged_by, newest.judged_at = verdict, feedback, by, timezone.now()
    thing.state, thing.version = states[Verdict(verdict)], thing.version + 1
    with acting(by, act=act):
        newest.save()
        thing.save()
    return newest
