"""Mail when an edition is closed: to the new alumni, and to those who follow them up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from keino.web.base.mail import send_later
from keino.web.base.templatetags.keino import day as day_text
from keino.web.cohorts.models import FollowUpTask
from keino.web.cohorts.services.mails import leaders_of, page_link
from keino.web.cohorts.services.mentors import sight_after_closing

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.cohorts.models import EditionClosing, Participation

TOPIC = "cohorts.alumni"


def tell_of_closing(closing: EditionClosing, participants: Sequence[Participation], *, by: Person) -> int:
    """Tell each organisation that it is an alumnus now, and each owner of tasks what is theirs; once."""
    sent = sum(_tell_alumni(closing, participation) for participation in participants)
    tasks = FollowUpTask.objects.filter(edition=closing.edition).select_related("owner", "participation__organisation")
    for task in tasks:
        if task.owner is not None and task.owner != by:
            sent += _tell_owner(closing, task, task.owner)
    return sent


def _tell_alumni(closing: EditionClosing, participation: Participation) -> int:
    sent = 0
    last = sight_after_closing(participation)
    for person in leaders_of(participation):
        with override(person.language):
            edition = closing.edition.shown_name
            until = day_text(last) if last else ""
        mail = send_later(
            "cohorts/mail/edition_closed.txt", to=person, topic=TOPIC,
            once=f"closed {closing.edition.public_id} {participation.public_id} {person.pk}",
            edition=edition, organisation=participation.organisation.shown_name, year=str(closing.follow_up_year),
            mentor=str(participation.mentor or ""), until=until,
            url=page_link("alumni_own", participation),
        )  # fmt: skip
        sent += mail is not None
    return sent


def _tell_owner(closing: EditionClosing, task: FollowUpTask, owner: Person) -> int:
    with override(owner.language):
        values: dict[str, Any] = {
            "edition": closing.edition.shown_name,
            "what": str(task.get_kind_display()),
            "day": day_text(task.due_on),
            "organisation": task.participation.organisation.shown_name if task.participation else "",
        }
    mail = send_later(
        "cohorts/mail/follow_up_yours.txt", to=owner, topic=TOPIC,
        once=f"follow-up yours {task.public_id} {owner.pk}",
        url=settings.SITE_ADDRESS + reverse("cohorts:follow_up_task", args=[task.public_id]), **values,
    )  # fmt: skip
    return int(mail is not None)
