"""Applications to score and interviews to hold that need somebody else when a person leaves the centre."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from keino.web.base.owned import Owned, owners_known_by
from keino.web.base.templatetags.keino import moment
from keino.web.programmes.choices.selection import UNDER_REVIEW, InterviewState, ReviewState
from keino.web.programmes.models import Interviewer, Review
from keino.web.programmes.services.review_owners import hand_interview_on, hand_review_on

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _reviews(person: Person, organisation: Model) -> Iterable[Owned]:
    found = Review.objects.filter(
        reviewer=person,
        state=ReviewState.DRAFT,
        application__state__in=UNDER_REVIEW,
        application__edition__organisation=organisation.pk,
    )
    for review in found.select_related("application__edition").order_by("pk"):
        edition = review.application.edition
        yield Owned(
            key=f"review:{review.pk}",
            kind=_("Scores of an application"),
            # not whose application: whoever hands over may have a tie to the applicant
            title=edition.shown_name,
            url=reverse("programmes:reviews", args=[edition.slug]),
            give_to=partial(hand_review_on, review),
            seen_with="programmes.work",
        )


def _interviews(person: Person, organisation: Model) -> Iterable[Owned]:
    found = Interviewer.objects.filter(
        person=person,
        interview__state=InterviewState.PLANNED,
        interview__application__edition__organisation=organisation.pk,
    )
    for held in found.select_related("interview__application__edition").order_by("pk"):
        edition = held.interview.application.edition
        yield Owned(
            key=f"interviewer:{held.pk}",
            kind=_("Interview of an applicant"),
            title=f"{edition}, {moment(held.interview.starts_at)}",
            url=reverse("programmes:interviews", args=[edition.slug]),
            give_to=partial(hand_interview_on, held),
            seen_with="programmes.work",
        )


def register() -> None:
    """Put them on the list of a hand-over."""
    owners_known_by(_reviews)
    owners_known_by(_interviews)
