"""Tables of ``programmes``."""

from keino.web.programmes.models.application import (
    Application,
    ApplicationMember,
    ApplicationMove,
    ApplicationQuestions,
    CommitmentRequest,
)
from keino.web.programmes.models.calendar import EditionDate, EditionMove, EditionPhase
from keino.web.programmes.models.decision import DecidedApplication, SelectionDecision
from keino.web.programmes.models.discussion import Discussion, DiscussionExpert, DiscussionRule, ExpertHours
from keino.web.programmes.models.edition import Edition
from keino.web.programmes.models.interest_draft import InterestDraft
from keino.web.programmes.models.interview import GuideQuestion, Interview, Interviewer, InterviewNote
from keino.web.programmes.models.parts import Criterion, EditionPerson, EligibilityRule, TeamRoleWanted
from keino.web.programmes.models.review import DeclaredTie, Review, Score, Selection

__all__ = [
    "Application",
    "ApplicationMember",
    "ApplicationMove",
    "ApplicationQuestions",
    "CommitmentRequest",
    "Criterion",
    "DecidedApplication",
    "DeclaredTie",
    "Discussion",
    "DiscussionExpert",
    "DiscussionRule",
    "Edition",
    "EditionDate",
    "EditionMove",
    "EditionPerson",
    "EditionPhase",
    "EligibilityRule",
    "ExpertHours",
    "GuideQuestion",
    "InterestDraft",
    "Interview",
    "InterviewNote",
    "Interviewer",
    "Review",
    "Score",
    "Selection",
    "SelectionDecision",
    "TeamRoleWanted",
]
