"""What editions hold of people: given, erased, handed over; what homes say of them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from keino.web.base.owned import owned_by
from keino.web.base.personal_data import registers
from keino.web.programmes.choices import EditionState
from keino.web.programmes.models import Edition
from keino.web.programmes.needs.editions import coming_dates, needs
from keino.web.programmes.services.people import name_person
from tests.factories.programmes import an_edition, named_in
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def test_erased_person_is_named_nowhere_and_the_programme_stays() -> None:
    edition = an_edition(contact_email="host@keino.example")
    person = someone_who_is("coordinator", edition.organisation)
    person.email = "host@keino.example"
    person.save()
    named_in(edition, "host", person)
    other = name_person(edition, person=someone_who_is("expert", edition.organisation), kind="reviewer", by=person)
    [register] = [each for each in registers() if each.key == "programmes"]
    assert register.export(person)["named_in"] == [{"programme": edition.shown_name, "as": "host"}]
    register.erase(person)
    other.refresh_from_db()
    edition.refresh_from_db()
    assert (list(edition.people.all()), other.named_by, edition.contact_email) == ([other], None, "")


def test_parts_of_somebody_who_leaves_are_handed_over() -> None:
    edition = an_edition()
    centre = edition.organisation
    over = an_edition(centre, state=EditionState.COMPLETED)
    leaving, staying = (someone_who_is("expert", centre) for _ in range(2))
    for each in (edition, over):
        named_in(each, "reviewer", leaving)
    owned = [each for each in owned_by(leaving, centre) if each.key.startswith("edition_person:")]
    assert [each.title for each in owned] == [edition.shown_name]  # what is over needs nobody
    owned[0].give_to(staying)
    assert [named.person for named in edition.people.all()] == [staying]


def test_coordinator_is_asked_to_complete_what_is_over_and_to_publish_what_is_near() -> None:
    centre = an_organisation(kind="competence_centre")
    coordinator = someone_who_is("coordinator", centre)
    ended = an_edition(centre, state=EditionState.RUNNING, name_fi="Mennyt")
    past = timezone.now() - dt.timedelta(days=1)
    ended.dates.filter(kind="closing").update(starts_at=past, ends_at=past)
    near = an_edition(centre, state=EditionState.DRAFT, name_fi="Lähellä")
    soon = timezone.now() + dt.timedelta(days=10)
    near.dates.filter(kind="form_deadline").update(starts_at=soon, ends_at=soon)
    an_edition(centre, state=EditionState.OPEN)
    found = {need.url: need.kind for need in needs(coordinator, [])}
    assert found == {f"/desk/programmes/{ended.slug}/": "you", f"/desk/programmes/{near.slug}/": "week"}
    assert list(needs(someone_who_is("expert", centre), [])) == []


def test_those_who_may_apply_see_the_last_day_of_open_calls() -> None:
    edition = an_edition(name_fi="Avoin")
    an_edition(state=EditionState.DRAFT, name_fi="Luonnos")
    town = an_organisation()
    [date] = coming_dates(someone_who_is("member", town), town)
    deadline = Edition.objects.get(pk=edition.pk).dates.get(kind="form_deadline").ends_at
    assert (date.date, date.url) == (timezone.localdate(deadline), f"/programmes/{edition.slug}/")
    assert list(coming_dates(someone_who_is("approver", town), town)) == []
