"""Programmes of the demo's centre: one whose call is open, one that goes on, one that is over.

Made from programmes on record, with the calendar moved to today; what happened in the past is done by the real services
with the clock of then. Nobody who took part in a real academy is in them.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from keino.web.base.models import Mail, Person
from keino.web.operations.demo import past_choice
from keino.web.operations.demo.applying import name_reviewers
from keino.web.operations.demo.cast import CENTRE
from keino.web.operations.demo.clock import clock_at, in_office, next_in_office
from keino.web.operations.demo.past_applicants import LOW_CARBON, SOCIAL, Call
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Organisation, Role
from keino.web.programmes.choices import CriterionKind, EditionPersonKind, EditionState
from keino.web.programmes.models import Criterion, Edition
from keino.web.programmes.queries.calendar import moment_of
from keino.web.programmes.services.calendar import change_dates
from keino.web.programmes.services.date_changes import Wanted, wanted_of
from keino.web.programmes.services.editions import change_edition, create_edition
from keino.web.programmes.services.parts import add_part
from keino.web.programmes.services.people import name_person
from keino.web.programmes.services.states import move_edition

#: Addresses of the demo's editions; what people do in them builds on these.
OPEN, RUNNING, COMPLETED = (
    "kiertotalousakatemia",
    "vahahiilisten-hankintojen-akatemia",
    "sosiaalisten-hankintojen-akatemia",
)
CONTACT = "ohjelmat@keino.example"
#: The draft of an edition is made so long before its kick-off.
MADE_BEFORE = dt.timedelta(weeks=26)
#: A call opens so long before its deadline, and so long ago at least; it is published a week before.
CALL_IS_OPEN, OPENED_AGO = dt.timedelta(weeks=5), dt.timedelta(weeks=3)
#: Where a call is open, discussions have gone on for so long.
TALKS_SINCE = dt.timedelta(weeks=2)


@dataclass(frozen=True)
class Told:
    """An edition of the demo: what it is made from, its kick-off in weeks from today, the state that it reaches.

    ``call``: who applied and was chosen, of one that has begun. ``places``: another number than that on record.
    """

    slug: str
    template: str
    weeks: int
    state: str
    texts: dict[str, str] = field(default_factory=dict)
    criteria: tuple[tuple[str, int], ...] = ()
    call: Call | None = None
    places: int = 0


_FORM = "Täytä hakulomake määräaikaan mennessä. Kaikki hakijat haastatellaan."
EDITIONS = (
    Told(OPEN, "circular-2023", 20, EditionState.OPEN),
    Told(
        RUNNING,
        "low-carbon-2022",
        -5,
        EditionState.RUNNING,
        texts={
            "how_to_apply_fi": _FORM,
            "for_whom_fi": "Kunnille ja muille julkisille ostajille, joilla on päätetty ilmastotavoite.",
            "requirements_fi": "Nimetty vastuuhenkilö ja tiimi.\nAikaa työpajoihin noin kaksi päivää kuussa.",
        },
        criteria=(("Johdon sitoutuminen", 3), ("Päätetty ilmastotavoite", 2), ("Tiimin osaaminen", 1)),
        call=LOW_CARBON,
    ),
    Told(
        COMPLETED,
        "social-2022",
        -60,
        EditionState.COMPLETED,
        texts={
            "how_to_apply_fi": _FORM,
            "for_whom_fi": "Julkisille ostajille, jotka haluavat työllistää hankinnoilla.",
            "requirements_fi": "Oma pilottihankinta ja sen esittely johtoryhmälle.",
        },
        criteria=(("Pilottihankinta", 2), ("Johdon sitoutuminen", 2), ("Oppien jakaminen", 1)),
        call=SOCIAL,
        places=len(SOCIAL.applicants),
    ),
)


def fill(places: dict[str, Organisation]) -> None:
    """Make the editions that aren't there."""
    centre = places[CENTRE]
    coordinator = _holder(centre, RoleKind.COORDINATOR)
    if coordinator is None:
        return
    for told in EDITIONS:
        if not Edition.objects.filter(slug=told.slug).exists():
            with transaction.atomic():
                last = Mail.objects.order_by("pk").last()
                _walk(_edition(told, centre, coordinator), told, places, by=coordinator)
                Mail.objects.filter(pk__gt=last.pk if last else 0).delete()  # nobody is told of what is past


