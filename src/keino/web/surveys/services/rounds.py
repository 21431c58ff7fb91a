"""A round's way: opened, changed, closed or cancelled. Closing counts what may be shown and deletes every answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from keino.domain.maturity.disclosure import Answers, shown
from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.organisations.models import Organisation
from keino.web.organisations.peer_groups import FEWEST
from keino.web.surveys.choices import ROUND_MOVES, RoundState
from keino.web.surveys.errors import GroupsWrong, RoundDatesWrong, RoundIsOpen, RoundTooSoon
from keino.web.surveys.instruments import instrument, newest_edition
from keino.web.surveys.models import AnswerSheet, Round, RoundGroup, Score
from keino.web.surveys.queries.rounds import collecting, people_who_may_answer, shown_rounds

if TYPE_CHECKING:
    from keino.web.base.models import Person

MOST_GROUPS = 12
#: Nearer to one another, two rounds would find the same answers but for a few people, whose answers they would tell.
DAYS_BETWEEN = 30


def open_round(
    *,
    organisation: Organisation,
    kind: str,
    name: str,
    opens_on: dt.date,
    closes_on: dt.date,
    groups: Sequence[str] = (),
    today: dt.date,
    by: Person | None,
) -> Round:
    """Open a round with the newest questions; its groups can't be changed later.

    The same round asked for twice (a double press) is opened once. Raises RoundIsOpen while another one is, and
    RoundTooSoon right after one.
    """
    _check_dates(opens_on, closes_on, today)
    names = [name for name in (" ".join(each.split()) for each in groups) if name]
    if len(names) > MOST_GROUPS or len({each.casefold() for each in names}) < len(names):
        raise GroupsWrong(most=MOST_GROUPS)
    with transaction.atomic(), acting(by, act="round_opened"):
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        there = collecting(organisation)
        if there is not None:
            if (there.kind, there.name, there.opens_on, there.closes_on) == (kind, name, opens_on, closes_on):
                return there
            raise RoundIsOpen(name=there.name)
        last = shown_rounds(organisation).first()
        if last is not None and last.closed_on and (opens_on - last.closed_on).days < DAYS_BETWEEN:
            raise RoundTooSoon(name=last.name, days=DAYS_BETWEEN)
        made = Round.objects.create(
            organisation=organisation,
            kind=kind,
            name=name,
            edition=newest_edition(),
            opens_on=opens_on,
            closes_on=closes_on,
            opened_by=by,
        )
        for position, each in enumerate(names, start=1):
            RoundGroup.objects.create(round=made, name=each, position=position)
        if names:
            RoundGroup.objects.create(round=made, position=len(names) + 1, is_unsaid=True)
    return made


def _check_dates(opens_on: dt.date, closes_on: dt.date, today: dt.date) -> None:
    if closes_on < opens_on or closes_on < today:
        raise RoundDatesWrong(opens_on=opens_on.isoformat(), closes_on=closes_on.isoformat())


def change_round(
    *, round_: Round, name: str, closes_on: dt.date, seen: int, today: dt.date, by: Person | None
) -> Round:
    """Give an open round another name or last day. ``seen`` is the version that the person saw."""
    with transaction.atomic(), acting(by, act="round_changed"):
        found = _locked(round_)
        if not found.is_collecting:
            raise NotAllowedNow(state=str(found.get_state_display()))
        if (found.name, found.closes_on) == (name, closes_on):
            return found
        if found.version != seen:
            raise Conflict
        _check_dates(found.opens_on, closes_on, today)
        found.name, found.closes_on, found.version = name, closes_on, found.version + 1
        found.save(update_fields=["name", "closes_on", "version"])
    return found


def close_round(*, round_: Round, today: dt.date, by: Person | None) -> Round:
    """Close a round for good: keep what may be shown, delete every answer. A closed round is left as it is."""
    with transaction.atomic(), acting(by, act="round_closed"):
        found = _locked(round_)
        if found.state == RoundState.CLOSED:
            return found
        _move(found, RoundState.CLOSED)
        _count(found)
        # who answered and has left since could answer, too
        found.people = max(people_who_may_answer(found.organisation, today).count(), found.respondents or 0)
        found.closed_by, found.closed_on, found.version = by, today, found.version + 1
        found.save()
        found.sheets.all().delete()
    return found


def close_due(*, today: dt.date) -> int:
    """Close the rounds whose last day is over. Returns how many."""
    due = Round.objects.filter(state=RoundState.COLLECTING, closes_on__lt=today).select_related("organisation")
    for round_ in due:
        close_round(round_=round_, today=today, by=None)
    return len(due)


def cancel_round(*, round_: Round, today: dt.date, by: Person | None) -> Round:
    """Give an open round up: its answers are deleted without being counted. Doing it twice changes nothing."""
    with transaction.atomic(), acting(by, act="round_cancelled"):
        found = _locked(round_)
        if found.state == RoundState.CANCELLED:
            return found
        _move(found, RoundState.CANCELLED)
        found.closed_by, found.closed_on, found.version = by, today, found.version + 1
        found.save()
        found.sheets.all().delete()
    return found


def delete_left_sheets() -> int:
    """Delete answers that a round which is over still has. There should be none; returns how many there were."""
    return AnswerSheet.objects.exclude(round__state=RoundState.COLLECTING).delete()[0]


def _locked(round_: Round) -> Round:
    return Round.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=round_.pk)


def _move(round_: Round, to: RoundState) -> None:
    if to not in ROUND_MOVES[round_.state]:
        raise NotAllowedNow(state=str(round_.get_state_display()))
    round_.state = to


def _count(round_: Round) -> None:
    """Write what may be shown of the answers that were sent. What may not is never written."""
    sheets: Iterable[AnswerSheet] = round_.sheets.filter(is_sent=True)
    answers = [Answers(str(each.group_id or ""), each.answers) for each in sheets]
    found = shown(answers, instrument(round_.edition).codes, FEWEST)
    round_.respondents = found.respondents
    scores = [Score(round=round_, area_code=area, mean=score.mean) for area, score in found.areas.items()]
    for group in round_.groups.all():
        if str(group.pk) in found.joined:
            group.is_joined = True
            group.save(update_fields=["is_joined"])
        if str(group.pk) in found.groups:
            group.respondents = found.groups[str(group.pk)]
            group.save(update_fields=["respondents"])
            areas = found.group_areas[str(group.pk)]
            scores += [
                Score(round=round_, group=group, area_code=area, mean=score.mean) for area, score in areas.items()
            ]
    Score.objects.bulk_create(scores)
