"""Who mentors an organisation, and how long naming lets them see its work.

Naming gives the role of mentor where somebody has no role for the buyer yet. Such a role is marked with the
participation it was given for and ends with it: when another is named, when the organisation leaves, when the edition
is cancelled, and at last with the year of the follow-up. A role that somebody holds otherwise is left alone.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, locked
from keino.web.cohorts.errors.taking_part import NotAMentorHere, ParticipationIsOver
from keino.web.cohorts.models import Participation
from keino.web.cohorts.services.mails import leaders_of, page_link, tell
from keino.web.cohorts.services.session_seats import invite, uninvite
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Role
from keino.web.organisations.services.roles import change_role, give_role, lock, set_last_day, set_withdrawn
from keino.web.programmes.choices import EditionState

if TYPE_CHECKING:
    from keino.web.base.models import Person

_HELPS = (RoleKind.MENTOR, RoleKind.EXPERT)


@transaction.atomic
def name_mentor(participation: Participation, mentor: Person | None, *, by: Person, seen: int) -> Participation:
    """Name whom the organisation turns to. A mentor of the centre who may not guide it yet gets that role here.

    Both sides are told. Raises ParticipationIsOver where there is nothing to mentor any more, NotAMentorHere, Conflict.
    """
    if locked(participation).mentor == mentor:
        return locked(participation)
    row = as_seen(participation, seen)
    if mentor is not None:
        _let_guide(mentor, row, by=by)
    before, row.mentor, row.version = row.mentor, mentor, row.version + 1
    with acting(by, act="mentor_named"):
        row.save()
        invite(row, [mentor], by=by)
        uninvite(row, [before], by=by)
        end_sight(row, timezone.localdate(), by=by, stays=mentor)
    _tell_organisation(row, now=mentor, before=before, by=by)
    return row


def last_day_of(participation: Participation) -> dt.date | None:
    """The last day on which its mentor sees the work by having been named; None while the programme goes on."""
    if not participation.is_in_cohort or participation.edition.state == EditionState.CANCELLED:
        return timezone.localdate()
    closing = getattr(participation.edition, "closing", None)
    return dt.date(closing.follow_up_year, 12, 31) if closing is not None else None


def _let_guide(person: Person, row: Participation, *, by: Person) -> None:
    """Let somebody who is mentor or expert of the centre see this buyer's work, as long as they mentor it."""
    today, last = timezone.localdate(), last_day_of(row)
    if not row.is_in_cohort or (last is not None and last < today):
        raise ParticipationIsOver(organisation=str(row.organisation), state=str(row.get_state_display()))
    held = Role.objects.on(today).filter(person=person, kind__in=_HELPS).select_related("organisation").order_by("pk")
    here = [role for role in held if role.about_id == row.organisation_id]
    if any(role.valid_to is None for role in here):
        return
    ending = next((role for role in here if role.given_for), None)
    if ending is not None:  # of another edition, or of somebody who was replaced today and comes back
        if last is None or ending.valid_to is None or last > ending.valid_to:
            _mark(ending, row)
            change_role(ending, by=by, valid_to=last)
    elif not here:
        if not held:
            raise NotAMentorHere(person=str(person))
        give_role(
            person, RoleKind.MENTOR, held[0].organisation, by=by, about=row.organisation, valid_to=last,
            given_for=_key(row),
        )  # fmt: skip


def end_sight(row: Participation, last: dt.date, *, by: Person | None, stays: Person | None = None) -> None:
    """Let the roles that were given for a participation end after ``last``, but that of ``stays``; tell their holders.

    Who is named for the same organisation in another edition keeps the role for that one.
    """
    given = Role.objects.standing().filter(given_for=_key(row)).select_related("organisation", "person")
    for role in given.filter(Q(valid_to=None) | Q(valid_to__gt=last)).exclude(person=stays).order_by("pk"):
        lock(role.organisation)
        role.refresh_from_db()
        other = _named_elsewhere(role, row)
        if other is None:
            _end(role, last, row, by=by)
            continue
        _mark(role, other)
        their_last = last_day_of(other)
        if their_last is not None and their_last != role.valid_to:
            _end(role, their_last, other, by=by)


def _end(role: Role, last: dt.date, row: Participation, *, by: Person | None) -> None:
    if role.valid_from > last:
        set_withdrawn(role, by=by)
    else:
        set_last_day(role, last, by=by, tell=False)
    tell("mentor_ends", [role.person], row, url=page_link("space", row), by=by, day=last)


def _named_elsewhere(role: Role, row: Participation) -> Participation | None:
    """Where else the holder is named for the same organisation: where the programme goes on, else the latest to end."""
    found = (
        Participation.objects.in_cohort()
        .filter(organisation=row.organisation_id, mentor=role.person_id)
        .exclude(pk=row.pk)
        .exclude(edition__state=EditionState.CANCELLED)
    )
    latest = F("edition__closing__follow_up_year").desc(nulls_first=True)
    return found.select_related("edition__closing", "organisation").order_by(latest, "pk").first()


def _key(row: Participation) -> str:
    return f"participation:{row.public_id}"


def _mark(role: Role, row: Participation) -> None:
    role.given_for = _key(row)
    role.save(update_fields=["given_for"])


def _tell_organisation(
    row: Participation, *, now: Person | None = None, before: Person | None, by: Person | None
) -> None:
    """Tell the organisation who mentors it, who doesn't any more, and until when that one sees its work."""
    today = timezone.localdate()
    sees_on = before is not None and (
        Role.objects.standing()
        .filter(Q(valid_to=None) | Q(valid_to__gt=today), person=before, about=row.organisation, kind__in=_HELPS)
        .exists()
    )
    tell(
        "mentor_changed", leaders_of(row), row, url=page_link("space", row), by=by,
        day=None if before is None or sees_on else today, before=str(before or ""),
        mentor=str(now or ""),
    )  # fmt: skip


def let_mentor_go(row: Participation, *, by: Person | None) -> None:
    """The organisation left, or its edition is cancelled: who was named to mentor it sees its work until tonight."""
    end_sight(row, timezone.localdate(), by=by)
    if row.mentor is not None:
        _tell_organisation(row, before=row.mentor, by=by)


def sight_after_closing(row: Participation) -> dt.date | None:
    """Until when the mentor of an alumnus sees its work by having been named; None where nothing was given for it."""
    last = last_day_of(row)
    given = Role.objects.standing().filter(given_for=_key(row), person=row.mentor, valid_to=last)
    return last if row.mentor is not None and last is not None and given.exists() else None


def end_after_cancelling() -> int:
    """Let go the mentors of editions that were cancelled while they ran; returns of how many participations."""
    waiting = Role.objects.standing().filter(given_for__startswith="participation:", valid_to=None)
    keys = [given.removeprefix("participation:") for given in waiting.values_list("given_for", flat=True)]
    found = Participation.objects.filter(public_id__in=keys, edition__state=EditionState.CANCELLED)
    for row in found.select_related("edition", "organisation", "mentor").order_by("pk"):
        with transaction.atomic():
            let_mentor_go(row, by=None)
    return len(found)
