"""What applications and discussions hold of people: teams, managers who confirm, experts, who wrote what."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.web.base.personal_data import Register, registered
from keino.web.programmes.choices import OVER, EditionState
from keino.web.programmes.choices.applications import ENDED, ApplicationState
from keino.web.programmes.models import (
    Application,
    ApplicationMember,
    ApplicationMove,
    CommitmentRequest,
    Discussion,
    DiscussionExpert,
    EditionMove,
    ExpertHours,
    InterestDraft,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from keino.web.base.models import Person

#: Names in applications that came to nothing, or ended, are kept so long after the last move or their programme's end.
KEPT = dt.timedelta(days=2 * 365)
#: The organisation has a place in the programme: what it did there ends with its own last move.
_IN_IT = frozenset({ApplicationState.CONFIRMED, ApplicationState.ACTIVE, ApplicationState.COMPLETED})
_NOBODY = {"person": None, "name": "", "email": "", "title": ""}
_NOTHING_SAID = {"notes": "", "agreed": "", "cancelled_why": "", "booked_by": None, "held_by": None}
_NO_MANAGER = {"name": "", "email": "", "confirmed_name": "", "confirmed_title": "", "declined_why": ""}


def _members_of(person: Person) -> Q:
    return Q(person=person) | Q(email__iexact=person.email)


def _requests_to(person: Person) -> Q:
    return Q(confirmed_by=person) | Q(email__iexact=person.email)


def _export(person: Person) -> Any:
    told = Application.objects.filter(contact=person).select_related("edition", "organisation").order_by("pk")
    teams = ApplicationMember.objects.filter(_members_of(person)).select_related("application__edition").order_by("pk")
    asked = CommitmentRequest.objects.filter(_requests_to(person)).select_related("application__edition").order_by("pk")
    moves = ApplicationMove.objects.filter(moved_by=person).select_related("application__edition").order_by("pk")
    holds = DiscussionExpert.objects.filter(person=person).select_related("discussion").order_by("pk")
    hours = ExpertHours.objects.filter(expert=person).order_by("day", "begins")
    drafts = InterestDraft.objects.filter(written_by=person).select_related("edition", "organisation").order_by("pk")
    return {
        "contact_of": [
            {
                "programme": each.edition.shown_name,
                "organisation": each.organisation.shown_name,
                "at": each.told_at.isoformat(),
            }
            for each in told
        ],
        "interests_that_came_late": [
            {
                "programme": each.edition.shown_name,
                "organisation": each.organisation.shown_name,
                "at": each.written_at.isoformat(),
                "text": each.interest,
            }
            for each in drafts
        ],
        "teams": [
            {
                "programme": each.application.edition.shown_name,
                "name": each.name,
                "title": each.title,
                "role": each.role,
                "is_responsible": each.is_responsible,
            }
            for each in teams
        ],
        "commitments": [
            {
                "programme": each.application.edition.shown_name,
                "name": each.confirmed_name or each.name,
                "title": each.confirmed_title,
                "confirmed_at": each.confirmed_at.isoformat() if each.confirmed_at else None,
            }
            for each in asked
        ],
        "moves": [
            {"programme": each.application.edition.shown_name, "to": each.to_state, "at": each.moved_at.isoformat()}
            for each in moves
        ],
        "discussions": [each.discussion.starts_at.isoformat() for each in holds],
        "hours": [str(each) for each in hours],
    }


def _erase(person: Person) -> None:
    """Applications, teams by number and role, states and moves stay: what is counted over years is still right.

    Drafts of an interest go: they were never sent, and nothing counts them.
    """
    now = timezone.now()
    open_ones = CommitmentRequest.objects.filter(_requests_to(person), confirmed_at=None, declined_at=None)
    open_ones.filter(withdrawn_at=None).update(withdrawn_at=now)
    CommitmentRequest.objects.filter(_requests_to(person)).update(**_NO_MANAGER, confirmed_by=None, token_hash=None)
    CommitmentRequest.objects.filter(asked_by=person).update(asked_by=None)
    ApplicationMember.objects.filter(_members_of(person)).update(**_NOBODY)
    for column in ("contact", "decided_by", "submitted_by"):
        Application.objects.filter(**{column: person}).update(**{column: None})
    ApplicationMove.objects.filter(moved_by=person).update(moved_by=None)
    Discussion.objects.filter(booked_by=person).update(booked_by=None)
    Discussion.objects.filter(held_by=person).update(held_by=None)
    ExpertHours.objects.filter(expert=person).delete()
    InterestDraft.objects.filter(written_by=person).delete()
    DiscussionExpert.objects.filter(person=person).update(person=None)


def _came_to_nothing(before: dt.datetime) -> QuerySet[Application]:
    """Applications that ended before a moment: by themselves, or because their programme did and they weren't in it."""
    moves = EditionMove.objects.filter(edition=OuterRef("edition"), to_state__in=OVER, moved_at__lte=before)
    is_left = Q(edition__state=EditionState.CANCELLED) | ~Q(state__in=_IN_IT)
    found = Application.objects.filter(Q(state__in=ENDED) | is_left & Q(Exists(moves), edition__state__in=OVER))
    return found.exclude(moves__moved_at__gt=before)


