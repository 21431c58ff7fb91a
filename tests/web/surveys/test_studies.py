"""Studies over years and interviews, walked through the pages: B24 and B36."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino.domain.questionnaires.question import Choice
from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from keino.web.organisations.rules import works_at_centre
from keino.web.surveys.models import Form, FormAnswer, Interview, ObstacleCode, Study, StudyRound
from keino.web.surveys.services.studies import close_due_years
from tests.factories.accounts import with_second_factor
from tests.factories.forms import (
    a_question,
    a_version,
    a_year,
    an_answer,
    an_interview,
    an_obstacle,
    begun_study,
    closed,
)
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Organisation:
    return an_organisation("Centre", kind="competence_centre")


@pytest.fixture
def expert(centre: Organisation) -> Person:
    return someone_who_is("expert", centre)


def logged_in(person: Person) -> Client:
    """Somebody's browser; people of the centre have their second factor."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(with_second_factor(person) if works_at_centre(person) else person)
    return client


def go(client: Client, name: str, data: dict[str, Any] | None = None, **arguments: Any) -> Any:
    """Send a form and go on to the page that it leads to."""
    path = reverse(f"surveys:{name}", kwargs=arguments)
    return client.post(path, data, follow=True) if data is not None else client.get(path)


def text_of(answer: Any) -> str:
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def written_form(client: Client, questions: list[dict[str, Any]]) -> Form:
    """A form for a study, made and published through the editor's pages."""
    go(
        client,
        "form_new",
        {
            "title_fi": "Hankintakysely",
            "title_en": "Survey of procurement",
            "purpose": "study",
            "anonymity": "named",
            "languages": ["fi", "en"],
        },
    )
    form = Form.objects.latest("pk")
    draft = form.versions.get()
    about = {"languages": ["fi", "en"], "legal_basis": "public_task", "kept_months": 24, "version": draft.version}
    go(
        client,
        "draft_about",
        about | {"data_purpose_fi": "Seuranta", "data_purpose_en": "To see"},
        form_id=form.public_id,
    )
    for question in questions:
        draft.refresh_from_db()
        answer = go(client, "question_new", question | {"version": draft.version}, form_id=form.public_id)
        assert "The question is saved." in text_of(answer)
    publish(client, form)
    return form


def publish(client: Client, form: Form) -> None:
    draft = form.versions.get(published_at=None)
    answer = go(client, "draft_publish", {"version": draft.version}, form_id=form.public_id)
    assert "is published" in text_of(answer)


TALKS = {
    "kind": "yes_no",
    "text_fi": "Käyttekö markkinavuoropuhelua?",
    "text_en": "Do you talk with the market?",
    "required": "on",
}
SHARE = {
    "kind": "number",
    "text_fi": "Kuinka suuri osa?",
    "text_en": "How large a share?",
    "unit_fi": "%",
    "unit_en": "%",
}


def open_year(client: Client, study: Study, year: int) -> StudyRound:
    today = timezone.localdate()
    dates = {"year": year, "opens_on": today, "closes_on": today + dt.timedelta(days=10)}
    answer = go(client, "year_open", dates, study_id=study.public_id)
    assert "The year is open" in text_of(answer)
    return study.rounds.get(year=year)


def answered(round_: StudyRound, member: Person, town: Organisation, talks: str, share: str) -> None:
    """A member of a town answers a year: fills in, checks, sends."""
    client = logged_in(member)
    where = {"slug": town.slug, "round_id": round_.public_id}
    filled = {"q_do_you_talk_with_the_market": talks, "q_how_large_a_share": share, "version": 0}
    assert "Check and send" in text_of(go(client, "form_answer", filled, **where))
    assert "Thank you: the answers are sent." in text_of(go(client, "form_check", {}, **where))


def closed_and_published(client: Client, round_: StudyRound) -> None:
    where = {"study_id": round_.study.public_id, "year": round_.year}
    assert "counted" in text_of(go(client, "year_close", {}, **where))
    assert "Everyone can see" in text_of(go(client, "year_publish", {}, **where))


