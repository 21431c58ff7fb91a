"""Actions that need their owner, and their coming deadlines, for the homes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.organisations.needs import ComingDate, Need, of_organisations
from keino.web.plans.models import Action

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

WEEK = dt.timedelta(days=7)
#: Coming deadlines that a home shows.
COMING = 20


def needs(person: Person, organisations: Sequence[Organisation]) -> Iterator[Need]:
    """The person's own actions that are overdue or due this week, and those that nobody owns; by one query."""
    own = [each for each in organisations if person.has_perm("plans.work", each)]
    if not own:
        return
    today = timezone.localdate()
    due = Action.objects.filter(organisation__in=own, deadline__lte=today + WEEK).open()
    mine = due.filter(Q(owner=person) | Q(owner=None)).order_by("deadline", "pk")
    columns = ("public_id", "title", "deadline", "owner_id", "organisation_id")
    for action in of_organisations(mine.only(*columns), own):
        url = reverse("plans:action", args=[action.organisation.slug, action.public_id])
        kind = "overdue" if action.deadline < today else "week"
        words = _("Action: {title}") if action.owner_id else _("An action that nobody owns: {title}")
        yield Need(kind, words.format(title=action.title), url, action.deadline, str(action.organisation))


def coming_dates(person: Person, organisation: Organisation) -> Iterator[ComingDate]:
    """The next deadlines of an organisation's actions."""
    if not person.has_perm("plans.see", organisation):
        return
    found = Action.objects.filter(organisation=organisation, deadline__gte=timezone.localdate()).open()
    for action in found.only("public_id", "title", "deadline").order_by("deadline", "pk")[:COMING]:
        url = reverse("plans:action", args=[organisation.slug, action.public_id])
        yield ComingDate(action.deadline, _("Deadline: {title}").format(title=action.title), url)
