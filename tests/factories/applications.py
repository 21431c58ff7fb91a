"""Applications in every state, experts' hours and booked discussions, for tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import (
    Application,
    ApplicationMember,
    ApplicationMove,
    CommitmentRequest,
    Discussion,
    DiscussionExpert,
    DiscussionRule,
    Edition,
    ExpertHours,
    InterestDraft,
)
from tests.factories.programmes import an_edition, named_in
from tests.factories.web import a_person, an_organisation

#: States and the way to each: an application "in" one has gone through those before it.
PATH = {
    S.INTEREST: (),
    S.DISCUSSION_BOOKED: (S.INTEREST,),
    S.DISCUSSION_HELD: (S.INTEREST, S.DISCUSSION_BOOKED),
}
PATH[S.SUBMITTED] = (*PATH[S.DISCUSSION_HELD], S.DISCUSSION_HELD)
PATH[S.INTERVIEWED] = (*PATH[S.SUBMITTED], S.SUBMITTED)
for _state in (S.SELECTED, S.RESERVE, S.REJECTED):
    PATH[_state] = (*PATH[S.INTERVIEWED], S.INTERVIEWED)
PATH[S.CONFIRMED] = (*PATH[S.SELECTED], S.SELECTED)
PATH[S.ACTIVE] = (*PATH[S.CONFIRMED], S.CONFIRMED)
PATH[S.COMPLETED] = PATH[S.DROPPED] = (*PATH[S.ACTIVE], S.ACTIVE)
PATH[S.ALUMNI] = (*PATH[S.COMPLETED], S.COMPLETED)
PATH[S.WITHDRAWN] = (S.INTEREST,)

#: What a whole application says.
TEXTS = {
    "pilot": "School yards with reused paving.",
    "motivation": "We want a model that stays.",
    "groundwork": "We took part in the first academy.",
    "sharing": "The management group hears of it monthly.",
    "capacity": "Two days a month for each of us.",
}


def an_application(
    edition: Edition | None = None,
    organisation: Organisation | None = None,
    *,
    state: str = S.SUBMITTED,
    team: int = 3,
    **fields: Any,
) -> Application:
    """An application in a state, with what belongs to it there: discussion, texts, team, commitment, moves.

    ``team``: how many people stand in it from the application on; the first is the responsible one.
    """
    edition = edition or an_edition()
    organisation = organisation or an_organisation()
    is_sent = S.SUBMITTED in (*PATH[S(state)], state)
    given: dict[str, Any] = {"interest": "Circular building."}
    if is_sent:
        given |= TEXTS | {
            "goes_on": True,
            "agrees_to_data": True,
            "agrees_to_publication": True,
            "submitted_at": timezone.now(),
        }
    application = Application.objects.create(
        edition=edition, organisation=organisation, state=state, **(given | fields)
    )
    way = (*PATH[S(state)], S(state))
    for before, after in zip(("", *way), way, strict=False):
        ApplicationMove.objects.create(application=application, from_state=before, to_state=after)
    if S.DISCUSSION_BOOKED in way:
        a_discussion(application, held=S.DISCUSSION_HELD in way)
    if is_sent:
        for number in range(team):
            a_team_member(application, is_responsible=number == 0, role="responsible" if number == 0 else "")
        a_commitment(application, confirmed_at=timezone.now(), confirmed_name="Mirja Johtaja")
    return application


def a_late_interest(edition: Edition, organisation: Organisation, **fields: Any) -> InterestDraft:
    """What an organisation wrote of its interest when it was too late."""
    return InterestDraft.objects.create(
        edition=edition, organisation=organisation, **({"interest": "Circular building."} | fields)
    )


def a_team_member(application: Application, **fields: Any) -> ApplicationMember:
    number = application.members.count() + 1
    given = {"name": f"Member {number}", "email": f"member{number}-{application.pk}@example.org"}
    return ApplicationMember.objects.create(application=application, **(given | fields))


def a_commitment(application: Application, **fields: Any) -> CommitmentRequest:
    number = application.commitments.count() + 1
    given = {"name": "Mirja Johtaja", "email": f"manager{number}-{application.pk}@example.org"}
    return CommitmentRequest.objects.create(application=application, **(given | fields))


def a_discussion(
    application: Application, *, expert: Person | None = None, held: bool = False, **fields: Any
) -> Discussion:
    """A booked discussion: in three days, or yesterday where it was held."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    starts_at = fields.pop("starts_at", None) or now + dt.timedelta(days=-1 if held else 3)
    given: dict[str, Any] = {"starts_at": starts_at, "ends_at": starts_at + dt.timedelta(hours=1)}
    if held:
        given |= {"held_at": starts_at + dt.timedelta(hours=1), "agreed": "The pilot is the school yards."}
    discussion = Discussion.objects.create(application=application, **(given | fields))
    # its own expert: nobody begins two discussions at one moment
    expert = expert or a_person()
    DiscussionExpert.objects.create(discussion=discussion, person=expert, starts_at=starts_at)
    return discussion


def an_expert(edition: Edition, person: Person | None = None) -> Person:
    """Somebody who holds the edition's discussions."""
    return named_in(edition, "expert", person)


def some_hours(
    edition: Edition,
    expert: Person | None = None,
    *,
    day: dt.date | None = None,
    begins: str = "09:00",
    ends: str = "12:00",
) -> ExpertHours:
    """Hours of an expert: in five days, from nine to twelve."""
    return ExpertHours.objects.create(
        edition=edition,
        expert=expert or an_expert(edition),
        day=day or timezone.localdate() + dt.timedelta(days=5),
        begins=dt.time.fromisoformat(begins),
        ends=dt.time.fromisoformat(ends),
    )


def a_discussion_rule(edition: Edition, **fields: Any) -> DiscussionRule:
    return DiscussionRule.objects.create(edition=edition, **fields)
