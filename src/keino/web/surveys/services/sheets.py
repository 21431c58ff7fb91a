"""A respondent's own answers: kept as a draft, sent, changed, taken back, all until the round closes.

These writes leave no trail and name nobody: the key of the sheet is all that is kept of who wrote it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from keino.domain.maturity.scores import checked
from keino.web.base.errors import Conflict
from keino.web.base.templatetags.keino import day
from keino.web.surveys.errors import AnswersMissing, GroupUnknown, RoundIsOver
from keino.web.surveys.instruments import instrument
from keino.web.surveys.models import AnswerSheet, Round, RoundGroup
from keino.web.surveys.secrecy import sheet_key

if TYPE_CHECKING:
    from keino.web.base.models import Person


def keep_answers(
    *,
    round_: Round,
    group: RoundGroup | None,
    answers: Mapping[str, int | None],
    send: bool,
    seen: int,
    today: dt.date,
    by: Person,
) -> AnswerSheet:
    """Keep a person's answers; with ``send`` they count. What was sent once stays sent: it can be taken back.

    ``seen`` is the version of the sheet that the person saw (0: none). The same answers sent twice are kept once.
    Raises AnswersMissing or GroupUnknown where answers that count are not whole; nothing is kept then.
    """
    codes = instrument(round_.edition).codes
    told = {code: answers[code] for code in codes if code in answers}
    given = {code: None if level is None else checked(level) for code, level in told.items()}
    with transaction.atomic():
        asked = _open(round_, today)
        sheet = asked.sheets.select_for_update().filter(person_key=sheet_key(asked.public_id, by)).first()
        counts = send or (sheet is not None and sheet.is_sent)
        if group is not None and group.round_id != asked.pk:
            raise GroupUnknown
        if counts:
            _check_whole(asked, group, missing=len(codes) - len(given))
        if sheet is None:
            key = sheet_key(asked.public_id, by)
            return AnswerSheet.objects.create(round=asked, person_key=key, group=group, answers=given, is_sent=send)
        if (sheet.group_id, sheet.answers, sheet.is_sent) == (group.pk if group else None, given, counts):
            return sheet
        if sheet.version != seen:
            raise Conflict
        sheet.group, sheet.answers, sheet.is_sent, sheet.version = group, given, counts, sheet.version + 1
        sheet.save()
    return sheet


def take_back(*, round_: Round, today: dt.date, by: Person) -> None:
    """Delete a person's answers while the round is open. Doing it twice changes nothing."""
    with transaction.atomic():
        asked = _open(round_, today)
        asked.sheets.filter(person_key=sheet_key(asked.public_id, by)).delete()


def _open(round_: Round, today: dt.date) -> Round:
    """The round, held while somebody writes, so that it can't be counted half way. Raises RoundIsOver."""
    found = Round.objects.select_for_update().get(pk=round_.pk)
    if not found.is_collecting or not found.opens_on <= today <= found.closes_on:
        raise RoundIsOver(name=found.name, opens_on=day(found.opens_on), closes_on=day(found.closes_on))
    return found


def _check_whole(round_: Round, group: RoundGroup | None, *, missing: int) -> None:
    if missing:
        raise AnswersMissing(count=missing)
    if group is None and round_.groups.exists():
        raise GroupUnknown
