"""Who walks through an edition, and what seven of the eight applicants do meanwhile, by the services that pages use."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from dataclasses import dataclass, field

import pytest
from django.utils import timezone

from keino.web.base.models import Person
from keino.web.cohorts.models import Participation
from keino.web.cohorts.services.mentors import name_mentor
from keino.web.cohorts.services.participations import begin_on_kick_off
from keino.web.organisations.models import Organisation
from keino.web.programmes.choices import CriterionKind
from keino.web.programmes.models import Application, Edition, Review
from keino.web.programmes.queries.discussions import slots_of, standing
from keino.web.programmes.queries.selection import criteria_of
from keino.web.programmes.services.applications.commitments import ask_commitment, commit
from keino.web.programmes.services.applications.discussions import book_discussion, hold_discussion
from keino.web.programmes.services.applications.interest import decide_to_apply, tell_interest
from keino.web.programmes.services.applications.sending import send_application
from keino.web.programmes.services.applications.team import add_member
from keino.web.programmes.services.applications.texts import write_application
from keino.web.programmes.services.interviews import When, hold_interview, plan_interview
from keino.web.programmes.services.places import confirm_place
from keino.web.programmes.services.reviews import Given, send_review
from keino.web.programmes.services.states import follow_clock
from tests.factories.accounts import with_second_factor
from tests.factories.web import a_person, a_role, an_organisation
from tests.web.programmes.applying import mails

#: The first is walked in the browser.
TOWNS = ("Kuusela", "Järvelä", "Metsola", "Niemelä", "Koivula", "Lehtola", "Mäkelä", "Rantala")
PLACES = 6
TEXTS = {
    "pilot": "Koulun piha: kiveykset ja katokset uusiokäytettyinä.",
    "motivation": "Haluamme tavan, joka jää.",
    "groundwork": "Rakentamisen hankinnat on kartoitettu.",
    "sharing": "Johtoryhmä kuulee tuloksista kuukausittain.",
    "capacity": "Kaksi päivää kuussa kultakin kolmelta.",
}
TEAM = (("procurement", "Vastaava"), ("environment", "Ympäristö"), ("construction", "Rakentaja"))


class Clock:
    """The site's clock, which can be put forward; it goes on from there."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.ahead = dt.timedelta()
        patch.setattr(timezone, "now", lambda: dt.datetime.now(tz=dt.UTC) + self.ahead)

    def put_to(self, moment: dt.datetime) -> None:
        """Let time pass until then, with what the timetable does to editions meanwhile."""
        assert moment > timezone.now(), "time only goes forward"
        self.ahead = moment - dt.datetime.now(tz=dt.UTC)
        follow_clock()
        begin_on_kick_off(timezone.now())


@dataclass
class Town:
    """An applicant with the two people of it that the walk needs."""

    organisation: Organisation
    responsible: Person
    manager: Person

    @property
    def application(self) -> Application:
        return Application.objects.select_related("edition", "organisation").get(organisation=self.organisation)

    def __str__(self) -> str:
        return str(self.organisation)


@dataclass
class Cast:
    """The centre's people, and the towns."""

    centre: Organisation = field(
        default_factory=lambda: an_organisation("Osaamiskeskus", slug="osaamiskeskus", kind="competence_centre")
    )

    def __post_init__(self) -> None:
        self.coordinator = self._at_centre("Kaisa Koordinaattori", "coordinator")
        self.expert = self._at_centre("Aino Asiantuntija")
        self.reviewer = self._at_centre("Eero Arvioija")
        self.mentor = self._at_centre("Milla Mentori")
        self.towns = [_town(name) for name in TOWNS]
        self.walker, *self.others = self.towns

    def _at_centre(self, name: str, kind: str = "expert") -> Person:
        person = a_person(name)
        a_role(person, kind, self.centre)
        return with_second_factor(person)

    @property
    def edition(self) -> Edition:
        return Edition.objects.get()

    def moment(self, kind: str, *, ends: bool = False) -> dt.datetime:
        """When a date of the edition begins or ends."""
        date = self.edition.dates.filter(kind=kind).earliest("starts_at")
        return date.ends_at if ends else date.starts_at


