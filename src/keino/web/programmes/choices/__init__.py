"""States and kinds of what programmes have, one module for each part."""

from keino.web.programmes.choices.editions import (
    MOVES,
    OVER,
    PUBLIC_STATES,
    SESSIONS,
    Act,
    CriterionKind,
    DateKind,
    EditionPersonKind,
    EditionState,
    ProgrammeTheme,
    RuleKind,
)

__all__ = [
    "MOVES",
    "OVER",
    "PUBLIC_STATES",
    "SESSIONS",
    "Act",
    "CriterionKind",
    "DateKind",
    "EditionPersonKind",
    "EditionState",
    "ProgrammeTheme",
    "RuleKind",
]
