"""What ``events`` asks of an event that is a session of an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from keino.web.events.sessions import Calendar
from keino.web.programmes.choices import EditionPersonKind
from keino.web.programmes.models import EditionDate

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.events.models import Event


def run_by(person: Person) -> Q:
    """Events that are sessions of an edition whose host the person is, as ``programmes.manage_edition`` says."""
    if not person.has_perm("programmes.work"):
        return Q(pk__in=())
    of_host = Q(edition__people__person=person, edition__people__kind=EditionPersonKind.HOST)
    return Q(pk__in=EditionDate.objects.filter(of_host, event__isnull=False).values("event"))


def calendar_of(event: Event) -> Calendar | None:
    """The calendar of the edition whose session the event is: dates are checked against each other there alone."""
    date = EditionDate.objects.filter(event=event).select_related("edition").first()
    if date is None:
        return None
    url = reverse("programmes:desk_dates", kwargs={"slug": date.edition.slug})
    return Calendar(date.edition.shown_name, url, "programmes.see_edition", date.edition)
