"""What is shown of a round never leads to fewer than five people, whatever is added and subtracted.

The attack is written down independently of the rule: it sees only what is shown, tries every sum and difference of
the whole and the shown groups, and counts the people behind each result.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keino.domain.maturity.disclosure import Answers, groups_to_show, shown

FEWEST = 5
AREAS = ("one", "two", "three")

counts_of_groups = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 12), max_size=7)
one_answer = st.builds(
    Answers,
    st.sampled_from(["a", "b", "c", "d", ""]),
    st.fixed_dictionaries({area: st.one_of(st.none(), st.integers(1, 5)) for area in AREAS}),
)
rounds = st.lists(one_answer, max_size=40)


def people_behind(parts: Mapping[str, int], whole: int | None) -> set[int]:
    """How many people stand behind each thing that the shown parts give by adding and subtracting."""
    unions = chain.from_iterable(combinations(parts.values(), size) for size in range(len(parts) + 1))
    sums = {sum(union) for union in unions}
    return sums | ({whole - each for each in sums} if whole is not None else set())


def gives_away(parts: Mapping[str, int], whole: int | None) -> set[int]:
    return {count for count in people_behind(parts, whole) if 0 < count < FEWEST}


def test_the_attack_finds_what_a_rule_without_complement_gives_away() -> None:
    assert gives_away({"a": 9, "b": 6}, 9 + 6 + 1) == {1}
    assert gives_away({"a": 3}, None) == {3}
    assert gives_away({"a": 9}, 9 + 6 + 1) == set()


@given(counts_of_groups)
def test_no_sum_or_difference_of_shown_groups_is_of_fewer_than_five(counts: dict[str, int]) -> None:
    named = groups_to_show(counts, FEWEST)
    whole = sum(counts.values())
    assert gives_away({group: counts[group] for group in named}, whole if whole >= FEWEST else None) == set()


@given(rounds)
def test_no_sum_or_difference_of_shown_scores_is_of_fewer_than_five(answers: list[Answers]) -> None:
    found = shown(answers, AREAS, FEWEST)
    assert gives_away(found.groups, found.respondents) == set()
    for area in AREAS:
        whole = found.areas.get(area)
        parts = {group: scores[area].answers for group, scores in found.group_areas.items() if area in scores}
        assert whole is not None or parts == {}
        assert gives_away(parts, whole.answers if whole else None) == set()


@given(rounds)
def test_what_is_shown_is_the_mean_of_the_known_answers(answers: list[Answers]) -> None:
    found = shown(answers, AREAS, FEWEST)
    for group, scores in [(None, found.areas), *found.group_areas.items()]:
        for area, score in scores.items():
            said = [a.levels[area] for a in answers if group in {None, a.group} and a.levels[area] is not None]
            assert score.answers == len(said)
            assert score.mean == pytest.approx(sum(level or 0 for level in said) / len(said))


@given(counts_of_groups)
def test_not_more_is_left_out_than_one_group_that_has_enough(counts: dict[str, int]) -> None:
    enough = {group for group, count in counts.items() if count >= FEWEST}
    assert len(enough - groups_to_show(counts, FEWEST)) <= 1


@given(counts_of_groups)
def test_nothing_is_left_out_without_need(counts: dict[str, int]) -> None:
    enough = {group for group, count in counts.items() if count >= FEWEST}
    rest = sum(count for group, count in counts.items() if group not in enough)
    if rest == 0 or rest >= FEWEST:
        assert groups_to_show(counts, FEWEST) == enough


@pytest.mark.parametrize(
    ("counts", "named"),
    [
        ({}, set()),
        ({"a": 4}, set()),
        ({"a": 5}, {"a"}),
        ({"a": 5, "b": 0}, {"a"}),
        ({"a": 5, "b": 1}, set()),  # the whole less a would be one person
        ({"a": 6, "b": 5, "c": 1}, {"a"}),
        ({"a": 5, "b": 5, "c": 1}, {"b"}),  # of equals the first by name goes
        ({"a": 6, "b": 5, "c": 3, "d": 2}, {"a", "b"}),
        ({"a": 2, "b": 2}, set()),
    ],
)
def test_known_cases(counts: dict[str, int], named: set[str]) -> None:
    assert groups_to_show(counts, FEWEST) == named


def test_a_group_without_its_number_has_no_area_either() -> None:
    # everyone of b and c knows area one, so its counts alone would let b be shown; the respondents don't
    answers = [Answers("a", {"one": 3}) for _ in range(7)] + [Answers("b", {"one": 2}) for _ in range(5)]
    answers += [Answers("c", {"one": None}) for _ in range(2)]
    found = shown(answers, ["one"], FEWEST)
    assert (set(found.groups), set(found.group_areas), found.joined) == ({"a"}, {"a"}, {"b"})


def test_dont_knows_make_an_area_too_small() -> None:
    answers = [Answers("", {"one": 3 if number < 4 else None, "two": 4}) for number in range(8)]
    found = shown(answers, ["one", "two"], FEWEST)
    assert (found.respondents, set(found.areas)) == (8, {"two"})


def test_four_respondents_show_nothing() -> None:
    found = shown([Answers("a", {"one": 3})] * 4, ["one"], FEWEST)
    assert (found.respondents, dict(found.areas), dict(found.groups)) == (None, {}, {})
