"""What is agreed in sparring becomes actions of the organisation, with their owner and deadline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from keino.web.base.edited import locked
from keino.web.base.errors import NotAllowedNow
from keino.web.base.templatetags.keino import day as day_text
from keino.web.cohorts.choices.sparring import CaseState, SessionState
from keino.web.cohorts.errors.sparring import SessionOfOther
from keino.web.cohorts.models import AgreedAction, DigitalCase, SparringSession
from keino.web.plans.services.actions import ActionValues, add_action

if TYPE_CHECKING:
    from uuid import UUID

    from keino.web.base.models import Person
    from keino.web.plans.models import Action

#: What an action's description holds.
LONGEST = 4000


def agree_action(
    *, key: UUID, values: ActionValues, by: Person,
    session: SparringSession | None = None, case: DigitalCase | None = None,
) -> Action:  # fmt: skip
    """Add an action to the organisation's plan, which says where it was agreed. Sent twice, it is one action.

    Raises ActionError; NotAllowedNow where the session was called off or the case has ended.
    """
    organisation = session.organisation if session is not None else case.organisation if case is not None else None
    if organisation is None or (case is not None and case.organisation_id != organisation.pk):
        raise SessionOfOther
    with transaction.atomic():
        if session is not None and locked(session).state == SessionState.CANCELLED:
            raise NotAllowedNow(state=str(SessionState.CANCELLED.label))
        if case is not None and locked(case).state == CaseState.ENDED:
            raise NotAllowedNow(state=str(CaseState.ENDED.label))
        told = replace(values, description=_with_origin(values.description, session, case))
        action = add_action(organisation=organisation, key=key, values=told, by=by)
        AgreedAction.objects.get_or_create(action=action, defaults={"session": session, "case": case})
        return action


def _with_origin(description: str, session: SparringSession | None, case: DigitalCase | None) -> str:
    """What is said of the action, and where it was agreed: whoever opens it in the plan can ask there."""
    if session is not None:
        origin = _("Agreed in sparring on {day}.").format(day=day_text(session.starts_at))
    else:
        origin = _("Agreed in digital sparring: {process}.").format(process=case.process if case else "")
    return f"{description.strip()[: LONGEST - len(origin) - 2]}\n\n{origin}".strip()
