"""Studies, their years, and which of them an organisation is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet

from keino.domain.questionnaires.comparison import Difference, differences
from keino.web.organisations.peer_groups import FEWEST
from keino.web.surveys.choices import AnswerState, StudyRoundState
from keino.web.surveys.models import Answered, FormAnswer, Interview, ObstacleCode, Study, StudyRound
from keino.web.surveys.secrecy import respondent_key
from keino.web.surveys.study_results import Told, told_of

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation


def studies() -> QuerySet[Study]:
    """All studies, the newest first, with the number of their years and the latest of them."""
    found = Study.objects.select_related("form", "organisation")
    return found.annotate(years=Count("rounds"), latest=Max("rounds__year")).order_by("-created_at", "-pk")


def shown_studies() -> QuerySet[Study]:
    """Studies of which everyone may see at least one year, with these years as ``shown``, the newest first."""
    published = StudyRound.objects.filter(state=StudyRoundState.PUBLISHED).order_by("-year")
    found = Study.objects.filter(Exists(published.filter(study=OuterRef("pk")))).select_related("organisation")
    return found.order_by("-pk").prefetch_related(Prefetch("rounds", queryset=published, to_attr="shown"))


def shown_years(study: Study) -> QuerySet[StudyRound]:
    """The years that everyone may see, the newest first."""
    found = study.rounds.filter(state=StudyRoundState.PUBLISHED).select_related("form_version__form", "study")
    return found.order_by("-year")


def closed_years(study: Study) -> QuerySet[StudyRound]:
    """The years that were counted, the newest first."""
    found = study.rounds.exclude(state=StudyRoundState.COLLECTING).select_related("form_version__form", "study")
    return found.order_by("-year")


def is_open(round_: StudyRound, day: dt.date) -> bool:
    """Whether answers may come on a day."""
    return round_.is_collecting and round_.opens_on <= day <= round_.closes_on


def sent_count(round_: StudyRound) -> int | None:
    """How many have answered so far; None for fewer than five, so that no single answer can be watched coming."""
    sent = FormAnswer.objects.filter(
        form_version=round_.form_version_id, subject=round_.subject, state=AnswerState.SENT
    ).count()
    return sent if sent >= FEWEST else None


# ---- who is asked


@dataclass(frozen=True)
class Asked:
    """A year of a study for somebody of an organisation, with their answer; ``is_answered`` also where it is hidden."""

    round: StudyRound
    answer: FormAnswer | None
    is_answered: bool


def asked_of(organisation: Organisation, person: Person, day: dt.date) -> list[Asked]:
    """The years that are open to an organisation's people now, and those it answered, the newest first."""
    rounds = list(_asked_rounds(day, organisation))
    return _with_answers(rounds, organisation, person)


def _asked_rounds(day: dt.date, organisation: Organisation) -> QuerySet[StudyRound]:
    open_now = Q(state=StudyRoundState.COLLECTING, opens_on__lte=day, closes_on__gte=day)
    answers = FormAnswer.objects.filter(about_organisation=organisation, form_version=OuterRef("form_version"))
    found = StudyRound.objects.filter(open_now | Exists(answers))
    return found.select_related("study__organisation", "form_version__form").order_by("-year", "-pk")


def _with_answers(rounds: Collection[StudyRound], organisation: Organisation, person: Person) -> list[Asked]:
    keys = {round_.pk: key_of(round_, organisation, person) for round_ in rounds}
    subjects = [round_.subject for round_ in rounds]
    answers = {
        (answer.subject, answer.key): answer
        for answer in FormAnswer.objects.filter(subject__in=subjects, key__in=keys.values())
    }
    hidden = set(Answered.objects.filter(subject__in=subjects, key__in=keys.values()).values_list("subject", "key"))
    found = []
    for round_ in rounds:
        mine = (round_.subject, keys[round_.pk])
        answer = answers.get(mine)
        found.append(Asked(round_, answer, mine in hidden or bool(answer and answer.is_sent)))
    return found


def studies_waiting_for(
    person: Person, organisations: Collection[Organisation], day: dt.date
) -> list[tuple[StudyRound, Organisation]]:
    """Open years that these organisations, or this person in them, haven't answered. Two queries at most."""
    asked = StudyRound.objects.filter(state=StudyRoundState.COLLECTING, opens_on__lte=day, closes_on__gte=day)
    rounds = list(asked.select_related("study", "form_version__form").order_by("closes_on", "pk"))
    if not rounds:
        return []
    subjects = [round_.subject for round_ in rounds]
    sent = FormAnswer.objects.filter(subject__in=subjects, state=AnswerState.SENT, key__isnull=False)
    hidden = Answered.objects.filter(subject__in=subjects)
    done = set(sent.values_list("subject", "key").union(hidden.values_list("subject", "key")))
    return [
        (round_, organisation)
        for round_ in rounds
        for organisation in organisations
        if (round_.subject, key_of(round_, organisation, person)) not in done
    ]


def key_of(round_: StudyRound, organisation: Organisation, person: Person) -> str:
    """The key of an answer to a year, as ``services.form_answers.begin_answer`` makes it."""
    form = round_.form_version.form
    who = f"person:{person.public_id}" if form.is_anonymous else f"organisation:{organisation.public_id}"
    return respondent_key(form.public_id, round_.subject, who)


def answer_to(round_: StudyRound, organisation: Organisation, person: Person) -> Asked:
    """A year with what this organisation, or this person, has answered."""
    return _with_answers([round_], organisation, person)[0]


# ---- interviews


def interviews_of(round_: StudyRound, interviewer: Person) -> QuerySet[Interview]:
    """One's own interviews of a year, the newest first. Nobody reads those of others."""
    found = round_.interviews.filter(interviewer=interviewer).select_related("about_organisation")
    return found.prefetch_related("obstacles").order_by("-held_on", "-pk")


def obstacles_on_offer(organisation: Organisation, *, and_those_of: Interview | None = None) -> QuerySet[ObstacleCode]:
    """The list of obstacles; with those that an interview was coded with before they were taken off."""
    offered = Q(is_retired=False)
    if and_those_of is not None:
        offered |= Q(pk__in=and_those_of.obstacles.values("pk"))
    return ObstacleCode.objects.filter(offered, organisation=organisation).order_by("code")


# ---- two years


@dataclass(frozen=True)
class Pair:
    """One question in two years: what is told of each, and what differs between the two questions (nothing: ())."""

    code: str
    before: Told | None
    after: Told | None
    differs: tuple[Difference, ...]

    @property
    def may_compare(self) -> bool:
        """Whether both years asked the same."""
        return not self.differs

    @property
    def told(self) -> Told:
        """The question as it was asked last."""
        found = self.after or self.before
        assert found is not None
        return found


def pairs(before: StudyRound, after: StudyRound) -> list[Pair]:
    """Every question of two years, in the order of the later one."""
    old, new = ({told.question.code: told for told in told_of(each)} for each in (before, after))
    found = differences(before.form_version.asked, after.form_version.asked)
    order = [*new, *(code for code in old if code not in new)]
    return [Pair(code, old.get(code), new.get(code), found[code]) for code in order]
