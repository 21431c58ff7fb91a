"""Who may open the cohort space, and the centre's side of it."""

from __future__ import annotations

import uuid
from typing import Any

from tests.factories.cohorts import assignment_data, decision_data, plan_data, presentation_data
from tests.web.access import READERS, WORKERS, Address

MENTORS = frozenset({"mentor"})
DECIDERS = frozenset({"own_approver"})
#: Those of the centre who have a desk; what is on it depends on whom they mentor.
AT_DESK = frozenset({"expert", "mentor", "other_mentor", "coordinator"})
COORDINATORS = frozenset({"coordinator"})


def _organisation(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug}


def _space(scene: Any, **more: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "edition": scene.cohort_edition.slug, **more}


def _work(scene: Any, **more: Any) -> dict[str, Any]:
    return _space(scene, work=scene.cohort_work.public_id, **more)


def _waiting(scene: Any) -> dict[str, Any]:
    return _space(scene, work=scene.waiting_cohort_work.public_id)


def _deliverable(scene: Any, **more: Any) -> dict[str, Any]:
    return _space(scene, deliverable=scene.deliverable.public_id, **more)


def _pilot(scene: Any) -> dict[str, Any]:
    return _space(scene, deliverable=scene.pilot_deliverable.public_id)


def _presentation(scene: Any) -> dict[str, Any]:
    return _space(scene, presentation=scene.presentation.public_id)


def _member(scene: Any) -> dict[str, Any]:
    return _space(scene, member=scene.team_person.public_id)


def _edition(scene: Any, **more: Any) -> dict[str, Any]:
    return {"edition": scene.cohort_edition.slug, **more}


def _assignment(scene: Any) -> dict[str, Any]:
    return _edition(scene, assignment=scene.cohort_assignment.public_id)


def _participant(scene: Any) -> dict[str, Any]:
    return _edition(scene, participation=scene.participation.public_id)


def _judged(_scene: Any) -> dict[str, Any]:
    return {"number": 1, "verdict": "accepted", "feedback": "Good."}


def _shared(_scene: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "title": "Survey", "text": "What we asked.", "link": ""}


