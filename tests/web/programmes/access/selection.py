"""Who may open what of selections. The coordinator and the expert are named as reviewers and deciders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.factories.selection import decision_data, review_data
from tests.web.access import WORKERS, Address

MANAGERS = frozenset({"coordinator"})
NAMED = frozenset({"coordinator", "expert"})
Arguments = Callable[[Any], dict[str, Any]]


def _at(**names: str) -> Arguments:
    """Arguments made of the scene's things, by their names there."""
    return lambda scene: {
        "edition": scene.selecting.slug,
        **{name: getattr(scene, thing).public_id for name, thing in names.items()},
    }


_HERE = _at()
_APPLICANT = _at(application="applicant")
_RESERVE = _at(application="reserve")
_INTERVIEW = _at(interview="interview")
_QUESTION = _at(question="question")
_OWN, _SENT = _at(review="own_review"), _at(review="sent_review")


def _number(scene: Any) -> dict[str, Any]:
    return {"edition": scene.selecting.slug, "number": scene.made_decision.number}


def _place(scene: Any) -> dict[str, Any]:
    return {"slug": scene.organisation.slug, "application": scene.place.public_id}


def _proposal(scene: Any) -> dict[str, Any]:
    return {"decision": scene.proposal.public_id, "seen": scene.proposal.version}


ADDRESSES = [
    Address("programmes:selection", NAMED, _HERE),
    Address("programmes:selection_settings", MANAGERS, _HERE),
    Address(
        "programmes:selection_settings", MANAGERS, _HERE, method="post", data=lambda _: {"seen": 0, "middle": "mean"}
    ),
    Address("programmes:selection_steps", NAMED, _HERE),
    Address("programmes:reviewers", MANAGERS, _HERE),
    Address("programmes:reviewers_share_out", MANAGERS, _HERE, method="post"),
    Address("programmes:selection_application", NAMED, _APPLICANT),
    Address("programmes:reviewer_new", MANAGERS, _APPLICANT),
    Address("programmes:reviewer_new", MANAGERS, _APPLICANT, method="post"),
    Address("programmes:tie", NAMED, _APPLICANT),
    Address("programmes:tie", NAMED, _APPLICANT, method="post"),
    Address("programmes:interview_new", MANAGERS, _APPLICANT),
    Address("programmes:interview_new", MANAGERS, _APPLICANT, method="post"),
    Address("programmes:reserve_up", NAMED, _RESERVE),
    Address("programmes:reserve_up", NAMED, _RESERVE, method="post"),
    Address("programmes:guide", NAMED, _HERE),
    Address("programmes:question_new", MANAGERS, _HERE),
    Address("programmes:question", MANAGERS, _QUESTION),
    Address("programmes:question", MANAGERS, _QUESTION, method="post"),
    Address("programmes:question_remove", MANAGERS, _QUESTION, method="post"),
    Address("programmes:interviews", NAMED, _HERE),
    Address("programmes:interview", NAMED, _INTERVIEW),
    Address("programmes:interview", MANAGERS, _INTERVIEW, method="post"),  # who manages, or holds it
    Address("programmes:interview_edit", MANAGERS, _INTERVIEW),
    Address("programmes:interview_cancel", MANAGERS, _INTERVIEW),
    Address("programmes:interview_cancel", MANAGERS, _INTERVIEW, method="post"),
    Address("programmes:reviews", NAMED, _HERE),
    Address("programmes:review", frozenset({"coordinator"}), _OWN),  # whose it is
    Address("programmes:review", frozenset({"expert"}), _SENT),
    Address(
        "programmes:review",
        frozenset({"coordinator"}),
        _OWN,
        method="post",
        data=lambda scene: review_data(scene.own_review),
    ),
    Address("programmes:reviewer_off", MANAGERS, _OWN, method="post"),
    Address("programmes:review_give_back", MANAGERS, _SENT, method="post"),
    Address("programmes:selection_summary", NAMED, _HERE),
    Address("programmes:selection_summary_pdf", NAMED, _HERE),
    Address("programmes:selection_reviews_file", NAMED, _HERE),
    Address("programmes:decision", NAMED, _HERE),
    Address(
        "programmes:decision",
        NAMED,
        _HERE,
        method="post",
        data=lambda scene: decision_data(scene.proposal, {scene.applicant: "reserve"}),
    ),
    Address("programmes:decision_begin", NAMED, _HERE, method="post"),
    Address("programmes:decision_check", NAMED, _HERE),
    Address("programmes:decision_make", NAMED, _HERE, method="post", data=_proposal),
    Address("programmes:decision_drop", NAMED, _HERE, method="post"),
    Address("programmes:decision_made", NAMED, _number),
    Address("programmes:publication", MANAGERS, _HERE),
    Address("programmes:publish_selected", MANAGERS, _HERE, method="post"),
    Address("programmes:unpublish_selected", MANAGERS, _HERE, method="post"),
    Address("programmes:place", WORKERS, _place),
    Address("programmes:place", WORKERS, _place, method="post"),
]
