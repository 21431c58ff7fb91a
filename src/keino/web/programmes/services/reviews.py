"""Reviews: who scores which application, what they give, and conflicts of interest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.domain.programmes.scores import checked
from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.programmes.choices import Act, CriterionKind, EditionPersonKind
from keino.web.programmes.choices.selection import UNDER_REVIEW, ReviewState
from keino.web.programmes.errors.selection import (
    HasTie,
    NotAReviewer,
    NotReviewed,
    ReviewersMissing,
    ReviewIncomplete,
    ReviewSent,
)
from keino.web.programmes.models import Application, DeclaredTie, Edition, Review, Score, Selection
from keino.web.programmes.queries.acquaintance import acquainted_with
from keino.web.programmes.queries.selection import (
    applications_in,
    by_application,
    criteria_of,
    people_named,
    reviews_in,
)
from keino.web.programmes.queries.ties import has_tie, ties_of
from keino.web.programmes.services.phases import require_phase
from keino.web.programmes.services.strangers import require_stranger

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.programmes.models import Criterion


@dataclass(frozen=True)
class Given:
    """What a reviewer gives for one criterion; None: nothing yet."""

    value: int | bool | None
    reason: str = ""


# ---- how the selection is done


def change_selection(edition: Edition, *, reviews_due_on: dt.date | None, middle: str, by: Person, seen: int) -> None:
    """Say until when scores are given and how they become one. ``seen`` 0: nothing was said before."""
    values = {"reviews_due_on": reviews_due_on, "middle": middle}
    with transaction.atomic(), acting(by, act="selection_changed"):
        Edition.objects.select_for_update().get(pk=edition.pk)
        kept = Selection.objects.filter(edition=edition).first()
        if (kept.version if kept else 0) != seen:
            raise Conflict
        if kept is None:
            Selection.objects.create(edition=edition, **values)
        elif any(getattr(kept, name) != value for name, value in values.items()):
            kept.reviews_due_on, kept.middle, kept.version = reviews_due_on, middle, kept.version + 1
            kept.save()


# ---- who scores what


def assign(application: Application, reviewer: Person, *, by: Person) -> Review:
    """Give an application to a reviewer. Doing it twice makes one review.

    Raises HasTie, NotAReviewer, NotReviewed and KnowsTheApplicant.
    """
    with transaction.atomic(), acting(by, act="reviewer_assigned"):
        row = _under_review(application)
        if not people_named(row.edition, EditionPersonKind.REVIEWER).filter(pk=reviewer.pk).exists():
            raise NotAReviewer(person=str(reviewer))
        if has_tie(reviewer, row):
            raise HasTie(person=str(reviewer))
        require_stranger(reviewer, row)
        return Review.objects.get_or_create(application=row, reviewer=reviewer, defaults={"assigned_by": by})[0]


def unassign(review: Review, *, by: Person) -> None:
    """Take an application from a reviewer who hasn't sent scores; the draft goes with it."""
    with transaction.atomic(), acting(by, act="reviewer_taken_off"):
        row = Review.objects.select_for_update().filter(pk=review.pk).first()
        if row is None:
            return  # pressed twice
        if row.is_sent:
            raise ReviewSent
        row.delete()


def share_out(edition: Edition, *, by: Person) -> int:
    """Give every application as many reviewers as the edition wants, none with a tie, all with about as much to do.

    Where reviewers don't see who applies, nobody who has talked with an applicant gets it either. Returns how many
    reviews it made. Raises ReviewersMissing after sharing out what could be.
    """
    short = made = 0
    with transaction.atomic(), acting(by, act="reviewer_assigned"):
        Edition.objects.select_for_update().get(pk=edition.pk)
        waiting = applications_in(edition).filter(state__in=UNDER_REVIEW)
        # held: an interview that is planned at the same moment comes before or after, and is seen
        applications = list(waiting.select_for_update(of=("self",)))
        reviewers = list(people_named(edition, EditionPersonKind.REVIEWER))
        barred = set(ties_of(reviewers, applications))
        if edition.hides_applicants:
            barred |= acquainted_with(applications)
        there = by_application([each for each in reviews_in(edition) if each.reviewer_id is not None])
        load = {person.pk: 0 for person in reviewers}
        for reviews in there.values():
            for reviewer in (each.reviewer_id for each in reviews):
                if reviewer in load:
                    load[reviewer] += 1
        for application in applications:
            taken = {each.reviewer_id for each in there.get(application.pk, ())}
            counted = {person for person in taken if (person, application.pk) not in barred}
            free = [each for each in reviewers if each.pk not in taken and (each.pk, application.pk) not in barred]
            free.sort(key=lambda each: (load[each.pk], each.pk))
            wanted = edition.reviewers_min - len(counted)
            for person in free[: max(0, wanted)]:
                Review.objects.create(application=application, reviewer=person, assigned_by=by)
                load[person.pk] += 1
                made += 1
            short += wanted > len(free)
    if short:
        raise ReviewersMissing(applications=short, wanted=edition.reviewers_min)
    return made


