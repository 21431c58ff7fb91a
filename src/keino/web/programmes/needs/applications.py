"""What of applications needs a person: booking, deciding, writing, confirming; discussions to hold; deadlines.

Only what the calendar still lets one do: after a deadline the application's own page says what is left.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.organisations.choices import BUYERS
from keino.web.organisations.needs import ComingDate, Need, of_organisations
from keino.web.programmes.choices import Act
from keino.web.programmes.choices.applications import WRITABLE
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Application, CommitmentRequest, DiscussionExpert
from keino.web.programmes.not_now import not_any_more
from keino.web.programmes.queries.application_dates import (
    GOING_ON,
    application_deadline,
    booking_end,
    can_book,
    interest_deadline,
    takes_applications,
    takes_interest,
)
from keino.web.programmes.queries.interest_drafts import interest_drafts_of
from keino.web.programmes.queries.ties import barred_from

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

WEEK = dt.timedelta(days=7)


def needs(person: Person, organisations: Sequence[Organisation]) -> Iterator[Need]:
    """One need for each application that isn't sent, each draft of an interest that is taken now, each discussion."""
    buyers = [each for each in organisations if each.kind in BUYERS]
    concerned = [
        each
        for each in buyers
        if person.has_perm("programmes.apply", each) or person.has_perm("programmes.commit", each)
    ]
    if concerned:
        for application in of_organisations(_open(concerned), concerned):
            need = _need(application, person)
            if need is not None:
                yield need
        yield from _late_interests([each for each in concerned if person.has_perm("programmes.apply", each)])
    if person.has_perm("programmes.work"):
        yield from _to_hold(person)


def _open(organisations: Sequence[Organisation]) -> list[Application]:
    confirmed = CommitmentRequest.objects.filter(application=OuterRef("pk")).exclude(confirmed_at=None)
    found = Application.objects.filter(
        organisation__in=organisations, state__in=WRITABLE, edition__state__in=GOING_ON
    ).exclude(goes_on=False)
    whole = found.select_related("edition").prefetch_related("edition__dates", "edition__phases", "discussions")
    return list(whole.annotate(is_committed=Exists(confirmed)).order_by("pk"))


def _need(each: Application, person: Person) -> Need | None:
    if not person.has_perm("programmes.apply", each.organisation):
        return _commitment(each)
    name = {"name": each.edition.shown_name}
    if each.state == S.DISCUSSION_BOOKED:
        said = _("“%(name)s”: the discussion is booked") % name
        return Need("others", said, _url(each, "application"), None, str(each.organisation))
    return _step(each, name, timezone.now())


def _commitment(each: Application) -> Need | None:
    """The management's word, while there is time to send what it stands behind."""
    edition = each.edition
    is_waited_for = edition.needs_commitment and not each.is_committed and each.state == S.DISCUSSION_HELD  # type: ignore[attr-defined]  # annotated
    if not is_waited_for or not_any_more(edition, Act.APPLY):
        return None
    said = _("Say whether the management stands behind “%(name)s”") % {"name": edition.shown_name}
    return Need("you", said, _url(each, "commit"), None, str(each.organisation))


def _step(each: Application, name: dict[str, str], now: dt.datetime) -> Need | None:
    """The applicant's next step, if the calendar lets them do it."""
    edition = each.edition
    if each.state == S.INTEREST and edition.needs_discussion:
        can_be_done, deadline = can_book(each, now), booking_end(each)
        said, page = _("Book the discussion about “%(name)s”"), "application_book"
    elif edition.needs_discussion and each.goes_on is None:
        can_be_done, deadline = not not_any_more(edition, Act.APPLY), application_deadline(edition)
        said, page = _("Decide whether you apply to “%(name)s”"), "application_decide"
    else:
        can_be_done, deadline = takes_applications(edition, now), application_deadline(edition)
        said, page = _("Send the application to “%(name)s”"), "application"
    return _due(said % name, _url(each, page), deadline, str(each.organisation)) if can_be_done else None


def _url(each: Application, page: str) -> str:
    return reverse(f"programmes:{page}", args=[each.organisation.slug, each.public_id])


def _due(said: str, url: str, deadline: dt.datetime | None, owner: str) -> Need:
    if deadline is None:
        return Need("you", said, url, None, owner)
    kind = "week" if deadline <= timezone.now() + WEEK else "you"
    return Need(kind, said, url, timezone.localdate(deadline), owner)


def _late_interests(organisations: Sequence[Organisation]) -> Iterator[Need]:
    """Interests that came late, where the call takes them now after all."""
    found = interest_drafts_of(organisations).prefetch_related("edition__dates", "edition__phases")
    for each in of_organisations(found, organisations):
        if takes_interest(each.edition, timezone.now()):
            said = _("Tell your interest in “%(name)s”: your draft is kept") % {"name": each.edition.shown_name}
            url = reverse("programmes:interest_new", args=[each.organisation.slug, each.edition.slug])
            yield _due(said, url, interest_deadline(each.edition), str(each.organisation))


def _to_hold(person: Person) -> Iterator[Need]:
    """The person's discussions of the week, and those that are over and not marked as held."""
    found = DiscussionExpert.objects.filter(
        person=person, is_off=False, discussion__held_at=None, starts_at__lte=timezone.now() + WEEK
    ).select_related("discussion__application__edition", "discussion__application__organisation")
    now, rows = timezone.now(), list(found.order_by("starts_at", "pk"))
    closed = barred_from(person, [each.discussion.application for each in rows])
    for each in rows:
        application = each.discussion.application
        if application.pk in closed:
            continue
        name = {"name": application.organisation.shown_name}
        url = reverse("programmes:desk_discussion", args=[application.edition.slug, each.discussion.public_id])
        day = timezone.localdate(each.starts_at)
        if each.discussion.ends_at < now:
            yield Need("overdue", _("Mark the discussion with %(name)s as held") % name, url, day)
        else:
            yield Need("week", _("Discussion with %(name)s") % name, url, day)


def coming_dates(person: Person, organisation: Organisation) -> Iterator[ComingDate]:
    """Deadlines of applications that aren't sent, and booked discussions."""
    if organisation.kind not in BUYERS or not person.has_perm("programmes.see", organisation):
        return
    now = timezone.now()
    for each in of_organisations(_open([organisation]), [organisation]):
        name = {"name": each.edition.shown_name}
        url = reverse("programmes:application", args=[organisation.slug, each.public_id])
        deadline = application_deadline(each.edition)
        if deadline is not None and deadline >= now:
            yield ComingDate(timezone.localdate(deadline), _("Application to %(name)s: last day") % name, url)
        booking = booking_end(each) if each.state == S.INTEREST else None
        if booking is not None and booking >= now:
            yield ComingDate(timezone.localdate(booking), _("Discussion about %(name)s: last day to book") % name, url)
