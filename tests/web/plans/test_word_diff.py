"""Word by word: what is the same, what is new, what is gone."""

from __future__ import annotations

import random
import time

import pytest

from keino.web.plans.word_diff import changes, word_diff
from keino.web.plans.written import Part


@pytest.mark.parametrize("seed", range(20))
def test_the_pieces_give_back_both_texts(seed: int) -> None:
    words = random.Random(seed)  # no secret
    before, after = (" ".join(words.choices(["buy", "less", "reuse\n", "rent"], k=30)) for _ in range(2))
    pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after
    old_words = " ".join(piece.text for piece in pieces if piece.kind != "new").split()
    assert old_words == before.split()


def test_only_parts_that_differ_are_told_and_how() -> None:
    old = [Part("a", "s", "A", "same"), Part("b", "s", "B", ""), Part("c", "s", "C", "gone")]
    new = [Part("a", "s", "A", "same"), Part("b", "s", "B", "new"), Part("c", "s", "C", "")]
    assert [(change.part.key, change.kind) for change in changes(old, new)] == [("b", "new"), ("c", "gone")]


def test_a_row_that_changed_is_told_with_the_names_of_its_cells() -> None:
    head = ("Indicator", "Unit")
    old = Part("goals", "goals", "Goals", head=head, rows=(("Emissions", "t"),))
    new = Part("goals", "goals", "Goals", head=head, rows=(("Emissions", "kg"),))
    (change,) = changes([old], [new])
    assert [piece.text.strip() for piece in change.pieces if piece.kind == "new"] == ["kg"]
    assert new.words == "Indicator: Emissions; Unit: kg"


def test_the_longest_texts_of_one_word_take_no_time() -> None:
    start = time.process_time()
    word_diff("a " * 5_000, "b a " * 2_500)
    assert time.process_time() - start < 2
