"""Participations with their assignments and deliverables, for the site's tests."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from keino.web.base.models import Person
from keino.web.cohorts.models import (
    Assignment,
    Deliverable,
    Participation,
    Presentation,
    SharedMaterial,
    Submission,
    TeamPerson,
    WantedDeliverable,
    Work,
    WorkVersion,
)
from keino.web.cohorts.services.deliverables import hand_in_deliverable
from keino.web.cohorts.services.development_plans import write_development_plan
from keino.web.cohorts.services.works import hand_in
from keino.web.organisations.models import Organisation
from keino.web.programmes.models import Edition
from tests.factories.plan_documents import an_approved_model
from tests.factories.programmes import an_edition
from tests.factories.web import an_organisation, someone_who_is


def a_participation(
    organisation: Organisation | None = None, edition: Edition | None = None, **fields: Any
) -> Participation:
    """An organisation that takes part in a running edition, with a responsible person."""
    organisation = organisation or an_organisation()
    edition = edition or an_edition(state="running")
    if "responsible" not in fields:
        fields["responsible"] = someone_who_is("responsible_person", organisation)
    if fields.get("state", "active") != "active":
        fields.setdefault("ended_at", timezone.now())
    return Participation.objects.create(organisation=organisation, edition=edition, **fields)


def a_mentor(participation: Participation, **fields: Any) -> Person:
    """The mentor of a participation: named, and with the role about the organisation."""
    centre = participation.edition.organisation
    person = someone_who_is("mentor", centre, about=participation.organisation, **fields)
    participation.mentor = person
    participation.save()
    return person


def a_worker(participation: Participation) -> Person:
    return someone_who_is("member", participation.organisation)


def in_days(days: float) -> dt.datetime:
    """A moment so many days from now, at the full minute."""
    return timezone.now().replace(second=0, microsecond=0) + dt.timedelta(days=days)


def an_assignment(edition: Edition, *, due: float = 10, **fields: Any) -> Assignment:
    """An assignment of an edition, due in so many days; no work is made for it."""
    defaults = {"title": "Where do you stand?", "instructions": "Tell us on two pages.", "due_at": in_days(due)}
    return Assignment.objects.create(edition=edition, **(defaults | fields))


def a_work(participation: Participation, *, due: float = 10, draft: str = "", **fields: Any) -> Work:
    """An organisation's work on an assignment of its own edition."""
    assignment = an_assignment(participation.edition, due=due, **fields)
    begun_at = timezone.now() if draft else None
    return Work.objects.create(assignment=assignment, participation=participation, draft=draft, begun_at=begun_at)


def a_version(work: Work, text: str = "This is where we stand.", *, by: Person | None = None) -> WorkVersion:
    """A version handed in now."""
    work.refresh_from_db()
    return hand_in(work, text, by=by or a_worker(work.participation), seen=work.version)


def a_deliverable(
    participation: Participation, kind: str = "operating_model", *, due: float | None = 30
) -> Deliverable:
    """A deliverable that everybody in the edition is asked for."""
    due_at = in_days(due) if due is not None else None
    wanted, _new = WantedDeliverable.objects.get_or_create(
        edition=participation.edition, kind=kind, defaults={"due_at": due_at}
    )
    return Deliverable.objects.get_or_create(participation=participation, wanted=wanted, defaults={"kind": kind})[0]


def a_written_deliverable(participation: Participation) -> Deliverable:
    """The operating model of the organisation, approved there and not handed in here."""
    an_approved_model(participation.organisation)
    return a_deliverable(participation)


def a_submission(deliverable: Deliverable, *, words: str = "", by: Person | None = None) -> Submission:
    """The document as it is now, handed in."""
    deliverable.refresh_from_db()
    by = by or a_worker(deliverable.participation)
    return hand_in_deliverable(deliverable, words=words, by=by, seen=deliverable.version)


PLAN = {
    "as_is": "Buying is spread over five units.",
    "target": "One model by 2027.",
    "steps": [{"what": "Map the categories", "who": "Procurement manager", "by": "2027-01-31"}],
    "resources": "Half a post.",
}


def a_development_plan(participation: Participation, **values: Any) -> Deliverable:
    """A development plan of one version, and its deliverable."""
    deliverable = a_deliverable(participation, "development_plan")
    write_development_plan(participation, PLAN | values, by=a_worker(participation), seen=0)
    deliverable.refresh_from_db()
    return deliverable


def a_presentation(participation: Participation, shown: Submission | None = None, **fields: Any) -> Presentation:
    defaults = {
        "held_on": timezone.localdate(),
        "group": "Management group of the town",
        "message": "Approve the model and the pilot.",
    }
    made = Presentation.objects.create(participation=participation, **(defaults | fields))
    if shown is not None:
        made.shown.add(shown)
    return made


def a_team_person(participation: Participation, person: Person | None = None, **fields: Any) -> TeamPerson:
    person = person or a_worker(participation)
    return TeamPerson.objects.create(participation=participation, person=person, **fields)


def a_material(edition: Edition, participation: Participation | None = None, **fields: Any) -> SharedMaterial:
    fields = {"title": "Our market survey", "text": "What we asked."} | fields
    return SharedMaterial.objects.create(edition=edition, participation=participation, **fields)


# ---- what people send


def assignment_data(**fields: Any) -> dict[str, Any]:
    day = timezone.localdate() + dt.timedelta(days=14)
    defaults = {
        "key": str(uuid.uuid4()),
        "title": "Your categories",
        "kind": "between",
        "instructions": "List them with spend.",
        "due_on": day.isoformat(),
        "due_time": "16:00",
        "form_version": "",
        "only_for": "",
    }
    return defaults | fields


def presentation_data(shown: Submission, **fields: Any) -> dict[str, Any]:
    defaults = {
        "key": str(uuid.uuid4()),
        "group": "Management group",
        "held_on": timezone.localdate().isoformat(),
        "message": "Approve the model.",
        "shown": [str(shown.pk)],
    }
    return defaults | fields


def decision_data(presentation: Presentation, **fields: Any) -> dict[str, Any]:
    defaults = {
        "seen": presentation.version,
        "decision": "approved",
        "decided_on": timezone.localdate().isoformat(),
        "text": "The group approves the model and the pilot.",
        "case_number": "§ 12",
    }
    return defaults | fields


def plan_data(seen: int = 0, **fields: Any) -> dict[str, Any]:
    """What the form of the development plan sends, with one step."""
    defaults = {
        "seen": seen,
        "as_is": "Spread over five units.",
        "target": "One model.",
        "resources": "Half a post.",
        "steps-TOTAL_FORMS": "1",
        "steps-INITIAL_FORMS": "0",
        "steps-0-what": "Map the categories",
        "steps-0-who": "Procurement manager",
        "steps-0-by": "2027-01-31",
    }
    return defaults | fields
