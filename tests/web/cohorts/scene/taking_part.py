"""A participation of the scene with everything in it: an answer, a deliverable, a pilot, a presentation, a team."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.utils import timezone

from keino.web.cohorts.models import Deliverable, Work
from keino.web.cohorts.services.deliverables import comment_deliverable
from keino.web.cohorts.services.development_plans import write_development_plan
from keino.web.cohorts.services.works import add_file, judge_work
from tests.factories.cohorts import (
    PLAN,
    a_deliverable,
    a_material,
    a_participation,
    a_presentation,
    a_submission,
    a_team_person,
    a_version,
    a_work,
    an_assignment,
)
from tests.factories.programmes import an_edition

ANSWER = "Confidential answer 7511"
FEEDBACK = "Confidential feedback 7512"
COMMENT = "Confidential comment 7513"
AS_IS = "Confidential as-is 7514"
MESSAGE = "Confidential message 7515"
FILE = "confidential-7516.pdf"


def add(scene: SimpleNamespace) -> None:
    """Add the edition of the scene's centre in which the scene's organisation takes part."""
    member, mentor = scene.people["own_member"], scene.people["mentor"]
    scene.cohort_edition = an_edition(scene.centre, state="running", slug="scene-academy", name_fi="Scene academy")
    ours = scene.participation = a_participation(
        scene.organisation, scene.cohort_edition, responsible=member, mentor=mentor
    )
    scene.cohort_assignment = an_assignment(scene.cohort_edition)
    scene.cohort_work = Work.objects.create(assignment=scene.cohort_assignment, participation=ours)
    scene.work_file = add_file(scene.cohort_work, ContentFile(b"%PDF-1.4", name=FILE), by=member)
    a_version(scene.cohort_work, ANSWER, by=member)
    judge_work(scene.cohort_work, number=1, verdict="returned", feedback=FEEDBACK, by=mentor)
    scene.cohort_work.refresh_from_db()
    scene.waiting_cohort_work = a_work(ours, title="Second assignment")
    a_version(scene.waiting_cohort_work, f"{ANSWER} (second)", by=member)
    scene.deliverable = _development_plan(scene)
    scene.submission = a_submission(scene.deliverable, by=member)
    comment_deliverable(scene.deliverable, COMMENT, by=mentor, key=scene.deliverable.public_id)
    scene.deliverable.refresh_from_db()
    scene.deliverable.shared = scene.submission
    scene.deliverable.save()
    scene.pilot_deliverable = a_deliverable(ours, "pilot_procurement")
    scene.plan_deliverable = a_deliverable(ours, "category_plan")
    scene.presentation = a_presentation(
        ours, scene.submission, message=MESSAGE, created_by=member, held_on=timezone.localdate() - dt.timedelta(days=1)
    )
    scene.team_person = a_team_person(ours, member, part="Procurement")
    scene.material = a_material(scene.cohort_edition, ours, added_by=member)
    scene.secrets += [ANSWER, FEEDBACK, COMMENT, AS_IS, MESSAGE, FILE]


def _development_plan(scene: SimpleNamespace) -> Deliverable:
    deliverable = a_deliverable(scene.participation, "development_plan")
    write_development_plan(scene.participation, PLAN | {"as_is": AS_IS}, by=scene.people["own_member"], seen=0)
    deliverable.refresh_from_db()
    return deliverable