def test_b24_two_years_are_compared_only_in_questions_that_asked_the_same(expert: Person) -> None:
    client = logged_in(expert)
    form = written_form(client, [TALKS, SHARE])
    go(client, "study_new", {"form": form.public_id, "title_en": "Procurement of buyers"})
    study = Study.objects.get()
    towns = [an_organisation() for _ in range(10)]
    people = [someone_who_is("member", town) for town in towns]

    first = open_year(client, study, 2025)
    for number, (person, town) in enumerate(zip(people, towns, strict=True)):
        answered(first, person, town, "yes" if number < 5 else "no", "10")
    closed_and_published(client, first)

    # the second version changes the words of one question
    go(client, "form_begin_version", {}, form_id=form.public_id)
    draft = form.versions.get(published_at=None)
    changed = SHARE | {"text_en": "How large a share of purchases?", "version": draft.version}
    go(client, "question", changed, form_id=form.public_id, code="how_large_a_share")
    publish(client, form)

    second = open_year(client, study, 2026)
    assert second.form_version.number == 2
    for person, town in zip(people, towns, strict=True):
        answered(second, person, town, "yes", "30")
    closed_and_published(client, second)

    visitor = Client(headers={"accept-language": "en"})
    path = reverse("surveys:public_compare", kwargs={"study_id": study.public_id})
    page = text_of(visitor.get(f"{path}?before=2025&after=2026"))
    # five of ten, then ten of ten
    assert "Yes 50.0 % 100.0 % +50.0 percentage points" in page
    assert "“How large a share of purchases?” can't be compared" in page.replace("&#x27;", "'").replace("’", "'")
    assert "The question: “How large a share?” in 2025, “How large a share of purchases?” in 2026." in page
    assert "+20.0" not in page

    refused = text_of(visitor.get(f"{path}?before=2025&after=2026&question=how_large_a_share"))
    assert "in 2025, “How large a share of purchases?” in 2026." in refused
    assert "percentage points" not in refused


