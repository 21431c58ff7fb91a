"""Columns of selections that hold no personal data."""

NOT_PERSONAL = {
    "programmes.GuideQuestion.hint": "what to listen for",
    "programmes.GuideQuestion.text": "a question that every applicant is asked",
}
