"""Rounds of the self-assessment and answers to them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence

from django.utils import timezone

from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from keino.web.surveys.instruments import instrument, newest_edition
from keino.web.surveys.models import Round, RoundGroup
from keino.web.surveys.services.rounds import close_round, open_round
from keino.web.surveys.services.sheets import keep_answers
from tests.factories.web import a_person, a_role

_number = itertools.count(1)
CODES = instrument(newest_edition()).codes
Levels = int | None | Mapping[str, int | None]


def an_open_round(
    organisation: Organisation,
    *,
    groups: Sequence[str] = (),
    name: str = "",
    kind: str = "baseline",
    today: dt.date | None = None,
    by: Person | None = None,
) -> Round:
    today = today or timezone.localdate()
    return open_round(
        organisation=organisation,
        kind=kind,
        name=name or f"Round {next(_number)}",
        opens_on=today,
        closes_on=today + dt.timedelta(days=14),
        groups=groups,
        today=today,
        by=by,
    )


def a_group(round_: Round, name: str) -> RoundGroup | None:
    return round_.groups.get(name=name) if round_.groups.exists() else None


def an_answer(
    round_: Round,
    levels: Levels = 3,
    *,
    group: str = "",
    person: Person | None = None,
    send: bool = True,
    today: dt.date | None = None,
) -> Person:
    """A member who answers the same level in every area, or the given ones; returns them."""
    if person is None:
        person = a_person()
        a_role(person, "member", round_.organisation, valid_from=round_.opens_on - dt.timedelta(days=1))
    answers = levels if isinstance(levels, Mapping) else dict.fromkeys(CODES, levels)
    keep_answers(
        round_=round_,
        group=a_group(round_, group),
        answers=answers,
        send=send,
        seen=0,
        today=today or round_.opens_on,
        by=person,
    )
    return person


def a_closed_round(
    organisation: Organisation,
    answers: Mapping[str, Sequence[Levels]] | None = None,
    *,
    groups: Sequence[str] | None = None,
    closed_on: dt.date | None = None,
    name: str = "",
    kind: str = "baseline",
) -> Round:
    """A closed round: group → what each of its people answers; without groups (the key "") five people answer 3."""
    answers = answers or {"": [3] * 5}
    closed_on = closed_on or timezone.localdate()
    opened = closed_on - dt.timedelta(days=14)
    named = [each for each in answers if each] if groups is None else groups
    round_ = an_open_round(organisation, groups=named, name=name, kind=kind, today=opened)
    for group, levels in answers.items():
        for each in levels:
            an_answer(round_, each, group=group)
    return close_round(round_=round_, today=closed_on, by=None)
