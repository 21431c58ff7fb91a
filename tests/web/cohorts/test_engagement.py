"""The engagement log: one line by hand, what the calendar proposes, who sees it, what stays of it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from keino.web.base.models import Person
from keino.web.cohorts.forms.engagement import quarters_from
from keino.web.cohorts.models import Engagement, SparringSession
from keino.web.cohorts.personal_data.engagement import retire_log
from keino.web.events.models import Event, Seat
from tests.factories.accounts import with_second_factor
from tests.factories.effect import some_work
from tests.factories.programmes import an_edition, named_in
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db
LOG = "/desk/engagement/"


def expert() -> Person:
    return someone_who_is("expert", an_organisation("Centre", kind="competence_centre"))


def client_of(person: Person) -> Client:
    client = Client()
    if not person.authenticator_set.exists():
        with_second_factor(person)
    client.force_login(person)
    return client


def line(**fields: Any) -> dict[str, Any]:
    return {
        "day": timezone.localdate().isoformat(),
        "kind": "advice",
        "organisation": "",
        "edition": "",
        "quarters": "1.5",
        "note": "",
        "made_with": str(uuid.uuid4()),
    } | fields


def text_of(answer: Any) -> str:
    return answer.content.decode()


# ---- by hand


@pytest.mark.parametrize(
    ("written", "quarters"),
    [
        ("1.5", 6), ("1,25", 5), ("0:45", 3), ("2", 8), (" 1:30 h", 6), ("24", 96),
        ("1.1", None), ("0:50", None), ("one", None), ("-1", None), ("1e3", None), ("=1+1", None),
    ],
)  # fmt: skip
def test_hours_are_written_in_quarters(written: str, quarters: int | None) -> None:
    assert quarters_from(written) == quarters


def test_one_line_is_written_down_and_counted() -> None:
    person, town = expert(), an_organisation("Kauppila")
    answer = client_of(person).post(LOG, line(organisation=town.slug, note="Kategoriat"), follow=True)
    row = Engagement.objects.get()
    assert (row.person, row.organisation, row.quarters, row.note, row.source) == (person, town, 6, "Kategoriat", "")
    assert "Kauppila" in text_of(answer)
    assert "Kategoriat" in text_of(answer)


def test_the_same_form_sent_twice_makes_one_row() -> None:
    person, sent = expert(), line(organisation=an_organisation().slug)
    for _ in range(2):
        assert client_of(person).post(LOG, sent).status_code == 302
    assert Engagement.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"quarters": "0"}, {"quarters": "25"}, {"quarters": "abc"}, {"quarters": "1.1"}, {"day": "2099-01-01"},
        {"day": "31.2.2026"}, {"kind": "dancing"}, {"organisation": "no-such-town"}, {"organisation": ""},
        {"note": "x" * 301}, {"made_with": "nothing"},
    ],
)  # fmt: skip
def test_what_cant_be_is_refused_and_stays_in_the_form(wrong: dict[str, str]) -> None:
    town = an_organisation()
    answer = client_of(expert()).post(LOG, line(organisation=town.slug, note="Säilyy") | wrong)
    assert answer.status_code == 422
    assert Engagement.objects.count() == 0
    assert wrong.get("note", "Säilyy") in text_of(answer)


def test_an_event_may_be_for_nobody_in_particular() -> None:
    assert client_of(expert()).post(LOG, line(kind="event")).status_code == 302
    assert Engagement.objects.get().organisation is None


def test_notes_are_shown_as_text_and_never_as_formulas_or_html() -> None:
    person = expert()
    some_work(person, organisation=an_organisation(), note='=HYPERLINK("x")<script>alert(1)</script>')
    client = client_of(person)
    assert "<script>alert(1)" not in text_of(client.get(LOG))
    (_head, row) = list(
        csv.reader(io.StringIO(client.get(f"{LOG}my-log.csv").content.decode("utf-8-sig")), delimiter=";")
    )
    assert row[-1].startswith("'=")
    book = load_workbook(io.BytesIO(client.get(f"{LOG}my-log.xlsx").content))
    cell = book.worksheets[0].cell(2, 7)
    assert (cell.data_type, cell.value[:2]) == ("s", "=H")
    assert book.worksheets[0].cell(2, 6).value == 1.5
    assert client.get(f"{LOG}my-log.exe").status_code == 404


def test_the_last_line_is_repeated_with_todays_date() -> None:
    person, town = expert(), an_organisation("Toistola")
    row = some_work(person, organisation=town, quarters=5, kind="mail", day=timezone.localdate() - dt.timedelta(days=9))
    client = client_of(person)
    assert f"?again={row.public_id}" in text_of(client.get(LOG))
    form = client.get(f"{LOG}?again={row.public_id}").context["form"]
    assert form["quarters"].value() == "1.25"
    assert form["organisation"].value() == town.slug
    assert form["day"].value() == timezone.localdate()
    assert form["made_with"].value() != row.made_with
    others = client_of(expert()).get(f"{LOG}?again={row.public_id}").context["form"]
    assert others["quarters"].value() is None
    assert client.get(f"{LOG}?again=nonsense").status_code == 200


def test_a_row_is_mended_and_whoever_is_second_keeps_their_text() -> None:
    person, town = expert(), an_organisation()
    row = some_work(person, organisation=town)
    client, path = client_of(person), reverse("cohorts:engagement", args=[row.public_id])
    assert client.post(path, line(organisation=town.slug, quarters="2", seen="1")).status_code == 302
    second = client.post(path, line(organisation=town.slug, quarters="3", note="Toinen", seen="1"))
    assert second.status_code == 422
    assert "Toinen" in text_of(second)
    row.refresh_from_db()
    assert (row.quarters, row.version) == (8, 2)


def test_nobody_changes_or_takes_out_anothers_row() -> None:
    row = some_work(expert(), organisation=an_organisation())
    other = client_of(expert())
    for name in ("engagement", "engagement_remove"):
        assert other.get(reverse(f"cohorts:{name}", args=[row.public_id])).status_code == 404
    assert other.post(reverse("cohorts:engagement", args=[row.public_id]), line(seen="1")).status_code == 404
    other.post(reverse("cohorts:engagement_remove", args=[row.public_id]))
    assert Engagement.objects.filter(pk=row.pk).exists()


def test_taking_out_asks_first_and_may_be_pressed_twice() -> None:
    person = expert()
    row = some_work(person, organisation=an_organisation())
    client, path = client_of(person), reverse("cohorts:engagement_remove", args=[row.public_id])
    assert client.get(path).status_code == 200
    assert Engagement.objects.exists()
    assert [client.post(path).status_code for _ in range(2)] == [302, 302]
    assert not Engagement.objects.exists()


# ---- what the calendar proposes


def an_event(person: Person, **fields: Any) -> Event:
    starts = timezone.now() - dt.timedelta(days=3)
    fields = {"starts_at": starts, "ends_at": starts + dt.timedelta(minutes=75), "state": "announced"} | fields
    organiser = an_organisation(kind="competence_centre")
    return Event.objects.create(organiser=organiser, title="Webinaari", contact=person, **fields)


def a_session(person: Person, **fields: Any) -> SparringSession:
    starts = timezone.now() - dt.timedelta(days=2)
    fields = {"starts_at": starts, "ends_at": starts + dt.timedelta(hours=1), "state": "held"} | fields
    return SparringSession.objects.create(mentor=person, **{"organisation": an_organisation("Sparrila")} | fields)


def proposed(person: Person) -> list[str]:
    return [each.source for each in client_of(person).get(LOG).context["proposals"]]


def test_held_sessions_and_past_events_are_proposed_and_nothing_else() -> None:
    person, other = expert(), expert()
    event, session = an_event(person), a_session(person)
    came = an_event(other)
    Seat.objects.create(event=came, person=person, state="booked", attendance="present", booked_at=timezone.now())
    absent = an_event(other)
    Seat.objects.create(event=absent, person=person, state="booked", attendance="absent", booked_at=timezone.now())
    an_event(person, state="draft")
    a_session(person, state="agreed")
    now = timezone.now()
    an_event(person, starts_at=now + dt.timedelta(hours=1), ends_at=now + dt.timedelta(hours=2))
    long_ago = now - dt.timedelta(days=90)
    an_event(person, starts_at=long_ago, ends_at=long_ago + dt.timedelta(hours=1))
    wanted = {f"event:{event.public_id}", f"event:{came.public_id}", f"sparring:{session.public_id}"}
    assert set(proposed(person)) == wanted
    assert proposed(expert()) == []


def test_what_is_taken_up_twice_is_counted_once() -> None:
    person = expert()
    session = a_session(person)
    client, source = client_of(person), f"sparring:{session.public_id}"
    for _ in range(2):
        client.post(reverse("cohorts:proposal_take_up"), {"source": source})
    row = Engagement.objects.get()
    assert (row.quarters, row.organisation, row.kind, row.source) == (4, session.organisation, "sparring", source)
    assert proposed(person) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Engagement.objects.create(person=person, source=source, kind="sparring", day=row.day, quarters=4)


def test_a_row_by_hand_is_joined_instead_of_counted_twice() -> None:
    person = expert()
    session = a_session(person)
    day = timezone.localtime(session.starts_at).date()
    row = some_work(person, organisation=session.organisation, day=day, quarters=6)
    client = client_of(person)
    page = client.get(LOG)
    assert page.context["proposals"][0].same_day == row
    sent = {"source": f"sparring:{session.public_id}", "same_as": str(row.public_id)}
    for _ in range(2):
        client.post(reverse("cohorts:proposal_take_up"), sent)
    row = Engagement.objects.get()
    assert (row.quarters, row.source) == (6, f"sparring:{session.public_id}")


def test_what_is_declined_or_taken_out_never_comes_back() -> None:
    person = expert()
    event, session = an_event(person), a_session(person)
    client = client_of(person)
    for _ in range(2):
        client.post(reverse("cohorts:proposal_decline"), {"source": f"event:{event.public_id}"})
    client.post(reverse("cohorts:proposal_take_up"), {"source": f"sparring:{session.public_id}"})
    client.post(reverse("cohorts:engagement_remove", args=[Engagement.objects.get(is_counted=True).public_id]))
    assert proposed(person) == []
    assert not Engagement.objects.filter(is_counted=True).exists()


def test_anothers_session_cant_be_taken_up() -> None:
    session = a_session(expert())
    answer = client_of(expert()).post(
        reverse("cohorts:proposal_take_up"), {"source": f"sparring:{session.public_id}"}, follow=True
    )
    assert not Engagement.objects.exists()
    assert "proposal is no longer there" in text_of(answer) or answer.context["messages"]


# ---- the log of an edition


def test_the_log_of_an_edition_is_for_those_named_in_it_and_coordinators() -> None:
    edition = an_edition()
    town = an_organisation("Lokila")
    writer = named_in(edition, "mentor")
    some_work(writer, organisation=town, edition=edition, quarters=5)
    some_work(writer, edition=edition, quarters=2, kind="event")
    path = reverse("cohorts:edition_log", args=[edition.slug])
    answer = client_of(writer).get(path)
    assert "Lokila" in text_of(answer)
    assert [(each[1], each[2]) for each in answer.context["by_organisation"]] == [(1.25, 1), (0.5, 1)]
    coordinator = someone_who_is("coordinator", edition.organisation)
    assert client_of(coordinator).get(path).status_code == 200
    refused = [
        expert(),
        someone_who_is("ministry_officer", an_organisation(kind="ministry")),
        someone_who_is("responsible_person", town),
        someone_who_is("supplier_user", an_organisation(kind="company")),
    ]
    for person in refused:
        assert client_of(person).get(path).status_code == 403
        assert client_of(person).get(f"{path}log.csv").status_code == 403
    assert Client().get(path).status_code == 302


# ---- what stays of people


def test_hours_stay_when_a_person_is_erased() -> None:
    from keino.web.base.personal_data import registers

    person = expert()
    some_work(person, organisation=an_organisation(), note="Kalle soitti")
    (register,) = [each for each in registers() if each.key == "engagement_log"]
    exported = register.export(person)
    assert exported["log"][0]["note"] == "Kalle soitti"
    register.erase(person)
    row = Engagement.objects.get()
    assert (row.person, row.note, row.quarters) == (None, "", 6)


def test_names_and_notes_go_after_three_years() -> None:
    person = expert()
    old = timezone.localdate() - dt.timedelta(days=3 * 365 + 1)
    some_work(person, organisation=an_organisation(), day=old, note="vanha")
    some_work(person, organisation=an_organisation(), note="uusi")
    assert retire_log() == 1
    assert retire_log() == 0
    assert set(Engagement.objects.values_list("person", "note")) == {(None, ""), (person.pk, "uusi")}
