"""Adding and changing organisations."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from keino.web.base.errors import Conflict
from keino.web.base.models import Mail
from keino.web.organisations.errors import (
    BusinessIdTaken,
    DateMissing,
    GoesInCircles,
    SlugTaken,
    UnknownMunicipality,
    WrongBusinessId,
)
from keino.web.organisations.models import Organisation
from keino.web.organisations.services.organisations import change_organisation, create_organisation
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def test_create_makes_the_address_from_the_name() -> None:
    by = someone_who_is("coordinator")
    made = [create_organisation(by=by, kind="municipality", name_fi="Hämeenlinnan kaupunki") for _ in range(3)]
    assert [one.slug for one in made] == [
        "hameenlinnan-kaupunki", "hameenlinnan-kaupunki-2", "hameenlinnan-kaupunki-3",
    ]  # fmt: skip


def test_create_survives_a_name_without_letters() -> None:
    made = create_organisation(by=someone_who_is("coordinator"), kind="other", name_fi="../../<b>%00")
    assert made.slug == "b00"
    assert create_organisation(by=someone_who_is("coordinator"), kind="other", name_fi="…").slug == "organisation"


def test_create_refuses_a_taken_address_and_business_id() -> None:
    by = someone_who_is("administrator")
    create_organisation(by=by, kind="municipality", name_fi="A", slug="a-town", business_id="0164308-3")
    with pytest.raises(SlugTaken):
        create_organisation(by=by, kind="municipality", name_fi="B", slug="a-town")
    with pytest.raises(BusinessIdTaken):
        create_organisation(by=by, kind="municipality", name_fi="B", business_id="01643083")


@pytest.mark.parametrize(
    "kind", ["responsible_person", "member", "mentor", "expert", "ministry_officer", "change_agent"]
)
def test_create_is_the_centres_keepers_only(kind: str) -> None:
    with pytest.raises(PermissionDenied):
        create_organisation(by=someone_who_is(kind), kind="municipality", name_fi="B")


def test_region_follows_the_municipality() -> None:
    made = create_organisation(
        by=someone_who_is("coordinator"), kind="municipality", name_fi="Tampere", municipality_code="837"
    )
    assert made.region_code == "MK06"


def test_codes_are_those_of_the_organisations_own_time() -> None:
    by = someone_who_is("coordinator")
    ended = {"kind": "municipality", "name_fi": "Nastola", "municipality_code": "532"}
    with pytest.raises(UnknownMunicipality):
        create_organisation(by=by, **ended)
    made = create_organisation(by=by, **ended, valid_to=dt.date(2015, 12, 31))
    assert made.region_code == "MK07"


def test_change_of_something_changed_meanwhile_is_refused() -> None:
    town = an_organisation("Town")
    by = someone_who_is("responsible_person", town)
    mine, theirs = Organisation.objects.get(pk=town.pk), Organisation.objects.get(pk=town.pk)
    change_organisation(theirs, by=by, seen=1, homepage="https://theirs.example")
    with pytest.raises(Conflict):
        change_organisation(mine, by=by, seen=1, homepage="https://mine.example")
    town.refresh_from_db()
    assert (town.homepage, town.version) == ("https://theirs.example", 2)


def test_change_without_a_change_is_harmless() -> None:
    town = an_organisation("Town")
    change_organisation(town, by=someone_who_is("responsible_person", town), seen=17, name_fi="Town")
    town.refresh_from_db()
    assert town.version == 1


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("responsible_person", "business_id", "0164308-3"),
        ("responsible_person", "kind", "ministry"),
        ("coordinator", "is_public", True),
        ("administrator", "is_public", True),
        ("administrator", "is_compared", False),
    ],
)
def test_change_of_what_isnt_theirs_is_refused(kind: str, field: str, value: object) -> None:
    town = an_organisation("Town")
    with pytest.raises(PermissionDenied):
        change_organisation(town, by=someone_who_is(kind, town), seen=1, **{field: value})
    assert getattr(Organisation.objects.get(pk=town.pk), field) != value


def test_publicity_is_told_to_the_other_responsible_persons() -> None:
    town = an_organisation("Town")
    by, other = someone_who_is("responsible_person", town), someone_who_is("responsible_person", town)
    someone_who_is("member", town)
    change_organisation(town, by=by, seen=1, is_public=True)
    assert [mail.person for mail in Mail.objects.all()] == [other]


@pytest.mark.parametrize(
    ("field", "date"), [("parent", ""), ("merged_into", "merged_on"), ("successor", "succeeded_on")]
)
def test_organisations_dont_go_in_circles(field: str, date: str) -> None:
    by = someone_who_is("coordinator")
    first, second, third = an_organisation("First"), an_organisation("Second"), an_organisation("Third")
    today = {date: timezone.localdate()} if date else {}
    change_organisation(first, by=by, seen=1, **{field: second}, **today)
    change_organisation(second, by=by, seen=1, **{field: third}, **today)
    with pytest.raises(GoesInCircles) as refused:
        change_organisation(third, by=by, seen=1, **{field: first}, **today)
    assert refused.value.values["chain"] == "Third → First → Second → Third"
    with pytest.raises(GoesInCircles):
        change_organisation(Organisation.objects.get(pk=third.pk), by=by, seen=1, **{field: third}, **today)


def test_merger_needs_its_day() -> None:
    town, other = an_organisation("Town"), an_organisation("Other")
    with pytest.raises(DateMissing) as refused:
        change_organisation(town, by=someone_who_is("coordinator"), seen=1, merged_into=other)
    assert refused.value.field == "merged_on"


def test_nothing_is_saved_when_something_is_refused() -> None:
    town = an_organisation("Town")
    with pytest.raises(WrongBusinessId):
        change_organisation(town, by=someone_who_is("coordinator"), seen=1, name_fi="New", business_id="0164308-4")
    town.refresh_from_db()
    assert (town.name_fi, town.version) == ("Town", 1)
