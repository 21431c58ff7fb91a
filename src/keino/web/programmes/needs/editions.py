"""What of editions needs a coordinator, and calls that a buyer may answer, for the homes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.db.models import Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.base.addresses import address_or_none
from keino.web.organisations.needs import ComingDate, Need
from keino.web.programmes.choices import EditionState
from keino.web.programmes.models import Edition, EditionDate

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

#: A call that hasn't been published so near to its deadline is late.
NEAR = dt.timedelta(days=14)


def needs(person: Person, organisations: Sequence[Organisation]) -> Iterator[Need]:
    """Drafts whose deadline is near, programmes that are over and not completed."""
    if not person.has_perm("programmes.manage"):
        return
    now = timezone.now()
    found = Edition.objects.filter(state__in=(EditionState.DRAFT, EditionState.RUNNING)).annotate(
        deadline=Min("dates__ends_at", filter=Q(dates__kind="form_deadline")),
        over=Max("dates__ends_at", filter=Q(dates__kind__in=("closing", "ends"))),
    )
    for edition in found.order_by("pk"):
        name = {"name": edition.shown_name}
        url = address_or_none("programmes:desk_programme", slug=edition.slug)
        if edition.state == EditionState.RUNNING and edition.over is not None and edition.over < now:
            yield Need("you", _("Complete the programme “%(name)s”") % name, url)
        elif (
            edition.state == EditionState.DRAFT and edition.deadline is not None and now < edition.deadline < now + NEAR
        ):
            yield Need("week", _("Publish the call of “%(name)s”") % name, url, timezone.localdate(edition.deadline))


def coming_dates(person: Person, organisation: Organisation) -> Iterator[ComingDate]:
    """Deadlines of open calls, for those who may apply for the organisation."""
    if not person.has_perm("programmes.apply", organisation):
        return
    found = EditionDate.objects.filter(
        kind="form_deadline", ends_at__gt=timezone.now(), edition__state=EditionState.OPEN
    ).select_related("edition")
    for date in found:
        name = date.edition.shown_name
        url = address_or_none("programmes:programme", slug=date.edition.slug)
        yield ComingDate(timezone.localdate(date.ends_at), _("Last day to apply: %(name)s") % {"name": name}, url)
