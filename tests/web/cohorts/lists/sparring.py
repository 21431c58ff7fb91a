"""Pages of sparring, small groups, alumni and lessons that list rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from keino.web.cohorts.models import AlumniEntry, AlumniPerson, Deliverable, DigitalOption, FollowUpTask, TeamPerson
from keino.web.cohorts.services.peer_groups import change_note
from keino.web.organisations.models import Organisation
from tests.factories.cohorts import a_participation
from tests.factories.programmes import an_edition
from tests.factories.sparring import a_case, a_group, a_lesson, a_note, a_session, a_template, agreed, know_how
from tests.factories.web import a_person, a_role, an_organisation
from tests.web.lists import Listed


def _session(scene: Any, _person: Any, number: int) -> None:
    session = a_session(
        scene.organisation, days=number, participation=scene.sparring_part, mentor=a_person(f"Mentor {number}"),
        digital_case=a_case(scene.organisation),
    )  # fmt: skip
    agreed(session, owner=a_person())


def _agreed(scene: Any, _person: Any, number: int) -> None:
    agreed(scene.sparring_session, title=f"Agreed {number}", owner=a_person())


def _case(scene: Any, _person: Any, _number: int) -> None:
    case = a_case(scene.organisation)
    a_session(scene.organisation, digital_case=case)


def _in_case(scene: Any, _person: Any, number: int) -> None:
    DigitalOption.objects.create(case=scene.digital_case, title=f"Option {number}", way="buy")
    agreed(case=scene.digital_case, owner=a_person())
    a_session(scene.organisation, digital_case=scene.digital_case, mentor=a_person())


def _other_part(scene: Any, number: int) -> Any:
    return a_participation(an_organisation(f"Other participant {number}"), scene.sparring_part.edition)


def _in_group(scene: Any, _person: Any, number: int) -> None:
    a_note(scene.peer_group)
    scene.peer_group.members.create(participation=_other_part(scene, number))


def _version(scene: Any, _person: Any, number: int) -> None:
    note = scene.group_note
    note.refresh_from_db()
    change_note(
        note, title=note.title, text=f"Text {number}", seen=note.version,
        organisation=an_organisation(f"Writer {number}"), by=a_person(),
    )  # fmt: skip


def _known(scene: Any, _person: Any, number: int) -> None:
    know_how(_other_part(scene, number), shared="cohort", contact=a_person())
    know_how(scene.sparring_part, text=f"Known {number}")


def _alumni(_scene: Any, _person: Any, number: int) -> None:
    there = a_participation(an_organisation(f"Alumni {number}"), an_edition(state="completed"), state="alumni")
    AlumniEntry.objects.create(participation=there, is_public=True)
    AlumniPerson.objects.create(participation=there, person=there.responsible)


def _names(scene: Any, person: Any, number: int) -> None:
    there = a_participation(an_organisation(f"Named {number}"), an_edition(state="completed"), state="alumni")
    AlumniPerson.objects.create(participation=there, person=person)
    TeamPerson.objects.create(participation=there, person=person, contact_shown_at=timezone.now())
    know_how(there, shared="cohort", contact=person)


def _own_alumni(scene: Any, _person: Any, _number: int) -> None:
    AlumniPerson.objects.create(participation=scene.alumni_part, person=a_person())


def _lesson(scene: Any, _person: Any, number: int) -> None:
    a_lesson(a_participation(scene.organisation, an_edition(state="running"), responsible=None), title=f"L {number}")
    a_lesson(scene.sparring_part)


def _offered(scene: Any, _person: Any, number: int) -> None:
    a_lesson(_other_part(scene, number), state="offered")


def _template(scene: Any, _person: Any, number: int) -> None:
    template = a_template(a_lesson(_other_part(scene, number), may_name_us=True))
    template.reuses.create(organisation=an_organisation())


def _desk(scene: Any, person: Any, number: int) -> None:
    town: Organisation = an_organisation(f"Helped {number}")
    a_role(person, "mentor", scene.centre, about=town)
    person.__dict__.pop("_roles_today", None)
    a_session(town, digital_case=a_case(town))
    an_edition(scene.centre, state="running").people.create(person=person, kind="mentor")


def _group(scene: Any, _person: Any, number: int) -> None:
    a_group(_other_part(scene, number), mentor=a_person())
    _other_part(scene, number + 100)


def _task(_scene: Any, _person: Any, number: int) -> None:
    there = a_participation(an_organisation(f"Followed {number}"), an_edition(state="completed"), state="alumni")
    due = timezone.localdate() + dt.timedelta(days=number)
    FollowUpTask.objects.create(
        edition=there.edition, participation=there, kind="follow_up_meeting", due_on=due, owner=a_person()
    )


def _unfinished(scene: Any, _person: Any, number: int) -> None:
    Deliverable.objects.create(participation=_other_part(scene, number), kind="pilot_procurement")


LISTS = [
    Listed("cohorts:sparring_log", _session),
    Listed("cohorts:edition_sparring", _session),
    Listed("cohorts:sparring_session", _agreed),
    Listed("cohorts:digital_cases", _case),
    Listed("cohorts:digital_case", _in_case),
    Listed("cohorts:peer_group", _in_group),
    Listed("cohorts:group_note", _version),
    Listed("cohorts:know_how", _known),
    Listed("cohorts:alumni", _alumni),
    Listed("cohorts:my_names", _names),
    Listed("cohorts:alumni_own", _own_alumni),
    Listed("cohorts:lessons", _lesson),
    Listed("cohorts:templates", _template),
    Listed("cohorts:sparring_desk", _desk),
    Listed("cohorts:desk_groups", _group),
    Listed("cohorts:desk_close", _unfinished),
    Listed("cohorts:desk_follow_up", _task),
    Listed("cohorts:desk_lessons", _offered),
]
