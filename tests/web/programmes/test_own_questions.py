"""An edition's own questions: answered with the application, sent with it, exported in the reader's words."""

from __future__ import annotations

import io
from types import SimpleNamespace

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from keino.domain.questionnaires.question import Choice
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Application, ApplicationQuestions
from keino.web.programmes.queries.application_questions import answer_of
from tests.factories.applications import TEXTS, a_team_member, an_application, an_expert
from tests.factories.forms import a_question, a_version
from tests.factories.programmes import an_edition, named_in
from tests.factories.web import an_organisation, someone_who_is
from tests.web.programmes.applying import client_of, page

pytestmark = pytest.mark.django_db
SIZE = a_question(
    "size",
    "one_of",
    required=True,
    text={"fi": "Kuinka suuri?", "sv": "Hur stor?", "en": "How large?"},
    choices=(
        Choice("small", {"fi": "pieni", "sv": "liten", "en": "small"}),
        Choice("large", {"fi": "suuri", "sv": "stor", "en": "large"}),
    ),
)


@pytest.fixture
def town() -> SimpleNamespace:
    """A whole draft in an edition that asks one question of its own."""
    organisation = an_organisation("Esimerkkilä")
    edition = an_edition()
    version = a_version(edition.organisation, (SIZE,), purpose="application")
    host = named_in(edition, "host")
    choose = reverse("programmes:desk_application_questions", args=[edition.slug])
    assert client_of(host).post(choose, {"form_version": version.pk}).status_code == 302
    application = an_application(
        edition, organisation, state=S.DISCUSSION_HELD, goes_on=True, agrees_to_data=True, **TEXTS
    )
    for number in range(3):
        a_team_member(application, is_responsible=number == 0, role="responsible" if number == 0 else "")
    application.commitments.create(confirmed_at=timezone.now(), confirmed_name="Mirja Johtaja")
    member = someone_who_is("member", organisation)
    return SimpleNamespace(edition=edition, application=application, client=client_of(member), host=host, choose=choose)


def send(town: SimpleNamespace) -> str:
    town.application.refresh_from_db()
    given = {"seen": town.application.version}
    return town.client.post(page("application_send", town.application), given, follow=True).content.decode()


def test_b3_the_editions_own_questions_are_answered_before_the_application_is_sent(town: SimpleNamespace) -> None:
    text = send(town)
    assert "1 answer to the programme" in text
    path = page("application_questions", town.application)
    seen = town.client.get(path).context["form"].initial["version"]
    assert town.client.post(path, {"q_size": "large", "version": seen}).status_code == 302
    send(town)
    assert Application.objects.get().state == S.SUBMITTED
    answer = answer_of(town.application)
    assert answer is not None
    assert (answer.is_sent, answer.answers) == (True, {"size": "large"})
    # sent is sent, until it is taken back
    assert town.client.get(path).status_code == 302
    town.client.post(page("application_take_back", town.application))
    answer.refresh_from_db()
    assert not answer.is_sent


def test_two_people_answer_at_once_and_the_second_keeps_their_text(town: SimpleNamespace) -> None:
    path = page("application_questions", town.application)
    seen = town.client.get(path).context["form"].initial["version"]
    town.client.post(path, {"q_size": "large", "version": seen})
    answer = town.client.post(path, {"q_size": "small", "version": seen})
    assert answer.status_code == 422
    assert "What somebody else saved meanwhile" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "question", "word"), [("fi", "Kuinka suuri?", "suuri"), ("sv", "Hur stor?", "stor")]
)
def test_b3_the_export_says_choices_in_the_readers_language(
    town: SimpleNamespace, language: str, question: str, word: str
) -> None:
    path = page("application_questions", town.application)
    seen = town.client.get(path).context["form"].initial["version"]
    town.client.post(path, {"q_size": "large", "version": seen})
    export = reverse("programmes:desk_applications_export", args=[town.edition.slug])
    answer = client_of(an_expert(town.edition), language).get(export)
    values = {str(c.value) for row in openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0] for c in row}
    assert {question, word} <= values


def test_questions_stay_once_an_application_was_sent(town: SimpleNamespace) -> None:
    an_application(town.edition, state=S.SUBMITTED)
    answer = client_of(town.host).post(town.choose, {"form_version": ""})
    assert answer.status_code == 422
    assert ApplicationQuestions.objects.count() == 1
