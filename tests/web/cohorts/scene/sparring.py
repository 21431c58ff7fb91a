"""What sparring, small groups, alumni and lessons add to the scene."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

from django.utils import timezone

from keino.web.cohorts.models import AlumniEntry, AlumniPerson, DigitalOption, FollowUpTask
from tests.factories.cohorts import a_participation
from tests.factories.programmes import an_edition
from tests.factories.sparring import a_case, a_group, a_lesson, a_note, a_session, a_template, agreed, know_how

SECRET = "Confidential sparring 7381"


def add(scene: SimpleNamespace) -> None:
    """One of everything in a running edition and in a closed one."""
    member, mentor = scene.people["own_member"], scene.people["mentor"]
    town = scene.organisation
    running = an_edition(scene.centre, state="running", slug="scene-sparring", name_fi="Scene sparring")
    scene.sparring_part = there = a_participation(town, running, responsible=member, mentor=mentor)
    scene.sparring_session = a_session(
        town, days=-1, participation=there, mentor=mentor, created_by=mentor, agenda=f"{SECRET} agenda",
        notes=f"{SECRET} notes", advice=f"{SECRET} advice", place=f"{SECRET} place",
    )  # fmt: skip
    agreed(scene.sparring_session, title=f"{SECRET} action", owner=member)
    scene.digital_case = a_case(
        town, process=f"{SECRET} process", current_tools=f"{SECRET} tools", target=f"{SECRET} target"
    )
    scene.digital_option = DigitalOption.objects.create(
        case=scene.digital_case, title=f"{SECRET} option", way="buy", speaks_for=SECRET, speaks_against=SECRET
    )
    scene.peer_group = a_group(there, edition=running, name="Scene group", mentor=mentor)
    scene.group_note = a_note(scene.peer_group, title=f"{SECRET} note", text=f"{SECRET} text")
    scene.know_how = know_how(there, text=f"{SECRET} know-how")
    scene.cohort_lesson = a_lesson(there, title=f"{SECRET} lesson", what_happened=SECRET, advice=SECRET)
    scene.offered_lesson = a_lesson(there, state="offered")
    scene.lesson_template = a_template(a_lesson(there, state="offered", may_name_us=True))

    closed = an_edition(scene.centre, state="completed", slug="scene-alumni", name_fi="Scene alumni")
    scene.alumni_part = a_participation(town, closed, responsible=member, mentor=mentor, state="alumni")
    AlumniEntry.objects.create(participation=scene.alumni_part, is_public=True, text="We learned a lot.")
    AlumniPerson.objects.create(participation=scene.alumni_part, person=member)
    due = timezone.localdate() + dt.timedelta(days=40)
    scene.follow_up_task = FollowUpTask.objects.create(
        edition=closed, participation=scene.alumni_part, kind="follow_up_meeting", due_on=due, owner=mentor
    )
    FollowUpTask.objects.create(edition=closed, kind="alumni_meeting", due_on=due, owner=scene.people["coordinator"])
    scene.secrets.append(SECRET)
