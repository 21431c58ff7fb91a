"""Erasing people who applied, reviewed, interviewed, came and answered: their names go, every number stays."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino.web.accounts.services.erasure import erase_person, erasure_preview
from keino.web.base.models import Mail, Person
from keino.web.cohorts.models import Participation
from keino.web.cohorts.queries.effect.numbers import content_of_edition
from keino.web.cohorts.services.participations import add_to_team
from keino.web.events.links import seat_token
from keino.web.events.models import Event
from keino.web.events.queries.feedback import results_of
from keino.web.events.queries.lists import numbers_of
from keino.web.organisations.models import Role
from keino.web.programmes.models import Application, Discussion, Edition, Interview, Score
from keino.web.programmes.services.applications.discussions import book_discussion, cancel_discussion, hold_discussion
from keino.web.programmes.services.applications.interest import tell_interest
from keino.web.programmes.services.calendar import change_dates
from keino.web.programmes.services.date_changes import wanted_of
from keino.web.programmes.services.places import confirm_place
from tests.factories.applications import a_commitment, a_team_member, an_expert, some_hours
from tests.factories.cohorts import a_version, a_work
from tests.factories.effect import some_work
from tests.factories.events import a_feedback_form, a_past_event, a_seat
from tests.factories.programmes import an_edition, named_in
from tests.factories.selection import a_review, an_applicant, an_interview
from tests.factories.web import a_person, a_role, an_organisation, someone_who_is
from tests.web.accounts.nothing_left import assert_nothing_is_left
from tests.web.cohorts.browsing import text_of
from tests.web.events.clock import at
from tests.web.programmes.applying import client_of

pytestmark = pytest.mark.django_db

APPLICANT, EXPERT = "Aino Keksitty-Äijälä", "Ville Olematon"
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Year:
    """A programme's year that both had a part in, and somebody who looks at its numbers."""

    edition: Edition
    event: Event
    applicant: Person
    expert: Person
    coordinator: Person


@pytest.fixture
def year() -> Year:
    edition = an_edition()
    applicant = a_person(APPLICANT, email="aino.keksitty@town.example")
    expert = a_person(EXPERT, email="ville.olematon@centre.example")
    town = an_organisation("Esimerkkilä")
    a_role(applicant, "member", town)
    someone_who_is("responsible_person", town)
    a_role(expert, "expert", edition.organisation)
    coordinator = someone_who_is("coordinator", edition.organisation)
    an_expert(edition, expert)
    named_in(edition, "reviewer", expert)
    event = a_past_event(edition.organisation)
    event.feedback = a_feedback_form(edition.organisation)
    event.save()
    made = Year(edition, event, applicant, expert, coordinator)
    apply(made, tell_interest(edition=edition, organisation=town, interest="School yards.", by=applicant))
    review(made)
    come_and_answer(made)
    take_part(made)
    return made


def apply(year: Year, application: Application) -> None:
    """Book, cancel, book again, hold; team, commitment, sending."""
    hours = some_hours(year.edition, year.expert)
    slot = timezone.make_aware(dt.datetime.combine(hours.day, hours.begins))
    book_discussion(application, starts_at=slot, by=year.applicant)
    cancel_discussion(application, by=year.applicant, why="Ill")
    made = book_discussion(application, starts_at=slot, by=year.applicant)
    with at(made.ends_at):
        hold_discussion(made, by=year.expert, seen=made.version, notes="Eager.", agreed="Yards.")
    who = {"name": APPLICANT, "email": year.applicant.email}
    a_team_member(application, **who, person=year.applicant, role="responsible", is_responsible=True)
    a_team_member(application, name=APPLICANT, email="Aino.Keksitty@town.example")
    a_team_member(application)
    a_commitment(application, **who, asked_by=year.applicant, confirmed_name=APPLICANT, confirmed_at=timezone.now())
    Application.objects.filter(pk=application.pk).update(
        state="interviewed", submitted_at=timezone.now(), submitted_by=year.applicant
    )


def review(year: Year) -> None:
    """Scores of the expert and of another one for two applications, an interview, a decision of the expert's."""
    first = Application.objects.get()
    second = an_applicant(year.edition, "Toisaalla")
    other = named_in(year.edition)
    for application in (first, second):
        a_review(application, year.expert, 4)
        a_review(application, other, 1)
        an_interview(application, year.expert, held_by=year.expert, planned_by=year.expert)
    Score.objects.update(reason="As the plan says.")


