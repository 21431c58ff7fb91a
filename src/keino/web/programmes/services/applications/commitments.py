"""That the management stands behind an application: confirmed by an approver's own log-in, or by a mailed link.

The link is kept as a hash, works once and for a time, and opens nothing but the one application that it was mailed for.
It goes to a manager, never to somebody who asks for it, writes the application or is in its team: those would confirm
what they wrote themselves. An approver's log-in is proof enough for both.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from keino.web.base.audit import acting
from keino.web.base.mail import send_later
from keino.web.base.models import Person
from keino.web.base.templatetags.keino import day as day_text
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.programmes.errors.applications import (
    CommitmentAsked,
    CommitmentChanged,
    CommitmentExpired,
    CommitmentNotNow,
    CommitmentOfOneself,
    CommitmentTakenBack,
    CommitmentTooOften,
    CommitmentUnknown,
    CommitmentUsed,
)
from keino.web.programmes.models import Application, CommitmentRequest
from keino.web.programmes.queries.applications import people_to_tell
from keino.web.programmes.queries.commitments import changed_since, read_now, stood_behind
from keino.web.programmes.services.applications.mails import application_url
from keino.web.programmes.services.applications.moves import locked

#: Days that a link is valid.
LINK_DAYS = 14
#: Mails with a link that one application may send on one day.
MAILS_A_DAY = 5


def digest(token: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def ask_commitment(application: Application, *, name: str, email: str, language: str, by: Person) -> CommitmentRequest:
    """Mail a manager a link to confirm by.

    Raises CommitmentAsked, CommitmentOfOneself, CommitmentTooOften, CommitmentNotNow.
    """
    row = _open(application)
    email = email.strip().lower()
    _require_another(row, email, by)
    if row.commitments.filter(email=email, confirmed_at=None, declined_at=None, withdrawn_at=None).exists():
        raise CommitmentAsked(email=email)
    request = CommitmentRequest(application=row, name=name.strip(), email=email, language=language, asked_by=by)
    return _mail(request, row, by=by, act="commitment_asked")


@transaction.atomic
def mail_commitment_again(request: CommitmentRequest, *, by: Person) -> CommitmentRequest:
    """Mail a new link; the one before stops working. Raises CommitmentOfOneself, CommitmentTooOften."""
    row = _open(request.application)
    there = _locked(request)
    _require_open(there)
    _require_another(row, there.email, by, there.asked_by)
    return _mail(there, row, by=by, act="commitment_asked_again")


def _require_read(row: Application, seen: str) -> None:
    """Nobody confirms what they didn't read; ``seen`` empty: who confirms read it elsewhere."""
    if seen and seen != read_now(row):
        raise CommitmentChanged


def _require_another(row: Application, email: str, *asked_by: Person | None) -> None:
    """Nobody gives the management's word to what they write themselves."""
    people = (*asked_by, row.contact, *(member.person for member in row.members.select_related("person")))
    theirs = {person.email.lower() for person in people if person is not None}
    if email in theirs | {member.email for member in row.members.all()}:
        raise CommitmentOfOneself(email=email)


def _mail(request: CommitmentRequest, row: Application, *, by: Person, act: str) -> CommitmentRequest:
    now, today = timezone.now(), timezone.localdate()
    mailed = row.commitments.filter(mailed_on=today).aggregate(times=Sum("mailed_that_day"))["times"] or 0
    if mailed >= MAILS_A_DAY:
        raise CommitmentTooOften(limit=MAILS_A_DAY)
    request.mailed_that_day = request.mailed_that_day + 1 if request.mailed_on == today else 1
    request.mailed_on = today
    token = secrets.token_urlsafe(32)
    request.token_hash, request.asked_at, request.asked_by = digest(token), now, by
    request.expires_at = now + dt.timedelta(days=LINK_DAYS)
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act=act):
        request.save()
    with override(request.language):
        send_later(
            "programmes/mail/commitment_asked.txt",
            address=request.email,
            language=request.language,
            name=request.name,
            by=str(by),
            organisation=row.organisation.shown_name,
            edition=row.edition.shown_name,
            day=day_text(request.expires_at),
            _secret_link=settings.SITE_ADDRESS + reverse("programmes:commitment_link", args=[token]),
        )
    return request


