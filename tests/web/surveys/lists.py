"""Pages of ``surveys`` that list rows."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from keino.web.surveys.models import FormVersion, Interview, Round, RoundGroup, Score, StudyRound
from keino.web.surveys.services.forms import put_question
from tests.factories.forms import a_question, a_version, a_year, an_interview, an_obstacle, begun_study
from tests.factories.surveys import CODES
from tests.factories.web import an_organisation, someone_who_is
from tests.web.lists import Listed


def _round(scene: Any, _person: Any, number: int) -> Round:
    """A closed round; its results are written as closing would, without a hundred answers."""
    closed_on = timezone.localdate() - dt.timedelta(days=100 * (number + 1))
    made = Round.objects.create(
        organisation=scene.organisation,
        kind="end",
        name=f"Round number {number}",
        edition="2026-1",
        opens_on=closed_on,
        closes_on=closed_on,
        closed_on=closed_on,
        state="closed",
        people=8,
        respondents=6,
        opened_by=someone_who_is("responsible_person", scene.organisation),
    )
    Score.objects.bulk_create(Score(round=made, area_code=area, mean=3.0) for area in CODES)


def _group(scene: Any, _person: Any, number: int) -> None:
    group = RoundGroup.objects.create(
        round=scene.closed_round, name=f"Group {number}", position=10 + number, respondents=5
    )
    Score.objects.bulk_create(Score(round=scene.closed_round, group=group, area_code=area, mean=3.0) for area in CODES)


# ---- forms and studies: rows as the services would write them


def _form(scene: Any, person: Any, _number: int) -> object:
    return a_version(scene.centre, [a_question("one")], by=person)


def _form_version(scene: Any, _person: Any, number: int) -> object:
    return FormVersion.objects.create(form=scene.form_version.form, number=10 + number, published_at=timezone.now())


def _question(scene: Any, person: Any, _number: int) -> object:
    scene.draft = put_question(version=scene.draft, question=a_question(), seen=scene.draft.version, by=person)
    return scene.draft


def _year(scene: Any, _person: Any, number: int) -> StudyRound:
    """A published year in which six buyers answered and were interviewed."""
    open_year = scene.open_year
    return StudyRound.objects.create(
        study=open_year.study,
        year=2030 + number,
        form_version=open_year.form_version,
        opens_on=open_year.opens_on,
        closes_on=open_year.closes_on,
        closed_on=open_year.opens_on,
        state="published",
        published_at=timezone.now(),
        results={
            "answers": 6,
            "questions": {"pilot": {"answers": 6, "counts": {"yes": 6}, "mean": None}},
            "interviews": 6,
            "organisations": 6,
            "obstacles": {"time": 6},
            "obstacle_texts": {"time": {"fi": "Aika"}},
            "groups": {"municipality": 6},
            "group_obstacles": {"municipality": {"time": 6}},
        },
    )


def _study(scene: Any, person: Any, number: int) -> object:
    made = begun_study(scene.form_version, by=person)
    _year(SimpleNamespace(open_year=a_year(made, 2029)), person, number)
    return made


def _interview(scene: Any, person: Any, _number: int) -> object:
    made = an_interview(scene.open_year, about=an_organisation(), obstacles=[scene.obstacle.code], by=person)
    # the page shows one's own: whoever opens it here is not known when the row is made
    Interview.objects.update(interviewer=person)
    return made


def _asked(scene: Any, _person: Any, number: int) -> object:
    return a_year(begun_study(scene.form_version), 2030 + number)


LISTS = [
    Listed("surveys:forms", _form),
    Listed("surveys:form", _form_version),
    Listed("surveys:draft", _question),
    Listed("surveys:studies", _study),
    Listed("surveys:study", _year),
    Listed("surveys:study_compare", why_fixed="two years, chosen"),
    Listed("surveys:interviews", _interview),
    Listed("surveys:obstacles", lambda scene, person, _number: an_obstacle(scene.centre, by=person)),
    Listed("surveys:forms_to_answer", _asked),
    Listed("surveys:register", _form),
    Listed("surveys:public_studies", _study),
    Listed("surveys:public_study", _year),
    Listed("surveys:public_compare", why_fixed="two years, chosen"),
    Listed("surveys:maturity", _round),
    Listed("surveys:round", _group),
]
