"""What of selections needs a person: scores to give, a place to confirm; interviews that are coming."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keino.web.organisations.needs import ComingDate, Need
from keino.web.programmes.choices import Act
from keino.web.programmes.choices.selection import UNDER_REVIEW, InterviewState, ReviewState
from keino.web.programmes.models import Interview, Review
from keino.web.programmes.queries.calendar import allows
from keino.web.programmes.queries.offered_places import offered_places
from keino.web.programmes.queries.ties import tied_from, ties_of

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

WEEK = dt.timedelta(days=7)
#: What the calendar of an application's edition is made of.
_CALENDAR = ("edition__dates", "edition__phases")


def needs(person: Person, organisations: Sequence[Organisation]) -> Iterator[Need]:
    """Interviews to hold, scores to give and places to confirm: the latter two while the calendar allows them."""
    if person.has_perm("programmes.work"):
        yield from _interviews(person)
        yield from _scores(person)
    theirs = [each for each in organisations if person.has_perm("programmes.apply", each)]
    if theirs:
        today = timezone.localdate()
        offered = offered_places().filter(organisation__in=theirs).prefetch_related(*_CALENDAR)
        for application in offered.order_by("pk"):
            if not allows(application.edition, Act.CONFIRM):
                continue
            url = reverse("programmes:place", args=[application.organisation.slug, application.public_id])
            said = _("Confirm your place in “%(name)s”") % {"name": application.edition.shown_name}
            due = application.confirm_by
            yield Need(_urgency(due, today), said, url, due, str(application.organisation))


def _urgency(due: dt.date | None, today: dt.date) -> str:
    return "you" if due is None or due > today + WEEK else "week" if due >= today else "overdue"


def _interviews(person: Person) -> Iterator[Need]:
    """The person's interviews of the week, and those that are over and not marked as held."""
    now = timezone.now()
    found = Interview.objects.filter(
        interviewers__person=person, state=InterviewState.PLANNED, starts_at__lte=now + WEEK
    )
    rows = list(found.select_related("application__edition", "application__organisation").order_by("starts_at", "pk"))
    closed = tied_from(person, [each.application for each in rows])
    for each in rows:
        if each.application_id in closed:
            continue
        name = {"name": each.application.organisation.shown_name}
        url = reverse("programmes:interview", args=[each.application.edition.slug, each.public_id])
        day = timezone.localdate(each.starts_at)
        if each.ends_at <= now:
            yield Need("overdue", _("Mark the interview of %(name)s as held") % name, url, day)
        else:
            yield Need("week", _("Interview of %(name)s") % name, url, day)


def _scores(person: Person) -> Iterator[Need]:
    """One line for each edition, not for each application."""
    found = Review.objects.filter(reviewer=person, state=ReviewState.DRAFT, application__state__in=UNDER_REVIEW)
    whole = found.select_related("application__organisation", "application__edition__selection")
    calendars = [f"application__{each}" for each in _CALENDAR]
    reviews = [each for each in whole.prefetch_related(*calendars) if allows(each.application.edition, Act.REVIEW)]
    tied = ties_of([person], [each.application for each in reviews])
    waiting = Counter(each.application.edition for each in reviews if (person.pk, each.application_id) not in tied)
    today = timezone.localdate()
    for edition in sorted(waiting, key=lambda each: each.pk):
        count, selection = waiting[edition], getattr(edition, "selection", None)
        due_on = selection.reviews_due_on if selection else None
        said = ngettext(
            "Score %(count)s application of “%(name)s”", "Score %(count)s applications of “%(name)s”", count
        )
        title = said % {"count": count, "name": edition.shown_name}
        yield Need(_urgency(due_on, today), title, reverse("programmes:reviews", args=[edition.slug]), due_on)


def coming_dates(person: Person, organisation: Organisation) -> Iterator[ComingDate]:
    """Interviews of this applicant."""
    if not person.has_perm("programmes.see", organisation):
        return
    planned = Interview.objects.filter(
        application__organisation=organisation, state=InterviewState.PLANNED, starts_at__gt=timezone.now()
    )
    for interview in planned.select_related("application__edition").order_by("starts_at"):
        said = _("Interview: %(name)s") % {"name": interview.application.edition.shown_name}
        yield ComingDate(timezone.localdate(interview.starts_at), said, None, interview.place)
