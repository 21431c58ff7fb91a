"""An interest that comes late is kept as a draft, found again, and counted nowhere (B2)."""

from __future__ import annotations

import datetime as dt
import io
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from keino.web.accounts.services.erasure import erase_person
from keino.web.base.audit import trail_of_organisation
from keino.web.base.models import Mail
from keino.web.base.personal_data import registers
from keino.web.programmes.models import Application, ApplicationMove, EditionDate, InterestDraft
from keino.web.programmes.needs import needs
from keino.web.programmes.queries.applications import counts_by_state, open_application
from keino.web.programmes.queries.people import applicants_of
from keino.web.programmes.services.applications import interest
from keino.web.programmes.services.applications.reminders import remind_of_deadlines
from tests.factories.applications import a_late_interest
from tests.factories.web import a_person, a_role, an_organisation, someone_who_is
from tests.web.accounts.nothing_left import assert_nothing_is_left
from tests.web.cohorts.browsing import text_of
from tests.web.events.clock import at
from tests.web.programmes.applying import client_of

pytestmark = pytest.mark.django_db

SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)
WRITTEN = "School yards, written with care."


@pytest.fixture
def town(town: SimpleNamespace) -> SimpleNamespace:
    """The town a second after the deadline of the interest form, which was half an hour ago."""
    put_off(town, timezone.now().replace(microsecond=0) - dt.timedelta(minutes=30))
    town.page = reverse("programmes:interest_new", args=[town.organisation.slug, town.edition.slug])
    return town


def put_off(town: SimpleNamespace, moment: dt.datetime) -> None:
    EditionDate.objects.filter(edition=town.edition, kind="form_deadline").update(starts_at=moment, ends_at=moment)
    town.deadline = moment


def send(town: SimpleNamespace, client: Client | None = None, text: str = WRITTEN, seen: int | str = "") -> Any:
    return (client or town.client).post(town.page, {"interest": text, "seen": seen}, follow=True)


def test_b2_a_draft_is_found_again_after_logging_out_with_what_one_can_still_do(town: SimpleNamespace) -> None:
    with at(town.deadline + SECOND):
        town.client.force_login(town.member)
        send(town)
    town.client.logout()
    again = client_of(town.member)
    home = reverse("programmes:applications", args=[town.organisation.slug])
    assert f'href="{town.page}"' in again.get(home).content.decode()
    assert "Interest that came late" in text_of(again.get(home))
    opened = again.get(town.page)
    text, html = text_of(opened), opened.content.decode()
    assert WRITTEN in text
    assert "came late" in text
    assert "so your interest isn't registered" in text
    assert "kept below as a draft that only your organisation's people see" in text
    assert reverse("programmes:ask", args=[town.edition.slug]) in html
    assert "mailto:akatemia@example.org" in html
    assert "Save the draft" in text
    assert "Tell our interest" not in text


def test_colleagues_find_it_and_nobody_else_does(town: SimpleNamespace) -> None:
    send(town)
    colleague = client_of(someone_who_is("member", town.organisation))
    assert WRITTEN in text_of(colleague.get(town.page))
    neighbour = an_organisation("Naapurila")
    others = {
        "neighbour": someone_who_is("member", neighbour),
        "approver": someone_who_is("approver", town.organisation),
        "mentor": someone_who_is("mentor", town.edition.organisation, about=town.organisation),
        "coordinator": someone_who_is("coordinator", town.edition.organisation),
        "expert": town.expert,
        "company": someone_who_is("supplier_user"),
    }
    listed = reverse("programmes:applications", args=[town.organisation.slug])
    for who, person in others.items():
        client = client_of(person)
        answers = [client.get(town.page), client.get(f"{town.page}delete/"), client.post(f"{town.page}delete/")]
        assert {each.status_code for each in answers} <= {403, 404}, who
        assert send(town, client, "Theirs.").status_code in {403, 404}, who
        assert "Interest that came late" not in text_of(client.get(listed)), who
    assert WRITTEN not in text_of(client_of(None).get(town.page, follow=True))
    own = reverse("programmes:interest_new", args=[neighbour.slug, town.edition.slug])
    assert WRITTEN not in text_of(client_of(others["neighbour"]).get(own))
    assert InterestDraft.objects.get().interest == WRITTEN


def test_nothing_counts_a_draft_as_an_interest(town: SimpleNamespace) -> None:
    send(town)
    assert InterestDraft.objects.exists()
    assert [each.objects.count() for each in (Application, ApplicationMove, Mail)] == [0, 0, 0]
    assert counts_by_state(town.edition) == {}
    assert open_application(town.organisation, town.edition) is None
    assert not applicants_of(town.edition).exists()
    deadline = EditionDate.objects.get(edition=town.edition, kind="booking_deadline").ends_at
    assert remind_of_deadlines(deadline - DAY) == 0
    desk = client_of(town.expert)
    for name in ("desk_applications", "desk_discussions"):
        shown = text_of(desk.get(reverse(f"programmes:{name}", args=[town.edition.slug])))
        assert "Esimerkkilä" not in shown
        assert WRITTEN not in shown
    workbook = desk.get(reverse("programmes:desk_applications_export", args=[town.edition.slug]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(workbook) if workbook.streaming else workbook.content))
    cells = [str(cell) for sheet in book for row in sheet.values for cell in row]
    assert not any("Esimerkkilä" in cell or WRITTEN in cell for cell in cells)


