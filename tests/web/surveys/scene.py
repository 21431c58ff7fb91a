"""What ``surveys`` adds to the scene: a closed round with groups, and one that is open."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from keino.web.organisations.models import Role
from tests.factories.forms import a_draft, a_question, a_study, a_version, an_answer, an_interview, an_obstacle
from tests.factories.surveys import a_closed_round, an_open_round

ROUND = "Confidential round 7341"
GROUP = "Confidential group 7342"
ANSWER = "Confidential answer 7343"
FILE = "Confidential file 7344.pdf"


def add(scene: SimpleNamespace) -> None:
    """Add one of everything to the organisation of the scene."""
    long_ago = timezone.localdate() - dt.timedelta(days=90)
    scene.closed_round = a_closed_round(
        scene.organisation, {GROUP: [2, 3, 4, 2, 3], "Others": [5] * 6}, closed_on=long_ago, name=ROUND
    )
    # the people who answered were made for it alone: the other pages keep their small cast
    Role.objects.filter(organisation=scene.organisation, valid_from__lt=long_ago).exclude(
        person__in=scene.people.values()
    ).update(valid_to=long_ago)
    scene.open_round = an_open_round(scene.organisation, groups=[GROUP, "Others"], name=f"{ROUND} again", kind="end")
    scene.secrets += [ROUND, GROUP]
    _add_forms(scene)


def _add_forms(scene: SimpleNamespace) -> None:
    """A form of the centre with a draft, a study with a published and an open year, a draft answer, an interview."""
    expert, member = scene.people["expert"], scene.people["own_member"]
    scene.draft = a_draft(scene.centre, [a_question("first", "yes_no"), a_question("second")], by=expert)
    questions = [a_question("story", "long_text"), a_question("plan", "file"), a_question("pilot", "yes_no")]
    scene.form_version = a_version(scene.centre, questions, by=expert, purpose="study")
    scene.published_year, scene.closed_year, scene.open_year = a_study(scene.form_version, by=expert)
    subject = scene.open_year.subject
    scene.form_answer = an_answer(
        scene.form_version,
        {"story": ANSWER},
        files={"plan": SimpleUploadedFile(FILE, b"%PDF")},
        about=scene.organisation,
        by=member,
        subject=subject,
        send=False,
    )
    scene.obstacle = an_obstacle(scene.centre)
    scene.study_interview = an_interview(
        scene.open_year, about=scene.organisation, obstacles=[scene.obstacle.code], by=expert
    )
    scene.secrets += [ANSWER, FILE]