def _holder(organisation: Organisation, kind: str) -> Person | None:
    role = Role.objects.on(timezone.localdate()).filter(organisation=organisation, kind=kind).order_by("pk").first()
    return role.person if role else None


def _edition(told: Told, centre: Organisation, by: Person) -> Edition:
    first_day = timezone.localdate() + dt.timedelta(weeks=told.weeks)
    with clock_at(in_office(timezone.now() + dt.timedelta(weeks=told.weeks) - MADE_BEFORE)):
        edition = create_edition(
            organisation=centre,
            template=told.template,
            first_day=first_day,
            by=by,
            slug=told.slug,
            contact_email=CONTACT,
            appeal_email=CONTACT,
        )
    fields: dict[str, Any] = dict(told.texts)
    if told.places:
        fields["places_max"] = told.places
    if fields:
        edition = change_edition(edition, by=by, seen=edition.version, **fields)
    for name, weight in told.criteria:
        edition.refresh_from_db()
        add_part(
            Criterion,
            edition,
            by=by,
            seen=edition.version,
            name_fi=name,
            kind=CriterionKind.SCORED,
            weight=weight,
        )
    for kind, role in (
        (EditionPersonKind.HOST, RoleKind.COORDINATOR),
        (EditionPersonKind.DECIDER, RoleKind.COORDINATOR),
        (EditionPersonKind.EXPERT, RoleKind.EXPERT),
        (EditionPersonKind.MENTOR, RoleKind.MENTOR),
    ):
        person = _holder(centre, role)
        if person is not None:
            name_person(edition, person=person, kind=kind, by=by, tell=False)
    name_reviewers(edition, by=by)
    edition.refresh_from_db()
    _date_choice(edition, by=by)
    if told.slug == OPEN:
        _talk_during_the_call(edition, by=by)
    return edition


def _date_choice(edition: Edition, *, by: Person) -> None:
    """Date the choice two weeks after the deadline where the programme on record doesn't say when it was told."""
    deadline = moment_of(edition, "form_deadline")
    if deadline is None or moment_of(edition, "selection_published") is not None:
        return
    told = deadline + dt.timedelta(weeks=2)
    chosen = Wanted(public_id=uuid.uuid4(), kind="selection_published", starts_at=told, ends_at=told, is_whole_day=True)
    change_dates(edition, wanted=[chosen], by=by, seen=edition.version)


def _talk_during_the_call(edition: Edition, *, by: Person) -> None:
    """Let discussions have begun already, so that the demo can show some that were held and some to come."""
    edition.refresh_from_db()
    date = edition.dates.get(kind="discussions")
    earlier = wanted_of(date, starts_at=in_office(timezone.now() - TALKS_SINCE))
    change_dates(edition, wanted=[earlier], by=by, seen=edition.version)


def _walk(edition: Edition, told: Told, places: dict[str, Organisation], *, by: Person) -> None:
    """Move an edition on to its state, each step with the clock of its day; choose who takes part if it has begun."""
    call = told.call
    deadline, kick_off = moment_of(edition, "form_deadline"), moment_of(edition, "kick_off")
    ends = moment_of(edition, "ends")
    assert deadline is not None
    assert kick_off is not None
    now = timezone.now()
    opened = min(deadline - CALL_IS_OPEN, now - OPENED_AGO)
    steps = (
        (EditionState.PUBLISHED, in_office(opened - dt.timedelta(weeks=1))),
        (EditionState.OPEN, in_office(opened)),
        (EditionState.CLOSED, next_in_office(deadline)),
        (EditionState.RUNNING, in_office(kick_off)),
        (EditionState.COMPLETED, next_in_office(ends or now)),
    )
    for to, moment in steps:
        if call is not None and to == EditionState.CLOSED:
            past_choice.apply_all(edition, call, places, deadline)
        with clock_at(min(moment, now)):
            edition = move_edition(edition, to=to, by=by)
        if call is not None and to == EditionState.CLOSED:
            past_choice.choose(edition, call, deadline, by=by)
        if call is not None and to == EditionState.RUNNING:
            past_choice.begin(kick_off)
        if to == told.state:
            return
