"""Applications to an open academy: one sent, one being written after its discussion, one with a discussion to come."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.web.operations.demo import programmes
from keino.web.operations.demo.cast import CENTRE
from keino.web.operations.demo.clock import clock_at
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Role
from keino.web.programmes.choices import EditionPersonKind
from keino.web.programmes.models import Application, Discussion, DiscussionExpert, Edition
from keino.web.programmes.queries.discussions import slots_of, standing
from keino.web.programmes.services.applications.commitments import ask_commitment, commit
from keino.web.programmes.services.applications.discussions import book_discussion, hold_discussion
from keino.web.programmes.services.applications.expert_hours import give_hours, set_discussion_rule
from keino.web.programmes.services.applications.interest import decide_to_apply, tell_interest
from keino.web.programmes.services.applications.sending import send_application
from keino.web.programmes.services.applications.team import add_member
from keino.web.programmes.services.applications.texts import write_application
from keino.web.programmes.services.people import name_person

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

#: From when on the expert has hours.
TALKS_IN = dt.timedelta(days=14)
TIMES = (dt.time(9), dt.time(12))


@dataclass(frozen=True)
class Applicant:
    """An applicant of the demo, as its people would write. ``agreed``: the discussion was held; ``sends``: and sent."""

    interest: str
    agreed: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    team: tuple[tuple[str, str, str], ...] = ()
    manager: tuple[str, str] | None = None
    sends: bool = False


APPLICANTS: dict[str, Applicant] = {
    "ostoniemi": Applicant(
        interest="Haluamme, että koulujen pihat ja kevyet rakennukset tehdään uusiokäytetyistä osista.",
        agreed="Pilotti on Jokirannan päiväkodin piha. Tiimi käyttää kaksi päivää kuussa. Rakennuttaja tulee mukaan.",
        texts={
            "pilot": "Jokirannan päiväkodin piha: kiveykset, katokset ja leikkivälineet uusiokäytettyinä.",
            "motivation": "Opimme kysymään uusiokäyttöä markkinoilta ja teemme siitä pysyvän tavan.",
            "groundwork": "Ilmastosuunnitelma on hyväksytty ja rakentamisen hankinnat on kartoitettu.",
            "sharing": "Kerromme tuloksista johtoryhmälle neljännesvuosittain ja naapurikunnille kerran vuodessa.",
            "capacity": "Kaksi päivää kuussa kultakin kolmelta, ja rakennuttajan tunnit pilotissa.",
        },
        team=(
            ("Oona Ostoniemi", "vastuu@ostoniemi.example", "Hankintapäällikkö"),
            ("Jari Jäsen", "jasen@ostoniemi.example", "Ympäristöasiantuntija"),
            ("Raili Rakennuttaja", "rakennuttaja@ostoniemi.example", "Tilapalvelut"),
        ),
        sends=True,
    ),
    "esimerkkivirasto": Applicant(
        interest="Toimitilojen muutostyöt niin, että kalusteet ja väliseinät kiertävät.",
        agreed="Pilotti rajataan yhden kerroksen muutostöihin. Virasto päättää hakemisesta johtoryhmässä.",
        texts={"pilot": "Pääpaikan toisen kerroksen muutostyöt: kalusteet ja väliseinät uudelleen käyttöön."},
        team=(("Vesa Virasto", "vastuu@virasto.example", "Hankinta-asiantuntija"),),
        manager=("Helmi Hyväksyjä", "hyvaksyja@virasto.example"),
    ),
    "inkopsvik": Applicant(
        interest="Vi vill att skolköket och idrottshallen byggs om med återbrukade delar, och lära oss upphandla det."
    ),
}


def fill(places: dict[str, Organisation]) -> None:
    """Let the example organisations apply to the open academy, unless somebody has."""
    if Application.objects.filter(edition__slug=programmes.OPEN).exists():
        return
    centre = places[CENTRE]
    coordinator, expert = _holder(centre, RoleKind.COORDINATOR), _holder(centre, RoleKind.EXPERT)
    with transaction.atomic():
        edition = _open_call(coordinator, expert)
        for slug, applicant in APPLICANTS.items():
            _apply(edition, places[slug], applicant, expert)


def _open_call(coordinator: Person, expert: Person) -> Edition:
    """The demo's open academy, with hours in which its expert talks."""
    edition = Edition.objects.get(slug=programmes.OPEN)
    for person, kind in ((coordinator, EditionPersonKind.HOST), (expert, EditionPersonKind.EXPERT)):
        if not edition.people.filter(person=person, kind=kind).exists():
            name_person(edition, person=person, kind=kind, by=coordinator, tell=False)
    set_discussion_rule(edition, by=coordinator, seen=0, minutes=60, every_minutes=60, after_minutes=15, place="Teams")
    first = timezone.localdate() + TALKS_IN
    days = [day for day in (first + dt.timedelta(days=n) for n in range(7)) if day.weekday() < 5]
    give_hours(edition, expert=expert, days=days, times=TIMES, by=expert)
    return edition


def _apply(edition: Edition, town: Organisation, applicant: Applicant, expert: Person) -> None:
    by = _holder(town, RoleKind.RESPONSIBLE_PERSON)
    application = tell_interest(edition=edition, organisation=town, interest=applicant.interest, by=by)
    slot = slots_of(edition, now=timezone.now(), applicant=application)[0]
    booked = book_discussion(application, starts_at=slot.starts_at, by=by)
    if not applicant.agreed:
        return
    _put_back(booked)
    held = standing(application)
    assert held is not None
    with clock_at(held.ends_at):
        hold_discussion(held, by=expert, seen=held.version, notes="", agreed=applicant.agreed)
    application = decide_to_apply(application, by=by, goes_on=True)
    _write(application, applicant, by)
    if applicant.sends:
        commit(application, by=_holder(town, RoleKind.APPROVER), title="Talouspäällikkö")
        application.refresh_from_db()
        send_application(application, by=by, seen=application.version)


def _put_back(discussion: Discussion) -> None:
    """Let a discussion have been some days ago: nobody can book the past, and the demo begins today."""
    held = Discussion.objects.exclude(held_at=None).count()
    starts_at = discussion.starts_at - TALKS_IN - dt.timedelta(days=7, hours=-held)
    Discussion.objects.filter(pk=discussion.pk).update(starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=1))
    DiscussionExpert.objects.filter(discussion=discussion).update(starts_at=starts_at)


def _write(application: Application, applicant: Applicant, by: Person) -> None:
    given = dict(applicant.texts)
    if applicant.sends:
        given |= {"agrees_to_data": True, "agrees_to_publication": True}  # type: ignore[dict-item]  # two consents
    application = write_application(application, by=by, seen=application.version, **given)
    roles = list(application.edition.team_roles.order_by("position", "pk"))
    for number, (name, email, title) in enumerate(applicant.team):
        role = roles[number].code if number < len(roles) else ""
        fields = {"name": name, "email": email, "title": title, "role": role, "is_responsible": number == 0}
        add_member(application, by=by, key=uuid.uuid5(application.public_id, email), **fields)
    if applicant.manager is not None:
        name, email = applicant.manager
        ask_commitment(application, name=name, email=email, language="fi", by=by)


def _holder(organisation: Organisation, kind: RoleKind) -> Person:
    return Role.objects.on(timezone.localdate()).filter(organisation=organisation, kind=kind).earliest("pk").person
