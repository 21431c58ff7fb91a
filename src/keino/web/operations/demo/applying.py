"""How organisations of the demo apply, are interviewed and scored: by the services that pages use."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keino.web.base.models import Person
from keino.web.organisations.choices import RoleKind
from keino.web.programmes.choices import CriterionKind, EditionPersonKind
from keino.web.programmes.queries.selection import criteria_of, guide_of
from keino.web.programmes.services.applications.commitments import commit
from keino.web.programmes.services.applications.interest import decide_to_apply, tell_interest
from keino.web.programmes.services.applications.sending import send_application
from keino.web.programmes.services.applications.team import add_member
from keino.web.programmes.services.applications.texts import write_application
from keino.web.programmes.services.interviews import When, hold_interview, plan_interview, write_notes
from keino.web.programmes.services.people import name_person
from keino.web.programmes.services.reviews import Given, assign, send_review

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation
    from keino.web.programmes.models import Application, Edition


@dataclass(frozen=True)
class Applicant:
    """What an applicant wrote, and what was said of it. Scores are by reviewer, in the order of the criteria."""

    slug: str
    language: str
    interest: str
    pilot: str
    motivation: str
    capacity: str
    groundwork: str
    sharing: str
    team: tuple[tuple[str, str, str], ...]
    said: tuple[str, str, str]
    scores: dict[str, tuple[int, ...]]


FIRST, SECOND, EXPERT, MENTOR = (
    "arvioija@keino.example",
    "raati@keino.example",
    "asiantuntija@keino.example",
    "mentori@keino.example",
)


def holder(organisation: Organisation, kind: str) -> Person | None:
    """Who holds a role; also at a moment before the demo's people joined."""
    role = organisation.roles.filter(kind=kind).select_related("person").order_by("pk").first()
    return role.person if role else None


def of_centre(email: str, centre: Organisation) -> Person | None:
    """Somebody of the centre by their address."""
    return Person.objects.filter(email=email, roles__organisation=centre).first()


def name_reviewers(edition: Edition, *, by: Person) -> None:
    """Two who help no applicant: whoever does, and reviews, is barred even from talking with it."""
    for email in (FIRST, SECOND):
        if (person := of_centre(email, edition.organisation)) is not None:
            name_person(edition, person=person, kind=EditionPersonKind.REVIEWER, by=by, tell=False)


def apply(edition: Edition, organisation: Organisation, said: Applicant) -> Application | None:
    """Send an application with its team and the management's commitment."""
    by, approver = holder(organisation, RoleKind.RESPONSIBLE_PERSON), holder(organisation, RoleKind.APPROVER)
    if by is None or approver is None:
        return None
    application = tell_interest(edition=edition, organisation=organisation, interest=said.interest, by=by)
    application = decide_to_apply(application, by=by, goes_on=True)
    application = write_application(
        application,
        by=by,
        seen=application.version,
        pilot=said.pilot,
        motivation=said.motivation,
        groundwork=said.groundwork,
        sharing=said.sharing,
        capacity=said.capacity,
        agrees_to_data=True,
        agrees_to_publication=True,
    )
    roles = [each.code for each in edition.team_roles.order_by("position", "pk")]
    for number, (name, email, title) in enumerate(said.team):
        add_member(
            application,
            by=by,
            key=uuid.uuid4(),
            name=name,
            email=email,
            title=title,
            role=roles[number] if number < len(roles) else "",
            is_responsible=number == 0,
        )
    commit(application, by=approver, title=said.team[-1][2])
    application.refresh_from_db()
    return send_application(application, by=by, seen=application.version)


def interview(
    application: Application, answers: Sequence[str], *, at: dt.datetime, by: Person, who: Sequence[Person] = ()
) -> None:
    """Hold an interview that began ``at`` a moment."""
    when = When(at, at + dt.timedelta(hours=1), "Teams")
    planned = plan_interview(application, when, interviewers=who or [by], by=by, key=uuid.uuid4())
    said = dict(zip([each.pk for each in guide_of(application.edition)], answers, strict=False))
    planned = write_notes(planned, said, notes="", by=by, seen=planned.version)
    hold_interview(planned, by=by)


def score(edition: Edition, application: Application, said: Applicant, by: Person) -> None:
    """Give the application to its reviewers, who send their scores."""
    criteria = criteria_of(edition)
    scored = [each for each in criteria if each.kind == CriterionKind.SCORED]
    for email, points in said.scores.items():
        reviewer = of_centre(email, edition.organisation)
        if reviewer is None:
            continue
        review = assign(application, reviewer, by=by)
        given = {each.pk: Given(True) for each in criteria if each.kind == CriterionKind.PASS_FAIL}
        given |= {each.pk: Given(number) for each, number in zip(scored, points, strict=False)}
        send_review(review, given, remark="", by=reviewer, seen=review.version)
