"""What can go wrong with lessons and templates."""

from __future__ import annotations

from keino.errors import KeinoError, mark


class LessonError(KeinoError):
    """Something about a lesson doesn't hold."""

    code = "lesson"
    field = ""


class ActionsMissing(LessonError):
    """A list of actions without actions."""

    code = "lesson_actions_missing"
    field = "actions"
    template = mark("A list of actions needs at least one action, one on a line. Nothing was saved.")


class TooManyActions(LessonError):
    """More actions than anybody begins with."""

    code = "lesson_too_many_actions"
    field = "actions"
    template = mark("A template gives at most {most} actions; here are {count}. Nothing was saved. Leave some out.")


class NotYourPilot(LessonError):
    """A lesson of somebody else's procurement."""

    code = "lesson_not_your_pilot"
    field = "procurement"
    template = mark("The procurement belongs to another organisation. Nothing was saved. Choose one of yours.")
