"""Every address at the desk × everybody to whom an applicant is closed: refused, and nothing of it in any answer.

The addresses come from the site itself: a page that is added is walked here without being entered anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from keino.web.base.models import Person
from keino.web.programmes.models import Application, ApplicationQuestions, DeclaredTie, Interviewer
from keino.web.programmes.queries.application_questions import subject_of
from tests.factories.applications import a_team_member
from tests.factories.forms import a_question as a_form_question
from tests.factories.forms import a_version, an_answer
from tests.factories.programmes import named_in
from tests.factories.selection import (
    Selecting,
    a_decision,
    a_question,
    a_review,
    a_selecting,
    an_applicant,
    an_interview,
    logged_in,
    scored,
)
from tests.factories.web import a_role, an_organisation, someone_who_is
from tests.web.programmes.applying import client_of

pytestmark = pytest.mark.django_db
#: Stands in every text of the tied applicant, in what is written about it, and in its name.
SECRET = "Hush4711"
#: An address that names one of these is about one applicant.
ABOUT_ONE = {"application", "interview", "review", "discussion"}
LOG_IN = ("/account/login/", "/account/second-factor/")


@dataclass(frozen=True)
class Desk:
    """An address of the desk: its name, and what stands in it."""

    name: str
    names: frozenset[str]

    def __str__(self) -> str:
        return self.name

    @property
    def is_about_one(self) -> bool:
        return bool(self.names & ABOUT_ONE)

    def path(self, scene: SimpleNamespace) -> str:
        return reverse(f"programmes:{self.name}", kwargs={each: scene.places[each] for each in self.names})


def desk() -> list[Desk]:
    """All addresses of programmes that lie below /desk/."""
    spaces = [each for each in get_resolver().url_patterns if isinstance(each, URLResolver)]
    programmes = next(each for each in spaces if each.namespace == "programmes")
    found = [(each.name, str(each.pattern), each.pattern.converters) for each in programmes.url_patterns]
    return [Desk(name, frozenset(names)) for name, route, names in found if route.startswith("desk/")]


ONES = [each for each in desk() if each.is_about_one]
#: Pages and files of an edition as a whole, and of all.
WHOLE = [each for each in desk() if each.names <= {"edition", "slug", "number"}]


def test_the_walk_finds_the_desks_addresses() -> None:
    assert {"desk_application", "desk_application_file", "desk_discussion_cancel", "reserve_up"} <= {*map(str, ONES)}
    assert {"interview", "review", "review_give_back"} <= {*map(str, ONES)}
    assert {"desk_applications_export", "selection_summary_pdf", "selection_reviews_file", "desk_programme"} <= {
        *map(str, WHOLE)
    }


# ---- who asks


def _declared(person: Person, application: Application) -> Person:
    DeclaredTie.objects.create(application=application, person=person, reason=f"{SECRET}: my cousin's")
    return person


def _in_team(person: Person, application: Application) -> Person:
    a_team_member(application, email=person.email)
    return person


def _with_role(person: Person, application: Application) -> Person:
    a_role(person, "member", application.organisation)
    return person


def _judge(selecting: Selecting) -> Person:
    """Somebody who is named as everything, so that no page is refused for want of a part."""
    person = selecting.reviewers[0]
    for kind in ("host", "expert", "decider"):
        named_in(selecting.edition, kind, person)
    return person


def _coordinating_host(selecting: Selecting) -> Person:
    return named_in(selecting.edition, "host", selecting.coordinator)


TIED: dict[str, Any] = {
    "a reviewer who declared it": lambda made, one: _declared(made.reviewers[0], one),
    "a judge in the team": lambda made, one: _in_team(_judge(made), one),
    "a judge with a role": lambda made, one: _with_role(_judge(made), one),
    "a coordinator who declared it": lambda made, one: _declared(made.coordinator, one),
    "a coordinator with a role": lambda made, one: _with_role(_coordinating_host(made), one),
    "a host who declared it": lambda made, one: _declared(named_in(made.edition, "host"), one),
    "an expert in the team": lambda made, one: _in_team(named_in(made.edition, "expert"), one),
}
STRANGERS: dict[str, Any] = {
    "another applicant's responsible person": lambda made: (
        made.applications[1].organisation.roles.get(kind="responsible_person").person
    ),
    "a company's person": lambda _made: someone_who_is("supplier_user", an_organisation(kind="company")),
    "a reviewer of another edition": lambda _made: a_selecting().reviewers[0],
    "an anonymous visitor": lambda _made: None,
}


@pytest.fixture
def scene() -> SimpleNamespace:
    """A selection of which the first applicant is the secret one; a third has the place of the reserve."""
    made = a_selecting(reviewers=3)
    texts = ("interest", "pilot", "motivation", "groundwork", "sharing", "capacity")
    one = an_applicant(made.edition, f"{SECRET} town", **{name: f"{SECRET} in {name}" for name in texts})
    made.applications = [one, an_applicant(made.edition, "Open town")]
    version = a_version(
        made.edition.organisation,
        (a_form_question("why", "long_text"), a_form_question("plan", "file")),
        purpose="application",
    )
    ApplicationQuestions.objects.create(edition=made.edition, form_version=version)
    answer = an_answer(
        version,
        {"why": f"{SECRET} as an answer"},
        about=one.organisation,
        send=False,
        files={"plan": SimpleUploadedFile(f"{SECRET}.pdf", f"%PDF-1.7 {SECRET}".encode())},
        subject=subject_of(one),
    )
    question = a_question(made.edition)
    for application in made.applications:
        word = SECRET if application == one else "Nothing"
        application.discussions.update(notes=f"{word} was noted", agreed=f"{word} was agreed")
        holders = (*made.reviewers, made.coordinator)
        an_interview(application, *holders, held=False, notes=f"{word} was said")
        scored(made, application, 3, 1)
        a_review(application, made.reviewers[2])
    interview = one.interviews.get()
    interview.said.create(question=question, text=f"{SECRET} was answered")
    for review in one.reviews.all():
        review.scores.update(reason=f"{SECRET} is the reason")
        review.remark = f"{SECRET} on the whole"
        review.save()
    decision = a_decision(made.edition, (one, "reserve"), state="made")
    decision.lines.update(reason=f"{SECRET} lost")
    a_decision(made.edition, (one, "selected"), (made.applications[1], "rejected"))
    return SimpleNamespace(
        made=made,
        one=one,
        places={
            "edition": made.edition.slug,
            "slug": made.edition.slug,
            "application": one.public_id,
            "interview": interview.public_id,
            "discussion": one.discussions.get().public_id,
            "review": one.reviews.get(reviewer=made.reviewers[0]).public_id,
            "file_id": answer.attachments.get().public_id,
            "number": decision.number,
        },
    )


# ---- the walk


def tried(client: Client, path: str, method: str) -> tuple[HttpResponse, str]:
    """An answer and all that can be read in it; whatever it did is undone."""
    with transaction.atomic():
        answer: Any = getattr(client, method)(path)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    kind = answer.headers.get("Content-Type", "")
    if "spreadsheet" in kind:
        rows = [row for sheet in load_workbook(BytesIO(content)) for row in sheet.iter_rows()]
        return answer, " ".join(str(cell.value) for row in rows for cell in row)
    if kind == "application/pdf":
        return answer, " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return answer, content.decode("utf-8", "replace")


def is_refused(answer: HttpResponse) -> bool:
    to_log_in = answer.status_code == 302 and answer.headers["Location"].startswith(LOG_IN)
    return answer.status_code in {403, 404} or to_log_in


def wrong_answers(scene: SimpleNamespace, person: Person | None) -> list[str]:
    """Addresses about the secret applicant that let the person in or tell something."""
    client, wrong = logged_in(person) if person else Client(), []
    for each in ONES:
        answers = {method: tried(client, each.path(scene), method) for method in ("get", "post")}
        for method, (answer, text) in answers.items():
            if not is_refused(answer) and answer.status_code != 405:
                wrong.append(f"{method} {each}: {answer.status_code}")
            if SECRET in text or SECRET in str(answer.headers):
                wrong.append(f"{method} {each} tells of the applicant")
        if not any(is_refused(answer) for answer, _text in answers.values()):
            wrong.append(f"{each} takes neither GET nor POST")
    return wrong


@pytest.mark.parametrize("who", TIED)
def test_b4_whoever_has_a_tie_is_refused_at_every_address_about_the_applicant(scene: SimpleNamespace, who: str) -> None:
    person = TIED[who](scene.made, scene.one)
    Interviewer.objects.get_or_create(interview=scene.one.interviews.get(), person=person)
    assert wrong_answers(scene, person) == []


@pytest.mark.parametrize("who", STRANGERS)
def test_b4_strangers_are_refused_at_every_address_about_the_applicant(scene: SimpleNamespace, who: str) -> None:
    assert wrong_answers(scene, STRANGERS[who](scene.made)) == []


def test_b4_a_tied_person_hears_that_they_may_not(scene: SimpleNamespace) -> None:
    """403 and not 404: who is named here knows that the applicant is there, and should hear why a page is closed."""
    client = logged_in(_declared(_judge(scene.made), scene.one))
    for name in ("desk_application", "desk_discussion", "selection_application", "interview", "review"):
        found = next(each for each in ONES if each.name == name)
        assert client.get(found.path(scene)).status_code == 403, name


@pytest.mark.parametrize("address", ONES, ids=str)
def test_every_address_about_the_applicant_is_open_to_somebody_without_a_tie(
    scene: SimpleNamespace, address: Desk
) -> None:
    """Else the walk above would prove nothing about it."""
    if address.name == "reserve_up":
        Application.objects.filter(pk=scene.one.pk).update(state="reserve")
    for person in (_judge(scene.made), scene.made.coordinator):
        client = logged_in(person)
        for method in ("get", "post"):
            answer, _text = tried(client, address.path(scene), method)
            if answer.status_code != 405 and not is_refused(answer):
                return
    pytest.fail("nobody gets in")


@pytest.mark.parametrize("who", [each for each in TIED if "reviewer" not in each])
def test_b4_no_list_summary_or_file_of_the_edition_tells_of_the_applicant(scene: SimpleNamespace, who: str) -> None:
    client, seen = logged_in(TIED[who](scene.made, scene.one)), []
    for each in WHOLE:
        _answer, text = tried(client, each.path(scene), "get")
        assert SECRET not in text, f"{each} tells {who} of the applicant"
        seen += [each.name] if "Open town" in text else []
    assert {"desk_applications", "desk_applications_export"} <= set(seen)
    if "expert" not in who:
        assert {"selection_summary", "selection_summary_pdf", "selection_reviews_file", "interviews"} <= set(seen)


def test_b4_lists_say_how_many_they_leave_out(scene: SimpleNamespace) -> None:
    client = client_of(_declared(_judge(scene.made), scene.one))
    for name in ("desk_applications", "desk_discussions", "interviews", "reviews", "selection_summary", "decision"):
        page = client.get(reverse(f"programmes:{name}", args=[scene.made.edition.slug]))
        said = page.content.decode()
        assert "1 application isn’t shown to you" in said or "One application is left out here" in said, name
