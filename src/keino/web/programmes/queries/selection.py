"""The selection of an edition as its people see it: applications, reviews, interviews, decisions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from keino.web.base.models import Person
from keino.web.programmes.choices import EditionPersonKind
from keino.web.programmes.choices.selection import (
    IN_SELECTION,
    UNDER_REVIEW,
    WITH_PLACE,
    DecisionOutcome,
    DecisionState,
    InterviewState,
    ReviewState,
)
from keino.web.programmes.models import (
    Application,
    DecidedApplication,
    Edition,
    GuideQuestion,
    Interview,
    Interviewer,
    Review,
    Selection,
    SelectionDecision,
)
from keino.web.programmes.queries.ties import ties_of

if TYPE_CHECKING:
    from keino.web.programmes.models import Criterion


def selection_of(edition: Edition) -> Selection:
    """How the edition's selection is done; what was never changed has no row yet."""
    return Selection.objects.filter(edition=edition).first() or Selection(edition=edition, version=0)


def applications_in(edition: Edition) -> QuerySet[Application]:
    """The sent applications of an edition and what became of them, in the order in which they were sent."""
    found = Application.objects.filter(edition=edition, state__in=IN_SELECTION)
    return found.select_related("organisation").order_by("submitted_at", "pk")


def codes_of(edition: Edition) -> dict[int, str]:
    """Names for applications where nobody sees who applies: A, B, …, Z, AA. One never gets another's letter."""
    known = Application.objects.filter(edition=edition).order_by("pk").values_list("pk", flat=True)
    return {pk: _letters(number) for number, pk in enumerate(known)}


def _letters(number: int) -> str:
    """As spreadsheets name their columns.

    >>> [_letters(number) for number in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    text, rest = "", number + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        text = chr(ord("A") + letter) + text
    return text


def people_named(edition: Edition, *kinds: EditionPersonKind) -> QuerySet[Person]:
    """Who is named in the edition as one of these, by name; everyone without ``kinds``."""
    named = Q(named_in_editions__edition=edition)
    if kinds:
        named &= Q(named_in_editions__kind__in=kinds)
    return Person.objects.filter(named, is_active=True, erased_at=None).distinct().order_by("name", "pk")


# ---- reviews


def reviews_in(edition: Edition) -> QuerySet[Review]:
    """All reviews of the edition with what they gave."""
    found = Review.objects.filter(application__edition=edition, application__state__in=IN_SELECTION)
    return found.select_related("reviewer", "application__organisation").prefetch_related("scores").order_by("pk")


def reviews_by(person: Person, edition: Edition) -> QuerySet[Review]:
    """What was given to the person to score in an edition, whether it is open to them or not."""
    return reviews_in(edition).filter(reviewer=person)


def own_reviews(person: Person, edition: Edition) -> list[Review]:
    """What the person is to score in an edition, without applications that are closed to them; drafts first."""
    found = list(reviews_by(person, edition))
    tied = ties_of([person], [each.application for each in found])
    open_ones = [each for each in found if (person.pk, each.application_id) not in tied]
    return sorted(open_ones, key=lambda each: (each.is_sent, each.application.submitted_at, each.pk))


def is_reviewer(person: Person, application: Application) -> bool:
    """Whether the application was given to the person to score."""
    return Review.objects.filter(application=application, reviewer=person).exists()


def others_of(review: Review) -> list[Review]:
    """What the other reviewers gave: shown once everybody who counts has sent theirs, and not before."""
    whole = list(
        review.application.reviews.exclude(reviewer=None).select_related("reviewer").prefetch_related("scores")
    )
    ties = ties_of([each.reviewer for each in whole if each.reviewer is not None], [review.application])
    counted = [each for each in whole if (each.reviewer_id, review.application_id) not in ties]
    if not all(each.is_sent for each in counted):
        return []
    return [each for each in counted if each.pk != review.pk]


def decided_days(edition: Edition) -> dict[int, dt.date]:
    """On which day each application was first decided on."""
    lines = DecidedApplication.objects.filter(decision__edition=edition, decision__state=DecisionState.MADE)
    found: dict[int, dt.date] = {}
    for application, when in lines.order_by("-decision__made_at").values_list("application", "decision__made_at"):
        found[application] = timezone.localdate(when)
    return found


def criteria_of(edition: Edition) -> list[Criterion]:
    """The edition's criteria in their order."""
    return list(edition.criteria.order_by("position", "pk"))


