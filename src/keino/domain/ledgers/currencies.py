"""The currency a ledger gives away: by a column, signs, wording of its headers, or its suppliers' ids."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from keino.domain.ledgers.assignment import Assignment, languages
from keino.domain.ledgers.choices import MappingChoice
from keino.domain.ledgers.headers import HeaderWords, normalise_header

if TYPE_CHECKING:
    from keino.domain.ledgers.samples import Sample

_SIGNS = (
    (re.compile(r"€|\beur(?:o|oa|oina)?\b", re.IGNORECASE), "EUR"),
    (re.compile(r"£|\bgbp\b|\bsterling\b", re.IGNORECASE), "GBP"),
    (re.compile(r"\bsek\b", re.IGNORECASE), "SEK"),
)
_ISO = re.compile(r"^[A-Z]{3}$")
_AMOUNTS = ("amount_net", "amount_gross", "amount_vat")


def currency(sample: Sample, assignment: Assignment, words: HeaderWords) -> tuple[str | None, list[MappingChoice]]:
    """Return the currency (ISO 4217) or None, with a choice when only the buyer's name hints at it."""
    certain = (
        _by_column(sample, assignment)
        or _by_signs(sample, assignment)
        or _by_wording(assignment)
        or _by_ids(sample, assignment)
    )
    if certain:
        return certain, []
    hinted, word = _by_buyer(sample, assignment, words)
    if not hinted:
        return None, []
    return hinted, [MappingChoice("currency", hinted, (), {"word": word}, is_decided_by_evidence=False)]


def _by_column(sample: Sample, assignment: Assignment) -> str | None:
    if "currency" not in assignment.columns:
        return None
    texts = Counter(text.strip().upper() for text in sample.columns[assignment.columns["currency"].index])
    known = {text for text in texts if _ISO.match(text)}
    return known.pop() if len(known) == 1 else None


def _sign(text: str) -> str | None:
    return next((code for pattern, code in _SIGNS if pattern.search(text)), None)


def _by_signs(sample: Sample, assignment: Assignment) -> str | None:
    """A sign or code in the amount's header or beside its values."""
    places = [assignment.columns[name].index for name in _AMOUNTS if name in assignment.columns]
    for index in places:
        if code := _sign(sample.name(index)):
            return code
        signs = Counter(_sign(text) for text in sample.columns[index] if text.strip())
        if signs and (best := signs.most_common(1)[0][0]):
            return best
    return None


def _by_wording(assignment: Assignment) -> str | None:
    """Words that only one currency's ledgers print; Finnish wording means euro."""
    hints = Counter(c.meaning.currency for c in assignment.columns.values() if c.meaning.currency)
    if hints:
        return hints.most_common(1)[0][0]
    counts = languages(assignment)
    return "EUR" if counts.get("fi", 0) >= 2 and counts.get("fi", 0) > counts.get("en", 0) else None


def _by_ids(sample: Sample, assignment: Assignment) -> str | None:
    """Finnish business ids with right check digits for a third of the suppliers."""
    if "supplier_business_id" not in assignment.columns:
        return None
    profile = sample.profiles[assignment.columns["supplier_business_id"].index]
    return "EUR" if profile.finnish_id_share >= 0.3 else None


def _by_buyer(sample: Sample, assignment: Assignment, words: HeaderWords) -> tuple[str | None, str]:
    """A word in the buyer's or a unit's name that is usual in one country ("borough")."""
    places = [assignment.columns[n].index for n in ("buyer_name", "buyer_code", "unit_name") if n in assignment.columns]
    for index in places:
        texts = " ".join(f" {normalise_header(text)} " for text in set(sample.columns[index][:200]))
        for word, code in words.currency_hints:
            if f" {word} " in texts:
                return code, word
    return None, ""
