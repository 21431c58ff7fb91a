"""Mail about a round: that it is open, and once, shortly before its end, to those who haven't answered.

Each mail goes to one person and says nothing of others: nobody learns who answered.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from keino.web.base.mail import send_later
from keino.web.base.templatetags.keino import day as day_text
from keino.web.surveys.choices import RoundState
from keino.web.surveys.models import Round
from keino.web.surveys.queries.rounds import people_who_may_answer, without_answer

if TYPE_CHECKING:
    from keino.web.base.models import Person

TOPIC = "surveys.rounds"
#: So many days before the last one.
REMINDER_DAYS = 3


def tell_of_rounds(*, today: dt.date) -> None:
    """Mail what is due today. Safe to do again: nobody gets the same mail twice."""
    found = Round.objects.filter(state=RoundState.COLLECTING, opens_on__lte=today, closes_on__gte=today)
    for round_ in found.select_related("organisation", "opened_by"):
        people = list(people_who_may_answer(round_.organisation, today))
        is_late = round_.opens_on < today and (round_.closes_on - today).days <= REMINDER_DAYS
        for person in without_answer(round_, people):
            _tell("reminder" if is_late else "opened", round_, person)


def _tell(what: str, round_: Round, person: Person) -> None:
    if what == "opened" and round_.opened_by_id == person.pk:
        return  # nobody is told of what they did themselves
    address = reverse("surveys:answer", kwargs={"slug": round_.organisation.slug, "round_id": round_.public_id})
    with override(person.language):
        send_later(
            f"surveys/mail/{what}.txt",
            to=person,
            topic=TOPIC,
            once=f"surveys.{what}:{round_.public_id}:{person.public_id}",
            organisation=round_.organisation.shown_name,
            by=str(round_.opened_by or ""),
            name=round_.name,
            day=day_text(round_.closes_on),
            url=settings.SITE_ADDRESS + address,
        )