def open_reviews(until: dt.date) -> QuerySet[Review]:
    """Reviews of all editions that aren't sent and are due until a day, for reminders."""
    found = Review.objects.filter(
        state=ReviewState.DRAFT,
        application__state__in=UNDER_REVIEW,
        application__edition__selection__reviews_due_on__lte=until,
        reviewer__is_active=True,
    )
    return found.select_related("reviewer", "application__edition__selection", "application__organisation")


# ---- interviews


def guide_of(edition: Edition) -> QuerySet[GuideQuestion]:
    """The questions that every applicant is asked."""
    return edition.guide.order_by("position", "pk")


def interviews_in(edition: Edition) -> QuerySet[Interview]:
    """The edition's interviews with who holds them, the earliest first; without cancelled ones."""
    found = Interview.objects.filter(application__edition=edition).exclude(state=InterviewState.CANCELLED)
    holders = Prefetch("interviewers", Interviewer.objects.select_related("person"))
    return found.select_related("application__organisation", "event").prefetch_related(holders).order_by("starts_at")


def is_interviewer(person: Person, application: Application) -> bool:
    """Whether the person holds or held an interview of the applicant."""
    held = Interviewer.objects.filter(person=person, interview__application=application)
    return held.exclude(interview__state=InterviewState.CANCELLED).exists()


# ---- decisions and places


def draft_of(edition: Edition) -> SelectionDecision | None:
    """The proposal that is written on, where there is one."""
    return edition.decisions.filter(state=DecisionState.DRAFT).first()


def lines_of(decision: SelectionDecision) -> list[DecidedApplication]:
    """What a decision says, by place in the order, then by when they were sent."""
    lines = list(decision.lines.select_related("application__organisation", "application__contact"))
    return sorted(lines, key=lambda each: (each.place is None, each.place or 0, each.application.submitted_at, each.pk))


def places_taken(edition: Edition) -> int:
    """How many organisations have a place: selected, confirmed or taking part."""
    return Application.objects.filter(edition=edition, state__in=WITH_PLACE).count()


def reserve_of(edition: Edition) -> list[DecidedApplication]:
    """The reserve in the order in which it moves up, by the newest decision on each."""
    lines = DecidedApplication.objects.filter(
        application__edition=edition,
        application__state=DecisionOutcome.RESERVE,
        decision__state=DecisionState.MADE,
        outcome=DecisionOutcome.RESERVE,
    ).select_related("application__organisation", "decision")
    newest: dict[int, DecidedApplication] = {}
    for line in lines.order_by("decision__made_at", "pk"):
        newest[line.application_id] = line
    return sorted(newest.values(), key=lambda each: (each.reserve_place or 999, each.pk))


def published(edition: Edition) -> list[Application]:
    """The organisations whose selection is public: selected by a decision made before it was published, still with a
    place, and not against it. Never a score, never somebody who wasn't selected.
    """
    selection = selection_of(edition)
    return _with_place(edition, until=selection.published_at) if selection.published_at else []


def to_publish(edition: Edition) -> list[Application]:
    """Whose selection would be public if it were published now."""
    return _with_place(edition, until=timezone.now())


def _with_place(edition: Edition, *, until: dt.datetime) -> list[Application]:
    selected = DecidedApplication.objects.filter(
        decision__edition=edition,
        decision__state=DecisionState.MADE,
        decision__made_at__lte=until,
        outcome=DecisionOutcome.SELECTED,
    )
    found = Application.objects.filter(
        edition=edition, state__in=WITH_PLACE, agrees_to_publication=True, pk__in=selected.values("application")
    )
    return sorted(found.select_related("organisation"), key=lambda each: str(each.organisation).casefold())


def silent(edition: Edition, *, without: Collection[int] = ()) -> int:
    """How many with a place don't agree to be published; ``without`` those with these keys."""
    found = Application.objects.filter(edition=edition, state__in=WITH_PLACE, agrees_to_publication=False)
    return found.exclude(pk__in=without).count()


def by_application(reviews: Collection[Review]) -> dict[int, list[Review]]:
    """Reviews by their application."""
    found: dict[int, list[Review]] = defaultdict(list)
    for each in reviews:
        found[each.application_id].append(each)
    return found


def offered_place(application: Application) -> DecidedApplication | None:
    """The decision that offers the place to a selected organisation."""
    lines = application.decided.filter(decision__state=DecisionState.MADE, outcome=DecisionOutcome.SELECTED)
    return lines.select_related("decision").order_by("-decision__made_at").first()
