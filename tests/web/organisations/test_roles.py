"""Roles: who gives which, dates, deputies, the last responsible person."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino.web.base.mail_text import written
from keino.web.base.models import Mail
from keino.web.organisations.dates import first_gap
from keino.web.organisations.errors import (
    EndsBeforeItBegins,
    HoldsItAlready,
    MayNotGive,
    NobodyResponsible,
    NotInThePast,
    NotToOneself,
    RoleDoesNotFit,
    RoleNeeds,
)
from keino.web.organisations.models import Role
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.organisations.rules import GIVING, may_give, roles_today
from keino.web.organisations.services.roles import change_role, end_role, give_role, name_deputy
from tests.factories.organisations import days
from tests.factories.web import a_person, a_role, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")
ALL = (
    "responsible_person", "member", "approver", "supplier_user", "expert", "mentor", "change_agent",
    "ministry_officer", "coordinator", "administrator",
)  # fmt: skip
OWN = {"responsible_person", "member", "approver", "supplier_user"}
#: Giver's role → what it gives, written down here a second time, independently of the table in rules.py.
GIVES = {
    "responsible_person": OWN,
    "member": set(),
    "approver": set(),
    "supplier_user": set(),
    "expert": set(),
    "mentor": set(),
    "change_agent": set(),
    "ministry_officer": set(),
    "coordinator": set(ALL) - {"coordinator", "administrator"},
    "administrator": set(ALL),
}


def test_every_role_stands_in_the_table() -> None:
    assert set(GIVING) == set(ALL)


@pytest.mark.parametrize("giver", ALL)
def test_nobody_gives_more_than_their_own_roles_allow(giver: str) -> None:
    town = an_organisation()
    person = someone_who_is(giver, town)
    assert {kind for kind in ALL if may_give(person, kind, town)} == GIVES[giver]


@pytest.mark.parametrize("giver", ["responsible_person", "member", "approver"])
def test_roles_elsewhere_give_nothing_here(giver: str) -> None:
    person = someone_who_is(giver)
    assert [kind for kind in ALL if may_give(person, kind, an_organisation())] == []


def test_former_responsible_person_gives_nothing() -> None:
    town = an_organisation()
    person = someone_who_is("responsible_person", town, valid_to=days(-1))
    with pytest.raises(MayNotGive):
        give_role(a_person(), "member", town, by=person)


@pytest.mark.parametrize("kind", ["responsible_person", "approver", "coordinator", "administrator"])
def test_nobody_gives_a_role_to_themselves(kind: str) -> None:
    centre = an_organisation(kind="competence_centre")
    person = someone_who_is("administrator", centre)
    with pytest.raises(NotToOneself):
        give_role(person, kind, centre, by=person)
    assert person.roles.count() == 1


def test_nobody_makes_their_own_role_longer() -> None:
    town = an_organisation()
    someone_who_is("responsible_person", town)
    person = someone_who_is("responsible_person", town, valid_to=days(10))
    role = person.roles.get()
    with pytest.raises(NotToOneself):
        change_role(role, by=person, valid_to=None)
    with pytest.raises(NotToOneself):
        end_role(role, by=person, last_day=days(20))
    role.refresh_from_db()
    assert role.valid_to == days(10)


def test_give_role_tells_the_person_and_refuses_a_second_time() -> None:
    town = an_organisation("Town")
    by, person = someone_who_is("responsible_person", town), a_person()
    role = give_role(person, "member", town, by=by)
    assert (role.valid_from, role.valid_to, role.given_by) == (days(0), None, by)
    assert [(mail.person, mail.template) for mail in Mail.objects.all()] == [
        (person, "organisations/mail/role_given.txt")
    ]
    with pytest.raises(HoldsItAlready):
        give_role(person, "member", town, by=by, valid_from=days(5))


def test_role_counts_at_once_for_a_person_whose_roles_were_asked_before() -> None:
    town, person = an_organisation(), a_person()
    assert roles_today(person) == ()
    give_role(person, "member", town, by=someone_who_is("responsible_person", town))
    assert person.has_perm("measurement.work", town)


@pytest.mark.parametrize(
    ("kind", "organisation_kind"),
    [("coordinator", "municipality"), ("administrator", "company"), ("ministry_officer", "municipality"),
     ("expert", "municipality"), ("mentor", "company"), ("supplier_user", "municipality"), ("member", "company")],
)  # fmt: skip
def test_role_is_refused_where_it_isnt_held(kind: str, organisation_kind: str) -> None:
    with pytest.raises(RoleDoesNotFit):
        give_role(a_person(), kind, an_organisation(kind=organisation_kind), by=someone_who_is("administrator"))


def test_mentor_needs_a_buyer_and_change_agent_a_region() -> None:
    centre, by = an_organisation(kind="competence_centre"), someone_who_is("coordinator")
    with pytest.raises(RoleNeeds):
        give_role(a_person(), "mentor", centre, by=by)
    with pytest.raises(RoleNeeds):
        give_role(a_person(), "change_agent", centre, by=by)
    role = give_role(a_person(), "change_agent", centre, by=by, regions=["MK19", "MK18", "MK19"])
    assert role.regions == ["MK18", "MK19"]


def test_dates_back_in_time_are_refused() -> None:
    town = an_organisation()
    by, person = someone_who_is("responsible_person", town), a_person()
    with pytest.raises(NotInThePast):
        give_role(person, "member", town, by=by, valid_from=days(-1))
    with pytest.raises(EndsBeforeItBegins):
        give_role(person, "member", town, by=by, valid_from=days(5), valid_to=days(4))
    role = give_role(person, "member", town, by=by)
    with pytest.raises(NotInThePast):
        end_role(role, by=by, last_day=days(-1))
    ended = a_role(a_person(), "member", town, valid_to=days(-1))
    with pytest.raises(NotInThePast):
        change_role(ended, by=by, valid_to=None)


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        # the role's days: 29 March to 25 October 2026, the two days on which the clock changes in Finland
        (dt.datetime(2026, 3, 28, 23, 59, tzinfo=HELSINKI), False),
        (dt.datetime(2026, 3, 29, 0, 0, tzinfo=HELSINKI), True),
        (dt.datetime(2026, 3, 28, 22, 0, tzinfo=dt.UTC), True),  # midnight in Helsinki, winter time
        (dt.datetime(2026, 3, 28, 21, 59, tzinfo=dt.UTC), False),
        (dt.datetime(2026, 10, 24, 21, 0, tzinfo=dt.UTC), True),  # midnight, summer time
        (dt.datetime(2026, 10, 25, 21, 59, tzinfo=dt.UTC), True),  # 23.59, winter time again
        (dt.datetime(2026, 10, 25, 22, 0, tzinfo=dt.UTC), False),
    ],
)
def test_role_begins_and_ends_at_midnight_in_helsinki(
    moment: dt.datetime, holds: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = an_organisation()
    person = someone_who_is("member", town, valid_from=dt.date(2026, 3, 29), valid_to=dt.date(2026, 10, 25))
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert person.has_perm("measurement.work", town) is holds


def test_last_responsible_person_stays() -> None:
    town = an_organisation("Town")
    only = someone_who_is("responsible_person", town)
    for by in (only, someone_who_is("administrator")):
        with pytest.raises(NobodyResponsible):
            end_role(only.roles.get(), by=by)
    with pytest.raises(NobodyResponsible):
        change_role(only.roles.get(), by=someone_who_is("coordinator"), valid_to=days(100))


def test_one_of_two_responsible_persons_may_leave_but_only_one() -> None:
    town = an_organisation("Town")
    first, second = someone_who_is("responsible_person", town), someone_who_is("responsible_person", town)
    end_role(first.roles.get(), by=first, last_day=days(3))
    with pytest.raises(NobodyResponsible):
        end_role(second.roles.get(), by=second, last_day=days(10))


def test_deputy_is_no_responsible_person_of_their_own() -> None:
    town = an_organisation("Town")
    only = someone_who_is("responsible_person", town)
    name_deputy(only.roles.get(), someone_who_is("member", town), by=only, valid_from=days(0), valid_to=days(300))
    with pytest.raises(NobodyResponsible):
        end_role(only.roles.get(), by=only)


def test_ending_twice_is_harmless() -> None:
    town = an_organisation()
    by, person = someone_who_is("responsible_person", town), someone_who_is("member", town)
    role = person.roles.get()
    end_role(role, by=by)
    end_role(role, by=by)
    assert Mail.objects.filter(template="organisations/mail/role_ended.txt").count() == 1


def test_member_may_lay_down_the_own_role_and_no_other() -> None:
    town = an_organisation()
    someone_who_is("responsible_person", town)
    person, colleague = someone_who_is("member", town), someone_who_is("member", town)
    end_role(person.roles.get(), by=person)
    with pytest.raises(MayNotGive):
        end_role(colleague.roles.get(), by=person)


def test_deputy_acts_for_the_holder_on_the_named_days_only(monkeypatch: pytest.MonkeyPatch) -> None:
    town = an_organisation("Town")
    approver, deputy = someone_who_is("approver", town), someone_who_is("member", town)
    name_deputy(approver.roles.get(), deputy, by=approver, valid_from=days(0), valid_to=days(2))
    assert deputy.has_perm("measurement.approve", town)
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + dt.timedelta(days=3))
    assert not deputy.has_perm("measurement.approve", town)
    # nobody is told of what they did themselves
    assert [(mail.person, mail.template) for mail in Mail.objects.all()] == [
        (deputy, "organisations/mail/deputy_named.txt")
    ]


def test_deputy_without_a_role_of_their_own_acts_on_behalf() -> None:
    town = an_organisation("Town")
    holder, other = someone_who_is("responsible_person", town), someone_who_is("member", town)
    stand_in = a_person()
    a_role(stand_in, "responsible_person", town, deputy_of=holder.roles.get())
    assert on_behalf_of(stand_in, town) == holder
    assert on_behalf_of(other, town) is None


def test_deputy_ends_with_the_role_they_stand_in_for() -> None:
    town = an_organisation("Town")
    by, approver = someone_who_is("responsible_person", town), someone_who_is("approver", town)
    deputy = name_deputy(
        approver.roles.get(), someone_who_is("member", town), by=approver, valid_from=days(0), valid_to=days(90)
    )
    end_role(approver.roles.get(), by=by, last_day=days(1))
    deputy.refresh_from_db()
    assert deputy.valid_to == days(1)


@pytest.mark.parametrize("kind", ["coordinator", "administrator"])
def test_keepers_dont_name_their_own_deputies(kind: str) -> None:
    centre = an_organisation(kind="competence_centre")
    keeper, friend = someone_who_is(kind, centre), someone_who_is("expert", centre)
    role = keeper.roles.get()
    if kind == "coordinator":
        with pytest.raises(MayNotGive):
            name_deputy(role, friend, by=keeper, valid_from=days(0), valid_to=days(1))
    else:  # administrators give the role to others anyway
        assert name_deputy(role, friend, by=keeper, valid_from=days(0), valid_to=days(1)).kind == kind


def test_member_cannot_become_the_responsible_persons_deputy_alone() -> None:
    town = an_organisation()
    holder, member = someone_who_is("responsible_person", town), someone_who_is("member", town)
    with pytest.raises(MayNotGive):
        name_deputy(holder.roles.get(), member, by=member, valid_from=days(0), valid_to=days(1))
    assert Role.objects.filter(deputy_of__isnull=False).count() == 0


@pytest.mark.parametrize(
    ("intervals", "gap"),
    [
        ([], 0),
        ([(-5, None)], None),
        ([(-5, 3), (4, None)], None),
        ([(-5, 3), (5, None)], 4),
        ([(-5, 3), (2, 9)], 10),
        ([(1, None)], 0),
    ],
)
def test_first_gap(intervals: list[tuple[int, int | None]], gap: int | None) -> None:
    start = dt.date(2026, 1, 1)

    def day(number: int) -> dt.date:
        return start + dt.timedelta(days=number)

    found = first_gap([(day(first), None if last is None else day(last)) for first, last in intervals], start)
    assert found == (None if gap is None else day(gap))


def test_responsible_persons_hear_of_changes_by_others() -> None:
    town = an_organisation("Town")
    boss = someone_who_is("responsible_person", town)
    keeper, person = someone_who_is("coordinator"), a_person()
    role = give_role(person, "member", town, by=keeper)
    end_role(role, by=keeper)
    told = Mail.objects.filter(person=boss).order_by("pk")
    assert [(mail.values["what"], mail.topic) for mail in told] == [
        ("given", "organisations.people"), ("ended", "organisations.people"),
    ]  # fmt: skip
    give_role(a_person(), "member", town, by=boss)
    assert told.count() == 2


# ---- the buyer and those who help it


def test_a_buyer_ends_the_help_of_a_mentor_and_the_centre_is_told() -> None:
    town, centre = an_organisation(), an_organisation(kind="competence_centre")
    role = a_role(a_person(name="Milla Mentor"), "mentor", centre, about=town)
    us, coordinator = someone_who_is("responsible_person", town), someone_who_is("coordinator", centre)
    client = Client(headers={"accept-language": "en"})
    client.force_login(us)
    people = reverse("organisations:people", args=[town.slug])
    url = reverse("organisations:role", args=[town.slug, role.public_id])
    assert url in client.get(people).content.decode()
    shown = client.get(url).content.decode()
    assert 'value="change"' not in shown  # how long help lasts is the centre's to say; that it ends, the buyer's
    today = timezone.localdate()
    assert client.post(url, {"form": "end", "last_day": today.isoformat()}).status_code == 302
    role.refresh_from_db()
    assert role.valid_to == today
    assert Mail.objects.get(template="organisations/mail/role_ended.txt").person == role.person
    told = Mail.objects.get(template="organisations/mail/helper_sent_away.txt")
    assert (told.person, told.values["buyer"]) == (coordinator, town.shown_name)
    mail = written(told)
    assert f"{us} " in mail.text
    assert "Milla Mentor " in mail.text
    assert town.shown_name in mail.subject
    assert "{" not in mail.text
    client.post(url, {"form": "end", "last_day": today.isoformat()})
    assert Mail.objects.filter(template="organisations/mail/helper_sent_away.txt").count() == 1


def test_nobody_else_sends_a_helper_away_and_the_buyer_makes_no_help_longer() -> None:
    town, other, centre = an_organisation(), an_organisation(), an_organisation(kind="competence_centre")
    today = timezone.localdate()
    role = a_role(a_person(), "mentor", centre, about=town, valid_to=days(5))
    for kind, where in (("member", town), ("approver", town), ("responsible_person", other)):
        with pytest.raises(MayNotGive):
            end_role(role, by=someone_who_is(kind, where), last_day=today)
    us = someone_who_is("responsible_person", town)
    with pytest.raises(MayNotGive):
        end_role(role, by=us, last_day=days(6))
    end_role(role, by=us, last_day=days(4))
    role.refresh_from_db()
    assert role.valid_to == days(4)
    # a role that looks at no buyer isn't the buyer's to end
    with pytest.raises(MayNotGive):
        end_role(a_role(a_person(), "coordinator", centre), by=us)
