"""The lists of organisations, their people and what happened there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from keino.web.base.audit import acting, trail_of_organisation
from keino.web.base.models import Translation
from keino.web.organisations.models import Organisation
from tests.factories.organisations import an_invitation
from tests.factories.web import a_person, a_role, an_organisation, someone_who_is
from tests.web.lists import Listed


def _organisation(_scene: Any, _person: Any, number: int) -> None:
    parent = an_organisation(f"Parent {number}", kind="joint_authority", region_code="MK06")
    town = an_organisation(f"Town {number}", region_code="MK06", municipality_code="837", parent=parent)
    someone_who_is("responsible_person", town)


def _someone(scene: Any, person: Any, number: int) -> None:
    member = someone_who_is("member", scene.organisation)
    a_role(a_person(f"Mentor {number}"), "mentor", scene.centre, about=scene.organisation)
    an_invitation(scene.organisation, by=person, email=f"guest-{number}@town.example", token=f"guest-{number}")
    a_role(someone_who_is("member", scene.organisation), "approver", scene.organisation, deputy_of=member.roles.get())


def _someone_who_left(scene: Any, _person: Any, _number: int) -> None:
    today = timezone.localdate()
    first, last = today - dt.timedelta(days=90), today - dt.timedelta(days=9)
    a_role(a_person(), "member", scene.organisation, valid_from=first, valid_to=last)


def _change(scene: Any, _person: Any, number: int) -> None:
    town = Organisation.objects.get(pk=scene.organisation.pk)
    if number == 1:  # the scene's own trail fills more than a page
        trail_of_organisation(town).delete()
    with acting(someone_who_is("member", town), act="change organisation"):
        town.population = 30_000 + number
        town.save()


def _behind(scene: Any, _person: Any, number: int) -> None:
    Translation.objects.create(
        content_type=ContentType.objects.get_for_model(Organisation),
        object_id=str(scene.organisation.pk),
        field=("name", "short_name", "about")[number - 1],
        language="sv",
        original_language="fi",
        made_from="0" * 64,
        behind_since=timezone.now(),
    )


LISTS = [
    Listed("organisations:directory", _organisation),
    Listed("organisations:region", _organisation),
    Listed("organisations:desk", _organisation),
    Listed("organisations:desk_people", _someone),
    Listed("organisations:desk_translations", _behind),
    Listed("organisations:people", _someone),
    Listed("organisations:people_history", _someone_who_left),
    Listed("organisations:audit", _change),
    Listed("organisations:translations", _behind),
]
