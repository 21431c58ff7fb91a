"""A study's way: begun, a year opened, closed by counting what may be told, published or taken back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.domain.questionnaires.tally import Spoken, obstacles, tally
from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.organisations.peer_groups import FEWEST
from keino.web.surveys.choices import STUDY_ROUND_MOVES, AnswerState, FormPurpose, StudyRoundState
from keino.web.surveys.form_errors import NothingToAsk, StudyDatesWrong, YearIsThere
from keino.web.surveys.models import Form, FormAnswer, ObstacleCode, Study, StudyRound
from keino.web.surveys.study_results import as_json

if TYPE_CHECKING:
    from keino.domain.questionnaires.tally import Obstacles
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

Texts = Mapping[str, str]


def begin_study(*, organisation: Organisation, form: Form, title: Texts, question: Texts, by: Person | None) -> Study:
    """Begin a study with a form. The same study begun twice by one person (a double press) is begun once."""
    with transaction.atomic(), acting(by, act="study_begun"):
        locked = Form.objects.select_for_update().get(pk=form.pk, purpose=FormPurpose.STUDY)
        same = Study.objects.filter(form=locked, title=dict(title), owner=by, rounds=None).first()
        if same is not None:
            return same
        return Study.objects.create(
            organisation=organisation, form=locked, title=dict(title), question=dict(question), owner=by
        )


def change_study(*, study: Study, title: Texts, question: Texts, seen: int, by: Person | None) -> Study:
    """Give a study another title or question. ``seen`` is the version that the person saw."""
    with transaction.atomic(), acting(by, act="study_changed"):
        found = Study.objects.select_for_update().get(pk=study.pk)
        if (found.title, found.question) == (dict(title), dict(question)):
            return found
        if found.version != seen:
            raise Conflict
        found.title, found.question, found.version = dict(title), dict(question), found.version + 1
        found.save()
    return found


def open_year(
    *, study: Study, year: int, opens_on: dt.date, closes_on: dt.date, today: dt.date, by: Person | None
) -> StudyRound:
    """Open a year with the newest published version of the form. The same year asked for twice is opened once.

    Raises YearIsThere, StudyDatesWrong, NothingToAsk.
    """
    if closes_on < opens_on or closes_on < today:
        raise StudyDatesWrong
    with transaction.atomic(), acting(by, act="study_year_opened"):
        found = Study.objects.select_for_update().get(pk=study.pk)
        there = found.rounds.filter(year=year).first()
        if there is not None:
            if there.is_collecting and (there.opens_on, there.closes_on) == (opens_on, closes_on):
                return there
            raise YearIsThere(year=str(year))
        version = found.form.versions.filter(published_at__isnull=False).order_by("-number").first()
        if version is None:
            raise NothingToAsk
        return StudyRound.objects.create(
            study=found, year=year, form_version=version, opens_on=opens_on, closes_on=closes_on
        )


def change_last_day(
    *, round_: StudyRound, closes_on: dt.date, seen: int, today: dt.date, by: Person | None
) -> StudyRound:
    """Give an open year another last day."""
    with transaction.atomic(), acting(by, act="study_year_changed"):
        found = _locked(round_)
        if not found.is_collecting:
            raise NotAllowedNow(state=str(found.get_state_display()))
        if found.closes_on == closes_on:
            return found
        if found.version != seen:
            raise Conflict
        if closes_on < found.opens_on or closes_on < today:
            raise StudyDatesWrong
        found.closes_on, found.version = closes_on, found.version + 1
        found.save()
    return found


def close_year(*, round_: StudyRound, today: dt.date, by: Person | None) -> StudyRound:
    """Close a year for good and count what may be told. A closed one is left as it is."""
    with transaction.atomic(), acting(by, act="study_year_closed"):
        found = _locked(round_)
        if not found.is_collecting:
            return found
        found.results = _counted(found)
        _move(found, StudyRoundState.CLOSED)
        found.closed_on, found.version = today, found.version + 1
        found.save()
    return found


def close_due_years(*, today: dt.date) -> int:
    """Close the years whose last day is over. Returns how many."""
    due = list(StudyRound.objects.filter(state=StudyRoundState.COLLECTING, closes_on__lt=today))
    for round_ in due:
        close_year(round_=round_, today=today, by=None)
    return len(due)


def publish_year(*, round_: StudyRound, by: Person | None) -> StudyRound:
    """Show everyone what may be told of a closed year. Doing it twice changes nothing."""
    return _shown(round_, StudyRoundState.PUBLISHED, "study_year_published", by)


def withdraw_year(*, round_: StudyRound, by: Person | None) -> StudyRound:
    """Stop showing a year. Doing it twice changes nothing."""
    return _shown(round_, StudyRoundState.CLOSED, "study_year_withdrawn", by)


def _shown(round_: StudyRound, to: StudyRoundState, act: str, by: Person | None) -> StudyRound:
    with transaction.atomic(), acting(by, act=act):
        found = _locked(round_)
        if found.state == to:
            return found
        _move(found, to)
        found.published_at = timezone.now() if to == StudyRoundState.PUBLISHED else None
        found.version += 1
        found.save()
    return found


def _locked(round_: StudyRound) -> StudyRound:
    rows = StudyRound.objects.select_for_update(of=("self",)).select_related("form_version", "study")
    return rows.get(pk=round_.pk)


def _move(round_: StudyRound, to: StudyRoundState) -> None:
    if to not in STUDY_ROUND_MOVES[round_.state]:
        raise NotAllowedNow(state=str(round_.get_state_display()))
    round_.state = to


# ---- counting


def _counted(round_: StudyRound) -> dict[str, object]:
    sent = FormAnswer.objects.filter(form_version=round_.form_version, subject=round_.subject, state=AnswerState.SENT)
    answers = [answer.answers for answer in sent.only("answers")]
    told, interviews = _obstacles(round_)
    texts = ObstacleCode.objects.filter(code__in=told.counts, organisation=round_.study.organisation_id)
    return as_json(
        answers=len(answers) if len(answers) >= FEWEST else None,
        tallies=tally(round_.form_version.asked, answers, FEWEST),
        interviews=interviews,
        told=told,
        obstacle_texts={each.code: each.text for each in texts},
    )


def _obstacles(round_: StudyRound) -> tuple[Obstacles, int]:
    """What may be told of interviews. Several interviews in one organisation count as one: it is the organisation that
    could be recognised.
    """
    named: dict[int, set[str]] = defaultdict(set)
    kinds: dict[int, str] = {}
    interviews = list(round_.interviews.select_related("about_organisation").prefetch_related("obstacles"))
    for interview in interviews:
        kinds[interview.about_organisation_id] = interview.about_organisation.kind
        named[interview.about_organisation_id] |= {each.code for each in interview.obstacles.all()}
    spoken = [Spoken(kinds[key], codes) for key, codes in named.items()]
    codes = sorted(set().union(*named.values())) if named else []
    return obstacles(spoken, codes, FEWEST), len(interviews)
