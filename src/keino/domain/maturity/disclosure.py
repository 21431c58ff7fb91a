"""What of a round may be shown, so that nothing leads back to fewer than ``fewest`` people.

The groups of a round share its respondents out: everyone is in exactly one. Shown are the whole and some groups. Who
reads them can add and subtract, so the people who are in no shown group are known as a sum, too: they must be nobody or
at least ``fewest``. Where they are fewer, the smallest shown group joins them.

This holds for the number of respondents and again for every area, because "don't know" leaves a different number of
answers in each. A group that isn't shown with its number isn't shown in any area.

Method: docs/methods/maturity.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keino.domain.maturity.scores import AreaScore, area_score

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


@dataclass(frozen=True)
class Answers:
    """What one respondent said, without who they are: their group, and a level or None ("don't know") for each area."""

    group: str
    levels: Mapping[str, int | None]


@dataclass(frozen=True)
class Shown:
    """What may be shown of one round: numbers of respondents and areas' scores, of the whole and of groups.

    ``respondents`` is None where the whole has too few. What isn't in a mapping may not be shown. ``joined`` are groups
    that have enough respondents themselves and are left out because of smaller ones.
    """

    respondents: int | None
    areas: Mapping[str, AreaScore]
    groups: Mapping[str, int]
    group_areas: Mapping[str, Mapping[str, AreaScore]]
    joined: frozenset[str] = frozenset()


def groups_to_show(counts: Mapping[str, int], fewest: int, among: Collection[str] | None = None) -> frozenset[str]:
    """The groups (``among`` these) that may be shown beside the whole.

    Each has at least ``fewest``, and so have all others together, or none.

    >>> sorted(groups_to_show({"a": 9, "b": 6, "c": 1}, 5)), sorted(groups_to_show({"a": 9, "c": 3, "d": 2}, 5))
    (['a'], ['a'])
    """
    whole = sum(counts.values())
    if whole < fewest:
        return frozenset()
    shown = {group for group, count in counts.items() if count >= fewest and (among is None or group in among)}
    rest = whole - sum(counts[group] for group in shown)
    if 0 < rest < fewest and shown:
        # any shown group has enough, so the smallest is all it takes; the name decides between equals
        shown.remove(min(shown, key=lambda group: (counts[group], group)))
    return frozenset(shown)


def shown(answers: Sequence[Answers], areas: Sequence[str], fewest: int) -> Shown:
    """What may be shown of a round's answers."""
    if len(answers) < fewest:
        return Shown(None, {}, {}, {})
    by_group: dict[str, list[Answers]] = {}
    for each in answers:
        by_group.setdefault(each.group, []).append(each)
    counts = {group: len(theirs) for group, theirs in by_group.items()}
    named = groups_to_show(counts, fewest)
    whole: dict[str, AreaScore] = {}
    parts: dict[str, dict[str, AreaScore]] = {group: {} for group in sorted(named)}
    for area in areas:
        scores = {group: score for group, theirs in by_group.items() if (score := _score(theirs, area))}
        score = _score(answers, area)
        if score is None or score.answers < fewest:
            continue
        whole[area] = score
        for group in groups_to_show({name: part.answers for name, part in scores.items()}, fewest, named):
            parts[group][area] = scores[group]
    joined = frozenset(group for group, count in counts.items() if count >= fewest) - named
    return Shown(len(answers), whole, {group: counts[group] for group in parts}, parts, joined)


def _score(answers: Sequence[Answers], area: str) -> AreaScore | None:
    return area_score(each.levels.get(area) for each in answers)
