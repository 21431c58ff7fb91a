"""What is published of a study as one table: a row for each number, codes beside words, years below one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from keino.report.plain_sheet import PlainSheet, written
from keino.web.organisations.choices import OrganisationKind
from keino.web.surveys.study_results import obstacle_lines, told_of

if TYPE_CHECKING:
    from keino.report.plain_book import Cell
    from keino.web.surveys.models import StudyRound

#: Names of columns are the same in every language, so that a program finds them.
COLUMNS = (
    "year",
    "form_version",
    "kind",
    "question",
    "question_text",
    "value",
    "value_text",
    "group",
    "group_text",
    "count",
    "mean",
    "unit",
    "answers",
)


def study_csv(rounds: Sequence[StudyRound]) -> bytes:
    """The published years as CSV. What may not be told has no row."""
    rows = [row for round_ in rounds for row in (*_answers(round_), *_obstacles(round_))]
    return written(PlainSheet("study", COLUMNS, rows), "csv")


def _answers(round_: StudyRound) -> Iterator[list[Cell]]:
    for told in told_of(round_):
        start: list[Cell] = [round_.year, round_.form_version.number, "question", told.question.code, told.text.text]
        for line in told.lines:
            if line.count is None and line.mean is None:
                continue
            unit = told.unit if line.mean is not None else ""
            yield [*start, line.code, line.words, "", "", line.count, line.mean, unit, told.answers]


def _obstacles(round_: StudyRound) -> Iterator[list[Cell]]:
    kept = round_.results or {}
    groups = list(kept.get("groups", {}).items())
    for line in obstacle_lines(round_):
        start: list[Cell] = [round_.year, round_.form_version.number, "obstacle", "", "", line.code, line.text.text]
        yield [*start, "", "", line.count, None, "", kept["organisations"]]
        for (group, size), count in zip(groups, line.by_group, strict=True):
            if count is not None:
                words = str(OrganisationKind(group).label)
                yield [*start, group, words, count, None, "", size]