def test_b24_the_data_say_which_version_each_year_asked(expert: Person, centre: Organisation) -> None:
    version = a_version(centre, [a_question("talks", "yes_no")], purpose="study")
    round_ = a_year(begun_study(version), 2025)
    for _ in range(6):
        an_answer(version, {"talks": True}, about=an_organisation(), subject=round_.subject)
    closed_and_published(logged_in(expert), closed(round_))
    answer = Client().get(reverse("surveys:public_study_data", kwargs={"study_id": round_.study.public_id}))
    assert answer["Link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert (row["year"], row["form_version"], row["question"], row["value"]) == ("2025", "1", "talks", "yes")
    assert (row["count"], row["answers"]) == ("6", "6")


# ---- interviews


def interviewed(client: Client, round_: StudyRound, about: Organisation, obstacles: list[str], notes: str = "") -> Any:
    data = {
        "about": about.slug,
        "position": "buyer of food",
        "held_on": timezone.localdate(),
        "obstacles": obstacles,
        "notes": notes,
    }
    return go(client, "interview_new", data, study_id=round_.study.public_id, year=round_.year)


def test_b36_obstacles_are_shown_only_over_five_organisations(expert: Person, centre: Organisation) -> None:
    client = logged_in(expert)
    round_ = a_year(begun_study(a_version(centre, [a_question()], purpose="study")), 2026)
    for text in ("Few people", "Hurry", "Rare trouble"):
        words = {f"text_{language}": text for language in ("fi", "sv", "en")}
        assert "The obstacle is on the list" in text_of(go(client, "obstacles", words))
    few, hurry, rare = ObstacleCode.objects.order_by("pk").values_list("code", flat=True)

    towns = [an_organisation() for _ in range(11)]
    for number, town in enumerate(towns):
        named = [few] if number < 6 else []
        named += [hurry]  # everybody
        named += [rare] if number < 2 else []  # two
        interviewed(client, round_, town, named, notes=f"Secret words {number}")
    interviewed(client, round_, towns[0], [few])  # a second official of the same town counts with the first

    where = {"study_id": round_.study.public_id, "year": 2026}
    while_open = text_of(go(client, "study_year", **where))
    assert "Few people" not in while_open
    closed_and_published(client, round_)

    page = text_of(
        Client(headers={"accept-language": "en"}).get(
            reverse("surveys:public_study", kwargs={"study_id": round_.study.public_id})
        )
    )
    assert "12 interviews of officials in 11 organisations" in page
    assert "Hurry 11" in page
    assert "Few people 6" in page
    assert "Rare trouble" not in page
    assert "Secret words" not in page


def test_b36_four_organisations_are_too_few(expert: Person, centre: Organisation) -> None:
    round_ = a_year(begun_study(a_version(centre, [a_question()], purpose="study")), 2026)
    obstacle = an_obstacle(centre, "Hurry")
    for town in [an_organisation() for _ in range(4)]:
        for _ in range(3):  # many interviews in few organisations stay too few
            an_interview(round_, about=town, obstacles=[obstacle.code], by=expert)
    closed_and_published(logged_in(expert), round_)
    answer = Client(headers={"accept-language": "en"}).get(
        reverse("surveys:public_study", kwargs={"study_id": round_.study.public_id})
    )
    page = text_of(answer)
    assert "Officials of fewer than five organisations were interviewed" in page
    assert "Hurry" not in page


def test_b36_only_the_interviewer_reads_an_interview(expert: Person, centre: Organisation) -> None:
    round_ = a_year(begun_study(a_version(centre, [a_question()], purpose="study")), 2026)
    mine = an_interview(round_, about=an_organisation(), by=expert, notes="Secret words", position="head of buying")
    where = {"study_id": round_.study.public_id, "year": 2026}
    assert "Secret words" in go(logged_in(expert), "interview", **where, interview_id=mine.public_id).content.decode()
    for kind in ("expert", "coordinator"):
        other = logged_in(someone_who_is(kind, centre))
        assert go(other, "interview", **where, interview_id=mine.public_id).status_code == 404
        assert "head of buying" not in go(other, "interviews", **where).content.decode()


def test_b36_nothing_is_added_after_the_counting(expert: Person, centre: Organisation) -> None:
    client = logged_in(expert)
    round_ = a_year(begun_study(a_version(centre, [a_question()], purpose="study")), 2026)
    mine = an_interview(round_, about=an_organisation(), by=expert)
    closed(round_)
    answer = interviewed(client, round_, an_organisation(), [], notes="Too late")
    assert answer.status_code == 422
    assert "takes nothing more" in text_of(answer)
    assert "Too late" in answer.content.decode()  # what was written is still in the form
    where = {"study_id": round_.study.public_id, "year": 2026, "interview_id": mine.public_id}
    go(client, "interview_delete", {}, **where)
    assert Interview.objects.get() == mine


def test_an_interview_sent_twice_is_kept_once(expert: Person, centre: Organisation) -> None:
    client, town = logged_in(expert), an_organisation()
    round_ = a_year(begun_study(a_version(centre, [a_question()], purpose="study")), 2026)
    for _ in range(2):
        interviewed(client, round_, town, [], notes="Once")
    assert Interview.objects.count() == 1


def test_officials_work_for_public_buyers(expert: Person, centre: Organisation) -> None:
    round_ = a_year(begun_study(a_version(centre, [a_question()], purpose="study")), 2026)
    answer = interviewed(logged_in(expert), round_, an_organisation(kind="company"), [])
    assert "Choose a public buyer." in text_of(answer)


# ---- answering


def test_two_people_of_a_town_write_on_one_answer_and_neither_loses_text(centre: Organisation) -> None:
    town = an_organisation()
    one, other = (logged_in(someone_who_is("member", town)) for _ in range(2))
    version = a_version(centre, [a_question("story", "long_text"), a_question("name")], purpose="study")
    round_ = a_year(begun_study(version), 2026)
    where = {"slug": town.slug, "round_id": round_.public_id}
    first = go(one, "form_answer", {"q_story": "First text", "version": 0, "draft": "1"}, **where)
    assert "Your draft is saved" in text_of(first)
    second = go(other, "form_answer", {"q_story": "Second text", "version": 0, "draft": "1"}, **where)
    assert second.status_code == 422
    page = second.content.decode()
    assert "First text" in page
    assert "Second text" in page
    seen = re.search(r'name="version" value="(\d+)"', page)
    assert seen
    again = go(other, "form_answer", {"q_story": "Both texts", "version": seen[1], "draft": "1"}, **where)
    assert "Your draft is saved" in text_of(again)
    assert FormAnswer.objects.get().answers == {"story": "Both texts"}


def test_who_comes_after_the_last_day_is_told_kindly_and_keeps_the_draft(
    centre: Organisation, monkeypatch: Any
) -> None:
    town = an_organisation()
    client = logged_in(someone_who_is("member", town))
    round_ = a_year(begun_study(a_version(centre, [a_question("name")], purpose="study")), 2026, days=0)
    where = {"slug": town.slug, "round_id": round_.public_id}
    go(client, "form_answer", {"q_name": "Kept words", "version": 0, "draft": "1"}, **where)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr("keino.web.surveys.views.form_answers.timezone.localdate", lambda: tomorrow)
    late = go(client, "form_answer", {"q_name": "Late words", "version": 2}, **where)
    assert "nothing was sent" in text_of(late)
    assert "Kept words" in late.content.decode()
    assert FormAnswer.objects.get().answers == {"name": "Kept words"}


def test_a_year_closes_by_itself_the_day_after(centre: Organisation) -> None:
    round_ = a_year(begun_study(a_version(centre, [a_question()], purpose="study")), 2026, days=0)
    StudyRound.objects.update(opens_on=dt.date(2026, 1, 1), closes_on=dt.date(2026, 1, 2))
    close_due_years(today=timezone.localdate())
    round_.refresh_from_db()
    assert (round_.state, round_.results["answers"]) == ("closed", None)


def test_an_answer_given_after_the_counting_never_comes_into_it(centre: Organisation) -> None:
    version = a_version(
        centre,
        [
            a_question(
                "level",
                "one_of",
                choices=(
                    Choice("a", {"fi": "A", "sv": "A", "en": "A"}),
                    Choice("b", {"fi": "B", "sv": "B", "en": "B"}),
                ),
            )
        ],
        purpose="study",
    )
    round_ = a_year(begun_study(version), 2026)
    for _ in range(5):
        an_answer(version, {"level": "a"}, about=an_organisation(), subject=round_.subject)
    counted = closed(round_).results
    town = an_organisation()
    client = logged_in(someone_who_is("member", town))
    go(client, "form_answer", {"q_level": "b", "version": 0}, slug=town.slug, round_id=round_.public_id)
    round_.refresh_from_db()
    assert round_.results == counted
    assert FormAnswer.objects.filter(about_organisation=town).count() == 0
