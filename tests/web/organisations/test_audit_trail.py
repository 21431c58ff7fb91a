"""The audit trail: who, what, before and after, on whose behalf; inside requests and without."""

from __future__ import annotations

import pytest
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.apps import apps
from django.db.models.signals import pre_save
from django.test import Client
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import override

from keino.web.base.audit import acting, trail_of, trail_of_organisation
from keino.web.organisations.field_names import FIELD_NAMES, field_name
from keino.web.organisations.models import Organisation, Role
from keino.web.organisations.services.organisations import change_organisation
from keino.web.organisations.services.roles import give_role
from keino.web.organisations.views.trail import SILENT, _shown
from tests.factories.organisations import an_invitation
from tests.factories.web import a_person, a_role, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def _rename(town: Organisation, name: str) -> LogEntry:
    town.name_fi = name
    town.save()
    entry = trail_of(town).first()
    assert entry is not None
    return entry


def test_acting_names_who_what_and_for_whom() -> None:
    town, by, holder = an_organisation("Old"), a_person(), a_person()
    with acting(by, on_behalf_of=holder, act="organisation_changed"):
        entry = _rename(town, "New")
    assert entry.actor == by
    assert entry.additional_data == {"on_behalf_of": holder.pk, "act": "organisation_changed"}
    assert entry.changes == {"name_fi": ["Old", "New"]}


def test_acting_inside_acting_comes_back_to_the_outer_one() -> None:
    town, first, second = an_organisation("A"), a_person(), a_person()
    with acting(first, act="outer"):
        with acting(second, act="inner"):
            inner = _rename(town, "B")
        outer = _rename(town, "C")
    after = _rename(town, "D")
    assert (inner.actor, inner.additional_data) == (second, {"act": "inner"})
    assert (outer.actor, outer.additional_data) == (first, {"act": "outer"})
    assert (after.actor, after.additional_data) == (None, None)


def test_acting_ends_when_something_goes_wrong() -> None:
    town = an_organisation("A")
    with pytest.raises(ZeroDivisionError), acting(a_person()):
        raise ZeroDivisionError
    assert _rename(town, "B").actor is None


def test_acting_leaves_no_receivers_behind() -> None:
    before = len(pre_save.receivers)
    for _ in range(3):
        with acting(a_person()), acting(a_person()):
            pass
    assert len(pre_save.receivers) == before


def test_requests_name_the_person_and_the_service_the_deed(client: Client) -> None:
    town = an_organisation("Town", slug="town")
    boss = someone_who_is("responsible_person", town)
    client.force_login(boss)
    form = {"name_fi": "Renamed", "original_language": "fi", "is_compared": "on", "seen": "1"}
    before = len(pre_save.receivers)
    assert client.post(reverse("organisations:settings", kwargs={"slug": "town"}), form).status_code == 302
    assert len(pre_save.receivers) == before
    entry = trail_of(town).first()
    assert entry is not None
    assert (entry.actor, entry.additional_data) == (boss, {"act": "organisation_changed"})
    assert entry.changes == {"name_fi": ["Town", "Renamed"]}
    assert (entry.remote_addr, entry.actor_email) == (None, None)


def test_deputy_acts_on_behalf_of_the_holder() -> None:
    town = an_organisation("Town")
    holder, deputy = someone_who_is("responsible_person", town), a_person()
    a_role(deputy, "responsible_person", town, deputy_of=holder.roles.get())
    role = give_role(a_person(), "member", town, by=deputy)
    entry = trail_of(role).get()
    assert entry.actor == deputy
    assert entry.additional_data == {"on_behalf_of": holder.pk, "act": "role_given"}


def test_trail_of_an_organisation_holds_its_own_and_nobody_elses() -> None:
    town, other = an_organisation("Town"), an_organisation("Other")
    boss = someone_who_is("responsible_person", town)
    an_invitation(town, by=boss, email="here@example.org")
    an_invitation(other, by=boss, email="elsewhere@example.org")
    someone_who_is("member", other)
    found = {str(entry.object_repr) for entry in trail_of_organisation(town)}
    assert "Town" in found
    assert any("here@example.org" in text for text in found)
    assert not any("elsewhere" in text or "Other" in text for text in found)
    assert LogEntry.objects.count() > len(found)


def test_secrets_are_not_in_the_trail() -> None:
    town = an_organisation("Town")
    an_invitation(town, by=someone_who_is("responsible_person", town), token="secret")
    assert not [entry for entry in LogEntry.objects.all() if "token_hash" in (entry.changes or {})]


def test_audit_page_tells_names_instead_of_numbers(client: Client) -> None:
    town = an_organisation("Town", slug="town")
    boss, holder = someone_who_is("responsible_person", town), a_person("Holder Person 818")
    new = a_person("New Person 919")
    with acting(boss, on_behalf_of=holder, act="role_given"):
        a_role(new, "member", town, given_by=boss)
    change_organisation(town, by=boss, seen=1, is_public=True)
    client.force_login(boss)
    text = client.get(reverse("organisations:audit", kwargs={"slug": "town"}) + "?language=en").content.decode()
    assert "on behalf of Holder Person 818" in text
    assert "Person: – → New Person 919" in text
    assert "Role: – → member" in text
    assert "Show our footprint to everyone: no → yes" in text


def test_every_field_in_the_trail_of_an_organisation_has_a_name_for_people() -> None:
    wordless = [
        f"{model._meta.label}.{field.name}"
        for model in auditlog.get_models()
        if model._meta.app_label not in {"base", "accounts", "about"}  # on the page of no organisation
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.name not in SILENT | set(auditlog.get_model_fields(model)["exclude_fields"])
        and not isinstance(field.verbose_name, Promise)
        and field.name not in FIELD_NAMES
    ]
    assert wordless == []


def test_field_name_is_in_the_reader_s_language() -> None:
    with override("fi"):
        assert field_name("deputy_of", "deputy of") == "Kenen sijainen"
        assert field_name("valid_to", Role._meta.get_field("valid_to").verbose_name) == "Viimeinen päivä"
    with override("sv"):
        assert field_name("deputy_of", "deputy of") == "Ställföreträdare för"


def test_moments_in_the_trail_are_read_in_finnish_time() -> None:
    with override("fi"):  # kept as UTC; summer time in Finland is three hours ahead
        assert _shown(Role._meta.get_field("withdrawn_at"), "2024-06-30 21:30:00.123", {}) == "1.7.2024 klo 0.30"


def test_money_in_the_trail_is_written_as_the_reader_writes_it() -> None:
    total = apps.get_model("measurement.Ledger")._meta.get_field("books_total")
    with override("fi"):
        assert _shown(total, "72618962.1600", {}).replace("\xa0", " ") == "72 618 962,16"
        assert _shown(total, "null", {}) == "–"
