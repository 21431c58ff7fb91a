"""Results of closed rounds, read as a curious colleague would: pages, filters, files, and what follows from them."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from keino.web.surveys.models import AnswerSheet, Round, Score
from tests.factories.surveys import CODES, Levels, a_closed_round, an_answer, an_open_round
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db

ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
HIDDEN = {"fewer than five answers", "left out with a small group", "not shown"}


def reader_of(round_: Round) -> Client:
    client = Client(**ENGLISH)
    client.force_login(someone_who_is("member", round_.organisation, valid_from=timezone.localdate()))
    return client


def path(name: str, round_: Round) -> str:
    return reverse(f"surveys:{name}", kwargs={"slug": round_.organisation.slug, "round_id": round_.public_id})


def opened(client: Client, address: str) -> Any:
    answer = client.get(f"{address}{'&' if '?' in address else '?'}language=en", follow=True)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def cells(page: Any, caption: str) -> list[list[str]]:
    """The rows of the table with this caption, as read."""
    for table in page.xpath("//table"):
        if " ".join(table.xpath("string(caption)").split()).startswith(caption):
            return [[" ".join(cell.text_content().split()) for cell in row] for row in table.xpath("tbody/tr")]
    return []


def scores(page: Any) -> list[float | None]:
    """The score of each area; None where a reason stands in its place."""
    column = [row[1] for row in cells(page, "Levels in words")]
    assert len(column) == len(CODES)
    assert all(text in HIDDEN or re.fullmatch(r"[1-5]\.[0-9]", text) for text in column)
    return [None if text in HIDDEN else float(text) for text in column]


def people_behind(whole: int, parts: Sequence[int]) -> Iterator[int]:
    unions = chain.from_iterable(combinations(parts, size) for size in range(len(parts) + 1))
    for union in unions:
        yield from (sum(union), whole - sum(union))


def known_of(answers: Mapping[str, Sequence[Levels]], group: str | None, area: str) -> int:
    """How many know an area, counted from what the test itself answered."""
    each = [one for name, theirs in answers.items() if group in {None, name} for one in theirs]
    return sum((one.get(area) if isinstance(one, Mapping) else one) is not None for one in each)


UNSURE: dict[str, int | None] = dict.fromkeys(CODES, 4) | {CODES[0]: None, CODES[1]: None}
ROUNDS: list[dict[str, list[Levels]]] = [
    {"A": [2] * 6, "B": [4] * 5, "C": [1] * 3},  # the whole less A and B would be the three of C
    {"A": [2] * 6, "B": [4] * 5, "C": [1] * 3, "D": [5] * 2},
    {"A": [3] * 9, "B": [1]},
    {"A": [3] * 4, "B": [1] * 4},
    {"A": [3] * 5, "B": [4] * 3 + [UNSURE] * 2, "C": [2] * 5},  # only some areas of B are too small
    {"A": [3] * 5, "": [5] * 2},
    {"A": [3] * 2, "B": [2] * 2},
]


def _name(answers: dict[str, list[Levels]]) -> str:
    return " ".join(f"{group or 'unsaid'}{len(theirs)}" for group, theirs in answers.items())


@pytest.mark.parametrize("answers", ROUNDS, ids=_name)
def test_c3_groups_under_five_are_suppressed(answers: dict[str, list[Levels]]) -> None:
    groups = [name for name in answers if name]
    round_ = a_closed_round(an_organisation(), answers, groups=groups)
    client, address = reader_of(round_), path("round", round_)
    everyone = sum(map(len, answers.values()))
    if everyone < 5:
        assert "Fewer than five answers" in opened(client, address).text_content()
        assert client.get(path("workbook", round_)).status_code == 404
        assert not Score.objects.filter(round=round_).exists()
        return
    pages = {None: scores(opened(client, address))}
    names: dict[str, str] = {}
    for group in round_.groups.all():  # the filter by its address, also of groups that it doesn't offer
        page = opened(client, f"{address}?group={group.pk}")
        name = group.name if not group.is_unsaid else ""
        if f"Shown is the group “{group}”" in " ".join(page.text_content().split()):
            pages[name] = scores(page)
        names[name] = str(group)
    sheet = workbook_of(client, round_)
    shown_groups = [name for name in pages if name is not None]
    for name, theirs in answers.items():
        if len(theirs) < 5:
            assert name not in pages
            assert {row[1 + list(names).index(name)] for row in sheet["Groups"][2:]} <= HIDDEN
    for number, area in enumerate(CODES):
        whole = known_of(answers, None, area)
        parts = [known_of(answers, name, area) for name in shown_groups if pages[name][number] is not None]
        assert all(count == 0 or count >= 5 for count in people_behind(whole, parts))
        in_file = [
            known_of(answers, name, area)
            for column, name in enumerate(names, start=1)
            if sheet["Groups"][2 + number][column] not in HIDDEN
        ]
        assert all(count == 0 or count >= 5 for count in people_behind(whole, in_file))
    told = [int(row[1]) for row in cells(opened(client, address), "Groups that respondents chose") if row[1].isdigit()]
    assert all(count == 0 or count >= 5 for count in people_behind(everyone, told))


def test_c3_nothing_is_shown_while_a_round_is_open() -> None:
    round_ = an_open_round(an_organisation())
    client, address = reader_of(round_), path("round", round_)
    seen = []
    for level in (1, 1, 1, 1, 5, 5, 5):
        an_answer(round_, level)
        page = opened(client, address)
        assert not cells(page, "Levels in words")
        assert client.get(path("workbook", round_)).status_code == 404
        seen.append(re.search(r"(Fewer than five|\d+) of \d+ people", " ".join(page.text_content().split())).group(1))  # type: ignore[union-attr]
    assert seen == ["Fewer than five"] * 4 + ["5", "6", "7"]


def test_c3_no_answer_outlives_its_round() -> None:
    round_ = a_closed_round(an_organisation(), {"A": [1, 2, 3, 4, 5], "B": [1]})
    assert not AnswerSheet.objects.filter(round=round_).exists()
    assert {score.group_id for score in round_.scores.all()} == {None}


def workbook_of(client: Client, round_: Round, query: str = "") -> dict[str, list[list[Any]]]:
    answer = client.get(path("workbook", round_) + query)
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return {page.title: [[cell.value for cell in row] for row in page.rows] for page in book}


def test_scores_and_overall_are_the_means_of_the_answers() -> None:
    own: list[Levels] = [dict.fromkeys(CODES, 2) | {CODES[0]: level} for level in (1, 2, 3, 4, None, 5)]
    round_ = a_closed_round(an_organisation(), {"": own})
    page = opened(reader_of(round_), path("round", round_))
    assert scores(page) == [3.0] + [2.0] * 10  # (1 + 2 + 3 + 4 + 5) / 5, and twos
    text = " ".join(page.text_content().split())
    assert "Overall 2.1" in text  # (3 + 10 × 2) / 11
    assert "Sum of the areas 23.0 of 55" in text


def test_next_steps_are_of_the_lowest_areas_with_pages_that_exist() -> None:
    low = dict.fromkeys(CODES, 4) | {"contract_management": 1, "data": 2, "impact": 2}
    round_ = a_closed_round(an_organisation(), {"": [low] * 5})
    page = opened(reader_of(round_), path("round", round_))
    found = page.xpath("//h2[.='Next steps']/following-sibling::ol[1]/li")
    assert [each.xpath("string(h3)") for each in found] == [
        "Contract and supplier management", "Knowledge-based management and data", "Impact and measurement",
    ]  # fmt: skip
    links = [link for each in found for link in each.xpath(".//a/@href")]
    assert reverse("measurement:ledgers", kwargs={"slug": round_.organisation.slug}) in links
    assert all(link.startswith(f"/o/{round_.organisation.slug}/") for link in links)


def test_change_is_told_between_rounds_of_the_same_questions() -> None:
    town, today = an_organisation(), timezone.localdate()
    first = a_closed_round(town, {"": [2] * 5}, closed_on=today - dt.timedelta(days=400), name="Before")
    last = a_closed_round(town, {"": [2] * 2 + [3] * 3}, closed_on=today, name="After", kind="end")
    page = opened(reader_of(last), path("round", last))
    rows = cells(page, "From “Before” to “After”")
    assert [row[1:] for row in rows] == [["2.0", "2.6", "+0.6"]] * 12
    assert not cells(opened(reader_of(first), path("round", first)), "From")


def test_rounds_of_different_questions_are_not_compared() -> None:
    town, today = an_organisation(), timezone.localdate()
    first = a_closed_round(town, {"": [2] * 5}, closed_on=today - dt.timedelta(days=400), name="Before")
    last = a_closed_round(town, {"": [3] * 5}, closed_on=today, name="After", kind="end")
    Round.objects.filter(pk=first.pk).update(edition="2025-1")
    page = opened(reader_of(last), path("round", last))
    assert "They can't be compared" in page.text_content()
    assert not cells(page, "From")
    assert "Change" not in workbook_of(reader_of(last), last)


@pytest.mark.parametrize(("others", "is_shown"), [(4, False), (5, True)])
def test_peers_are_shown_from_five_others(others: int, is_shown: bool) -> None:
    own = a_closed_round(an_organisation(population=30_000), {"": [3] * 5})
    for number in range(others):
        a_closed_round(an_organisation(population=25_000 + number), {"": [1 + number % 5] * 5})
    a_closed_round(an_organisation(population=4_000), {"": [5] * 5})  # of another size
    a_closed_round(an_organisation(population=30_000, kind="parish"), {"": [5] * 5})  # of another kind
    a_closed_round(an_organisation(population=30_000, is_compared=False), {"": [5] * 5})
    text = " ".join(opened(reader_of(own), path("round", own)).text_content().split())
    assert ("Their overall median is" in text) is is_shown
    if is_shown:  # 1, 2, 3, 3, 4, 5: median 3, quartiles by linear interpolation 2.25 and 3.75
        assert "6 organisations of the kind" in text
        assert "Their overall median is 3.0; half of them lie between 2.2 and 3.8." in text


def test_workbook_holds_what_people_wrote_as_text() -> None:
    round_ = a_closed_round(an_organisation(), {"=1+1": [3] * 5, "B": [2] * 5}, name="=HYPERLINK(1)")
    answer = reader_of(round_).get(path("workbook", round_))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    kinds = {cell.data_type for page in book for row in page.rows for cell in row}
    assert "f" not in kinds
    assert workbook_of(reader_of(round_), round_)["Groups"][1][1] == "=1+1"


@pytest.mark.parametrize("query", ["group=0", "group=x", "group=99999999999999999999", "group=²", "compare=x"])
def test_a_filter_that_nobody_offered_shows_everyone(query: str) -> None:
    round_ = a_closed_round(an_organisation(), {"A": [3] * 5, "B": [2] * 5})
    page = opened(reader_of(round_), f"{path('round', round_)}?{query}")
    assert scores(page) == [2.5] * 11


def test_a_group_of_another_round_is_not_shown() -> None:
    other = a_closed_round(an_organisation(), {"A": [5] * 5, "B": [2] * 5})
    round_ = a_closed_round(an_organisation(), {"A": [3] * 5, "B": [2] * 5})
    page = opened(reader_of(round_), f"{path('round', round_)}?group={other.groups.get(name='A').pk}")
    assert scores(page) == [2.5] * 11
