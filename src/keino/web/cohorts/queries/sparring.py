"""Sparring of an organisation: its sessions, what the next one has to talk about, cases of digital sparring."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from keino.web.base.models import Person
from keino.web.base.templatetags.keino import day as day_text
from keino.web.cohorts.choices.sparring import CaseState, SessionState
from keino.web.cohorts.models import AgreedAction, DigitalCase, SparringSession
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Role
from keino.web.plans.action_choices import OPEN
from keino.web.plans.models import Action

if TYPE_CHECKING:
    from keino.web.cohorts.models import Participation
    from keino.web.organisations.models import Organisation

#: Open actions that an agenda lists; more than these nobody talks through in an hour or two.
ON_AGENDA = 15


def sessions_of(organisation: Organisation, participation: Participation | None = None) -> QuerySet[SparringSession]:
    """The organisation's sessions (those of one edition), the latest first, with how many actions were agreed."""
    found = SparringSession.objects.filter(organisation=organisation)
    if participation is not None:
        found = found.filter(participation=participation)
    found = found.select_related("mentor", "digital_case", "participation__edition")
    return found.annotate(agreed_count=Count("agreed")).order_by("-starts_at", "-pk")


def mentors_of(organisation: Organisation, day: dt.date) -> QuerySet[Person]:
    """People of the centre who are named to help this buyer."""
    held = Role.objects.on(day).filter(about=organisation, kind__in=(RoleKind.MENTOR, RoleKind.EXPERT))
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("name", "email", "pk")


def open_actions(organisation: Organisation) -> list[Action]:
    """Open actions in the order in which an agenda takes them: agreed in earlier sparring first, then by deadline."""
    found = Action.objects.filter(organisation=organisation, state__in=OPEN).select_related("owner")
    found = found.annotate(was_agreed=Count("agreed_in_sparring")).order_by("-was_agreed", "deadline", "pk")
    return list(found[:ON_AGENDA])


def prepared_agenda(organisation: Organisation, today: dt.date) -> str:
    """An agenda from the open actions of this moment, one point on a line, in the organisation's language."""
    with override(organisation.original_language):
        lines = [_agenda_line(action, today) for action in open_actions(organisation)]
        return "\n".join([*lines, _("What comes next: actions, owners and deadlines")])


def _agenda_line(action: Action, today: dt.date) -> str:
    values = {
        "title": action.title,
        "owner": str(action.owner) if action.owner else _("nobody yet"),
        "day": day_text(action.deadline),
    }
    if action.is_overdue(today):
        words = _("{title} – overdue since {day}, owner: {owner}")
    elif getattr(action, "was_agreed", 0):
        words = _("{title} – agreed in sparring, by {day}, owner: {owner}")
    else:
        words = _("{title} – by {day}, owner: {owner}")
    return words.format(**values)


def agenda_of(session: SparringSession, today: dt.date) -> str:
    """What a session is about: as somebody wrote it, else prepared now."""
    if session.agenda or session.state != SessionState.AGREED:
        return session.agenda
    return prepared_agenda(session.organisation, today)


def agreed_in(*, session: SparringSession | None = None, case: DigitalCase | None = None) -> QuerySet[AgreedAction]:
    """What was agreed in a session, or in a case with all its sessions."""
    where = Q(session=session) if session is not None else Q(case=case) | Q(session__digital_case=case)
    return AgreedAction.objects.filter(where).select_related("action__owner").order_by("action__deadline", "pk")


def cases_of(organisation: Organisation) -> QuerySet[DigitalCase]:
    """Cases of digital sparring, open ones first."""
    found = DigitalCase.objects.filter(organisation=organisation)
    return found.annotate(session_count=Count("sessions")).order_by("-state", "-created_at", "-pk")


def is_open(case: DigitalCase) -> bool:
    """Whether the case still waits for its end."""
    return case.state == CaseState.OPEN
