"""Tables of ``cohorts``."""

from keino.web.cohorts.models.alumni import AlumniEntry, AlumniPerson, EditionClosing, FollowUpTask, LeftUndone
from keino.web.cohorts.models.assignment import Assignment, Work, WorkFile, WorkVersion
from keino.web.cohorts.models.deliverable import Deliverable, DeliverableComment, Submission, WantedDeliverable
from keino.web.cohorts.models.development_plan import DevelopmentPlan, DevelopmentPlanVersion
from keino.web.cohorts.models.effect import EffectNumbers, EffectReport, ToldOutcome
from keino.web.cohorts.models.engagement import Engagement
from keino.web.cohorts.models.lessons import CohortLesson, LessonTemplate, TemplateReuse
from keino.web.cohorts.models.material import SharedMaterial
from keino.web.cohorts.models.participation import Participation, TeamPerson
from keino.web.cohorts.models.peers import GroupNote, GroupNoteVersion, KnowHow, PeerGroup, PeerGroupMember
from keino.web.cohorts.models.presentation import Presentation
from keino.web.cohorts.models.sparring import AgreedAction, DigitalCase, DigitalOption, SparringSession

__all__ = [
    "AgreedAction",
    "AlumniEntry",
    "AlumniPerson",
    "Assignment",
    "CohortLesson",
    "Deliverable",
    "DeliverableComment",
    "DevelopmentPlan",
    "DevelopmentPlanVersion",
    "DigitalCase",
    "DigitalOption",
    "EditionClosing",
    "EffectNumbers",
    "EffectReport",
    "Engagement",
    "FollowUpTask",
    "GroupNote",
    "GroupNoteVersion",
    "KnowHow",
    "LeftUndone",
    "LessonTemplate",
    "Participation",
    "PeerGroup",
    "PeerGroupMember",
    "Presentation",
    "SharedMaterial",
    "SparringSession",
    "Submission",
    "TeamPerson",
    "TemplateReuse",
    "ToldOutcome",
    "WantedDeliverable",
    "Work",
    "WorkFile",
    "WorkVersion",
]
