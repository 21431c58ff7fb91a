"""Where reviewers don't see who applies, nobody both scores an applicant and talks with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from keino.web.programmes.errors.selection import KnowsTheApplicant
from keino.web.programmes.models import Application, Review
from keino.web.programmes.queries.acquaintance import acquainted_with

if TYPE_CHECKING:
    from keino.web.base.models import Person


def require_stranger(person: Person, application: Application) -> None:
    """Who is to score the application hasn't talked with the applicant. Raises KnowsTheApplicant.

    The application is held: an interview that is planned at the same moment comes before or after, and is seen.
    """
    if application.edition.hides_applicants:
        _hold(application)
        if (person.pk, application.pk) in acquainted_with([application]):
            raise KnowsTheApplicant(person=str(person))


def require_no_reviewer(people: Iterable[Person], application: Application) -> None:
    """Who is to interview the applicant doesn't score it; held in the same way. Raises KnowsTheApplicant."""
    if application.edition.hides_applicants:
        _hold(application)
        scoring = set(Review.objects.filter(application=application).values_list("reviewer", flat=True))
        for person in people:
            if person.pk in scoring:
                raise KnowsTheApplicant(person=str(person))


def _hold(application: Application) -> None:
    Application.objects.select_for_update().get(pk=application.pk)
