"""Columns that could hold personal data by their type, and don't: why."""

from __future__ import annotations

NOT_PERSONAL: dict[str, str] = {
    "surveys.Answered.subject": "what is answered, by its public id",
    "surveys.Attachment.question_code": "a question's code",
    "surveys.Attachment.sha256": "a fingerprint of a file that goes with it",
    "surveys.Attachment.stored_as": "a place in the storage, made of public ids",
    "surveys.Form.title": "what a form is called",
    "surveys.FormAnswer.subject": "what is answered, by its public id",
    "surveys.FormVersion.data_purpose": "what answers are used for",
    "surveys.FormVersion.intro": "an introduction to questions",
    "surveys.FormVersion.languages": "codes of languages",
    "surveys.FormVersion.questions": "questions, without answers",
    "surveys.ObstacleCode.code": "an obstacle's code",
    "surveys.ObstacleCode.text": "an obstacle in words",
    "surveys.Study.question": "what a study wants to know",
    "surveys.Study.title": "what a study is called",
    "surveys.StudyRound.results": "counts over at least five organisations",
    "surveys.Round.edition": "an edition of the questions",
    "surveys.Round.name": "what a round is called, a season mostly",
    "surveys.RoundGroup.name": "a unit or a role that many share",
    "surveys.Score.area_code": "an area's code",
}
