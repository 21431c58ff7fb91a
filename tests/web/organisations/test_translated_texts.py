"""Texts in three languages: never silently another one, and known to be behind when the original changes."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from keino.web.base.models import Person, Translation
from keino.web.base.translated import behind, missing, shown
from keino.web.organisations.models import Organisation
from keino.web.organisations.services.organisations import change_organisation
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Organisation:
    return an_organisation("Kunta", slug="town", about_fi="Alkuperäinen")


@pytest.fixture
def boss(town: Organisation) -> Person:
    return someone_who_is("responsible_person", town)


def change(town: Organisation, boss: Person, **fields: object) -> Organisation:
    town = Organisation.objects.get(pk=town.pk)
    return change_organisation(town, by=boss, seen=town.version, **fields)


def test_text_is_never_shown_in_another_language(town: Organisation) -> None:
    text = shown(town, "about", "sv")
    assert (text.text, text.is_missing, text.original, text.original_language) == ("", True, "Alkuperäinen", "fi")
    assert not shown(town, "about", "fi").is_missing
    assert shown(town, "short_name", "sv").is_empty


def test_tag_offers_the_original_with_its_language_marked(town: Organisation) -> None:
    template = Template("{% load organisations %}{% translated town 'about' %}")
    with override("sv"):
        html = template.render(Context({"town": town}))
    assert '<div lang="fi"><p>Alkuperäinen</p></div>' in html
    with override("fi"):
        html = template.render(Context({"town": town}))
    assert "<details>" not in html
    assert "<p>Alkuperäinen</p>" in html


def test_translation_is_behind_when_the_original_changes(town: Organisation, boss: Person) -> None:
    town = change(town, boss, about_sv="Översättning")
    assert not behind(town).exists()
    town = change(town, boss, about_fi="Muutettu")
    assert [(row.field, row.language) for row in behind(town)] == [("about", "sv")]
    assert shown(town, "about", "sv").is_behind
    town = change(town, boss, about_sv="Ändrad")
    assert not behind(town).exists()


def test_putting_the_original_back_brings_the_translation_up_to_date(town: Organisation, boss: Person) -> None:
    town = change(town, boss, about_sv="Översättning", about_en="Translation")
    town = change(town, boss, about_fi="Muutettu")
    assert behind(town).count() == 2
    town = change(town, boss, about_fi="Alkuperäinen")
    assert not behind(town).exists()


def test_both_changed_at_once_are_up_to_date(town: Organisation, boss: Person) -> None:
    town = change(town, boss, about_sv="Översättning")
    town = change(town, boss, about_fi="Muutettu", about_sv="Ändrad")
    assert not behind(town).exists()


def test_removed_translation_is_missing_not_behind(town: Organisation, boss: Person) -> None:
    town = change(town, boss, about_sv="Översättning")
    town = change(town, boss, about_fi="Muutettu", about_sv="")
    assert not behind(town).exists()
    assert {(str(one.language), one.original) for one in missing(town) if one.original == "Muutettu"} == {
        ("sv", "Muutettu"), ("en", "Muutettu"),
    }  # fmt: skip


def test_other_organisations_translations_are_not_listed(town: Organisation, boss: Person) -> None:
    town = change(town, boss, about_sv="Översättning")
    change(town, boss, about_fi="Muutettu")
    assert not behind(an_organisation("Other")).exists()
    assert behind().count() == 1


def test_page_lists_and_confirms(town: Organisation, boss: Person, client: Client) -> None:
    town = change(town, boss, about_sv="Översättning 55")
    town = change(town, boss, about_fi="Muutettu 56")
    client.force_login(boss)
    url = reverse("organisations:translations", kwargs={"slug": "town"})
    text = client.get(url).content.decode()
    assert '<td lang="sv">Översättning 55</td>' in text
    assert '<td lang="fi">Muutettu 56</td>' in text
    row = Translation.objects.get(field="about")
    holds = reverse("organisations:translation_holds", kwargs={"slug": "town", "number": row.pk})
    assert client.get(holds).status_code == 405
    assert client.post(holds).status_code == 302
    assert client.post(holds).status_code == 302
    assert not behind(town).exists()


def test_nobody_confirms_anothers_translation(town: Organisation, boss: Person, client: Client) -> None:
    town = change(town, boss, about_sv="Översättning")
    change(town, boss, about_fi="Muutettu")
    other = an_organisation("Other", slug="other")
    client.force_login(someone_who_is("responsible_person", other))
    row = Translation.objects.get(field="about")
    url = reverse("organisations:translation_holds", kwargs={"slug": "other", "number": row.pk})
    assert client.post(url).status_code == 302
    assert behind().count() == 1
