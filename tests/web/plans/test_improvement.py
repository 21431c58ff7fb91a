"""The yearly improvement report: page, workbook, PDF; and the past as it was."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from keino.web.base.jobs import run_waiting_jobs
from keino.web.base.models import Job
from keino.web.plans.models import Action, ActionChange
from keino.web.plans.queries.improvement import improvement
from keino.web.plans.services.improvement_files import KEPT_FOR, forget_files, stored_name
from tests.factories.actions import a_review, an_action
from tests.factories.web import a_person, an_organisation
from tests.web.plans.test_actions import DAY, as_a, at, edited, text_of

pytestmark = pytest.mark.django_db


def noon(year: int, month: int, day: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime(year, month, day, 12))  # noqa: DTZ001  # made aware here


def moved_deadline(action: Action, was: dt.date, on: dt.datetime, **more: Any) -> ActionChange:
    now = action.deadline.isoformat()
    return ActionChange.objects.create(
        action=action, what="deadline", was=was.isoformat(), now=now, changed_at=on, **more
    )


def test_b14_overdue_actions_changed_targets_and_reviews_are_in_the_yearly_report() -> None:
    town, today = an_organisation(), timezone.localdate()
    late = an_action(town, title="Late heat pumps", deadline=today - 12 * DAY, created_at=timezone.now() - 40 * DAY)
    moved = an_action(
        town, title="Fewer vans", indicator="Vans", indicator_unit="pcs", indicator_target=Decimal(10),
        has_no_budget_effect=True,
    )  # fmt: skip
    client = as_a("member", town)
    address = at("action_edit", town, action=moved.public_id)
    wish = {"indicator": "Vans", "indicator_unit": "pcs", "indicator_target": "6", "has_no_budget_effect": "on"}
    assert client.post(address, edited(moved, **wish, why="No drivers.")).status_code == 302
    sent = {
        "key": "12345678-1234-5678-1234-567812345678", "kind": "yearly", "held_on": today.isoformat(),
        "seen": "The plan holds.", "lessons": "Ask the drivers first.",
    }  # fmt: skip
    assert client.post(at("plan_review_new", town), sent).headers["Location"] == at("improvement", town)
    page = text_of(client.get(at("improvement", town)))
    assert "1 action was overdue" in page
    assert f"Late heat pumps – {late.deadline.day}" in page
    assert "Fewer vans" in page
    assert "Target 10 pcs 6 pcs No drivers." in page
    assert "The plan holds." in page
    assert "Ask the drivers first." in page
    book = load_workbook(io.BytesIO(client.get(at("improvement_xlsx", town)).content))
    rows = {sheet.title: list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book}
    assert [(row[0], row[3]) for row in rows["Overdue"]] == [("Late heat pumps", 12)]
    assert [row[1:6] for row in rows["Changes"]] == [("Fewer vans", "Target", "10 pcs", "6 pcs", "No drivers.")]
    assert [(row[3], row[4]) for row in rows["Reviews and lessons"]] == [("The plan holds.", "Ask the drivers first.")]
    assert [row[0] for row in rows["Without a budget decision"]] == ["Late heat pumps"]


def test_b14_the_report_is_made_as_a_pdf_in_the_background() -> None:
    town, today = an_organisation(), timezone.localdate()
    an_action(town, title="Late heat pumps", deadline=today - DAY, created_at=timezone.now() - 40 * DAY)
    a_review(town, lessons="<b>Ask</b> first", written_by=a_person())
    client = as_a("approver", town)
    answers = {client.post(at("improvement_ask_pdf", town), {"year": today.year}).headers["Location"] for _ in range(2)}
    (address,) = answers  # asked twice, made once
    assert "The file is being made" in text_of(client.get(address))
    run_waiting_jobs()
    assert "The file is ready" in text_of(client.get(address))
    answer = client.get(f"{address}file/")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert "Late heat pumps" in text
    assert "<b>Ask</b> first" in " ".join(text.split())
    other = an_organisation()
    job = Job.objects.get(kind="plans.improvement_pdf")
    assert as_a("member", other).get(at("improvement_pdf", other, job=job.public_id)).status_code == 404
    assert forget_files(timezone.now()) == 0
    assert forget_files(timezone.now() + KEPT_FOR + DAY) == 1
    assert not default_storage.exists(stored_name(str(job.public_id)))
    assert "week is over" in text_of(client.get(address))
    assert client.get(f"{address}file/").status_code == 404


def test_a_past_year_is_told_as_it_was_on_its_last_day() -> None:
    town = an_organisation()
    made = noon(2024, 2, 1)
    # due in 2024, put off in 2025: it was late at the end of 2024
    put_off = an_action(town, title="Put off", deadline=dt.date(2026, 5, 1), created_at=made)
    moved_deadline(put_off, dt.date(2024, 12, 1), noon(2025, 1, 15))
    # put off within 2024 already: it was not
    early = an_action(town, title="Put off in time", deadline=dt.date(2025, 3, 1), created_at=made)
    moved_deadline(early, dt.date(2024, 10, 1), noon(2024, 9, 1))
    # done in 2025 after a deadline in 2024: late at the end of 2024, done late in 2025
    an_action(
        town, title="Done late", deadline=dt.date(2024, 11, 1), state="done", done_on=dt.date(2025, 2, 1),
        evidence="x", created_at=made,
    )  # fmt: skip
    an_action(
        town, title="Given up", deadline=dt.date(2024, 6, 1), state="cancelled", cancelled_on=dt.date(2024, 7, 1),
        created_at=made,
    )  # fmt: skip
    an_action(town, title="Came later", deadline=dt.date(2024, 6, 1), created_at=noon(2025, 6, 1))
    report = improvement(town, 2024, dt.date(2026, 3, 1))
    assert [(each.action.title, each.deadline, each.days) for each in report.overdue] == [
        ("Done late", dt.date(2024, 11, 1), 60),
        ("Put off", dt.date(2024, 12, 1), 30),
    ]
    assert [change.action.title for change in report.changes] == ["Put off in time"]
    assert report.actions == 4
    later = improvement(town, 2025, dt.date(2026, 3, 1))
    assert ([each.title for each in later.done], later.done_late) == (["Done late"], 1)
    assert [change.action.title for change in later.changes] == ["Put off"]


def test_an_action_that_is_due_on_the_day_itself_is_not_overdue() -> None:
    town, today = an_organisation(), timezone.localdate()
    an_action(town, deadline=today)
    assert improvement(town, today.year, today).overdue == ()


def test_a_year_that_nobody_can_report_on_shows_the_present_one() -> None:
    town, year = an_organisation(), timezone.localdate().year
    for asked in ("1999", "²", "x", str(year + 1)):
        assert f"Improvement report {year}" in text_of(
            as_a("member", town).get(at("improvement", town), {"year": asked})
        )
