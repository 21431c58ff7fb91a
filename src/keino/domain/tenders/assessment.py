"""When the effects of a purchase must be assessed beforehand, and in which words they are spoken of.

After *Hankinnan vaikuttavuus ja vaikutukset: ennakkoarvioinnin opas* (KEINO, 2020): four steps that may overlap, four
grounds on which an assessment is always made, and two terms of effects. The six perspectives are keino's own: the guide
names none, and a county's academy tried six whose names aren't known.
"""

from __future__ import annotations

from collections.abc import Collection

from keino.errors import UsageError

#: The four steps: is it needed, what should come of it, by what is that told, where it stands in the tender.
STEPS = ("need", "goals", "indicators", "use")
PERSPECTIVES = ("economic", "social", "environmental", "customer", "organisational", "market")
#: At which level the effects are looked at.
LEVELS = ("strategic", "category", "procurement")
#: Whom or what a purchase can affect so that an assessment is called for.
AFFECTED = ("users", "citizens", "environment", "organisation", "economy", "buyer", "markets")
#: Grounds on which an assessment is always made, in the order of the guide.
REASONS = ("significant", "law", "outcome_based", "affects")

#: Effects are of medium term from 3 to 6 years on, of long term after more than 6.
MEDIUM_TERM_YEARS = 3
LONG_TERM_AFTER_YEARS = 6
TERMS = ("short", "medium", "long")


class UnknownGround(UsageError):
    """A party that the rule doesn't know."""

    code = "unknown_assessment_ground"
    template = (
        "The need of an assessment can't be told from {given}, which keino doesn't know. Nothing was decided. "
        "Choose among: {known}."
    )


class EffectWithoutYears(UsageError):
    """An effect that would show before the purchase."""

    code = "effect_without_years"
    template = (
        "An effect after {years} years has no term. Say after how many years it should show: a whole number from 0."
    )


def assessment_needed(
    *,
    is_significant: bool = False,
    law_requires: bool = False,
    is_outcome_based: bool = False,
    affected: Collection[str] = (),
) -> tuple[str, ...]:
    """Return the grounds on which the assessment must be made (of REASONS, in their order); empty: it may be left out.

    ``is_significant``: for the organisation, such as an item of its roadmap. ``law_requires``: health care act 11 §,
    EIA act 252/2017, land use and building act 9 §, or another. ``affected`` are of AFFECTED. Raises UnknownGround.

    >>> assessment_needed(is_outcome_based=True, affected=["users"])
    ('outcome_based', 'affects')
    >>> assessment_needed()
    ()
    """
    if unknown := tuple(sorted(set(affected) - set(AFFECTED))):
        raise UnknownGround(given=unknown, known=AFFECTED)
    holds = (is_significant, law_requires, is_outcome_based, bool(affected))
    return tuple(reason for reason, is_so in zip(REASONS, holds, strict=True) if is_so)


def effect_term(years: int) -> str:
    """Return the term of an effect that shows after so many years: short, medium (3–6) or long (over 6).

    The guide names medium and long only; what shows earlier is called short here. Raises EffectWithoutYears.

    >>> [effect_term(years) for years in (2, 3, 6, 7)]
    ['short', 'medium', 'medium', 'long']
    """
    if years < 0:
        raise EffectWithoutYears(years=years)
    if years > LONG_TERM_AFTER_YEARS:
        return "long"
    return "medium" if years >= MEDIUM_TERM_YEARS else "short"
