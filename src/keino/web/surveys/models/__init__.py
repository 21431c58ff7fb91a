"""Tables of ``surveys``."""

from __future__ import annotations

from keino.web.surveys.models.answer_sheet import AnswerSheet
from keino.web.surveys.models.round import Round, RoundGroup, Score

__all__ = ["AnswerSheet", "Round", "RoundGroup", "Score"]
