"""Columns that could hold personal data by their type, and don't: why."""

from __future__ import annotations

NOT_PERSONAL: dict[str, str] = {
    "surveys.Round.edition": "an edition of the questions",
    "surveys.Round.name": "what a round is called, a season mostly",
    "surveys.RoundGroup.name": "a unit or a role that many share",
    "surveys.Score.area_code": "an area's code",
}
