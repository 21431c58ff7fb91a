"""Tasks of the year after an edition: moved, given to somebody, held or left; and their reminders."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, changed
from keino.web.base.errors import NotAllowedNow
from keino.web.base.mail import send_later
from keino.web.base.templatetags.keino import day as day_text
from keino.web.cohorts.choices.alumni import FollowUpState
from keino.web.cohorts.errors.alumni import DueBeforeToday, HeldLater, OutcomeMissing, OwnerNotOfCentre
from keino.web.cohorts.models import FollowUpTask
from keino.web.cohorts.queries.alumni import centre_people

if TYPE_CHECKING:
    from keino.web.base.models import Person

TOPIC = "cohorts.alumni"
#: Days before a meeting's day on which its owner is reminded: time to agree a date, and the week itself.
BEFORE = (60, 7)


def change_task(task: FollowUpTask, *, due_on: dt.date, owner: Person | None, seen: int, by: Person) -> None:
    """Give a task another day or owner. Raises AlumniError, Conflict, NotAllowedNow."""
    with transaction.atomic(), acting(by, act="follow_up_changed"):
        kept = _open(as_seen(task, seen))
        if due_on != kept.due_on and due_on < timezone.localdate():
            raise DueBeforeToday(day=day_text(due_on))
        if owner is not None and owner.pk != kept.owner_id and not centre_people().filter(pk=owner.pk).exists():
            raise OwnerNotOfCentre(person=str(owner))
        changed(kept, {"due_on": due_on, "owner": owner})


def note_held(task: FollowUpTask, *, done_on: dt.date, outcome: str, seen: int, by: Person) -> None:
    """Note that a meeting was held and what came out of it. Raises AlumniError, Conflict, NotAllowedNow."""
    if done_on > timezone.localdate():
        raise HeldLater(day=day_text(done_on))
    if not outcome.strip():
        raise OutcomeMissing
    _end(task, {"state": FollowUpState.DONE, "done_on": done_on, "outcome": outcome.strip()}, "held", seen=seen, by=by)


def leave_out(task: FollowUpTask, *, why: str, seen: int, by: Person) -> None:
    """Say that a meeting isn't held, and why. Raises OutcomeMissing, Conflict, NotAllowedNow."""
    if not why.strip():
        raise OutcomeMissing
    _end(task, {"state": FollowUpState.CANCELLED, "outcome": why.strip()}, "left_out", seen=seen, by=by)


def _end(task: FollowUpTask, values: dict[str, object], act: str, *, seen: int, by: Person) -> None:
    with transaction.atomic(), acting(by, act=f"follow_up_{act}"):
        changed(_open(as_seen(task, seen)), values)


def _open(task: FollowUpTask) -> FollowUpTask:
    if not task.is_open:
        raise NotAllowedNow(state=str(task.get_state_display()))
    return task


# ---- reminders


def remind(today: dt.date) -> int:
    """Ask for every reminder that is due; each goes out once for its day. Returns how many were asked for."""
    farthest = today + dt.timedelta(days=max(BEFORE))
    tasks = FollowUpTask.objects.filter(state=FollowUpState.OPEN, due_on__lte=farthest, owner__isnull=False)
    found = tasks.select_related("owner", "edition", "participation__organisation")
    return sum(_remind(task, today) for task in found)


def _remind(task: FollowUpTask, today: dt.date) -> int:
    left = (task.due_on - today).days
    which = f"late-{(-left - 1) // 7}" if left < 0 else f"before-{min(days for days in BEFORE if left <= days)}"
    owner = task.owner
    if owner is None:
        return 0
    with override(owner.language):
        about = task.participation.organisation.shown_name if task.participation else ""
        values: dict[str, Any] = {
            "what": str(task.get_kind_display()),
            "day": day_text(task.due_on),
            "edition": task.edition.shown_name,
        }
    mail = send_later(
        "cohorts/mail/follow_up_due.txt", to=owner, topic=TOPIC,
        once=f"follow-up {task.public_id} {task.due_on} {which} {owner.pk}",
        organisation=about, is_late=left < 0, **values,
        url=settings.SITE_ADDRESS + reverse("cohorts:follow_up_task", args=[task.public_id]),
    )  # fmt: skip
    return int(mail is not None)
