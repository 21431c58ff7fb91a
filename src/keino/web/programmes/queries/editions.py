"""Editions for pages: those that everyone sees, those of the desk, who took part."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Count, Min, Prefetch, Q, QuerySet

from keino.web.organisations.models import Organisation
from keino.web.programmes.choices import PUBLIC_STATES, EditionState
from keino.web.programmes.choices.applications import ApplicationState as A
from keino.web.programmes.models import Application, Edition, EditionDate
from keino.web.programmes.queries.calendar import moment_of

if TYPE_CHECKING:
    from keino.web.base.models import Person

#: States of applications whose organisations take part, or did.
TAKING_PART = (A.CONFIRMED, A.ACTIVE, A.COMPLETED, A.ALUMNI)
#: From its beginning on a programme says who takes part; before it, who is selected is told when that is published.
SAYS_WHO_TAKES_PART = (EditionState.RUNNING, EditionState.COMPLETED)
#: Where applying is still, or soon, possible; where a programme goes on; where it is over.
OPEN, COMING = (EditionState.OPEN,), (EditionState.PUBLISHED,)
GOING_ON = (EditionState.CLOSED, EditionState.RUNNING)
PAST = (EditionState.COMPLETED, EditionState.CANCELLED)


def public_editions(states: tuple[str, ...]) -> QuerySet[Edition]:
    """Editions in some of the states that everyone sees, the nearest kick-off first; past ones the newest first."""
    found = Edition.objects.filter(state__in=PUBLIC_STATES & set(states)).select_related("organisation")
    found = found.annotate(kick_off=Min("dates__starts_at", filter=Q(dates__kind="kick_off")))
    found = found.prefetch_related("dates", _participants())
    return found.order_by("-kick_off", "pk") if set(states) <= set(PAST) else found.order_by("kick_off", "pk")


def _participants() -> Prefetch:
    """Applications of those who take part and agreed that their name is told."""
    told = Application.objects.filter(
        state__in=TAKING_PART, agrees_to_publication=True, edition__state__in=SAYS_WHO_TAKES_PART
    )
    return Prefetch("applications", told.select_related("organisation").order_by("pk"), to_attr="told_participants")


def participants_of(edition: Edition) -> list[Organisation]:
    """Organisations that take part or did, and agreed that it is told; by name."""
    found: list[Application] | None = getattr(edition, "told_participants", None)
    if edition.state not in SAYS_WHO_TAKES_PART:
        return []
    if found is None:
        told = edition.applications.filter(state__in=TAKING_PART, agrees_to_publication=True)
        found = list(told.select_related("organisation"))
    return sorted((each.organisation for each in found), key=lambda each: each.shown_name)


def editions_of_desk(person: Person, *, state: str = "", theme: str = "") -> QuerySet[Edition]:
    """Editions that a person works for: all for coordinators, for others those that they are named in; newest first."""
    found = Edition.objects.annotate(
        kick_off=Min("dates__starts_at", filter=Q(dates__kind="kick_off")),
        deadline=Min("dates__ends_at", filter=Q(dates__kind="form_deadline")),
        applicants=Count("applications", filter=~Q(applications__state=A.WITHDRAWN), distinct=True),
    )
    if not person.has_perm("programmes.manage"):
        found = found.filter(people__person=person).distinct()
    if state:
        found = found.filter(state=state)
    if theme:
        found = found.filter(theme=theme)
    return found.order_by("-created_at", "-pk")


def call_is_open(edition: Edition, now: dt.datetime) -> bool:
    """Whether organisations may show their interest at this moment, to the second.

    The clock that moves states looks once a minute; what may be done doesn't wait for it.
    """
    opens, closes = moment_of(edition, "call_opens"), moment_of(edition, "form_deadline")
    in_time = (opens is None or opens <= now) and closes is not None and now <= closes
    return in_time and (edition.is_open or (edition.state == EditionState.PUBLISHED and opens is not None))


def dates_with_events(edition: Edition) -> list[EditionDate]:
    """The calendar in its order, with the events of its sessions; each knows its edition."""
    found = list(edition.dates.select_related("event"))
    for date in found:
        date.edition = edition
    return found
