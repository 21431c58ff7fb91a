"""Columns of the engagement log and of the effect that could hold personal data by their type, and don't."""

from __future__ import annotations

NOT_PERSONAL: dict[str, str] = {
    "cohorts.Engagement.source": "the event or session that a row was proposed from",
    "cohorts.EffectNumbers.scope": "an edition's id, or all",
    "cohorts.EffectNumbers.content": "sums of hours, numbers of organisations, means of five or more",
    "cohorts.EffectNumbers.error": "an error's sentence and numbers",
    "cohorts.ToldOutcome.code": "one of four outcomes",
    "cohorts.ToldOutcome.content": "numbers of organisations, means of five or more",
    "cohorts.ToldOutcome.participants": "organisations by their keys, with a digest of their numbers",
    "cohorts.ToldOutcome.comparable": "organisations by their keys, with a digest of their numbers",
    "cohorts.EffectReport.content": "sums of hours, numbers of organisations, means of five or more",
}