@transaction.atomic
def withdraw_commitment_request(request: CommitmentRequest, *, by: Person) -> CommitmentRequest:
    """Take a request back; doing it twice is harmless. What was confirmed stays."""
    row = _open(request.application)
    there = _locked(request)
    if there.is_open:
        there.withdrawn_at = timezone.now()
        with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="commitment_taken_back"):
            there.save(update_fields=["withdrawn_at"])
    return there


@transaction.atomic
def commit(application: Application, *, by: Person, title: str = "", seen: str = "") -> CommitmentRequest:
    """Confirm as an approver who is logged in; pressing twice confirms once.

    Once the pilot or the team has changed, the same approver can confirm again: the newest confirmation counts.
    ``seen``: what was read (``read_now``). Raises CommitmentChanged.
    """
    row = _open(application)
    there = row.commitments.exclude(confirmed_at=None).filter(confirmed_by=by).order_by("-confirmed_at", "-pk").first()
    if there is not None and not changed_since(there):
        return there
    _require_read(row, seen)
    asked = row.commitments.filter(email__iexact=by.email, confirmed_at=None, declined_at=None, withdrawn_at=None)
    made = asked.select_for_update().first() or CommitmentRequest(application=row, name=by.name, email=by.email.lower())
    made.confirmed_at, made.confirmed_by = timezone.now(), by
    made.confirmed_name, made.confirmed_title, made.token_hash = by.name or by.email, title.strip(), None
    made.stood_behind = stood_behind(row)
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="commitment_confirmed"):
        made.save()
    _tell(made, row, by=by)
    return made


def open_request(token: str) -> CommitmentRequest:
    """The request of a link. Raises a CommitmentLinkError that says why it doesn't lead on; looking changes nothing."""
    found = CommitmentRequest.objects.filter(token_hash=digest(token))
    request = found.select_related("application__edition", "application__organisation", "asked_by").first()
    if request is None:
        raise CommitmentUnknown
    _require_open(request)
    if request.is_expired:
        raise CommitmentExpired(
            day=day_text(request.expires_at), organisation=request.application.organisation.shown_name
        )
    return request


@transaction.atomic
def confirm_by_link(token: str, *, name: str, title: str, seen: str = "") -> CommitmentRequest:
    """Confirm without an account. The link works once. Raises CommitmentOfOneself, CommitmentChanged."""
    return _answered(
        token, seen=seen, confirmed_name=name.strip(), confirmed_title=title.strip(), confirmed_at=timezone.now()
    )


@transaction.atomic
def decline_by_link(token: str, *, why: str) -> CommitmentRequest:
    """Say no without an account. The link works once."""
    return _answered(token, declined_why=why.strip(), declined_at=timezone.now())


def _answered(token: str, *, seen: str = "", **answer: object) -> CommitmentRequest:
    request = open_request(token)
    row = _open(request.application)
    there = _locked(request)
    _require_open(there)
    for name, value in answer.items():
        setattr(there, name, value)
    if there.confirmed_at is not None:
        # the manager may have come into the team after the mail
        _require_another(row, there.email, there.asked_by)
        _require_read(row, seen)
        there.stood_behind = stood_behind(row)
    with acting(None, act="commitment_confirmed" if there.confirmed_at else "commitment_declined"):
        there.save()
    _tell(there, row, by=None)
    return there


def _tell(request: CommitmentRequest, row: Application, *, by: Person | None) -> None:
    """Tell those who write the application; nobody is told of what they did themselves."""
    for person in people_to_tell(row):
        if by is not None and person.pk == by.pk:
            continue
        with override(person.language):
            send_later(
                "programmes/mail/commitment_answered.txt",
                to=person,
                name=str(request),
                is_confirmed=request.confirmed_at is not None,
                why=request.declined_why,
                organisation=row.organisation.shown_name,
                edition=row.edition.shown_name,
                url=application_url(row),
            )


def _open(application: Application) -> Application:
    """The locked application while its commitment can change: until it is sent."""
    row = locked(application)
    if not row.is_writable:
        raise CommitmentNotNow(state=row.get_state_display())
    return row


def _locked(request: CommitmentRequest) -> CommitmentRequest:
    return CommitmentRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)


def _require_open(request: CommitmentRequest) -> None:
    answered = request.confirmed_at or request.declined_at
    if answered is not None:
        raise CommitmentUsed(day=day_text(answered))
    if request.withdrawn_at is not None:
        raise CommitmentTakenBack(organisation=request.application.organisation.shown_name)
