"""What is told of answers never leads to fewer than five who answered, whatever is added and subtracted.

The attack is written down independently of the rule: it sees only what is told.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from keino.domain.questionnaires.question import Choice, Condition, Kind, Question
from keino.domain.questionnaires.tally import Spoken, obstacles, tally

FEWEST = 5
CODES = ("time", "skill")

spoken = st.lists(st.builds(Spoken, st.sampled_from("abcd"), st.frozensets(st.sampled_from(CODES))), max_size=45)


def one_of(code: str = "q", values: str = "abc", **fields: object) -> Question:
    return Question(code, Kind.ONE_OF, {"en": code}, choices=tuple(Choice(v, {"en": v}) for v in values), **fields)  # type: ignore[arg-type]


def few(number: int) -> bool:
    return 0 < number < FEWEST


@given(spoken)
def test_no_sum_or_difference_of_told_groups_leads_to_a_few_who_named_an_obstacle_or_did_not(
    said: list[Spoken],
) -> None:
    told = obstacles(said, CODES, FEWEST)
    if told.organisations is None:
        assert len(said) < FEWEST
        return
    for code, whole in told.counts.items():
        parts = [(told.groups[group], counts[code]) for group, counts in told.group_counts.items() if code in counts]
        unions = chain.from_iterable(combinations(parts, size) for size in range(len(parts) + 1))
        for union in unions:
            size, named = sum(each[0] for each in union), sum(each[1] for each in union)
            for members, namers in ((size, named), (told.organisations - size, whole - named)):
                assert not few(namers)
                assert not few(members - namers)


@given(spoken)
def test_what_is_told_of_interviews_is_true(said: list[Spoken]) -> None:
    told = obstacles(said, CODES, FEWEST)
    for code, count in told.counts.items():
        assert count == sum(code in each.obstacles for each in said)
    for group, counts in told.group_counts.items():
        for code, count in counts.items():
            assert count == sum(code in each.obstacles and each.group == group for each in said)


def test_five_organisations_are_told_and_four_are_not() -> None:
    five = [Spoken("a", {"time"})] * 5
    assert obstacles(five[:4], CODES, FEWEST).organisations is None
    told = obstacles(five, CODES, FEWEST)
    assert (told.organisations, told.counts) == (5, {"time": 5})


def test_an_obstacle_that_all_but_a_few_named_is_not_told() -> None:
    said = [Spoken("a", {"time"})] * 8 + [Spoken("a", ())] * 2
    assert obstacles(said, CODES, FEWEST).counts == {}


def test_a_choice_that_could_be_worked_out_by_subtracting_takes_another_with_it() -> None:
    answers = [{"q": "a"}] * 9 + [{"q": "b"}] * 6 + [{"q": "c"}] * 2
    # told: 17 answers, 9 of them a. The other 8 could be b or c in any way.
    told = tally([one_of()], answers, FEWEST)["q"]
    assert (told.answers, told.counts) == (17, {"a": 9})


@given(st.lists(st.sampled_from("abc"), max_size=40))
def test_choices_that_are_not_told_are_many_together_or_nobody(values: list[str]) -> None:
    told = tally([one_of()], [{"q": value} for value in values], FEWEST)["q"]
    if told.answers is not None:
        assert not few(told.answers - sum(told.counts.values()))
        assert not any(few(count) for count in told.counts.values())


def test_each_of_many_choices_is_told_where_those_without_it_are_many_too() -> None:
    question = Question(
        "q", Kind.MANY_OF, {"en": "q"}, choices=(Choice("a", {"en": "a"}), Choice("b", {"en": "b"}), Choice("c", {}))
    )
    answers = [{"q": ["a", "b"]}] * 6 + [{"q": ["b", "c"]}] * 6
    assert tally([question], answers, FEWEST)["q"].counts == {"a": 6, "b": 12, "c": 6}
    answers = [{"q": ["a", "b"]}] * 9 + [{"q": ["b"]}] * 3
    assert tally([question], answers, FEWEST)["q"].counts == {"b": 12}


def test_the_mean_of_numbers_is_told_unless_one_of_them_makes_most_of_the_sum() -> None:
    question = Question("q", Kind.MONEY, {"en": "q"})
    assert tally([question], [{"q": each} for each in (1, 2, 3, 4, 6)], FEWEST)["q"].mean == Decimal("3.2")
    assert tally([question], [{"q": each} for each in (1, 2, 3, 4, 600)], FEWEST)["q"].mean is None
    assert tally([question], [{"q": each} for each in (1, 2, 3, 4)], FEWEST)["q"].answers is None


def test_the_number_of_answers_to_a_follow_up_does_not_tell_a_hidden_choice() -> None:
    pilot = Question("pilot", Kind.YES_NO, {"en": "Pilot?"})
    which = Question("which", Kind.TEXT, {"en": "Which?"}, shown_if=Condition("pilot", ("yes",)))
    answers = [{"pilot": True, "which": "x"}] * 9 + [{"pilot": False}] * 2
    told = tally([pilot, which], answers, FEWEST)
    assert told["pilot"].counts == {}  # two said no
    assert told["which"].answers is None  # nine answered: eleven less nine would say it
    answers = [{"pilot": True, "which": "x"}] * 9 + [{"pilot": False}] * 6
    assert tally([pilot, which], answers, FEWEST)["which"].answers == 9


def test_texts_are_never_told() -> None:
    question = Question("q", Kind.LONG_TEXT, {"en": "q"})
    told = tally([question], [{"q": "A secret"}] * 6, FEWEST)["q"]
    assert (told.answers, told.counts, told.mean) == (6, {}, None)
