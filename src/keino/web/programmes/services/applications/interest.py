"""The first step: an organisation tells its interest; later it decides, and may withdraw at any time."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.errors import NotAllowedNow
from keino.web.base.models import Person
from keino.web.base.templatetags.keino import moment
from keino.web.organisations.models import Organisation
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.programmes.choices.applications import WRITABLE
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.errors.applications import AppliedAlready, CallNotOpen, DiscussionNeeded, InterestTooLate
from keino.web.programmes.models import Application, ApplicationMove, Edition
from keino.web.programmes.queries.application_dates import interest_deadline, takes_interest
from keino.web.programmes.queries.applications import open_application
from keino.web.programmes.services.applications.discussions import take_off_booking
from keino.web.programmes.services.applications.interest_drafts import keep_late_interest, take_up_draft
from keino.web.programmes.services.applications.mails import tell_of_interest, tell_of_withdrawal
from keino.web.programmes.services.applications.moves import as_seen, locked, move_application


def tell_interest(
    *, edition: Edition, organisation: Organisation, interest: str, by: Person, seen: int = 0
) -> Application:
    """Tell an organisation's interest; pressing twice tells it once. Booking a discussion is a step of its own.

    ``seen``: the version of the organisation's draft that was on the page (``keep_late_interest``). Raises CallNotOpen,
    AppliedAlready where somebody else of the organisation has told it, Conflict; InterestTooLate after keeping what was
    written as a draft.
    """
    now = timezone.now()  # in time is who pressed in time, however long others are waited for
    try:
        return _tell_interest(edition=edition, organisation=organisation, interest=interest, by=by, seen=seen, now=now)
    except InterestTooLate:
        keep_late_interest(edition=edition, organisation=organisation, interest=interest, by=by, seen=seen)
        raise


@transaction.atomic
def _tell_interest(
    *, edition: Edition, organisation: Organisation, interest: str, by: Person, seen: int, now: dt.datetime
) -> Application:
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    there = open_application(organisation, edition)
    if there is not None:
        if there.contact_id == by.pk and there.interest == interest.strip():
            return there
        raise AppliedAlready(organisation=organisation.shown_name, edition=edition.shown_name)
    _require_open(edition, now)
    application = Application(edition=edition, organisation=organisation, interest=interest.strip(), contact=by)
    with acting(by, on_behalf_of=on_behalf_of(by, organisation), act="interest_told"):
        take_up_draft(edition, organisation, interest=interest, seen=seen)
        application.save()
        ApplicationMove.objects.create(application=application, to_state=S.INTEREST, moved_by=by)
    tell_of_interest(application)
    return application


def _require_open(edition: Edition, now: dt.datetime) -> None:
    deadline = interest_deadline(edition)
    if takes_interest(edition, now):
        return
    if deadline is not None and now > deadline:
        raise InterestTooLate(edition=edition.shown_name, deadline=moment(deadline))
    raise CallNotOpen(edition=edition.shown_name)


@transaction.atomic
def decide_to_apply(application: Application, *, by: Person, goes_on: bool) -> Application:
    """What the organisation decides after the discussion. "No" withdraws nothing: it can still change its mind."""
    row = locked(application)
    if row.goes_on == goes_on:
        return row
    if row.state not in WRITABLE:
        raise NotAllowedNow(state=row.get_state_display())
    if row.edition.needs_discussion and row.state != S.DISCUSSION_HELD:
        raise DiscussionNeeded
    row.goes_on, row.decided_at, row.decided_by, row.version = goes_on, timezone.now(), by, row.version + 1
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="application_decided"):
        row.save(update_fields=["goes_on", "decided_at", "decided_by", "version"])
    return row


@transaction.atomic
def withdraw_application(application: Application, *, by: Person, seen: int, why: str = "") -> Application:
    """Withdraw: texts stay with the organisation, a booked discussion is freed, open requests are taken back."""
    if locked(application).state == S.WITHDRAWN:
        return locked(application)
    row = as_seen(application, seen)
    take_off_booking(row, by=by, why=why)
    for request in row.commitments.filter(confirmed_at=None, declined_at=None, withdrawn_at=None):
        request.withdrawn_at = timezone.now()
        request.save(update_fields=["withdrawn_at"])
    row = move_application(row, S.WITHDRAWN, by=by, why=why)
    tell_of_withdrawal(row, why=why)
    return row
