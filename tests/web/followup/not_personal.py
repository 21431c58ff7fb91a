"""Columns that could hold personal data by their type, and don't: why."""

from __future__ import annotations

NOT_PERSONAL: dict[str, str] = {
    "followup.CouncilReport.content": "sums of purchases, names of categories and publications",
    "followup.CouncilReport.error": "an error's sentence and numbers",
    "followup.FollowUpResult.content": "sums of purchases by category",
    "followup.FollowUpResult.error": "an error's sentence and numbers",
    "followup.FollowUpResult.question": "years, units and categories",
    "followup.FollowUpResult.question_key": "a hash",
}
