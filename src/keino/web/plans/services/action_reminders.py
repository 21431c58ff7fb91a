"""Reminders: each goes out once, to whoever holds the role on that day. Safe to run again at any time.

A mail's key names what it reminds of and of which deadline, so that a moved deadline is reminded of anew. Where nobody
who may see the action owns it, its reminders go to the responsible persons.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from keino.web.base.mail import send_later
from keino.web.organisations.models import Organisation
from keino.web.organisations.queries.people import responsible_persons
from keino.web.organisations.services.mails import in_language
from keino.web.plans.action_choices import BudgetStep
from keino.web.plans.models import Action
from keino.web.plans.queries.actions import budget_days, day_of, standing

if TYPE_CHECKING:
    from keino.web.base.models import Person

TOPIC = "plans.actions"
#: Days before a deadline on which its owner is reminded; after a day without workers the reminder comes late.
BEFORE = (14, 1)
#: Days before a step of the budget on which those are reminded whose actions wait for a decision there.
BEFORE_STEP = 30
#: Actions that one mail lists.
LISTED = 15


def remind(today: dt.date) -> int:
    """Ask for every reminder that is due; returns how many mails were asked for."""
    sent = 0
    organisations = Organisation.objects.filter(actions__in=Action.objects.open()).distinct()
    for organisation in organisations.order_by("pk"):
        leaders = list(responsible_persons(organisation, today))
        actions = list(Action.objects.filter(organisation=organisation).open().select_related("owner"))
        sent += sum(_deadline(action, organisation, leaders, today) for action in actions)
        sent += _steps(actions, organisation, leaders, today)
        sent += _month(organisation, leaders, today)
    return sent


def _recipients(action: Action, organisation: Organisation, leaders: Sequence[Person]) -> Sequence[Person]:
    owner = action.owner
    return [owner] if owner is not None and owner.has_perm("plans.see", organisation) else leaders


# ---- deadlines


def _deadline(action: Action, organisation: Organisation, leaders: Sequence[Person], today: dt.date) -> int:
    """The owner's reminders of one action: two weeks and a day before its deadline, every week after it."""
    left = (action.deadline - today).days
    if left < 0:
        which, template = f"late-{(-left - 1) // 7}", "plans/mail/action_overdue.txt"
    else:
        near = [days for days in BEFORE if left <= days]
        if not near:
            return 0
        which, template = f"before-{min(near)}", "plans/mail/action_due.txt"
    url = _link("plans:action", organisation, action=action.public_id)
    return sum(
        _send(
            template, person, organisation, f"action {action.public_id} {action.deadline} {which} {person.pk}",
            day=action.deadline, title=action.title, is_own=action.owner_id == person.pk, url=url, days=abs(left),
        )
        for person in _recipients(action, organisation, leaders)
    )  # fmt: skip


# ---- steps of the budget


def _steps(actions: Iterable[Action], organisation: Organisation, leaders: Sequence[Person], today: dt.date) -> int:
    """Before a step of the budget: the actions that are to be decided there and have no decision."""
    days = budget_days(organisation)
    waiting: dict[tuple[int, str], list[Action]] = defaultdict(list)
    for action in actions:
        if action.lacks_decision and action.budget_year is not None:
            waiting[action.budget_year, action.budget_step].append(action)
    sent = 0
    for (year, step), lacking in waiting.items():
        day = day_of(step, year, days)
        if 0 <= (day - today).days <= BEFORE_STEP:
            people = {person for action in lacking for person in _recipients(action, organisation, leaders)}
            for person in sorted(people | set(leaders), key=lambda each: each.pk):
                own = [each for each in lacking if person in leaders or each.owner_id == person.pk]
                sent += _step_mail(person, organisation, (year, step, day), own)
    return sent


def _step_mail(
    person: Person, organisation: Organisation, when: tuple[int, str, dt.date], actions: Sequence[Action]
) -> int:
    year, step, day = when
    with override(person.language):
        step_name = str(BudgetStep(step).label)
    return _send(
        "plans/mail/budget_step.txt", person, organisation,
        f"budget {organisation.public_id} {year} {step} {day} {person.pk}",
        day=day, year=year, step=step_name, titles=[each.title for each in actions[:LISTED]],
        more=max(0, len(actions) - LISTED), url=_link("plans:actions_undecided", organisation),
    )  # fmt: skip


# ---- the month


def _month(organisation: Organisation, leaders: Sequence[Person], today: dt.date) -> int:
    """Once a month: how the actions stand, to those who answer for the organisation."""
    stands = standing(organisation, today)
    return sum(
        _send(
            "plans/mail/actions_month.txt", person, organisation,
            f"month {organisation.public_id} {today:%Y-%m} {person.pk}",
            day=today, open=stands.open, overdue=stands.overdue, soon=stands.soon, undecided=stands.undecided,
            without_owner=stands.without_owner, url=_link("plans:actions", organisation),
        )
        for person in leaders
    )  # fmt: skip


# ---- sending


def _link(name: str, organisation: Organisation, **more: Any) -> str:
    return settings.SITE_ADDRESS + reverse(name, kwargs={"slug": organisation.slug, **more})


def _send(template: str, person: Person, organisation: Organisation, once: str, *, day: dt.date, **values: Any) -> int:
    """Queue one mail unless it was queued before; 1 when it was queued."""
    words = in_language(person.language, organisation, day=day)
    mail = send_later(template, to=person, topic=TOPIC, once=f"plans {once}", **words, **values)
    return int(mail is not None)
