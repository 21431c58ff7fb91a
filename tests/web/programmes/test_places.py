"""Places: confirmed by the organisation, published without scores, never more than there are."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from keino.web.programmes.errors.selection import TooManyPlaces
from keino.web.programmes.models import Application, Selection
from keino.web.programmes.services.places import confirm_place
from tests.factories.selection import (
    a_decision,
    a_selecting,
    an_applicant,
    an_interview,
    logged_in,
    responsible,
    scored,
)
from tests.factories.web import someone_who_is

pytestmark = pytest.mark.django_db


def test_b4_the_public_page_names_the_selected_and_nothing_else() -> None:
    selecting = a_selecting()
    names = {"Selected Town": "selected", "Reserve Town": "reserve", "Rejected Town": "rejected"}
    chosen, reserve, rejected = (an_applicant(selecting.edition, name, state=state) for name, state in names.items())
    silent = an_applicant(selecting.edition, "Silent Town", state="selected", agrees_to_publication=False)
    scored(selecting, chosen, 4, 3)
    decided = ((chosen, "selected"), (reserve, "reserve"), (rejected, "rejected"), (silent, "selected"))
    a_decision(selecting.edition, *decided, state="made")
    public = f"/programmes/{selecting.edition.slug}/"
    assert "Town" not in Client().get(public).content.decode()  # not before it is published
    desk = logged_in(selecting.coordinator)
    assert desk.post(f"{selecting.path}publication/publish/").status_code == 302
    page = Client().get(public).content.decode()
    assert "Selected Town" in page
    for hidden in ("Reserve Town", "Rejected Town", "Silent Town", "Reason of"):
        assert hidden not in page
    assert not re.search(r"(?<![\d.,])3[.,]50?(?!\.?\d)", page)  # the score; the third of May may be a date of it
    assert desk.post(f"{selecting.path}publication/unpublish/").status_code == 302
    assert "Town" not in Client().get(public).content.decode()


def test_b4_who_moves_up_later_is_published_by_publishing_again() -> None:
    selecting = a_selecting()
    first = an_applicant(selecting.edition, "First Town", state="selected")
    a_decision(selecting.edition, (first, "selected"), state="made")
    desk = logged_in(selecting.coordinator)
    desk.post(f"{selecting.path}publication/publish/")
    later = an_applicant(selecting.edition, "Later Town", state="selected")
    a_decision(selecting.edition, (later, "selected"), state="made")
    public = f"/programmes/{selecting.edition.slug}/"
    assert "Later Town" not in Client().get(public).content.decode()
    assert desk.get(f"{selecting.path}publication/").context["new"] == 1
    desk.post(f"{selecting.path}publication/publish/")
    assert "Later Town" in Client().get(public).content.decode()
    Application.objects.filter(pk=first.pk).update(state="withdrawn")
    assert "First Town" not in Client().get(public).content.decode()


def test_the_application_leads_to_the_place_that_waits() -> None:
    application = an_applicant(a_selecting().edition, state="selected")
    path = f"/o/{application.organisation.slug}/applications/{application.public_id}/"
    assert f'href="{path}place/"' in logged_in(responsible(application)).get(path).content.decode()


def test_a_confirmed_place_leads_to_the_programmes_space() -> None:
    application = an_applicant(a_selecting().edition, state="selected")
    path = f"/o/{application.organisation.slug}/applications/{application.public_id}/place/"
    page = logged_in(responsible(application)).post(path, follow=True).content.decode()
    assert f'href="/o/{application.organisation.slug}/programme/{application.edition.slug}/"' in page


def test_nothing_is_published_without_a_decision() -> None:
    selecting = a_selecting(applicants=1)
    logged_in(selecting.coordinator).post(f"{selecting.path}publication/publish/")
    assert not Selection.objects.filter(published_at__isnull=False).exists()


def test_b4_only_the_applicant_confirms_its_place() -> None:
    selecting = a_selecting()
    application = an_applicant(selecting.edition, state="selected")
    other = an_applicant(selecting.edition, state="selected")
    path = f"/o/{application.organisation.slug}/applications/{application.public_id}/place/"
    strangers = [responsible(other), selecting.coordinator, selecting.decider, selecting.reviewers[0]]
    strangers += [someone_who_is("approver", application.organisation)]
    for person in strangers:
        assert logged_in(person).post(path).status_code == 403
    wrong = f"/o/{other.organisation.slug}/applications/{application.public_id}/place/"
    assert logged_in(responsible(other)).post(wrong).status_code == 404
    application.refresh_from_db()
    assert application.state == "selected"


@pytest.mark.parametrize("state", ["submitted", "interviewed", "reserve", "rejected", "withdrawn"])
def test_nobody_confirms_a_place_that_isnt_offered(state: str) -> None:
    application = an_applicant(a_selecting().edition, state=state)
    path = f"/o/{application.organisation.slug}/applications/{application.public_id}/place/"
    page = logged_in(responsible(application)).get(path).content.decode()
    assert '<form method="post" action="' + path not in page
    logged_in(responsible(application)).post(path)
    application.refresh_from_db()
    assert application.state == state


def test_b4_a_seventh_place_cant_be_confirmed_however_it_was_given() -> None:
    selecting = a_selecting(places_max=6)
    for _ in range(6):
        an_applicant(selecting.edition, state="confirmed")
    seventh = an_applicant(selecting.edition, state="selected")
    with pytest.raises(TooManyPlaces):
        confirm_place(seventh, by=responsible(seventh))
    seventh.refresh_from_db()
    assert seventh.state == "selected"


def test_the_steps_tell_who_did_what() -> None:
    selecting = a_selecting(applicants=1)
    an_interview(selecting.applications[0], selecting.decider)
    client = logged_in(selecting.coordinator)
    client.post(f"{selecting.path}reviewers/share-out/")
    client.post(f"{selecting.path}decision/begin/")
    steps = client.get(f"{selecting.path}steps/").context["page_obj"].object_list
    told = [(step.who, str(step.act), step.about) for step in steps]
    assert len([each for each in told if each[0] == str(selecting.coordinator)]) >= 2
    assert str(selecting.applications[0].organisation) in {about for _who, _act, about in told}
