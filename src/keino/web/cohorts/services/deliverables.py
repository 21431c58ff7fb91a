"""Deliverables: which ones an edition wants, the link to the live document, handing in, the mentor's words."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, override

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, locked
from keino.web.base.errors import NotAllowedNow
from keino.web.base.templatetags.keino import moment
from keino.web.cohorts.choices.assignments import Verdict
from keino.web.cohorts.choices.deliverables import DeliverableKind, DeliverableState
from keino.web.cohorts.errors.taking_part import (
    DeliveredAlready,
    DueHasPassed,
    DueStays,
    NothingLinked,
    NotYourDocument,
    UnchangedSinceReturned,
)
from keino.web.cohorts.models import Deliverable, DeliverableComment, Participation, Submission, WantedDeliverable
from keino.web.cohorts.queries.documents import as_data, differences, document_of, name_of, parts_of
from keino.web.cohorts.services.active import require_active
from keino.web.cohorts.services.mails import leaders_of, mentors_of, page_link, tell
from keino.web.cohorts.services.verdicts import say, was_said
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.programmes.choices import Act
from keino.web.programmes.services.phases import require_phase

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.plans.models import CategoryPlan
    from keino.web.procurements.models import Procurement
    from keino.web.programmes.models import Edition

S = DeliverableState


# ---- what an edition wants


@transaction.atomic
def want_deliverable(
    edition: Edition, kind: str, *, due_at: dt.datetime | None, note: str, by: Person, now: dt.datetime | None = None
) -> WantedDeliverable:
    """Want a kind of deliverable of everybody in the edition, or change its time and words.

    Raises DueHasPassed, DueStays where the old time has passed, and NotInCalendar where nothing could be handed in at
    the new one.
    """
    moment_now = now or timezone.now()
    row = WantedDeliverable.objects.select_for_update().filter(edition=edition, kind=kind).first()
    if row is not None and (row.due_at, row.note) == (due_at, note):
        return row
    is_moved = row is None or row.due_at != due_at
    if row is not None and is_moved and row.due_at is not None and moment_now > row.due_at:
        raise DueStays(moment=moment(row.due_at))
    if is_moved and due_at is not None and due_at <= moment_now:
        raise DueHasPassed(moment=moment(due_at))
    if is_moved and due_at is not None:
        require_phase(edition, Act.HAND_IN, on=due_at)
    with acting(by, act="deliverable_wanted"):
        if row is None:
            row = WantedDeliverable.objects.create(edition=edition, kind=kind, due_at=due_at, note=note)
        else:
            row.due_at, row.note, row.version = due_at, note, row.version + 1
            row.save()
        for participation in Participation.objects.filter(edition=edition).active():
            _give(participation, row)
    return row


def _give(participation: Participation, wanted: WantedDeliverable) -> None:
    Deliverable.objects.get_or_create(participation=participation, wanted=wanted, defaults={"kind": wanted.kind})


# ---- the live document


@transaction.atomic
def link_category_plan(deliverable: Deliverable, plan: CategoryPlan, *, by: Person) -> Deliverable:
    """Choose the category plan that is delivered; it goes on living where it is."""
    return _link(deliverable, by=by, category_plan=plan)


@transaction.atomic
def link_pilot(deliverable: Deliverable, procurement: Procurement, *, by: Person) -> Deliverable:
    """Choose the procurement that is the pilot; it goes on living where it is."""
    return _link(deliverable, by=by, procurement=procurement)


def _link(deliverable: Deliverable, *, by: Person, **document: CategoryPlan | Procurement) -> Deliverable:
    participation = require_active(deliverable.participation)
    row = locked(deliverable)
    ((column, chosen),) = document.items()
    if getattr(row, column) == chosen:
        return row
    if chosen.organisation_id != participation.organisation_id:
        raise NotYourDocument(organisation=str(participation.organisation.shown_name))
    if participation.deliverables.filter(**document).exists():
        raise DeliveredAlready
    if row.submissions.exists():  # what was handed in belongs to the document that was chosen
        raise NotAllowedNow(state=str(row.get_state_display()))
    setattr(row, column, chosen)
    row.version += 1
    with acting(by, on_behalf_of=on_behalf_of(by, participation.organisation), act="deliverable_linked"):
        row.save()
    return row


@transaction.atomic
def add_category_plan(participation: Participation, plan: CategoryPlan, *, by: Person) -> Deliverable:
    """Deliver one more category plan than was asked for. Pressed twice, it is there once."""
    row = require_active(participation)
    if plan.organisation_id != row.organisation_id:
        raise NotYourDocument(organisation=str(row.organisation.shown_name))
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="deliverable_linked"):
        found, _is_new = Deliverable.objects.get_or_create(
            participation=row, category_plan=plan, defaults={"kind": DeliverableKind.CATEGORY_PLAN}
        )
    return found


# ---- with the mentor


@transaction.atomic
def hand_in_deliverable(deliverable: Deliverable, *, words: str, by: Person, seen: int) -> Submission:
    """Hand the document as it is now to the mentor; its text is kept with the submission. Pressed twice, once.

    The programme's calendar says when (NotInCalendar), as for assignments; the document is the organisation's own and
    is written at any time. Raises NothingLinked, UnchangedSinceReturned, NotAllowedNow, Conflict, too.
    """
    locked(deliverable.participation)
    state, newest = locked(deliverable).state, deliverable.submissions.first()
    if state == S.SUBMITTED and newest is not None:
        return newest
    participation = require_active(deliverable.participation)
    row = as_seen(deliverable, seen)
    require_phase(participation.edition, Act.HAND_IN)
    document = document_of(row)
    if document is None or document.is_empty:
        raise NothingLinked(kind=str(row.get_kind_display()))
    if row.state == S.RETURNED and newest is not None and _is_as_before(row, newest):
        raise UnchangedSinceReturned
    with acting(by, on_behalf_of=on_behalf_of(by, participation.organisation), act="deliverable_handed_in"):
        made = Submission.objects.create(
            deliverable=row,
            number=(newest.number if newest else 0) + 1,
            reference={**document.reference, "language": (get_language() or "fi")[:2]},
            parts=as_data(document.parts),
            words=words,
            submitted_by=by,
        )
        row.state, row.version = S.SUBMITTED, row.version + 1
        row.save()
    tell(
        "handed_in",
        mentors_of(participation),
        participation,
        url=page_link("deliverable", participation, deliverable=row.public_id),
        once=f"delivered {row.public_id} {made.number}",
        by=by,
        title=name_of(row),
        number=made.number,
    )
    return made


def _is_as_before(row: Deliverable, newest: Submission) -> bool:
    """Whether the document says what it said; asked in the language of the submission, as names of states differ."""
    with override(str(newest.reference.get("language") or "fi")):
        document = document_of(row)
    return document is not None and not differences(parts_of(newest), document.parts)


@transaction.atomic
def judge_deliverable(deliverable: Deliverable, *, number: int, verdict: str, feedback: str, by: Person) -> Submission:
    """Approve what was handed in, or return it with what should be done differently. Pressed twice, it is said once."""
    row = locked(deliverable)
    newest = row.submissions.select_for_update().order_by("-number").first()
    if newest is not None and was_said(newest, number=number, verdict=verdict, feedback=feedback):
        return newest
    newest = say(row, newest, number=number, verdict=verdict, feedback=feedback, by=by, act=f"deliverable_{verdict}")
    participation = row.participation
    tell(
        "judged",
        leaders_of(participation),
        participation,
        url=page_link("deliverable", participation, deliverable=row.public_id),
        once=f"deliverable judged {row.public_id} {number}",
        by=by,
        title=name_of(row),
        is_accepted=verdict == Verdict.ACCEPTED,
    )
    return newest


@transaction.atomic
def comment_deliverable(deliverable: Deliverable, text: str, *, by: Person, key: uuid.UUID) -> DeliverableComment:
    """Say something of a deliverable. ``key`` is the form's: sent twice, it is said once."""
    participation = deliverable.participation
    with acting(by, on_behalf_of=on_behalf_of(by, participation.organisation), act="deliverable_said"):
        made, _is_new = DeliverableComment.objects.get_or_create(
            public_id=key, deliverable=deliverable, defaults={"author": by, "text": text}
        )
    return made


@transaction.atomic
def share_deliverable(deliverable: Deliverable, submission: Submission | None, *, by: Person) -> None:
    """Let the other participants read a submission, or (None) no longer. Nothing is shared by itself."""
    row = locked(deliverable)
    if row.shared == submission:
        return
    row.shared, row.version = submission, row.version + 1
    organisation = row.participation.organisation
    act = "deliverable_shared" if submission else "deliverable_unshared"
    with acting(by, on_behalf_of=on_behalf_of(by, organisation), act=act):
        row.save()
