"""Answers to an edition's own questions where applications are judged: in the reader's language, files guarded."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from keino.domain.questionnaires.question import Choice
from keino.web.base.models import Person
from keino.web.programmes.models import ApplicationQuestions, DeclaredTie
from keino.web.programmes.queries.application_questions import subject_of
from tests.factories.forms import a_question, a_version, an_answer
from tests.factories.programmes import named_in
from tests.factories.selection import a_review, a_selecting, an_interview
from tests.web.programmes.applying import client_of

pytestmark = pytest.mark.django_db
QUESTIONS = (
    a_question(
        "topics",
        "many_of",
        text={"fi": "Mitä te teette?", "sv": "Vad gör ni?", "en": "What do you do?"},
        choices=(
            Choice("build", {"fi": "rakennamme", "sv": "vi bygger", "en": "we build"}),
            Choice("eat", {"fi": "syömme", "sv": "vi äter", "en": "we eat"}),
        ),
    ),
    a_question("manager", "text", text={"fi": "Kuka johtaa?", "sv": "Vem leder?", "en": "Who leads?"}, personal=True),
    a_question("plan", "file"),
    a_question("cv", "file", personal=True),
)
WORDS = {"fi": ("Mitä te teette?", "rakennamme, syömme"), "sv": ("Vad gör ni?", "vi bygger, vi äter")}


def a_file(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 plan")


@pytest.fixture
def scene() -> SimpleNamespace:
    """An application with answers, a reviewer who scores it, somebody of the centre who interviews the applicant."""
    made = a_selecting(applicants=1)
    application = made.applications[0]
    version = a_version(made.edition.organisation, QUESTIONS, purpose="application")
    ApplicationQuestions.objects.create(edition=made.edition, form_version=version)
    answer = an_answer(
        version,
        {"topics": ["build", "eat"], "manager": "Mirja Johtaja"},
        about=application.organisation,
        files={"plan": a_file("Plan of Esimerkkila.PDF"), "cv": a_file("Mirja.pdf")},
        subject=subject_of(application),
    )
    interviewer = named_in(made.edition, "mentor")
    review, interview = a_review(application, made.reviewers[0]), an_interview(application, interviewer)
    pages = {
        "review": (made.reviewers[0], f"{made.path}reviews/{review.public_id}/"),
        "interview": (interviewer, f"{made.path}interviews/{interview.public_id}/"),
        "selection": (made.decider, f"{made.path}applications/{application.public_id}/"),
    }
    files = {each.question_code: each for each in answer.attachments.all()}
    return SimpleNamespace(made=made, application=application, pages=pages, files=files)


def file_path(scene: SimpleNamespace, code: str) -> str:
    place = [scene.made.edition.slug, scene.application.public_id, scene.files[code].public_id]
    return reverse("programmes:desk_application_file", args=place)


def downloaded(scene: SimpleNamespace, person: Person, code: str, language: str = "en") -> HttpResponse:
    answer: Any = client_of(person, language).get(file_path(scene, code))
    return answer


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("where", ["review", "interview", "selection"])
def test_who_judges_reads_the_answers_in_their_language(scene: SimpleNamespace, where: str, language: str) -> None:
    person, path = scene.pages[where]
    page = client_of(person, language).get(path).content.decode()
    for word in (*WORDS[language], "Mirja Johtaja", "Plan of Esimerkkila.PDF", file_path(scene, "plan")):
        assert word in page, word


@pytest.mark.parametrize("where", ["review", "interview", "selection"])
def test_who_judges_downloads_the_files(scene: SimpleNamespace, where: str) -> None:
    answer: Any = downloaded(scene, scene.pages[where][0], "plan")
    assert answer.status_code == 200
    assert "Plan of Esimerkkila.PDF" in answer.headers["Content-Disposition"]
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 plan"


def test_nobody_else_who_is_named_downloads_them(scene: SimpleNamespace) -> None:
    others = (scene.made.reviewers[1], named_in(scene.made.edition, "mentor"))
    for person in others:
        assert downloaded(scene, person, "plan").status_code == 403
    scene.application.interviews.update(state="cancelled")
    assert downloaded(scene, scene.pages["interview"][0], "plan").status_code == 403


@pytest.mark.parametrize("where", ["review", "interview", "selection"])
def test_b4_who_has_a_tie_neither_reads_nor_downloads_them(scene: SimpleNamespace, where: str) -> None:
    person, path = scene.pages[where]
    DeclaredTie.objects.create(application=scene.application, person=person, reason="Cousin")
    assert client_of(person).get(path).status_code == 403
    assert downloaded(scene, person, "plan").status_code == 403


def test_b4_where_reviewers_dont_see_who_applies_answers_dont_tell_it(scene: SimpleNamespace) -> None:
    scene.made.edition.hides_applicants = True
    scene.made.edition.save()
    reviewer, path = scene.pages["review"]
    page = client_of(reviewer).get(path).content.decode()
    assert "we build, we eat" in page
    assert "Answers with personal data aren’t shown here." in page
    for word in ("Who leads?", "Mirja", "Esimerkkila", file_path(scene, "cv")):
        assert word not in page, word
    assert "attachment.pdf</a>" in page
    answer = downloaded(scene, reviewer, "plan")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="attachment.pdf"'
    assert downloaded(scene, reviewer, "cv").status_code == 403
    # an interviewer meets them, and a decider reads all
    for where in ("interview", "selection"):
        person, path = scene.pages[where]
        page = client_of(person).get(path).content.decode()
        assert "Mirja Johtaja" in page
        assert "Plan of Esimerkkila.PDF" in page
        assert downloaded(scene, person, "cv").status_code == 200


def test_where_nothing_is_asked_no_heading_stands(scene: SimpleNamespace) -> None:
    person, path = scene.pages["selection"]
    ApplicationQuestions.objects.all().delete()
    scene.files["plan"].answer.delete()
    assert "own questions" not in client_of(person).get(path).content.decode()
