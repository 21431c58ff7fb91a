"""Files that people take along say questions, choices and states in Finnish or Swedish; no codes, and nothing runs."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from django.utils.translation import override

from keino.domain.questionnaires.question import Choice, Question
from keino.web.events.models import Event
from keino.web.organisations.models import Organisation
from keino.web.programmes.choices.applications import ApplicationState
from keino.web.surveys.services.studies import publish_year
from tests.factories.applications import an_application
from tests.factories.events import a_seat, an_event
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
from tests.factories.programmes import an_edition
from tests.factories.web import an_organisation, someone_who_is
from tests.web.events.desk import of_event
from tests.web.programmes.applying import client_of

pytestmark = pytest.mark.django_db

FORMULA = '=HYPERLINK("http://evil.example")'
LANGUAGES = ("fi", "sv")
#: The words of both languages for what was asked and chosen; the question's own words begin like a formula.
SIZE = {"fi": "=Kuinka suuri?", "sv": "=Hur stor?", "en": "=How large?"}
LARGE = {"fi": "+suuri", "sv": "+stor", "en": "+large"}
KIND = {"fi": "kunta tai kaupunki", "sv": "kommun eller stad"}
OTHERS = {"fi": "ei lainkaan", "sv": "inte alls", "en": "not at all"}


def size() -> Question:
    choices = (Choice("code_large", LARGE), Choice("code_none", OTHERS))
    return a_question("code_size", "many_of", text=SIZE, choices=choices)


@pytest.fixture
def centre() -> Organisation:
    return an_organisation("Keskus", kind="competence_centre")


def cells_of(answer: Any) -> list[str]:
    """All cells of a file: of a CSV as they stand there, of a workbook after a look at what they are."""
    content = answer.content
    if content[:2] != b"PK":
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
        found = [cell for row in rows for cell in row]
        assert not [cell for cell in found if cell[:1] in set("=+@")]
        return found
    sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "f" not in {cell.data_type for cell in cells}
    return [str(cell.value) for cell in cells]


def harmless(text: str) -> set[str]:
    """How a text that begins like a formula may stand in a file."""
    return {text, f"'{text}"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_to_a_form_are_in_the_readers_words(centre: Organisation, language: str, kind: str) -> None:
    words = {"fi": "Kerro", "sv": "Berätta", "en": "Tell"}
    others = (a_question("code_yes", "yes_no", text=words), a_question("code_story", text=words))
    version = a_version(centre, [size(), *others], purpose="study")
    given = {"code_size": ["code_large", "code_none"], "code_yes": True, "code_story": FORMULA}
    an_answer(version, given, about=an_organisation(FORMULA))
    client = client_of(someone_who_is("expert", centre), language)
    where = {"form_id": version.form.public_id, "number": 1, "kind": kind}
    found = cells_of(client.get(reverse("surveys:version_answers", kwargs=where)))
    assert harmless(SIZE[language]) & set(found)
    assert harmless(f"{LARGE[language]}, {OTHERS[language]}") & set(found)
    assert {"fi": "kyllä", "sv": "ja"}[language] in {cell.lower() for cell in found}
    assert {"fi": "Organisaatio", "sv": "Organisation"}[language] in found
    assert len([cell for cell in found if cell in harmless(FORMULA)]) == 2
    assert not [cell for cell in found if "code_" in cell or cell == "True"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_published_numbers_of_a_study_have_words_beside_every_code(centre: Organisation, language: str) -> None:
    round_ = a_year(begun_study(a_version(centre, [size()], purpose="study")), 2026)
    obstacle = an_obstacle(centre, "Kiire")
    for _number in range(6):
        town = an_organisation()
        an_answer(round_.form_version, {"code_size": ["code_large"]}, about=town, subject=round_.subject)
        an_interview(round_, about=town, obstacles=[obstacle.code], by=someone_who_is("expert", centre))
    publish_year(round_=closed(round_), by=None)
    answer = client_of(None, language).get(
        reverse("surveys:public_study_data", kwargs={"study_id": round_.study.public_id})
    )
    cells_of(answer)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    first = next(row for row in rows if row["value"] == "code_large")
    assert first["question_text"] in harmless(SIZE[language])
    assert first["value_text"] in harmless(LARGE[language])
    assert {row["value_text"] for row in rows if row["kind"] == "obstacle"} == {f"Kiire ({language})"}
    groups = {row["group"]: row["group_text"] for row in rows}
    assert groups == {"": "", "municipality": KIND[language]}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_participants_of_an_event_are_in_the_readers_words(centre: Organisation, language: str, kind: str) -> None:
    event = an_event(centre, mode="hybrid", place="Sali", capacity=1)
    a_seat(event, name=FORMULA, works_at="@SUM(A1)", joins="on_site", attendance="absent")
    a_seat(event, state="waiting", joins="on_site")
    client = client_of(someone_who_is("coordinator", centre), language)
    found = cells_of(client.get(of_event(event, f"participants_{kind}")))
    assert harmless(FORMULA) & set(found)
    with override(language):
        seats = list(Event.objects.get().seats.all())
        words = {str(getattr(each, f"get_{name}_display")()) for each in seats for name in ("joins", "state")}
        words |= {str(seats[0].get_attendance_display())}
    assert words <= set(found)
    with override("en"):
        english = {str(each.get_state_display()) for each in seats}
    assert not {"on_site", "waiting", "booked", "absent", *english} & set(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_applications_are_in_the_readers_words(language: str) -> None:
    edition = an_edition()
    edition.team_roles.update(name_sv="Ansvarig för upphandling")
    an_application(edition, an_organisation(FORMULA), state=ApplicationState.SUBMITTED, pilot=FORMULA)
    client = client_of(someone_who_is("coordinator", edition.organisation), language)
    found = cells_of(client.get(reverse("programmes:desk_applications_export", args=[edition.slug])))
    assert found.count(FORMULA) == 1 + 1 + 3  # the name, the pilot, and the name beside each of the team
    with override(language):
        assert str(ApplicationState.SUBMITTED.label) in found
    assert KIND[language] in found
    assert {"fi": "Hankinnoista vastaava", "sv": "Ansvarig för upphandling"}[language] in found
    assert not {"submitted", "municipality", "responsible", "True", "yes", "Sent", "Organisation kind"} & set(found)
