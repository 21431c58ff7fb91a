"""Mail to reviewers whose scores are due or late."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from keino.web.base.mail import send_later
from keino.web.base.templatetags.keino import day as day_text
from keino.web.programmes.models import Review
from keino.web.programmes.queries.selection import open_reviews
from keino.web.programmes.queries.ties import ties_of

if TYPE_CHECKING:
    from keino.web.base.models import Person

TOPIC = "programmes.reviews"
TOPIC_NAME = _("Applications that you score")
#: Days before the scores are due on which reviewers are told; the last one is the day itself.
DAYS_BEFORE = (7, 2, 0)
#: After the day it is said again every third day, so often.
EVERY, TIMES = 3, 4


def remind_reviewers(today: dt.date) -> int:
    """One mail to each reviewer and edition with open scores, once at each stage. Returns how many were asked for."""
    groups: dict[tuple[int, int], list[Review]] = defaultdict(list)
    for review in open_reviews(today + dt.timedelta(days=DAYS_BEFORE[0])):
        if review.reviewer_id is not None:
            groups[review.reviewer_id, review.application.edition_id].append(review)
    return sum(_remind(reviews, today) for reviews in groups.values())


def stage_of(due_on: dt.date, today: dt.date) -> str:
    """Which reminder scores due on a day are at; empty where there is none.

    >>> day = dt.date(2027, 3, 15)
    >>> [stage_of(day, day + dt.timedelta(days=n)) for n in (-8, -7, -3, -2, 0, 2, 3, 12, 15)]
    ['', 'before-7', 'before-7', 'before-2', 'before-0', 'before-0', 'after-1', 'after-4', '']
    """
    left = (due_on - today).days
    if left < 0 and (times := -left // EVERY):
        return f"after-{times}" if times <= TIMES else ""
    near = [days for days in DAYS_BEFORE if left <= days]
    return f"before-{min(near)}" if near else ""


def _remind(reviews: list[Review], today: dt.date) -> int:
    edition, person = reviews[0].application.edition, reviews[0].reviewer
    assert person is not None
    tied = ties_of([person], [each.application for each in reviews])
    open_ones = [each for each in reviews if (person.pk, each.application_id) not in tied]
    due_on = edition.selection.reviews_due_on
    if due_on is None or not open_ones:
        return 0
    stage = stage_of(due_on, today)
    if not stage or not person.has_perm("programmes.review", edition):
        return 0
    return _send(person, reviews=open_ones, stage=stage, due_on=due_on, today=today)


def _send(person: Person, *, reviews: list[Review], stage: str, due_on: dt.date, today: dt.date) -> int:
    edition = reviews[0].application.edition
    with override(person.language):
        name, due = edition.shown_name, day_text(due_on)
    mail = send_later(
        "programmes/mail/reviews_due.txt",
        to=person,
        topic=TOPIC,
        once=f"reviews:{edition.public_id.hex}:{due_on}:{stage}:{person.public_id.hex}",
        edition=name,
        due=due,
        count=len(reviews),
        is_late=due_on < today,
        url=settings.SITE_ADDRESS + reverse("programmes:reviews", args=[edition.slug]),
    )
    return int(mail is not None)