def _town(name: str) -> Town:
    organisation = an_organisation(f"{name}n kunta", slug=f"{name.lower()}".replace("ä", "a"))
    people = [a_person(f"{first} {name}") for first in ("Venla", "Hilja")]
    for person, kind in zip(people, ("responsible_person", "approver"), strict=True):
        a_role(person, kind, organisation)
    return Town(organisation, *people)


# ---- what the others do


def others_book(cast: Cast) -> None:
    """Tell interest and book the first free time."""
    for town in cast.others:
        application = tell_interest(
            edition=cast.edition, organisation=town.organisation, interest="Pihat kiertoon.", by=town.responsible
        )
        first_free = slots_of(cast.edition, now=timezone.now())[0]
        book_discussion(application, starts_at=first_free.starts_at, by=town.responsible)


def others_apply(cast: Cast) -> str:
    """Talk with the expert, decide, write and send; but for the first, whose manager has a mailed link.

    Returns the path of that link.
    """
    for town in cast.others:
        discussion = standing(town.application)
        assert discussion is not None
        hold_discussion(discussion, by=cast.expert, seen=discussion.version, notes="", agreed="Pilotti on piha.")
        decide_to_apply(town.application, by=town.responsible, goes_on=True)
        write_application(
            town.application, by=town.responsible, seen=town.application.version,
            **TEXTS, agrees_to_data=True, agrees_to_publication=True,
        )  # fmt: skip
        for role, name in TEAM:
            add_member(
                town.application, by=town.responsible, key=uuid.uuid4(), name=name, title="", role=role,
                email=f"{role}@{town.organisation.slug}.example", is_responsible=role == TEAM[0][0],
            )  # fmt: skip
    first, *rest = cast.others
    ask_commitment(
        first.application, name="Mirja Johtaja", email="mirja@town.example", language="fi", by=first.responsible
    )
    for town in rest:
        commit(town.application, by=town.manager, title="Kunnanjohtaja")
        send_application(town.application, by=town.responsible, seen=town.application.version)
    return re.sub(r"^https?://[^/]+", "", str(mails("commitment_asked")[-1].values["_secret_link"]))


def others_are_interviewed(cast: Cast, day: dt.date) -> None:
    """An hour each on this day, from ten o'clock on."""
    zone = timezone.get_default_timezone()
    for hour, town in enumerate(cast.others, start=10):
        starts_at = dt.datetime.combine(day, dt.time(hour), tzinfo=zone)
        when = When(starts_at, starts_at + dt.timedelta(minutes=45), "Teams")
        plan_interview(town.application, when, interviewers=[cast.expert], by=cast.coordinator, key=uuid.uuid4())


def others_are_scored(cast: Cast) -> None:
    """Both reviewers give four to those who will be selected, one to the last two; the interviews were held."""
    criteria = criteria_of(cast.edition)
    for number, town in enumerate(cast.others, start=1):
        hold_interview(town.application.interviews.get(), by=cast.expert)
        points = 4 if number < PLACES else 1
        given = {each.pk: Given(True if each.kind == CriterionKind.PASS_FAIL else points) for each in criteria}
        for review in Review.objects.filter(application=town.application).select_related("reviewer"):
            assert review.reviewer is not None
            send_review(review, given, remark="", by=review.reviewer, seen=review.version)


def others_confirm(cast: Cast) -> None:
    for town in cast.others[: PLACES - 1]:
        confirm_place(town.application, by=town.responsible)


def others_get_their_mentor(cast: Cast) -> None:
    for participation in Participation.objects.filter(mentor=None):
        name_mentor(participation, cast.mentor, by=cast.coordinator, seen=participation.version)