# ---- what reviewers give


def save_review(review: Review, given: Mapping[int, Given], *, remark: str, by: Person, seen: int) -> Review:
    """Keep what a reviewer wrote, as a draft that counts for nothing, at any time; ``given`` is by criterion.

    Raises Conflict, ReviewSent, HasTie.
    """
    with transaction.atomic(), acting(by, act="review_saved"):
        row = _writable(review, by=by, seen=seen)
        _keep(row, given, remark)
        return row


def send_review(review: Review, given: Mapping[int, Given], *, remark: str, by: Person, seen: int) -> Review:
    """Keep what was written and send it; sending twice sends once.

    Raises NotInCalendar and ReviewIncomplete after keeping it: whoever is late loses nothing.
    """
    now = Review.objects.filter(pk=review.pk, reviewer=by).first()
    if now is not None and now.is_sent:
        return now
    row = save_review(review, given, remark=remark, by=by, seen=seen)
    require_phase(row.application.edition, Act.REVIEW)
    with transaction.atomic(), acting(by, act="review_sent"):
        row = Review.objects.select_for_update().get(pk=row.pk)
        if missing := lacking(row):
            raise ReviewIncomplete(missing=tuple(str(each) for each in missing))
        row.state, row.sent_at, row.version = ReviewState.SENT, timezone.now(), row.version + 1
        row.save()
        return row


def lacking(review: Review) -> list[Criterion]:
    """The criteria that a review gives nothing for yet."""
    there = {score.criterion_id for score in review.scores.all() if score.given is not None}
    return [each for each in criteria_of(review.application.edition) if each.pk not in there]


def give_back(review: Review, *, by: Person) -> None:
    """Let a reviewer mend a sent review, while the application isn't decided on."""
    with transaction.atomic(), acting(by, act="review_given_back"):
        row = Review.objects.select_for_update().get(pk=review.pk)
        application = _under_review(row.application)
        if has_tie(by, application):
            raise HasTie(person=str(by))
        if row.is_sent:
            row.state, row.sent_at, row.version = ReviewState.DRAFT, None, row.version + 1
            row.save()


def _writable(review: Review, *, by: Person, seen: int) -> Review:
    row = Review.objects.select_for_update(of=("self",)).select_related("application__organisation").get(pk=review.pk)
    if row.reviewer_id != by.pk or has_tie(by, row.application):
        raise HasTie(person=str(by))
    if row.application.state not in UNDER_REVIEW:
        raise NotAllowedNow(state=row.application.get_state_display())
    if row.is_sent:
        raise ReviewSent
    if row.version != seen:
        raise Conflict
    return row


def _keep(review: Review, given: Mapping[int, Given], remark: str) -> None:
    """Write only what differs, so that the trail holds what was changed."""
    there = {score.criterion_id: score for score in review.scores.all()}
    changed = review.remark != remark
    for criterion in criteria_of(review.application.edition):
        new = given.get(criterion.pk)
        if new is None:
            continue
        score = there.get(criterion.pk) or Score(review=review, criterion=criterion)
        is_scored = criterion.kind == CriterionKind.SCORED
        points = checked(new.value) if is_scored and new.value is not None else None
        is_met = bool(new.value) if not is_scored and new.value is not None else None
        if (score.points, score.is_met, score.reason) == (points, is_met, new.reason):
            continue
        score.points, score.is_met, score.reason = points, is_met, new.reason
        score.save()
        changed = True
    if changed:
        review.remark, review.version = remark, review.version + 1
        review.save()


# ---- ties


def declare_tie(application: Application, *, reason: str, by: Person) -> DeclaredTie:
    """Say that one has a tie to the applicant: from now on the application is closed to them. Twice is once."""
    with transaction.atomic(), acting(by, act="tie_declared"):
        found, _new = DeclaredTie.objects.get_or_create(application=application, person=by, defaults={"reason": reason})
        return found


def _under_review(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("edition", "organisation")
    row = rows.get(pk=application.pk)
    if row.state not in UNDER_REVIEW:
        raise NotReviewed(state=row.get_state_display())
    return row
