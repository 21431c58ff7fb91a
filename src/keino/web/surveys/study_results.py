"""What may be told of a year of a study, as JSON: counted once when the year closes, read by pages and files.

answers          how many answered, None where too few
questions        code → {answers, counts: choice → how many, mean: decimal as text}; what may not be told isn't there
interviews       how many interviews in how many organisations (``organisations``), None where too few
obstacles        code → in how many organisations it was named; ``obstacle_texts``: the words of that time
groups           kind of organisation → how many; ``group_obstacles``: kind → code → in how many
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from keino.domain.questionnaires.question import Kind, Question
from keino.domain.questionnaires.tally import Obstacles, Tally
from keino.web.base.templatetags.keino import number
from keino.web.organisations.choices import OrganisationKind
from keino.web.surveys.answer_words import in_words
from keino.web.surveys.texts import Said, in_reader_language

if TYPE_CHECKING:
    from keino.web.surveys.models import StudyRound


def as_json(
    *,
    answers: int | None,
    tallies: Mapping[str, Tally],
    interviews: int,
    told: Obstacles,
    obstacle_texts: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    """The results that are kept."""
    return {
        "answers": answers,
        "questions": {code: _tally_as_json(each) for code, each in tallies.items()},
        "interviews": interviews if told.organisations is not None else None,
        "organisations": told.organisations,
        "obstacles": dict(told.counts),
        "obstacle_texts": {code: dict(obstacle_texts[code]) for code in told.counts},
        "groups": dict(told.groups),
        "group_obstacles": {group: dict(counts) for group, counts in told.group_counts.items()},
    }


def _tally_as_json(each: Tally) -> dict[str, Any]:
    mean = None if each.mean is None else str(each.mean)
    return {"answers": each.answers, "counts": dict(each.counts), "mean": mean}


# ---- reading


@dataclass(frozen=True)
class Line:
    """One choice of a question, or the mean: words, how many (None: not told), share of the answers in per cent."""

    code: str
    words: str
    count: int | None = None
    share: Decimal | None = None
    mean: Decimal | None = None


@dataclass(frozen=True)
class Told:
    """What is told of one question in one year."""

    question: Question
    text: Said
    answers: int | None
    lines: tuple[Line, ...]

    @property
    def unit(self) -> str:
        """The unit of the mean."""
        return "€" if self.question.kind == Kind.MONEY else in_reader_language(self.question.unit).text

    @property
    def is_counted(self) -> bool:
        """Whether its answers can be counted at all; of texts, dates and files only the number of answers is told."""
        return self.question.kind not in {Kind.TEXT, Kind.LONG_TEXT, Kind.DATE, Kind.FILE}


def told_of(round_: StudyRound) -> Iterator[Told]:
    """Every question of a closed year with what may be told of it."""
    kept: Mapping[str, Any] = (round_.results or {}).get("questions", {})
    for question in round_.form_version.asked:
        yield _told(question, kept.get(question.code, {"answers": None, "counts": {}, "mean": None}))


def told_now(question: Question, tally: Tally) -> Told:
    """A question with what may be told of it, counted now."""
    return _told(question, _tally_as_json(tally))


def _told(question: Question, one: Mapping[str, Any]) -> Told:
    return Told(question, in_reader_language(question.text), one["answers"], tuple(_lines(question, one)))


def _lines(question: Question, one: Mapping[str, Any]) -> Iterator[Line]:
    if one["answers"] is None:
        return
    if question.kind in {Kind.NUMBER, Kind.MONEY}:
        yield Line("mean", _("Mean"), mean=None if one["mean"] is None else Decimal(one["mean"]))
    for code in question.values:
        count = one["counts"].get(code)
        share = None if count is None else Decimal(100 * count) / one["answers"]
        yield Line(code, in_words(question, code), count, share)


@dataclass(frozen=True)
class ObstacleLine:
    """One obstacle that may be told: its words, in how many organisations it was named, and by kind of organisation."""

    code: str
    text: Said
    count: int
    by_group: tuple[int | None, ...]


def obstacle_lines(round_: StudyRound) -> list[ObstacleLine]:
    """The obstacles that may be told, the most named first."""
    kept = round_.results or {}
    groups = list(kept.get("groups", {}))
    counts: Mapping[str, int] = kept.get("obstacles", {})
    return [
        ObstacleLine(
            code,
            in_reader_language(kept["obstacle_texts"][code]),
            counts[code],
            tuple(kept["group_obstacles"][group].get(code) for group in groups),
        )
        for code in sorted(counts, key=lambda code: (-counts[code], code))
    ]


def group_names(round_: StudyRound) -> list[tuple[str, int]]:
    """Kinds of organisation that may be told, with how many organisations there were of each."""
    groups: Mapping[str, int] = (round_.results or {}).get("groups", {})
    return [(str(OrganisationKind(kind).label), count) for kind, count in groups.items()]


def in_cell(value: int | None) -> str:
    """A count for a table, or why there is none."""
    return _("not shown") if value is None else number(value)
