"""Columns of editions that could hold personal data by their type, and don't."""

from __future__ import annotations

_TEXT = "what the call says of the programme; written by the centre for everyone to read"
_CODE = "a code"
_LANGUAGES = ("", "_fi", "_sv", "_en")
_TEXTS = {
    "Edition": (
        "name",
        "summary",
        "for_whom",
        "benefits",
        "requirements",
        "how_to_apply",
        "announced_duration",
    ),
    "EditionDate": ("name", "said"),
    "Criterion": ("name", "guidance"),
    "EligibilityRule": ("question", "why_not"),
    "TeamRoleWanted": ("name",),
}

NOT_PERSONAL: dict[str, str] = {
    **{
        f"programmes.{model}.{text}{language}": _TEXT
        for model, texts in _TEXTS.items()
        for text in texts
        for language in _LANGUAGES
    },
    "programmes.Edition.slug": "an address made from the programme's name",
    "programmes.Edition.template": "the code of a programme on record",
    "programmes.Edition.hosts": "organisations that arrange it",
    "programmes.EditionDate.place": "where people meet: a public place, told to everyone",
    "programmes.EditionMove.from_state": "a state",
    "programmes.EditionMove.to_state": "a state",
    "programmes.EditionPhase.code": _CODE,
    "programmes.EditionPhase.allows": "what the calendar allows",
    "programmes.Criterion.code": _CODE,
    "programmes.EligibilityRule.code": _CODE,
    "programmes.EligibilityRule.values": "kinds of organisations",
    "programmes.TeamRoleWanted.code": _CODE,
}
