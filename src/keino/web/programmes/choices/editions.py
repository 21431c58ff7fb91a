"""Themes, states and kinds of what a programme has, with their names for people."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.domain.programmes.calendar import SHAPES, Shape


class ProgrammeTheme(TextChoices):
    """What a programme is about."""

    STRATEGIC = "strategic", _("strategic management of procurement")
    LOW_CARBON = "low_carbon", _("low-carbon procurement")
    CIRCULAR = "circular", _("circular economy")
    INNOVATION = "innovation", _("innovative procurement")
    SOCIAL = "social", _("social responsibility")
    WELLBEING_COUNTIES = "wellbeing_counties", _("procurement of wellbeing services counties")


class EditionState(TextChoices):
    """Where an edition stands."""

    DRAFT = "draft", pgettext_lazy("programme", "draft")
    PUBLISHED = "published", pgettext_lazy("programme", "coming")
    OPEN = "open", pgettext_lazy("programme", "open for applications")
    CLOSED = "closed", pgettext_lazy("programme", "call closed")
    RUNNING = "running", pgettext_lazy("programme", "running")
    COMPLETED = "completed", pgettext_lazy("programme", "completed")
    CANCELLED = "cancelled", pgettext_lazy("programme", "cancelled")


#: Allowed moves of an edition. A closed call is opened again when its deadline is put off.
MOVES: dict[str, frozenset[str]] = {
    EditionState.DRAFT: frozenset({EditionState.PUBLISHED, EditionState.OPEN}),
    EditionState.PUBLISHED: frozenset({EditionState.OPEN, EditionState.DRAFT, EditionState.CANCELLED}),
    EditionState.OPEN: frozenset({EditionState.CLOSED, EditionState.CANCELLED}),
    EditionState.CLOSED: frozenset({EditionState.OPEN, EditionState.RUNNING, EditionState.CANCELLED}),
    EditionState.RUNNING: frozenset({EditionState.COMPLETED, EditionState.CANCELLED}),
    EditionState.COMPLETED: frozenset(),
    EditionState.CANCELLED: frozenset(),
}
#: States in which everyone sees the edition.
PUBLIC_STATES = frozenset(EditionState.values) - {EditionState.DRAFT}
#: What is over stays as it was.
OVER = frozenset({EditionState.COMPLETED, EditionState.CANCELLED})


class DateKind(TextChoices):
    """What a date of the calendar is; what shape each has, the calendar's rules say (``domain.programmes``)."""

    CALL_OPENS = "call_opens", _("Call opens")
    INFO_SESSION = "info_session", _("Info session")
    FORM_DEADLINE = "form_deadline", _("Deadline of the interest form")
    BOOKING_DEADLINE = "booking_deadline", _("Deadline for booking a discussion")
    DISCUSSIONS = "discussions", _("Discussions with applicants")
    APPLICATION_DEADLINE = "application_deadline", _("Deadline of the application")
    INTERVIEWS = "interviews", _("Interviews")
    SELECTION_PUBLISHED = "selection_published", _("Chosen organisations published, at the latest")
    PRE_ASSIGNMENT = "pre_assignment", _("Pre-assignment sent")
    KICK_OFF = "kick_off", _("Kick-off")
    WORKSHOP = "workshop", _("Workshop")
    SPRINT = "sprint", _("Period or sprint")
    SPARRING = "sparring", _("Sparring of each organisation")
    CLOSING = "closing", _("Closing session")
    ENDS = "ends", _("End of the programme")
    ALUMNI_MEETING = "alumni_meeting", _("Joint alumni meeting")
    FOLLOW_UP_MEETINGS = "follow_up_meetings", _("Follow-up meeting of each organisation")


#: Kinds that are meetings: they take place somewhere, and people get invitations to them.
SESSIONS = frozenset(kind for kind, shape in SHAPES.items() if shape == Shape.SESSION)


class Act(TextChoices):
    """What a phase allows, and nothing else does: each is asked for where it is done (``services.phases``)."""

    EXPRESS_INTEREST = "express_interest", _("send the interest form")
    BOOK_DISCUSSION = "book_discussion", _("book a discussion")
    HOLD_DISCUSSION = "hold_discussion", _("hold discussions")
    APPLY = "apply", _("send the application")
    INTERVIEW = "interview", _("interview applicants")
    REVIEW = "review", _("give scores")
    DECIDE = "decide", _("choose participants")
    CONFIRM = "confirm", _("confirm one's place")
    HAND_IN = "hand_in", _("hand in assignments and deliverables")
    SPAR = "spar", _("hold sparring sessions")


class CriterionKind(TextChoices):
    """How a criterion is used."""

    PASS_FAIL = "pass_fail", _("must be met")
    SCORED = "scored", _("scored 0–4")


class RuleKind(TextChoices):
    """What the self-check of eligibility asks."""

    ORGANISATION_KIND = "organisation_kind", _("what kind of organisation it is")
    STATEMENT = "statement", _("whether a statement is true")


class EditionPersonKind(TextChoices):
    """What a person is in an edition."""

    HOST = "host", _("host")
    EXPERT = "expert", pgettext_lazy("programme", "expert who holds discussions")
    REVIEWER = "reviewer", _("reviewer")
    MENTOR = "mentor", pgettext_lazy("programme", "mentor")
    DECIDER = "decider", _("decider")
