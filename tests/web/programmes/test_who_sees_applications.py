"""Who may open an application, and who is refused everywhere."""

from __future__ import annotations

import datetime as dt
import io
from types import SimpleNamespace

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino.web.base.models import Person
from keino.web.programmes.choices.applications import ApplicationState as S
from tests.factories.applications import (
    a_team_member,
    an_application,
    an_expert,
)
from tests.factories.programmes import an_edition
from tests.factories.web import a_role, an_organisation, someone_who_is
from tests.web.programmes.applying import client_of, page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["neighbour", "company", "expert elsewhere", "former"])
def test_another_applicant_a_company_and_strangers_are_refused_everywhere(town: SimpleNamespace, who: str) -> None:
    application = an_application(town.edition, town.organisation, state=S.DISCUSSION_HELD)
    an_application(town.edition, state=S.SUBMITTED)
    stranger = {
        "neighbour": lambda: someone_who_is("member", an_organisation()),
        "company": lambda: someone_who_is("supplier_user", an_organisation(kind="company")),
        "expert elsewhere": lambda: an_expert(an_edition()),
        "former": lambda: former(town),
    }[who]()
    client, member = client_of(stranger), a_team_member(application)
    for name in ("application", "application_book", "application_decide", "application_send", "application_withdraw"):
        assert client.get(page(name, application)).status_code == 403, name
    for name in ("discussion_cancel", "application_take_back"):
        assert client.post(page(name, application)).status_code == 403, name
    assert client.get(page("member_edit", application, member=member.public_id)).status_code == 403
    for name in ("commitment", "commit"):
        assert client.get(page(name, application)).status_code == 403, name
    for name in ("desk_applications", "desk_applications_export", "desk_discussions", "desk_hours"):
        assert client.get(reverse(f"programmes:{name}", args=[town.edition.slug])).status_code == 403, name
    assert Client().get(page("application", application)).status_code == 302


def former(town: SimpleNamespace) -> Person:
    person = someone_who_is("member", an_organisation())
    last_year = timezone.localdate() - dt.timedelta(days=365)
    a_role(person, "member", town.organisation, valid_from=last_year - dt.timedelta(days=9), valid_to=last_year)
    return person


def test_an_application_isnt_found_under_anothers_address(town: SimpleNamespace) -> None:
    other = an_application(town.edition, state=S.SUBMITTED)
    path = reverse("programmes:application", args=[town.organisation.slug, other.public_id])
    assert town.client.get(path).status_code == 404


def test_a_mentor_reads_and_an_approver_doesnt_write(town: SimpleNamespace) -> None:
    application = an_application(town.edition, town.organisation, state=S.DISCUSSION_HELD)
    mentor = someone_who_is("mentor", town.edition.organisation, about=town.organisation)
    approver = someone_who_is("approver", town.organisation)
    for person in (mentor, approver):
        client = client_of(person)
        assert client.get(page("application", application)).status_code == 200
        assert client.get(page("application_edit", application, part="pilot")).status_code == 403


def test_a_decider_with_a_tie_sees_neither_the_application_nor_its_name(town: SimpleNamespace) -> None:
    application = an_application(town.edition, town.organisation, state=S.SUBMITTED)
    decider = someone_who_is("expert", town.edition.organisation, about=town.organisation)
    town.edition.people.create(person=decider, kind="decider")
    client = client_of(decider)
    listed = client.get(reverse("programmes:desk_applications", args=[town.edition.slug]))
    assert listed.status_code == 200
    assert "Esimerkkilä" not in listed.content.decode()
    assert "1 application isn’t shown to you" in listed.content.decode()
    there = reverse("programmes:desk_application", args=[town.edition.slug, application.public_id])
    assert client.get(there).status_code == 403
    export = client.get(reverse("programmes:desk_applications_export", args=[town.edition.slug]))
    cells = [str(c.value) for row in openpyxl.load_workbook(io.BytesIO(export.content)).worksheets[0] for c in row]
    assert not any("Esimerkkilä" in cell for cell in cells)
