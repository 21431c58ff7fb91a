"""Selections for the site's tests: applications under review, reviewers with scores, interviews, proposals."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils import timezone

from keino.web.accounts.second_factor import lacks_second_factor
from keino.web.base.models import Person
from keino.web.programmes.choices import CriterionKind, EditionPersonKind
from keino.web.programmes.choices.selection import InterviewState, ReviewState
from keino.web.programmes.models import (
    Application,
    DecidedApplication,
    Edition,
    EditionDate,
    GuideQuestion,
    Interview,
    Interviewer,
    Review,
    Score,
    SelectionDecision,
)
from tests.factories.accounts import with_second_factor
from tests.factories.applications import an_application
from tests.factories.programmes import an_edition, named_in
from tests.factories.web import an_organisation, someone_who_is


@dataclass
class Selecting:
    """An edition in selection with its people: coordinator, decider, reviewers."""

    edition: Edition
    coordinator: Person
    decider: Person
    reviewers: list[Person]
    applications: list[Application]

    @property
    def path(self) -> str:
        return f"/desk/programmes/{self.edition.slug}/selection/"


def a_selecting(*, applicants: int = 0, reviewers: int = 2, **fields: Any) -> Selecting:
    """An edition with people and so many interviewed applicants, each with a responsible person; nothing is scored."""
    edition = an_edition(**({"state": "closed", "appeal_email": "appeal@example.org"} | fields))
    centre = edition.organisation
    return Selecting(
        edition=edition,
        coordinator=someone_who_is("coordinator", centre),
        decider=named_in(edition, EditionPersonKind.DECIDER),
        reviewers=[named_in(edition) for _ in range(reviewers)],
        applications=[an_applicant(edition) for _ in range(applicants)],
    )


def chosen_by(selecting: Selecting, day: dt.date) -> None:
    """Put off until when participants are chosen: interviews can be planned until the end of that day."""
    moment = dt.datetime.combine(day, dt.time.max, tzinfo=timezone.get_default_timezone())
    dates = EditionDate.objects.filter(edition=selecting.edition, kind="selection_published")
    dates.update(starts_at=moment, ends_at=moment)


def an_applicant(edition: Edition, name: str = "", *, state: str = "interviewed", **fields: Any) -> Application:
    """An application of an organisation with a responsible person."""
    organisation = fields.pop("organisation", None) or an_organisation(name)
    if not organisation.roles.filter(kind="responsible_person").exists():
        someone_who_is("responsible_person", organisation)
    return an_application(edition, organisation, state=state, **fields)


def responsible(application: Application) -> Person:
    """Who answers for the applicant."""
    found: Person = application.organisation.roles.get(kind="responsible_person").person
    return found


def a_review(
    application: Application, reviewer: Person, points: int | None = None, *, is_met: bool = True, **fields: Any
) -> Review:
    """A reviewer's scores: the same points for all criteria, sent; without points a draft that is empty."""
    if points is not None:
        fields = {"state": ReviewState.SENT, "sent_at": timezone.now()} | fields
    review = Review.objects.create(application=application, reviewer=reviewer, **fields)
    if points is not None:
        for criterion in application.edition.criteria.all():
            is_scored = criterion.kind == CriterionKind.SCORED
            Score.objects.create(
                review=review,
                criterion=criterion,
                points=points if is_scored else None,
                is_met=None if is_scored else is_met,
                reason=f"Reason of {reviewer}",
            )
    return review


def scored(selecting: Selecting, application: Application, *points: int, is_met: bool = True) -> None:
    """Scores of the first reviewers: so many points from each."""
    for reviewer, given in zip(selecting.reviewers, points, strict=False):
        a_review(application, reviewer, given, is_met=is_met)


def an_interview(application: Application, *people: Person, held: bool = True, **fields: Any) -> Interview:
    """An interview: held yesterday, or in two days."""
    starts_at = timezone.now() + dt.timedelta(days=-1 if held else 2)
    given: dict[str, Any] = {"starts_at": starts_at, "ends_at": starts_at + dt.timedelta(hours=1), "place": "Teams"}
    if held:
        given |= {"state": InterviewState.HELD, "held_at": timezone.now()}
    interview = Interview.objects.create(application=application, **(given | fields))
    for person in people:
        Interviewer.objects.create(interview=interview, person=person)
    return interview


def a_question(edition: Edition, **fields: Any) -> GuideQuestion:
    number = edition.guide.count() + 1
    return GuideQuestion.objects.create(
        edition=edition, **({"text": f"Question {number}?", "position": number} | fields)
    )


def a_decision(edition: Edition, *lines: tuple[Application, str], **fields: Any) -> SelectionDecision:
    """A proposal, or with ``state="made"`` a decision, on these applications."""
    number = edition.decisions.count() + 1
    if fields.get("state") == "made":
        fields.setdefault("made_at", timezone.now())
    decision = SelectionDecision.objects.create(edition=edition, number=number, **fields)
    for place, (application, outcome) in enumerate(lines, start=1):
        DecidedApplication.objects.create(
            decision=decision,
            application=application,
            outcome=outcome,
            reason="" if outcome == "selected" else "The pilot comes too late.",
            reserve_place=place if outcome == "reserve" else None,
        )
    return decision


def logged_in(person: Person) -> Client:
    """A client of the person; whoever works at the centre has a second factor."""
    if lacks_second_factor(person):
        with_second_factor(person)
    client = Client()
    client.force_login(person)
    return client


# ---- what people send


def review_data(review: Review, points: int | None = 3, **fields: Any) -> dict[str, Any]:
    """What a reviewer's form sends: the same points for all criteria, or none."""
    data: dict[str, Any] = {"seen": str(review.version), "remark": ""}
    for criterion in review.application.edition.criteria.all():
        is_scored = criterion.kind == CriterionKind.SCORED
        data[f"score_{criterion.pk}"] = "" if points is None else str(points) if is_scored else "yes"
        data[f"why_{criterion.pk}"] = ""
    return data | fields


def decision_data(decision: SelectionDecision, outcomes: dict[Application, str], **fields: Any) -> dict[str, Any]:
    """What the proposal's form sends: reasons for everybody, the reserve in the order in which it is given."""
    data: dict[str, Any] = {"seen": str(decision.version), "message": "", "confirm_by": ""}
    reserve = 0
    for application, outcome in outcomes.items():
        reserve += outcome == "reserve"
        data[f"outcome_{application.pk}"] = outcome
        data[f"reserve_{application.pk}"] = str(reserve) if outcome == "reserve" else ""
        data[f"reason_{application.pk}"] = "" if outcome == "selected" else "The pilot comes too late for this round."
    return data | fields