SPACE_ADDRESSES = [
    Address("cohorts:programmes", READERS, _organisation),
    Address("cohorts:space", READERS, _space),
    Address("cohorts:work", READERS, _work),
    Address(
        "cohorts:work",
        WORKERS,
        _work,
        method="post",
        data=lambda scene: {"seen": scene.cohort_work.version, "draft": "More.", "hand_in": "1"},
    ),
    Address("cohorts:work_judge", MENTORS, _waiting, method="post", data=_judged),
    Address("cohorts:work_version", READERS, lambda scene: _work(scene, number=1)),
    Address("cohorts:work_file_add", WORKERS, _work, method="post"),
    Address("cohorts:work_file", READERS, lambda scene: _work(scene, file=scene.work_file.public_id)),
    Address(
        "cohorts:work_file_take_out", WORKERS, lambda scene: _work(scene, file=scene.work_file.public_id), method="post"
    ),
    # no answer has files of a form: its readers find nothing, the others are refused before anything is looked for
    Address("cohorts:work_attachment", frozenset(), lambda scene: _work(scene, attachment=scene.cohort_work.public_id)),
    Address("cohorts:deliverable", READERS, _deliverable),
    Address(
        "cohorts:deliverable_hand_in",
        WORKERS,
        _deliverable,
        method="post",
        data=lambda scene: {"seen": scene.deliverable.version, "words": ""},
    ),
    Address("cohorts:deliverable_judge", MENTORS, _deliverable, method="post", data=_judged),
    Address(
        "cohorts:deliverable_comment",
        READERS,
        _deliverable,
        method="post",
        data=lambda _scene: {"key": str(uuid.uuid4()), "text": "Well done."},
    ),
    Address("cohorts:deliverable_share", WORKERS, _deliverable, method="post", data=lambda _: {"submission": ""}),
    Address("cohorts:deliverable_choose", WORKERS, _pilot),
    Address("cohorts:deliverable_choose", WORKERS, _pilot, method="post", data=lambda _scene: {"title": "A pilot"}),
    Address("cohorts:submission", READERS, lambda scene: _deliverable(scene, number=1)),
    Address("cohorts:deliverable_add", WORKERS, _space),
    Address("cohorts:deliverable_add", WORKERS, _space, method="post"),
    Address("cohorts:development_plan", READERS, _space),
    Address("cohorts:development_plan_edit", WORKERS, _space),
    Address("cohorts:development_plan_edit", WORKERS, _space, method="post", data=lambda _scene: plan_data(seen=1)),
    Address("cohorts:development_plan_version", READERS, lambda scene: _space(scene, number=1)),
    Address("cohorts:presentation_new", WORKERS, _space),
    Address(
        "cohorts:presentation_new",
        WORKERS,
        _space,
        method="post",
        data=lambda scene: presentation_data(scene.submission),
    ),
    Address("cohorts:presentation", READERS, _presentation),
    Address("cohorts:presentation_edit", WORKERS, _presentation),
    Address(
        "cohorts:presentation_edit",
        WORKERS,
        _presentation,
        method="post",
        data=lambda scene: presentation_data(scene.submission, seen=scene.presentation.version),
    ),
    Address("cohorts:presentation_decide", DECIDERS, _presentation),
    Address(
        "cohorts:presentation_decide",
        DECIDERS,
        _presentation,
        method="post",
        data=lambda scene: decision_data(scene.presentation),
    ),
    Address("cohorts:team", READERS, _space),
    Address("cohorts:team", WORKERS, _space, method="post", data=lambda _scene: {"name": "Somebody", "part": "Law"}),
    Address("cohorts:team_take_out", WORKERS, _member, method="post"),
    Address("cohorts:team_contact", READERS, _member, method="post", data=lambda _scene: {"shows": "1"}),
    Address("cohorts:together", READERS, _space),
    Address("cohorts:together", WORKERS, _space, method="post", data=_shared),
    Address("cohorts:together_document", READERS, _deliverable),
    Address(
        "cohorts:material_take_back",
        WORKERS,
        lambda scene: _space(scene, material=scene.material.public_id),
        method="post",
    ),
]

DESK_ADDRESSES = [
    Address("cohorts:desk", AT_DESK),
    Address("cohorts:desk_edition", COORDINATORS, _edition),
    Address("cohorts:desk_participant", COORDINATORS, _participant),
    Address(
        "cohorts:desk_participant",
        COORDINATORS,
        _participant,
        method="post",
        data=lambda scene: {"seen": scene.participation.version, "mentor": ""},
    ),
    Address(
        "cohorts:desk_move",
        COORDINATORS,
        _participant,
        method="post",
        data=lambda _scene: {"to": "completed", "note": "Through."},
    ),
    Address("cohorts:desk_materials", COORDINATORS, _edition),
    Address("cohorts:desk_materials", COORDINATORS, _edition, method="post", data=_shared),
    Address("cohorts:assignment_new", COORDINATORS, _edition),
    Address("cohorts:assignment_new", COORDINATORS, _edition, method="post", data=lambda _scene: assignment_data()),
    Address("cohorts:assignment_edit", COORDINATORS, _assignment),
    Address(
        "cohorts:assignment_edit",
        COORDINATORS,
        _assignment,
        method="post",
        data=lambda scene: assignment_data(seen=scene.cohort_assignment.version),
    ),
    Address("cohorts:assignment_withdraw", COORDINATORS, _assignment, method="post"),
    Address("cohorts:deliverable_wanted", COORDINATORS, lambda scene: _edition(scene, kind="action_plan")),
    Address(
        "cohorts:deliverable_wanted",
        COORDINATORS,
        lambda scene: _edition(scene, kind="action_plan"),
        method="post",
        data=lambda _scene: {"note": "", "due_on": "", "due_time": ""},
    ),
]
ADDRESSES = [*SPACE_ADDRESSES, *DESK_ADDRESSES]
