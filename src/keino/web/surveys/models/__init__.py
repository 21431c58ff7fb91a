"""Tables of ``surveys``."""

from __future__ import annotations

from keino.web.surveys.models.answer_sheet import AnswerSheet
from keino.web.surveys.models.form import Form, FormVersion
from keino.web.surveys.models.form_answer import Answered, Attachment, FormAnswer
from keino.web.surveys.models.interview import Interview, ObstacleCode
from keino.web.surveys.models.round import Round, RoundGroup, Score
from keino.web.surveys.models.study import Study, StudyRound

__all__ = [
    "AnswerSheet",
    "Answered",
    "Attachment",
    "Form",
    "FormAnswer",
    "FormVersion",
    "Interview",
    "ObstacleCode",
    "Round",
    "RoundGroup",
    "Score",
    "Study",
    "StudyRound",
]