def _retire() -> int:
    """Take names out of applications that ended long ago, and what people told and noted of them; numbers stay.

    What came late and was never sent goes whole.
    """
    before = timezone.now() - KEPT
    ended = _came_to_nothing(before).values("pk")
    gone = ApplicationMember.objects.filter(application__in=ended).exclude(name="").update(**_NOBODY)
    requests = CommitmentRequest.objects.filter(application__in=ended)
    # nobody answers these any more; two of them without an address would be the same one
    requests.filter(confirmed_at=None, declined_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
    gone += requests.exclude(**_NO_MANAGER, confirmed_by=None, asked_by=None).update(
        **_NO_MANAGER, confirmed_by=None, asked_by=None, token_hash=None, stood_behind={}
    )
    for rows, without in (
        (ApplicationMove.objects.filter(application__in=ended), {"moved_by": None, "why": ""}),
        (Discussion.objects.filter(application__in=ended), _NOTHING_SAID),
        (DiscussionExpert.objects.filter(discussion__application__in=ended), {"person": None}),
        (Application.objects.filter(pk__in=ended), {"contact": None, "decided_by": None, "submitted_by": None}),
    ):
        gone += rows.exclude(**without).update(**without)
    gone += ExpertHours.objects.filter(day__lt=timezone.localdate(before)).delete()[0]
    gone += InterestDraft.objects.filter(written_at__lt=before).delete()[0]
    return gone


def register() -> None:
    """Enter the register."""
    registered(
        Register(
            key="applications",
            title=_("Applications to programmes"),
            purpose=_(
                "To apply to development programmes and to choose who takes part: people of the applicants' teams, "
                "managers who confirm the commitment, experts who talk with applicants. The applicant's people and "
                "mentors see an application, and those who are named in the programme."
            ),
            legal_ground=_("The centre's task in the public interest; consent for what may be published."),
            kept_for=_(
                "Names, and what was agreed, noted or explained, until two years after the application or its "
                "programme ended; the application's texts as long as the programme's. An interest that came late and "
                "was never sent: two years."
            ),
            columns=(
                *(f"programmes.Application.{name}" for name in _APPLICATION),
                "programmes.ApplicationMove.moved_by",
                "programmes.ApplicationMove.why",
                *(f"programmes.ApplicationMember.{name}" for name in ("person", "name", "email", "title")),
                *(f"programmes.CommitmentRequest.{name}" for name in _REQUEST),
                *(f"programmes.Discussion.{name}" for name in _DISCUSSION),
                "programmes.DiscussionExpert.person",
                "programmes.ExpertHours.expert",
                "programmes.InterestDraft.interest",
                "programmes.InterestDraft.written_by",
            ),
            export=_export,
            erase=_erase,
            retire=_retire,
            stays=_("The application with its texts, its team as numbers and roles, and its way through the states."),
        )
    )


_APPLICATION = (
    "contact",
    "decided_by",
    "submitted_by",
    "interest",
    "pilot",
    "motivation",
    "groundwork",
    "sharing",
    "capacity",
)
_REQUEST = (
    "name",
    "email",
    "asked_by",
    "confirmed_by",
    "confirmed_name",
    "confirmed_title",
    "declined_why",
)
_DISCUSSION = ("booked_by", "held_by", "notes", "agreed", "cancelled_why")
