"""A programme's effect as pages and reports: honest about small numbers, frozen once approved, for those who may."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from keino.web.base.frozen import DocumentIsFinal
from keino.web.base.jobs import run_waiting_jobs
from keino.web.base.models import Job, Person
from keino.web.cohorts.effect.numbers import content_from_json
from keino.web.cohorts.effect.words import ContentWords
from keino.web.cohorts.models import EffectNumbers, EffectReport
from keino.web.cohorts.services.effect import numbers_of
from keino.web.cohorts.tasks.effect import start_numbers
from keino.web.programmes.models import Edition
from tests.factories.accounts import with_second_factor
from tests.factories.effect import (
    a_cohort,
    a_draft_report,
    a_past_edition,
    an_approved_report,
    counted,
    some_others,
    some_work,
)
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db
CHANGES = [0.9, 0.2, 0.7, 0.4, 1.1, 0.3]
OTHERS = [0.1, 0.4, -0.2, 0.0, 0.3, 0.2, -0.1, 0.5]


def client_of(kind: str, **fields: Any) -> tuple[Client, Person]:
    where = an_organisation(kind="ministry" if kind == "ministry_officer" else "competence_centre")
    person = with_second_factor(someone_who_is(kind, where, **fields))
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    person.language = "en"
    person.save()
    return client, person


def effect_path(edition: Edition) -> str:
    return reverse("cohorts:edition_effect", args=[edition.slug])


def text_of(answer: Any) -> str:
    return answer.content.decode()


def a_told_edition() -> Edition:
    edition = a_past_edition(name_fi="Vähähiilisyysakatemia")
    a_cohort(edition, CHANGES)
    some_others(OTHERS)
    some_work(someone_who_is("expert", edition.organisation), edition=edition, quarters=7)
    return edition


# ---- the page of an edition


def test_numbers_are_worked_out_in_the_background_and_shown() -> None:
    edition = a_told_edition()
    client, _person = client_of("coordinator")
    path = effect_path(edition)
    assert "Work out the numbers" in text_of(client.get(path))
    for _ in range(2):  # pressed twice it is one job
        client.post(reverse("cohorts:edition_effect_count", args=[edition.slug]))
    assert Job.objects.filter(kind="cohorts.effect.numbers").count() == 1
    waiting = client.get(path)
    assert waiting.headers["Refresh"] == "3"
    run_waiting_jobs()
    page = text_of(client.get(path))
    assert "1.75" in page  # hours
    assert "Maturity rose more, or fell less" in page
    assert "95% interval" in page
    assert "not what the programme caused" in page
    assert "regression to the mean" in page
    assert "<svg" in page


def test_small_numbers_cant_be_told_and_the_page_says_why() -> None:
    edition = a_past_edition()
    a_cohort(edition, CHANGES[:4])
    some_others(OTHERS)
    counted(edition)
    page = text_of(client_of("expert")[0].get(effect_path(edition)))
    assert "Can’t be told yet." in page
    assert "4 of the 4 organisations" in page
    assert "<svg" not in page
    assert "95% interval " not in page.replace("95% interval in", "")


def test_a_failure_is_seen_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = a_past_edition()
    client, person = client_of("coordinator")
    monkeypatch.setattr("keino.web.cohorts.services.effect.content_of_edition", lambda _edition: 1 / 0)
    start_numbers(numbers_of(edition), by=person)
    run_waiting_jobs()
    assert "stopped" in text_of(client.get(effect_path(edition)))
    assert EffectNumbers.objects.get(edition=edition).content is None


def test_the_page_of_an_edition_is_for_the_centres_people_and_officers() -> None:
    edition = a_told_edition()
    counted(edition)
    path = effect_path(edition)
    for kind in ("coordinator", "expert", "ministry_officer"):
        assert client_of(kind)[0].get(path).status_code == 200
    town = edition.participations.first().organisation  # type: ignore[union-attr]
    for kind in ("responsible_person", "member", "approver"):
        client = Client()
        client.force_login(someone_who_is(kind, town))
        assert client.get(path).status_code == 403
        assert client.get(reverse("cohorts:effect")).status_code == 403
    assert client_of("mentor")[0].get(path).status_code == 403
    assert Client().get(path).status_code == 302


# ---- all programmes


def test_all_programmes_are_told_of_each_alone() -> None:
    edition = a_told_edition()
    counted(None)
    client, _officer = client_of("ministry_officer")
    page = text_of(client.get(reverse("cohorts:effect")))
    assert "Vähähiilisyysakatemia" in page
    assert effect_path(edition) in page
    assert "Begin a report" not in page
    assert "1 difference is told here" in page  # how many of such are expected by chance
    assert reverse("cohorts:effect") == "/programmes/effect/"


# ---- reports


def test_a_report_is_begun_written_approved_and_then_never_changes() -> None:
    edition = a_told_edition()
    counted(edition)
    client, _person = client_of("coordinator")
    for _ in range(2):
        answer = client.post(reverse("cohorts:edition_effect_report", args=[edition.slug]))
    report = EffectReport.objects.get()
    assert answer.headers["Location"] == reverse("cohorts:effect_report", args=[report.public_id])
    unready = client.post(reverse("cohorts:effect_report_approve", args=[report.public_id]), {"seen": "1"}, follow=True)
    assert "nobody has written its summary" in text_of(unready)
    write = reverse("cohorts:effect_report_write", args=[report.public_id])
    client.post(write, {"summary_fi": "Ero on havaittu.", "summary_sv": "", "summary_en": "", "seen": "1"})
    second = client.post(write, {"summary_fi": "Toinen teksti", "seen": "1"})
    assert second.status_code == 422
    assert "Toinen teksti" in text_of(second)
    assert "Ero on havaittu." in text_of(second)
    stale = client.post(reverse("cohorts:effect_report_approve", args=[report.public_id]), {"seen": "1"}, follow=True)
    assert EffectReport.objects.get().is_draft, text_of(stale)
    for _ in range(2):
        client.post(reverse("cohorts:effect_report_approve", args=[report.public_id]), {"seen": "2"})
    report = EffectReport.objects.get()
    before = report.content
    some_work(someone_who_is("expert", edition.organisation), edition=edition, quarters=40)
    counted(edition)
    client.post(reverse("cohorts:effect_report_numbers", args=[report.public_id]))
    client.post(write, {"summary_fi": "Muutettu", "seen": "3"})
    report = EffectReport.objects.get()
    assert (report.content, report.summary_fi, report.state) == (before, "Ero on havaittu.", "approved")
    report.summary_fi = "Muutettu"
    with pytest.raises(DocumentIsFinal):
        report.save()
    with pytest.raises(DocumentIsFinal):
        EffectReport.objects.all().update(content={})


def test_a_report_without_numbers_is_not_begun() -> None:
    edition = a_past_edition()
    answer = client_of("coordinator")[0].post(
        reverse("cohorts:edition_effect_report", args=[edition.slug]), follow=True
    )
    assert "have not been worked out yet" in text_of(answer)
    assert not EffectReport.objects.exists()


def test_a_draft_takes_newer_numbers_when_asked() -> None:
    edition = a_told_edition()
    report = a_draft_report(edition)
    some_work(someone_who_is("expert", edition.organisation), edition=edition, quarters=40)
    counted(edition)
    client, _person = client_of("coordinator")
    assert "Newer numbers" in text_of(client.get(reverse("cohorts:effect_report", args=[report.public_id])))
    for _ in range(2):
        client.post(reverse("cohorts:effect_report_numbers", args=[report.public_id]))
    report.refresh_from_db()
    assert (report.content["programmes"][0]["hours"][0]["quarters"], report.version) == (47, 2)


def test_officers_read_approved_reports_and_never_drafts() -> None:
    edition = a_told_edition()
    draft, approved = a_draft_report(edition, summary="Salainen luonnos"), an_approved_report(None)
    client, _officer = client_of("ministry_officer")
    assert client.get(reverse("cohorts:effect_report", args=[approved.public_id])).status_code == 200
    for name, more in (("effect_report", []), ("effect_report_file", ["fi", "pdf"])):
        assert client.get(reverse(f"cohorts:{name}", args=[draft.public_id, *more])).status_code == 404
    for name in ("effect_report_write", "effect_report_approve"):
        assert client.get(reverse(f"cohorts:{name}", args=[draft.public_id])).status_code == 403
    assert str(draft.public_id) not in text_of(client.get(effect_path(edition)))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_report_is_a_pdf_and_a_workbook_in_each_language(language: str) -> None:
    from pypdf import PdfReader

    edition = a_told_edition()
    report = an_approved_report(edition)
    client, _officer = client_of("ministry_officer")
    path = reverse("cohorts:effect_report_file", args=[report.public_id, language, "pdf"])
    answer = client.get(path)
    assert client.get(path, headers={"if-none-match": answer.headers["ETag"]}).status_code == 304
    document = PdfReader(io.BytesIO(answer.content))
    words = " ".join(page.extract_text() for page in document.pages)
    assert "Vähähiilisyysakatemia" in words
    assert document.trailer["/Root"]["/Lang"].startswith(language)
    told = ContentWords(content_from_json(report.content))
    with override(language):
        chance = told.by_chance
    assert chance in " ".join(words.split())
    book = client.get(reverse("cohorts:effect_report_file", args=[report.public_id, language, "xlsx"]))
    sheets = load_workbook(io.BytesIO(book.content)).worksheets
    assert chance in {cell.value for row in sheets[0].iter_rows() for cell in row}
    numbers = [cell.value for row in sheets[1].iter_rows() for cell in row if isinstance(cell.value, float)]
    assert any(value == pytest.approx(sum(CHANGES) / 6) for value in numbers)
    assert client.get(path.replace(".pdf", ".doc")).status_code == 404


def test_words_of_people_stay_text() -> None:
    edition = a_told_edition()
    report = a_draft_report(edition, summary='=cmd|"/c calc"!A1 <script>alert(1)</script>')
    client, _person = client_of("coordinator")
    page = text_of(client.get(reverse("cohorts:effect_report", args=[report.public_id]) + "?language=fi"))
    assert "<script>alert(1)" not in page
    book = client.get(reverse("cohorts:effect_report_file", args=[report.public_id, "fi", "xlsx"]))
    cells = [cell for row in load_workbook(io.BytesIO(book.content)).worksheets[0].iter_rows() for cell in row]
    (own,) = [cell for cell in cells if "cmd" in str(cell.value)]
    assert own.data_type == "s"