def come_and_answer(year: Year) -> None:
    """Both come to a session, as do four others; all six answer the questions on it."""
    people: list[Person | None] = [year.applicant, year.expert, None, None, None, None]
    for number, person in enumerate(people):
        seat = a_seat(year.event, person=person, attendance="present")
        client = Client()
        address = reverse("events:feedback", kwargs={"token": seat_token(seat.public_id)})
        version = client.get(address).context["form"]["version"].initial
        said = {"q_useful": "yes" if number % 2 else "no", "q_better": f"More coffee {number}"}
        assert client.post(address, {"version": version, "send": "yes"} | said).status_code == 302


def take_part(year: Year) -> None:
    """The town takes part with both in its log and its team; dates are moved, and everyone is told by whom."""
    application = Application.objects.get(organisation__name_fi="Esimerkkilä")
    Application.objects.filter(pk=application.pk).update(state="selected")
    confirm_place(application, by=year.applicant)
    there = Participation.objects.get()
    member = someone_who_is("member", there.organisation)
    add_to_team(there, by=year.applicant, person=member)
    if not there.team.filter(person=year.applicant).exists():
        add_to_team(there, by=year.applicant, person=year.applicant, part="Leads the pilot")
    add_to_team(there, by=member, name=APPLICANT, part="Substitute")
    with at(year.edition.dates.get(kind="kick_off").ends_at):
        a_version(a_work(there), by=year.applicant)
    some_work(year.expert, organisation=there.organisation, edition=year.edition)
    date = year.edition.dates.get(kind="workshop")
    year.edition.refresh_from_db()
    wanted = wanted_of(date, starts_at=date.starts_at + DAY, ends_at=date.ends_at + DAY)
    year.edition.people.create(person=year.coordinator, kind="host")
    change_dates(year.edition, wanted=[wanted], by=year.expert, seen=year.edition.version)


def numbers(year: Year) -> dict[str, Any]:
    """What pages and files tell of the year."""
    desk, slug = client_of(year.coordinator), year.edition.slug
    pages = {
        name: text_of(desk.get(reverse(f"programmes:{name}", args=[slug])))
        for name in ("desk_applications", "selection_summary")
    }
    feedback = text_of(desk.get(reverse("events:desk_feedback", args=[year.event.public_id])))
    book = openpyxl.load_workbook(
        io.BytesIO(desk.get(reverse("programmes:selection_reviews_file", args=[slug])).content)
    )
    effect = content_of_edition(year.edition)
    return {
        **pages,
        "feedback": feedback,
        "results": results_of(year.event),
        "seats": numbers_of(year.event, timezone.now()),
        "reviews": [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets],
        "effect": effect,
        "held": Discussion.objects.exclude(held_at=None).count(),
    }


def nameless(value: Any) -> Any:
    """The same, with "a former user" where a name was."""
    if isinstance(value, str):
        return value.replace(APPLICANT, "a former user").replace(EXPERT, "a former user")
    if isinstance(value, list):
        return [nameless(each) for each in value]
    return value


def test_erasing_an_applicant_and_an_expert_keeps_every_number_and_no_name(year: Year) -> None:
    before = numbers(year)
    # mails to others say who did something: the test would show nothing without them
    others = Mail.objects.exclude(person__in=[year.applicant, year.expert])
    assert EXPERT in str(list(others.values_list("values", flat=True)))
    successor = someone_who_is("expert", year.edition.organisation)
    for person in (year.applicant, year.expert):
        for thing in erasure_preview(person).in_the_way:
            thing.give_to(successor)
        erase_person(person, by=person)
    after = numbers(year)
    for name, found in before.items():
        assert after[name] == nameless(found), name
    assert_nothing_is_left([APPLICANT, EXPERT, "aino.keksitty", "ville.olematon"])
    # what was done is still there
    assert Interview.objects.filter(state="held").count() == 2
    assert Participation.objects.get().team.count() >= 3
    assert not Role.objects.on(timezone.localdate()).filter(person__in=[year.applicant, year.expert]).exists()
