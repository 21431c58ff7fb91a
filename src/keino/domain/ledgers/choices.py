"""A choice made while mapping a ledger, with its alternatives and whether evidence decided it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class MappingChoice:
    """What was chosen, and what else it could have been.

    ``code`` is one of: amount_net_or_gross · amount_words_contradicted · amount_gross_only · one_of_several_columns ·
    values_over_words · guessed_from_values · decimal_mark · date_order · currency. ``values`` holds the details that
    the sentence shown to people needs. With ``is_decided_by_evidence`` False the alternatives were equally good.
    """

    code: str
    chosen: str
    alternatives: tuple[str, ...]
    values: Mapping[str, str] = field(hash=False)
    is_decided_by_evidence: bool
