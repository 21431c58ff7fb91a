"""Lists of the cohort space, and its pages with everything that is written there."""

from __future__ import annotations

import uuid
from typing import Any

from keino.web.cohorts.models import DevelopmentPlan
from keino.web.cohorts.services.deliverables import comment_deliverable, hand_in_deliverable, judge_deliverable
from keino.web.cohorts.services.development_plans import write_development_plan
from keino.web.cohorts.services.works import hand_in, judge_work
from tests.factories.cohorts import (
    PLAN,
    a_material,
    a_mentor,
    a_participation,
    a_presentation,
    a_team_person,
    a_work,
    an_assignment,
)
from tests.factories.programmes import an_edition
from tests.factories.web import a_role, an_organisation, someone_who_is
from tests.web.lists import Listed


def _programme(scene: Any, _person: Any, number: int) -> None:
    a_participation(scene.organisation, an_edition(scene.centre, name_fi=f"Programme {number}"), mentor=_mentor(scene))


def _mentor(scene: Any) -> Any:
    return someone_who_is("mentor", scene.centre)


def _in_space(scene: Any, _person: Any, number: int) -> None:
    ours = scene.participation
    a_work(ours, title=f"Assignment {number}")
    a_presentation(ours, scene.submission, group=f"Group {number}")
    a_team_person(ours, part=f"Part {number}")


def _version_of_work(scene: Any, _person: Any, number: int) -> None:
    scene.cohort_work.refresh_from_db()
    member = scene.people["own_member"]
    made = hand_in(scene.cohort_work, f"Version {number}", by=member, seen=scene.cohort_work.version)
    judge_work(scene.cohort_work, number=made.number, verdict="returned", feedback="More.", by=scene.people["mentor"])


def _submitted(scene: Any, _person: Any, number: int) -> None:
    deliverable, member, mentor = scene.deliverable, scene.people["own_member"], scene.people["mentor"]
    deliverable.refresh_from_db()
    if deliverable.state == "submitted":
        newest = deliverable.submissions.first()
        judge_deliverable(deliverable, number=newest.number, verdict="accepted", feedback="", by=mentor)
        deliverable.refresh_from_db()
    hand_in_deliverable(deliverable, words="", by=member, seen=deliverable.version)
    comment_deliverable(deliverable, f"Comment {number}", by=someone_who_is("member"), key=uuid.uuid4())


def _plan_version(scene: Any, _person: Any, number: int) -> None:
    plan = DevelopmentPlan.objects.get(participation=scene.participation)
    by = someone_who_is("member", scene.organisation)
    write_development_plan(scene.participation, PLAN | {"target": f"Target {number}"}, by=by, seen=plan.version)


def _together(scene: Any, _person: Any, number: int) -> None:
    other = a_participation(an_organisation(f"Participant {number}"), scene.cohort_edition)
    a_material(scene.cohort_edition, other, title=f"Material {number}")
    a_team_person(other, contact_shown_at=scene.participation.began_at)


def _participant(scene: Any, person: Any, number: int) -> None:
    other = a_participation(an_organisation(f"Participant {number}"), scene.cohort_edition)
    a_role(person, "mentor", scene.centre, about=other.organisation)
    a_mentor(other)


def _asked(scene: Any, person: Any, number: int) -> None:
    _participant(scene, person, number)
    an_assignment(scene.cohort_edition, title=f"Assignment {number}", only_for=scene.participation)


def _asked_of_one(scene: Any, _person: Any, number: int) -> None:
    a_work(scene.participation, title=f"Assignment {number}")


def _from_centre(scene: Any, _person: Any, number: int) -> None:
    a_material(scene.cohort_edition, title=f"Material {number}")


LISTS = [
    Listed("cohorts:programmes", _programme),
    Listed("cohorts:space", _in_space),
    Listed("cohorts:work", _version_of_work),
    Listed("cohorts:work_version", why_fixed="one version with its files, at most ten"),
    Listed("cohorts:deliverable", _submitted),
    Listed("cohorts:submission", why_fixed="one submission"),
    Listed("cohorts:development_plan", _plan_version),
    Listed("cohorts:development_plan_version", why_fixed="one version"),
    Listed("cohorts:presentation", why_fixed="what one meeting is shown"),
    Listed("cohorts:team", _in_space),
    Listed("cohorts:together", _together),
    Listed("cohorts:together_document", why_fixed="one document"),
    Listed("cohorts:desk", _participant),
    Listed("cohorts:desk_edition", _asked),
    Listed("cohorts:desk_participant", _asked_of_one),
    Listed("cohorts:desk_materials", _from_centre),
]
