"""Answers as files, what is held of people, and what goes by itself when its time is over."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from openpyxl import load_workbook

from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from keino.web.surveys.answer_tables import answers_file
from keino.web.surveys.form_personal_data import _erase, _export, months_before, retire_answers
from keino.web.surveys.models import Answered, Attachment, FormAnswer, FormVersion
from keino.web.surveys.queries.forms import sent_answers
from tests.factories.accounts import with_second_factor
from tests.factories.forms import (
    EVERY_KIND,
    a_question,
    a_version,
    a_year,
    an_answer,
    an_interview,
    begun_study,
    closed,
)
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db

FORMULA = '=HYPERLINK("http://evil.example","Click")'


@pytest.fixture
def centre() -> Organisation:
    return an_organisation("Centre", kind="competence_centre")


def a_file(name: str = "plan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7")


def whole_answer(version: FormVersion, town: Organisation, person: Person | None = None) -> FormAnswer:
    given = {
        "name": FORMULA,
        "story": "@SUM(A1)",
        "pilot": True,
        "which": "Asphalt",
        "level": "b",
        "topics": ["a", "c"],
        "tonnes": "12.5",
        "budget": 140_000,
        "starts": "2027-01-15",
    }
    return an_answer(version, given, about=town, by=person, files={"plan": a_file()})


def table(version: FormVersion, language: str) -> tuple[list[str], list[str]]:
    with override(language):
        made = answers_file(version, sent_answers(version), "csv")
    head, row = csv.reader(io.StringIO(made.decode("utf-8-sig")), delimiter=";")
    return head, row


def test_answers_are_written_in_the_readers_language(centre: Organisation) -> None:
    version = a_version(centre)
    whole_answer(version, an_organisation("Kylä"))
    for language in ("sv", "en"):
        head, row = table(version, language)
        found = dict(zip(head, row, strict=True))
        assert found[f"Text of level ({language})"] == f"Choice b of level ({language})"
        assert found[f"Text of topics ({language})"] == (
            f"Choice a of topics ({language}), Choice c of topics ({language})"
        )
        assert found[f"Text of tonnes ({language}) (t)"] == "12.5"
        assert found[f"Text of budget ({language}) (€)"] == "140000"
        assert found[f"Text of starts ({language})"] == "2027-01-15"
        assert found[f"Text of plan ({language})"] == "plan.pdf"


def test_nothing_in_a_file_can_run(centre: Organisation) -> None:
    version = a_version(centre)
    whole_answer(version, an_organisation())
    _head, row = table(version, "en")
    assert "'" + FORMULA in row
    assert "'@SUM(A1)" in row
    sheet = load_workbook(io.BytesIO(answers_file(version, sent_answers(version), "xlsx"))).worksheets[0]
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert FORMULA in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


def test_answers_to_applications_are_not_read_at_the_desk(centre: Organisation) -> None:
    client = Client()
    client.force_login(with_second_factor(someone_who_is("expert", centre)))
    for purpose, status in (("application", 404), ("assignment", 404), ("study", 200)):
        version = a_version(centre, [a_question("a")], purpose=purpose)
        an_answer(version, {"a": "x"}, about=an_organisation())
        where = {"form_id": version.form.public_id, "number": 1, "kind": "csv"}
        assert client.get(reverse("surveys:version_answers", kwargs=where)).status_code == status


def test_anonymous_answers_are_taken_from_five_on_and_without_names(centre: Organisation) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(with_second_factor(someone_who_is("expert", centre)))
    version = a_version(centre, [a_question("a")], anonymity="anonymous")
    where = {"form_id": version.form.public_id, "number": 1, "kind": "csv"}
    for number in range(5):
        assert client.get(reverse("surveys:version_answers", kwargs=where)).status_code == 404
        town = an_organisation("Secret town")
        an_answer(version, {"a": f"x{number}"}, about=town, by=someone_who_is("member", town))
    answer = client.get(reverse("surveys:version_answers", kwargs=where))
    assert "Secret town" not in answer.content.decode()
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert len(head) == 1
    assert sorted(rows) == [[f"x{number}"] for number in range(5)]


def test_a_file_that_was_sent_is_saved_and_never_shown_in_place(centre: Organisation) -> None:
    town = an_organisation()
    member = someone_who_is("member", town)
    version = a_version(centre, EVERY_KIND, purpose="study")
    round_ = a_year(begun_study(version), 2026)
    answer = an_answer(
        version, {}, about=town, by=member, subject=round_.subject, send=False, files={"plan": a_file("x.txt")}
    )
    client = Client()
    client.force_login(member)
    where = {"slug": town.slug, "round_id": round_.public_id, "file_id": answer.attachments.get().public_id}
    given = client.get(reverse("surveys:form_file", kwargs=where))
    assert b"".join(given.streaming_content) == b"%PDF-1.7"
    assert given["Content-Disposition"].startswith("attachment")
    assert (given["Content-Type"], given["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")


# ---- people


def test_what_is_held_of_a_person_is_given_to_them(centre: Organisation) -> None:
    town = an_organisation("Kylä")
    person = someone_who_is("member", town)
    whole_answer(a_version(centre), town, person)
    an_answer(a_version(centre, [a_question("a")], anonymity="anonymous"), {"a": "Mine"}, by=person, send=False)
    round_ = a_year(begun_study(a_version(centre, [a_question()], purpose="study")), 2026)
    an_interview(round_, about=town, by=person, notes="My notes")
    given = _export(person)
    assert [each["answers"].get("a") or each["answers"]["which"] for each in given["answers"]] == ["Asphalt", "Mine"]
    assert given["interviews"][0]["notes"] == "My notes"


def test_erasing_a_person_keeps_what_is_counted(centre: Organisation, django_capture_on_commit_callbacks: Any) -> None:
    version = a_version(centre)
    person = someone_who_is("member")
    mine = an_answer(
        version, {"name": "Me", "story": "Mine", "pilot": False, "level": "a"}, by=person, files={"plan": a_file()}
    )
    stored = mine.attachments.get().stored_as
    draft = an_answer(version, {"name": "Draft"}, by=person, subject="other", send=False)
    of_town = whole_answer(version, an_organisation(), person)
    hidden = a_version(centre, [a_question("a")], anonymity="anonymous")
    an_answer(hidden, {"a": "x"}, by=person)
    with django_capture_on_commit_callbacks(execute=True):
        _erase(person)
    mine.refresh_from_db()
    assert mine.answers == {"pilot": False, "level": "a"}
    assert not default_storage.exists(stored)
    assert not FormAnswer.objects.filter(pk=draft.pk).exists()
    of_town.refresh_from_db()
    assert "name" not in of_town.answers  # the form calls it personal data
    assert of_town.answers["which"] == "Asphalt"
    for answer in FormAnswer.objects.all():
        assert (answer.begun_by, answer.changed_by, answer.sent_by) == (None, None, None)
    assert not Attachment.objects.filter(sent_by=person).exists()
    assert not Answered.objects.exists()
    assert FormAnswer.objects.filter(form_version=hidden).count() == 1


def test_answers_go_when_their_time_is_over_and_counts_stay(
    centre: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    version = a_version(centre, EVERY_KIND, purpose="study")
    round_ = a_year(begun_study(version), 2026)
    for _ in range(5):
        an_answer(
            version,
            {"name": "A", "pilot": False, "level": "a"},
            about=an_organisation(),
            subject=round_.subject,
            files={"plan": a_file()},
        )
    an_interview(round_, about=an_organisation(), by=someone_who_is("expert", centre))
    kept = an_answer(version, {"name": "B", "pilot": False}, about=an_organisation(), subject="later")
    closed(round_)
    over = months_before(timezone.localdate(), 24) - dt.timedelta(days=1)
    FormAnswer.objects.filter(subject=round_.subject).update(sent_on=over)
    type(round_).objects.update(closed_on=over)
    with django_capture_on_commit_callbacks(execute=True):
        assert retire_answers() == 6
    assert list(FormAnswer.objects.all()) == [kept]
    round_.refresh_from_db()
    assert round_.results["questions"]["level"]["counts"] == {"a": 5}
    assert round_.interviews.count() == 0
    assert not Attachment.objects.exists()
    assert retire_answers() == 0


def test_what_is_not_counted_yet_is_kept_until_it_is(centre: Organisation) -> None:
    version = a_version(centre, [a_question("a")], purpose="study")
    round_ = a_year(begun_study(version), 2026)
    an_answer(version, {"a": "x"}, about=an_organisation(), subject=round_.subject)
    FormAnswer.objects.update(sent_on=months_before(timezone.localdate(), 60))
    assert retire_answers() == 0
    closed(round_)
    assert retire_answers() == 1


def test_a_day_that_the_month_does_not_have_is_its_last() -> None:
    assert months_before(dt.date(2027, 3, 31), 1) == dt.date(2027, 2, 28)
    assert months_before(dt.date(2028, 2, 29), 12) == dt.date(2027, 2, 28)
    assert months_before(dt.date(2027, 1, 31), 1) == dt.date(2026, 12, 31)
    assert months_before(dt.date(2027, 12, 31), 6) == dt.date(2027, 6, 30)


def test_a_file_whose_request_was_killed_before_its_row_is_swept(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.files.base import ContentFile

    from keino.web.surveys.services.attachments import FOLDER, sweep_attachments

    left = default_storage.save(f"{FOLDER}/{'0' * 32}/left", ContentFile(b"x"))
    assert sweep_attachments() == 0  # somebody may still be writing it
    later = timezone.now() + dt.timedelta(hours=25)
    monkeypatch.setattr("keino.web.surveys.services.attachments.timezone.now", lambda: later)
    assert sweep_attachments() == 1
    assert not default_storage.exists(left)
