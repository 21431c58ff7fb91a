"""Whose an event is: who manages it, and who alone sees what people need."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from keino.web.base.models import Person
from keino.web.events.models import Event
from tests.factories.accounts import with_second_factor
from tests.factories.events import a_seat, an_event
from tests.factories.programmes import a_date, an_edition, named_in
from tests.factories.web import an_organisation, someone_who_is
from tests.web.events.desk import of_event

pytestmark = pytest.mark.django_db
NEEDS = "No nuts, allergy"
PAGES = (
    "desk_event", "change", "copy", "move", "cancel", "invite", "message", "participants", "participants_xlsx",
    "participants_csv", "attendance", "materials", "desk_feedback",
)  # fmt: skip


@pytest.fixture
def of() -> SimpleNamespace:
    """Two centres, and an event of one of them with a participant who wrote what they need."""
    centre = an_organisation("Centre", kind="competence_centre")
    other = an_organisation("Other centre", kind="competence_centre")
    event = an_event(centre, asks_needs=True, mode="on_site", place="Hall", title="Workshop on food")
    a_seat(event, name="Aino Aalto", needs=NEEDS)
    return SimpleNamespace(centre=centre, other=other, event=event)


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(with_second_factor(person))
    return client


def desk_list(client: Client) -> str:
    return client.get(reverse("events:desk") + "?when=all").content.decode()


@pytest.mark.parametrize("kind", ["expert", "mentor", "change_agent"])
def test_people_of_another_centre_find_no_page_of_an_event_on_the_desk(of: SimpleNamespace, kind: str) -> None:
    client = browser(someone_who_is(kind, of.other))
    for name in PAGES:
        answer = client.get(of_event(of.event, name))
        assert answer.status_code == 404, name
        assert b"Aino" not in answer.content
    assert client.post(of_event(of.event, "announce")).status_code == 404
    assert client.post(of_event(of.event, "cancel"), {"because": "Mine"}).status_code == 404
    assert Event.objects.get().state == "announced"
    assert of.event.title not in desk_list(client)


def test_a_draft_and_an_event_for_those_invited_are_hidden_from_another_centre(of: SimpleNamespace) -> None:
    client = browser(someone_who_is("expert", of.other))
    for hidden in (an_event(of.centre, state="draft"), an_event(of.centre, audience="invited")):
        assert client.get(of_event(hidden, "event")).status_code == 404
    assert "/desk/events/" not in client.get(of_event(of.event, "event")).content.decode()


@pytest.mark.parametrize("kind", ["coordinator", "expert", "mentor", "change_agent"])
def test_people_of_the_organiser_manage_an_event_and_see_the_needs(of: SimpleNamespace, kind: str) -> None:
    client = browser(someone_who_is(kind, of.centre))
    assert of.event.title in desk_list(client)
    for name in PAGES:
        assert client.get(of_event(of.event, name)).status_code == 200, name
    assert NEEDS in client.get(of_event(of.event, "participants")).content.decode()
    assert NEEDS in client.get(of_event(of.event, "participants_csv")).content.decode()


def test_a_coordinator_of_another_centre_manages_an_event_without_seeing_the_needs(of: SimpleNamespace) -> None:
    client = browser(someone_who_is("coordinator", of.other))
    assert of.event.title in desk_list(client)
    for name in ("participants", "participants_csv"):
        content = client.get(of_event(of.event, name)).content.decode()
        assert "Aino Aalto" in content
        assert NEEDS not in content


def of_contact(of: SimpleNamespace) -> Person:
    """An expert of the other centre whom the organiser named as the event's contact person."""
    person = someone_who_is("expert", of.other)
    of.event.contact = person
    of.event.save()
    return person


def of_host(of: SimpleNamespace) -> Person:
    """An expert of the other centre who is a host of the programme whose session the event is."""
    edition = an_edition(organisation=of.centre)
    date = a_date(edition, "workshop", days=30, hours=2)
    date.event = of.event
    date.save()
    return named_in(edition, "host", someone_who_is("expert", of.other))


@pytest.mark.parametrize("holder", [of_contact, of_host])
def test_contact_person_and_hosts_of_the_programme_hold_an_event_too(
    of: SimpleNamespace, holder: Callable[[SimpleNamespace], Person]
) -> None:
    client = browser(holder(of))
    assert of.event.title in desk_list(client)
    assert NEEDS in client.get(of_event(of.event, "participants")).content.decode()


def test_who_is_named_in_a_programme_otherwise_does_not_hold_its_sessions(of: SimpleNamespace) -> None:
    of_host(of)
    edition = of.event.edition_date.edition
    reviewer = named_in(edition, "reviewer", someone_who_is("expert", of.other))
    assert browser(reviewer).get(of_event(of.event, "participants")).status_code == 404


@pytest.mark.parametrize("kind", ["member", "ministry_officer"])
def test_a_contact_person_without_a_role_of_the_centre_does_not_come_to_the_desk(
    of: SimpleNamespace, kind: str
) -> None:
    of.event.contact = someone_who_is(kind)
    of.event.save()
    assert browser(of.event.contact).get(of_event(of.event, "participants")).status_code == 403