@override("en")
def test_b2_a_draft_is_sent_when_the_deadline_is_put_off_and_the_home_says_so(town: SimpleNamespace) -> None:
    send(town)
    assert list(needs(town.member, [town.organisation])) == []
    put_off(town, timezone.now() + 2 * DAY)
    (need,) = needs(town.member, [town.organisation])
    assert (need.kind, need.url) == ("week", town.page)
    assert need.title.endswith("your draft is kept")
    assert list(needs(someone_who_is("approver", town.organisation), [town.organisation])) == []
    shown = town.client.get(town.page)
    assert "The call takes interest now" in text_of(shown)
    assert "Tell our interest" in text_of(shown)
    draft = InterestDraft.objects.get()
    send(town, text=WRITTEN + " Mended.", seen=draft.version)
    assert Application.objects.get().interest == WRITTEN + " Mended."
    assert not InterestDraft.objects.exists()


def test_pressing_twice_keeps_one_and_a_colleagues_text_is_never_written_over(town: SimpleNamespace) -> None:
    for _press in range(2):
        send(town)
    assert (InterestDraft.objects.get().version, InterestDraft.objects.get().written_by) == (1, town.member)
    colleague = client_of(someone_who_is("member", town.organisation))
    send(town, colleague, "A colleague went on.", seen=1)
    refused = send(town, text="I went on, too.", seen=1)
    assert refused.status_code == 422
    assert "A colleague went on." in text_of(refused)
    assert "I went on, too." in text_of(refused)
    assert InterestDraft.objects.get().interest == "A colleague went on."
    put_off(town, timezone.now() + DAY)  # in time, it isn't lost either
    assert send(town, text="I went on, too.", seen=1).status_code == 422
    assert InterestDraft.objects.exists()
    assert not Application.objects.exists()
    send(town, text="Both of us.", seen=2)
    assert Application.objects.get().interest == "Both of us."


def test_who_presses_in_time_is_in_time_however_long_others_are_waited_for(
    town: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait = at(town.deadline + SECOND)
    monkeypatch.setattr(interest, "open_application", lambda *_: wait.__enter__())
    with at(town.deadline):
        town.client.force_login(town.member)
        town.client.post(town.page, {"interest": WRITTEN})
        wait.__exit__(None, None, None)
    assert Application.objects.get().interest == WRITTEN


@pytest.mark.parametrize("text", ["", "   ", "x" * 2_001])
def test_what_the_form_refuses_is_no_draft(town: SimpleNamespace, text: str) -> None:
    assert send(town, text=text).status_code == 422
    assert not InterestDraft.objects.exists()


def test_html_in_a_draft_is_shown_as_text(town: SimpleNamespace) -> None:
    send(town, text="<script>alert(1)</script>")
    for path in (town.page, f"{town.page}delete/"):
        assert "<script>alert" not in town.client.get(path).content.decode()


def test_a_draft_is_deleted_after_a_question(town: SimpleNamespace) -> None:
    send(town)
    delete = f"{town.page}delete/"
    assert "Delete the draft of your interest" in text_of(town.client.get(delete))
    assert InterestDraft.objects.exists()
    for _press in range(2):
        assert "The draft is deleted." in text_of(town.client.post(delete, follow=True))
    assert not InterestDraft.objects.exists()
    assert town.client.get(delete).status_code == 302


def test_nothing_is_left_of_a_draft_when_its_writer_is_erased(town: SimpleNamespace) -> None:
    writer = a_person("Aino Keksitty-Äijälä", email="aino.keksitty@town.example")
    a_role(writer, "member", town.organisation, valid_to=timezone.localdate() - DAY)
    a_late_interest(town.edition, town.organisation, interest=WRITTEN, written_by=writer)
    register = next(each for each in registers() if each.key == "applications")
    (told,) = register.export(writer)["interests_that_came_late"]
    assert (told["organisation"], told["text"]) == ("Esimerkkilä", WRITTEN)
    erase_person(writer, by=someone_who_is("administrator", town.edition.organisation))
    assert_nothing_is_left([WRITTEN, "Keksitty"])


def test_the_trail_says_that_a_draft_was_kept_and_has_no_copy_of_it(town: SimpleNamespace) -> None:
    send(town)
    entry = trail_of_organisation(town.organisation).first()
    assert entry is not None
    assert entry.additional_data["act"] == "interest_draft_kept"
    assert WRITTEN not in str(entry.changes)


def test_a_draft_goes_after_two_years(town: SimpleNamespace) -> None:
    send(town)
    register = next(each for each in registers() if each.key == "applications")
    assert register.retire is not None
    with at(timezone.now() + 729 * DAY):
        register.retire()
        assert InterestDraft.objects.exists()
    with at(timezone.now() + 731 * DAY):
        register.retire()
    assert not InterestDraft.objects.exists()
