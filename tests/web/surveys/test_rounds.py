"""Opening, changing, closing and cancelling rounds, by the pages that do it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino.web.base.audit import trail_of_organisation
from keino.web.organisations.models import Organisation
from keino.web.surveys.models import AnswerSheet, Round
from keino.web.surveys.services.rounds import close_due
from tests.factories.surveys import CODES, a_closed_round, an_answer, an_open_round
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def manager_of(organisation: Organisation) -> Client:
    client = Client()
    client.force_login(someone_who_is("responsible_person", organisation))
    return client


def path(name: str, thing: Organisation | Round) -> str:
    if isinstance(thing, Round):
        kwargs: dict[str, Any] = {"slug": thing.organisation.slug, "round_id": thing.public_id}
        return reverse(f"surveys:{name}", kwargs=kwargs)
    return reverse(f"surveys:{name}", kwargs={"slug": thing.slug})


def new_round(**changes: Any) -> dict[str, Any]:
    """What the form of a round sends; a whole number stands for the day so many days from today."""
    fields = {"name": "Spring", "kind": "baseline", "opens_on": 0, "closes_on": 14, "groups": ""} | changes
    return {name: days(value) if isinstance(value, int) else value for name, value in fields.items()}


def test_a_round_is_opened_with_its_groups_in_order() -> None:
    town = an_organisation()
    answer = manager_of(town).post(path("open", town), new_round(groups="Schools\r\n\r\n  Care   homes \r\n"))
    round_ = Round.objects.get()
    assert answer.headers["Location"] == path("round", round_)
    assert (round_.edition, round_.state) == ("2026-1", "collecting")
    groups = list(round_.groups.order_by("position").values_list("name", "is_unsaid"))
    assert groups == [("Schools", False), ("Care homes", False), ("", True)]


def test_a_double_press_opens_one_round() -> None:
    town = an_organisation()
    client = manager_of(town)
    first, second = (client.post(path("open", town), new_round()) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert Round.objects.count() == 1


def test_a_second_round_is_refused_while_one_is_open() -> None:
    town = an_organisation()
    an_open_round(town, name="Still going")
    answer = manager_of(town).post(path("open", town) + "?language=en", new_round())
    assert answer.status_code == 422
    assert "Still going" in answer.content.decode()
    assert "Spring" in answer.content.decode()  # what was written is still there
    assert Round.objects.count() == 1


@pytest.mark.parametrize(("after", "status"), [(29, 422), (30, 302)])
def test_a_round_right_after_another_would_tell_their_difference(after: int, status: int) -> None:
    town = an_organisation()
    a_closed_round(town, closed_on=days(-after))
    assert manager_of(town).post(path("open", town), new_round()).status_code == status


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes_on": -1, "opens_on": -5},
        {"opens_on": 5, "closes_on": 4},
        {"closes_on": "31.2.2027"},
        {"name": "x" * 101},
        {"name": " "},
        {"kind": "middle"},
        {"groups": "\n".join(f"Group {number}" for number in range(13))},
        {"groups": "Schools\nSCHOOLS"},
        {"groups": "x" * 81},
    ],
    ids=str,
)
def test_bad_input_opens_nothing(wrong: dict[str, Any]) -> None:
    town = an_organisation()
    assert manager_of(town).post(path("open", town), new_round(**wrong)).status_code == 422
    assert not Round.objects.exists()


def test_a_later_last_day_gives_people_more_time() -> None:
    round_ = an_open_round(an_organisation())
    fields = {"name": round_.name, "closes_on": days(30), "version": round_.version}
    manager_of(round_.organisation).post(path("change", round_), fields)
    round_.refresh_from_db()
    assert (round_.closes_on, round_.version) == (days(30), 2)


def test_who_changes_second_is_told_and_keeps_their_text() -> None:
    round_ = an_open_round(an_organisation())
    client = manager_of(round_.organisation)
    client.post(path("change", round_), {"name": "First", "closes_on": days(20), "version": 1})
    answer = client.post(path("change", round_), {"name": "Second", "closes_on": days(25), "version": 1})
    assert answer.status_code == 422
    assert "Second" in answer.content.decode()
    assert Round.objects.get().name == "First"


def test_closing_asks_first_and_warns_where_nothing_would_be_shown() -> None:
    round_ = an_open_round(an_organisation())
    for _ in range(4):
        an_answer(round_)
    page = manager_of(round_.organisation).get(path("close", round_) + "?language=en").content.decode()
    assert "With fewer than five answers nothing will be shown" in page
    assert Round.objects.get().state == "collecting"


def test_closing_is_for_good() -> None:
    round_ = an_open_round(an_organisation())
    people = [an_answer(round_) for _ in range(5)]
    client = manager_of(round_.organisation)
    for _ in range(2):
        client.post(path("close", round_))
    round_.refresh_from_db()
    assert (round_.state, round_.respondents, round_.people) == ("closed", 5, 6)
    assert client.post(path("cancel", round_), follow=True).status_code == 200
    client.post(path("change", round_), {"name": "New", "closes_on": days(30), "version": round_.version})
    client.force_login(people[0])
    late = client.post(path("answer", round_), {f"area_{code}": "1" for code in CODES} | {"version": 0})
    assert late.status_code == 422
    round_.refresh_from_db()
    assert (round_.state, round_.respondents, AnswerSheet.objects.count()) == ("closed", 5, 0)


def test_a_round_closes_by_itself_the_day_after() -> None:
    round_ = an_open_round(an_organisation())
    assert close_due(today=round_.closes_on) == 0
    assert close_due(today=round_.closes_on + dt.timedelta(days=1)) == 1
    round_.refresh_from_db()
    assert (round_.state, round_.closed_by) == ("closed", None)


def test_cancelling_deletes_the_answers_and_shows_nothing() -> None:
    round_ = an_open_round(an_organisation())
    for _ in range(6):
        an_answer(round_)
    client = manager_of(round_.organisation)
    client.post(path("cancel", round_))
    round_.refresh_from_db()
    assert (round_.state, round_.respondents, AnswerSheet.objects.count()) == ("cancelled", None, 0)
    assert "cancelled" in client.get(path("round", round_) + "?language=en").content.decode()


def test_the_trail_tells_who_opened_and_closed_and_nothing_of_answers() -> None:
    town = an_organisation()
    by = someone_who_is("responsible_person", town)
    round_ = an_open_round(town, by=by)
    respondents = [an_answer(round_) for _ in range(5)]
    manager_of(town).post(path("close", round_))
    acts = {entry.additional_data.get("act") for entry in trail_of_organisation(town) if entry.additional_data}
    assert {"round_opened", "round_closed"} <= acts
    assert not LogEntry.objects.filter(actor__in=respondents).exists()
    assert not LogEntry.objects.filter(content_type__model="answersheet").exists()


def test_the_room_lists_rounds_that_show_nothing() -> None:
    town = an_organisation()
    a_closed_round(town, {"": [3] * 4}, closed_on=days(-200), name="Too few")
    client = manager_of(town)
    client.post(path("cancel", an_open_round(town, name="Given up")))
    a_closed_round(town, {"": [None] * 5}, closed_on=days(-100), name="Nobody knew")
    answer = client.get(path("maturity", town) + "?language=en")
    assert answer.status_code == 200
    assert all(text in answer.content.decode() for text in ("Too few", "fewer than five", "Given up", "Nobody knew"))
    for round_ in Round.objects.all():
        assert client.get(path("round", round_)).status_code == 200


def test_the_room_says_what_to_do_before_the_first_round() -> None:
    town = an_organisation()
    page = manager_of(town).get(path("maturity", town) + "?language=en").content.decode()
    assert "No round yet" in page
    assert path("open", town) in page
