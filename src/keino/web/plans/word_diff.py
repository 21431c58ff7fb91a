"""What changed from one text to another, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keino.web.plans.written import Part

#: A word with the space before it, so that joined pieces give back the text.
_WORD = re.compile(r"\s*\S+|\s+\Z")


@dataclass(frozen=True)
class Piece:
    """A run of words: in both texts (``same``), only in the earlier (``gone``) or only in the later one (``new``)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One part that differs."""

    part: Part
    pieces: tuple[Piece, ...]

    @property
    def kind(self) -> str:
        """``new`` where nothing stood before, ``gone`` where nothing stands now, else ``changed``."""
        kinds = {piece.kind for piece in self.pieces}
        return kinds.pop() if len(kinds) == 1 else "changed"


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both texts in order.

    >>> [(piece.kind, piece.text) for piece in word_diff("buy new buses", "buy electric buses")]
    [('same', 'buy'), ('gone', ' new'), ('new', ' electric'), ('same', ' buses')]
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(new[new_from:new_to])))
            continue
        if old_to > old_from:
            pieces.append(Piece("gone", "".join(old[old_from:old_to])))
        if new_to > new_from:
            pieces.append(Piece("new", "".join(new[new_from:new_to])))
    return tuple(pieces)


def changes(before: Sequence[Part], after: Sequence[Part]) -> list[Change]:
    """The parts that differ, in the order of the later document; the two have the same parts."""
    return [
        Change(new, word_diff(old.words, new.words))
        for old, new in zip(before, after, strict=True)
        if old.words != new.words
    ]
