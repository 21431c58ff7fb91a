"""What the rules promise of administrators and of companies."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import with_second_factor
from tests.factories.web import a_person, a_role, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db
OF_BUYERS = ("see_results", "see_lines", "work", "approve", "publish")


def test_superuser_runs_the_site_and_sees_no_ledgers() -> None:
    town, keeper = an_organisation(), a_person(is_superuser=True, is_staff=True)
    assert keeper.has_perm("operations.see")
    assert keeper.has_perm("organisations.manage_people", town)
    assert [name for name in OF_BUYERS if keeper.has_perm(f"measurement.{name}", town)] == []
    assert not keeper.has_perm("organisations.choose_publicity", town)
    assert not keeper.has_perms(["operations.see", "measurement.see_lines"], town)
    with ThreadPoolExecutor(1) as aside:  # this thread may have the browser tests' loop
        assert not aside.submit(asyncio.run, keeper.ahas_perm("nothing.of_ours")).result()
    assert not keeper.has_module_perms("measurement")


@pytest.mark.parametrize("page", ["measurement:ledgers", "measurement:upload", "measurement:runs"])
def test_superuser_is_refused_on_the_pages_of_ledgers(client: Client, page: str) -> None:
    town = an_organisation()
    client.force_login(with_second_factor(a_person(is_superuser=True)))
    assert client.get(reverse("organisations:people", kwargs={"slug": town.slug})).status_code == 200
    assert client.get(reverse(page, kwargs={"slug": town.slug})).status_code == 403


def test_superuser_who_left_may_nothing() -> None:
    keeper = a_person(is_superuser=True, is_active=False)
    assert not keeper.has_perm("operations.see")


@pytest.mark.parametrize("kind", ["responsible_person", "member", "approver", "supplier_user"])
def test_people_of_companies_have_no_ledgers(client: Client, kind: str) -> None:
    company = an_organisation(kind="company")
    person = someone_who_is(kind, company)
    mentor = a_person()
    a_role(mentor, "mentor", an_organisation(kind="competence_centre"), about=company)
    assert [name for name in OF_BUYERS if person.has_perm(f"measurement.{name}", company)] == []
    assert not mentor.has_perm("measurement.see_lines", company)
    client.force_login(person)
    for page in ("measurement:ledgers", "measurement:upload", "measurement:runs", "dashboards:footprint"):
        assert client.get(reverse(page, kwargs={"slug": company.slug})).status_code == 403


def test_home_of_a_company_says_why_it_has_no_ledgers(client: Client) -> None:
    client.force_login(someone_who_is("responsible_person", company := an_organisation(kind="company")))
    page = client.get(reverse("dashboards:home", kwargs={"slug": company.slug}), headers={"Accept-Language": "en"}).text
    assert "organisations that buy with public money" in page
    client.force_login(someone_who_is("responsible_person", town := an_organisation()))
    page = client.get(reverse("dashboards:home", kwargs={"slug": town.slug}), headers={"Accept-Language": "en"}).text
    assert "organisations that buy with public money" not in page
