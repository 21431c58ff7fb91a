"""The council report: begun, written, approved once and for good, published in three languages."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import openpyxl
import pypdf
import pytest
from django.test import Client
from django.utils import timezone

from keino.report.language import translator
from keino.web.base.frozen import DocumentIsFinal
from keino.web.base.jobs import run_waiting_jobs
from keino.web.base.models import Mail, Person
from keino.web.followup import needs
from keino.web.followup.choices import ReportState
from keino.web.followup.models import CouncilReport
from keino.web.followup.services.reports import approve_report
from keino.web.measurement.models import Run
from keino.web.organisations.models import Organisation
from keino.web.plans.models import ClimateTarget
from tests.factories.dashboards import LEDGER, a_run_with_lines
from tests.factories.followup import a_draft, a_published_report, an_approved_report
from tests.factories.runs import a_sent_ledger
from tests.factories.web import someone_who_is
from tests.web.followup.conftest import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]

REPORTS = "/o/parish/follow-up/reports/"
SUMMARIES = {
    "fi": "Lämpö on suurin päästölähde.",
    "sv": "Värmen är den största källan.",
    "en": "Heat is the largest source.",
}


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def pdf_words(content: bytes) -> tuple[int, str, Any]:
    book = pypdf.PdfReader(io.BytesIO(content))
    words = " ".join(page.extract_text() for page in book.pages)
    return len(book.pages), re.sub(r"\s+", " ", words), book.trailer["/Root"]


def words_form(report: CouncilReport, **words: str) -> dict[str, str]:
    return {f"summary_{language}": "" for language in SUMMARIES} | {"seen": str(report.version)} | words


def test_the_council_report_is_approved_and_published_in_three_languages(
    parish: Organisation, writer: Client, decider: Client, approver: Person
) -> None:
    ClimateTarget.objects.create(organisation=parish, baseline_year=2022, target_year=2030, reduction_share=0.6)
    begun = writer.post(f"{REPORTS}begin/", {"year": "2023"})
    run_waiting_jobs()
    report = CouncilReport.objects.get()
    assert begun.headers["Location"] == f"{REPORTS}{report.public_id}/"
    here = begun.headers["Location"]
    assert "Approve the report" not in text(decider.get(here))  # nobody wrote a word yet
    words = {f"summary_{language}": said for language, said in SUMMARIES.items()}
    assert writer.post(f"{here}write/", words_form(report, **words)).status_code == 302
    assert "Approve the report" in text(decider.get(here))
    assert writer.post(f"{here}approve/", {"seen": "2"}).status_code == 403
    report.refresh_from_db()
    assert decider.post(f"{here}approve/", {"seen": str(report.version)}).status_code == 302
    assert browser_of(None).get("/public/parish/report/2023/").status_code == 404
    decider.post(f"{here}publish/", {"publish": "yes"})
    report.refresh_from_db()
    assert (report.state, report.approved_by) == (ReportState.PUBLISHED, approver)
    total = report.run.totals.get(year=2023, category="*").footprint_kgco2e
    for language, said in SUMMARIES.items():
        visitor, speech = browser_of(None, language), translator(language)
        page = visitor.get("/public/parish/report/2023/")
        assert said in text(page)
        assert f'lang="{language}"' in page.content.decode()
        printed = visitor.get(f"/public/parish/report/2023/report-{language}.pdf")
        pages, printed_words, root = pdf_words(printed.content)
        assert (pages, root["/Lang"]) == (1, language)
        assert "/MarkInfo" in root
        assert said in printed_words
        assert re.sub(r"\s", " ", speech.tonnes(total)) in printed_words
        assert re.sub(r"\s", " ", speech.text("Target, and where we are")) in printed_words
        book = openpyxl.load_workbook(
            io.BytesIO(visitor.get(f"/public/parish/report/2023/report-{language}.xlsx").content)
        )
        cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
        assert said in cells


def test_report_of_a_year_without_purchases_is_refused(parish: Organisation, writer: Client) -> None:
    refused = writer.post(f"{REPORTS}begin/", {"year": "2019"}, follow=True)
    assert "Choose a year that the current result has." in text(refused)
    assert not CouncilReport.objects.exists()


def test_report_begun_twice_is_one(parish: Organisation, writer: Client) -> None:
    for _ in range(2):
        writer.post(f"{REPORTS}begin/", {"year": "2023"})
    assert CouncilReport.objects.count() == 1


def test_language_without_words_says_so(parish: Organisation, writer: Client) -> None:
    report = a_draft(parish, 2023, summary=SUMMARIES["fi"])
    page = text(writer.get(f"{REPORTS}{report.public_id}/"))
    assert "The organisation wrote its summary in Finnish only." in page
    assert SUMMARIES["fi"] not in page


def approve(client: Client, report: CouncilReport) -> str:
    report.refresh_from_db()
    return text(client.post(f"{REPORTS}{report.public_id}/approve/", {"seen": str(report.version)}, follow=True))


def state(report: CouncilReport) -> str:
    return CouncilReport.objects.get(pk=report.pk).state


def test_report_is_not_approved_while_the_ledger_is_calculated_again(parish: Organisation, decider: Client) -> None:
    report = a_draft(parish, 2023, summary="Words.")
    waiting = Run.objects.create(organisation=parish, state="running", options={})
    assert "is being calculated again at this moment" in approve(decider, report)
    assert state(report) == ReportState.DRAFT
    Run.objects.filter(pk=waiting.pk).delete()
    assert "The report is approved." in approve(decider, report)


def test_report_of_replaced_numbers_is_not_approved_until_they_are_taken_anew(
    parish: Organisation, writer: Client, decider: Client
) -> None:
    report = a_draft(parish, 2023, summary="Words.")
    before = report.content["footprint"]["footprint_kgco2e"]
    newer = a_run_with_lines(parish, LEDGER.replace("1200,00", "2400,00"))
    assert "A newer calculation was finished" in approve(decider, report)
    assert state(report) == ReportState.DRAFT
    writer.post(f"{REPORTS}{report.public_id}/numbers/")
    run_waiting_jobs()
    report.refresh_from_db()
    assert report.run == newer
    assert report.content["footprint"]["footprint_kgco2e"] > before
    assert "The report is approved." in approve(decider, report)


def test_of_two_approvers_at_once_the_first_counts(parish: Organisation, decider: Client, approver: Person) -> None:
    report = a_draft(parish, 2023, summary="Words.")
    second = browser_of(someone_who_is("approver", parish))
    seen = {"seen": str(report.version)}
    address = f"{REPORTS}{report.public_id}/approve/"
    decider.post(address, seen)
    late = text(second.post(address, seen, follow=True))
    assert "This can" in late
    assert "approved" in late
    report.refresh_from_db()
    assert report.approved_by == approver
    again = text(decider.post(address, seen, follow=True))  # a double press does no harm
    assert "Its numbers and texts never change from now on." in again


def test_words_changed_since_they_were_read_are_not_approved(
    parish: Organisation, writer: Client, decider: Client
) -> None:
    report = a_draft(parish, 2023, summary="Words.")
    seen = report.version
    writer.post(f"{REPORTS}{report.public_id}/write/", words_form(report, summary_fi="Other words."))
    late = text(decider.post(f"{REPORTS}{report.public_id}/approve/", {"seen": str(seen)}, follow=True))
    assert "Somebody else changed this" in late
    assert state(report) == ReportState.DRAFT


def test_approved_report_cannot_be_changed_by_any_way(parish: Organisation, writer: Client) -> None:
    report = an_approved_report(parish, 2023)
    form = words_form(report, summary_fi="Later words.")
    refused = writer.post(f"{REPORTS}{report.public_id}/write/", form, follow=True)
    assert "can&#x27;t be written any more" in refused.content.decode()
    writer.post(f"{REPORTS}{report.public_id}/numbers/")
    report.content = {}
    for attempt in (
        report.save,
        report.delete,
        lambda: CouncilReport.objects.filter(pk=report.pk).update(content={}),
        lambda: CouncilReport.objects.filter(pk=report.pk).update(summary_fi="x"),
        lambda: CouncilReport.objects.filter(pk=report.pk).delete(),
    ):
        with pytest.raises(DocumentIsFinal):
            attempt()
    kept = CouncilReport.objects.get(pk=report.pk)
    assert (kept.summary_fi, kept.content["year"]) == ("Päästöt laskivat.", 2023)


def test_newer_report_takes_the_place_of_the_approved_one(
    parish: Organisation, writer: Client, decider: Client
) -> None:
    first = an_approved_report(parish, 2023)
    writer.post(f"{REPORTS}begin/", {"year": "2023"})
    run_waiting_jobs()
    second = CouncilReport.objects.get(state=ReportState.DRAFT)
    assert (second.edition, second.summary_fi) == (2, "Päästöt laskivat.")
    approve(decider, second)
    assert (state(first), state(second)) == (ReportState.SUPERSEDED, ReportState.APPROVED)


def test_a_published_report_stays_public_until_its_successor_is_published(
    parish: Organisation, writer: Client, decider: Client
) -> None:
    first = a_published_report(parish, 2023)
    visitor, public = browser_of(None, "fi"), "/public/parish/report/2023/"
    writer.post(f"{REPORTS}begin/", {"year": "2023"})
    run_waiting_jobs()
    second = CouncilReport.objects.get(state=ReportState.DRAFT)
    writer.post(f"{REPORTS}{second.public_id}/write/", words_form(second, summary_fi="Uudet sanat."))
    approve(decider, second)
    assert (state(first), state(second)) == (ReportState.PUBLISHED, ReportState.APPROVED)
    assert "Päästöt laskivat." in text(visitor.get(public))
    assert "Everyone sees this one until that one is published." in text(decider.get(f"{REPORTS}{first.public_id}/"))
    here = f"{REPORTS}{second.public_id}/"
    assert "Everyone still sees the report of this year" in text(decider.get(here))
    for _ in range(2):  # pressed twice
        decider.post(f"{here}publish/", {"publish": "yes"})
    assert (state(first), state(second)) == (ReportState.SUPERSEDED, ReportState.PUBLISHED)
    assert "Uudet sanat." in text(visitor.get(public))
    refused = text(decider.post(f"{REPORTS}{first.public_id}/publish/", {"publish": "yes"}, follow=True))
    assert "superseded" in refused
    assert (state(first), state(second)) == (ReportState.SUPERSEDED, ReportState.PUBLISHED)


def test_a_report_that_is_no_longer_shown_makes_room_for_its_approved_successor(
    parish: Organisation, decider: Client
) -> None:
    first = a_published_report(parish, 2023)
    second = an_approved_report(parish, 2023)
    decider.post(f"{REPORTS}{first.public_id}/publish/", {"publish": "no"})
    assert (state(first), state(second)) == (ReportState.SUPERSEDED, ReportState.APPROVED)
    assert browser_of(None).get("/public/parish/report/2023/").status_code == 404


def test_second_writer_keeps_the_text_and_sees_the_first(parish: Organisation, writer: Client) -> None:
    report = a_draft(parish, 2023)
    first, second = words_form(report, summary_fi="First."), words_form(report, summary_fi="Second.")
    writer.post(f"{REPORTS}{report.public_id}/write/", first)
    conflict = writer.post(f"{REPORTS}{report.public_id}/write/", second)
    assert conflict.status_code == 422
    assert "First." in text(conflict)
    assert "Second." in conflict.content.decode()
    report.refresh_from_db()
    assert report.summary_fi == "First."
    data = second | {"seen": str(report.version)}
    assert writer.post(f"{REPORTS}{report.public_id}/write/", data).status_code == 302


def test_markup_and_formulas_stay_text(parish: Organisation, writer: Client) -> None:
    hostile = '=HYPERLINK("http://example.org") <script>alert(1)</script>'
    report = a_draft(parish, 2023, summary=hostile)
    client = browser_of(someone_who_is("member", parish), "fi")
    page = client.get(f"{REPORTS}{report.public_id}/").content.decode()
    assert "<script>alert(1)" not in page
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{REPORTS}{report.public_id}/report-fi.xlsx").content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert [cell.data_type for cell in cells] == ["s"]
    pages, words, _root = pdf_words(client.get(f"{REPORTS}{report.public_id}/report-fi.pdf").content)
    assert pages == 1
    assert "alert(1)" in words


def test_words_longer_than_a_page_are_refused(parish: Organisation, writer: Client) -> None:
    report = a_draft(parish, 2023)
    refused = writer.post(f"{REPORTS}{report.public_id}/write/", words_form(report, summary_fi="x" * 701))
    assert refused.status_code == 422
    assert "701" in text(refused)


@pytest.mark.parametrize("wanted", ["report-fi.exe", "report-de.pdf"])
def test_files_that_are_none_are_not_found(parish: Organisation, writer: Client, wanted: str) -> None:
    report = a_draft(parish, 2023)
    assert writer.get(f"{REPORTS}{report.public_id}/{wanted}").status_code == 404


def test_nobody_outside_sees_a_report_of_an_organisation_that_is_not_public(parish: Organisation) -> None:
    a_published_report(parish, 2023)
    visitor = browser_of(None)
    assert visitor.get("/public/parish/report/2023/").status_code == 200
    Run.objects.update(published_at=timezone.now())
    assert "/public/parish/report/2023/" in visitor.get("/public/parish/").content.decode()
    Organisation.objects.filter(pk=parish.pk).update(is_public=False)
    assert visitor.get("/public/parish/report/2023/").status_code == 404
    assert visitor.get("/public/parish/report/2023/report-fi.pdf").status_code == 404


def test_homes_say_who_is_waited_for(parish: Organisation, responsible: Person, approver: Person) -> None:
    report = a_draft(parish, 2023)
    day = timezone.localdate() + dt.timedelta(days=3)
    CouncilReport.objects.filter(pk=report.pk).update(meeting_on=day)
    assert [need.kind for need in needs.needs(responsible, [parish])] == ["week"]
    assert list(needs.needs(approver, [parish])) == []
    CouncilReport.objects.filter(pk=report.pk).update(summary_fi="Words.")
    assert [need.kind for need in needs.needs(responsible, [parish])] == ["others"]
    (need,) = needs.needs(approver, [parish])
    assert (need.kind, need.due) == ("week", day)
    assert [coming.date for coming in needs.coming_dates(approver, parish)] == [day]
    report.refresh_from_db()
    approve_report(report=report, seen=report.version, by=approver)
    assert [need.kind for need in needs.needs(approver, [parish])] == ["you"]


def test_approvers_are_told_once_that_a_report_waits_and_again_when_its_numbers_are_new(
    parish: Organisation, writer: Client, approver: Person
) -> None:
    told = Mail.objects.filter(template="followup/mail/council_report_to_approve.txt")
    report = a_draft(parish, 2023)
    here = f"{REPORTS}{report.public_id}/"
    assert not told.exists()  # nobody wrote a word yet
    for said in ("Words.", "Other words."):
        report.refresh_from_db()
        writer.post(f"{here}write/", words_form(report, summary_fi=said))
    assert (told.get().address, told.get().topic) == (approver.email, "plans.approvals")
    a_run_with_lines(parish, LEDGER.replace("1200,00", "2400,00"))
    writer.post(f"{here}numbers/")
    assert told.count() == 1
    run_waiting_jobs()
    assert told.count() == 2


def test_ledger_that_is_confirmed_later_leaves_an_approved_report_alone(parish: Organisation, decider: Client) -> None:
    report = an_approved_report(parish, 2023)
    frozen = report.content
    a_sent_ledger(parish)
    a_run_with_lines(parish, LEDGER.replace("1200,00", "9900,00"))
    report.refresh_from_db()
    assert report.content == frozen
    assert "A newer calculation" not in text(decider.get(f"{REPORTS}{report.public_id}/"))
