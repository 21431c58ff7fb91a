"""The self-assessment of Ostoniemi: a baseline, the end of a period, and a follow-up that waits for answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from keino.web.accounts.services.people import add_person
from keino.web.base.models import Person
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Organisation, Role
from keino.web.organisations.services.roles import give_role
from keino.web.surveys.choices import RoundKind
from keino.web.surveys.instruments import instrument
from keino.web.surveys.models import Round
from keino.web.surveys.queries.rounds import collecting
from keino.web.surveys.services.rounds import close_round, open_round
from keino.web.surveys.services.sheets import keep_answers

TOWN = "ostoniemi"
DEPARTMENTS, PROCUREMENT, MANAGEMENT, ELECTED = (
    "Toimialat",
    "Hankintatoimi",
    "Johto",
    "Luottamushenkilöt",
)
GROUPS = (DEPARTMENTS, PROCUREMENT, MANAGEMENT, ELECTED)


@dataclass(frozen=True)
class Respondent:
    """A person of the town who answers, and their group. Nobody logs in as them: they have no password."""

    email: str
    name: str
    group: str


RESPONDENTS = (
    Respondent("jasen@ostoniemi.example", "Jari Jäsen", PROCUREMENT),
    Respondent("talous@ostoniemi.example", "Taina Talouspäällikkö", MANAGEMENT),
    Respondent("sivistys@ostoniemi.example", "Silja Sivistysjohtaja", DEPARTMENTS),
    Respondent("ruoka@ostoniemi.example", "Rauno Ruokapalvelu", DEPARTMENTS),
    Respondent("tekninen@ostoniemi.example", "Tarja Tekninen", DEPARTMENTS),
    Respondent("tilat@ostoniemi.example", "Tapio Tilapalvelu", DEPARTMENTS),
    Respondent("varhaiskasvatus@ostoniemi.example", "Vilma Varhaiskasvatus", DEPARTMENTS),
    Respondent("liikunta@ostoniemi.example", "Lauri Liikuntapalvelu", DEPARTMENTS),
    Respondent("hankinta1@ostoniemi.example", "Heli Hankinta-asiantuntija", PROCUREMENT),
    Respondent("hankinta2@ostoniemi.example", "Hannu Hankintasuunnittelija", PROCUREMENT),
    Respondent("sopimukset@ostoniemi.example", "Saara Sopimusasiantuntija", PROCUREMENT),
    Respondent("logistiikka@ostoniemi.example", "Leo Logistiikka", PROCUREMENT),
    Respondent("johto@ostoniemi.example", "Jaana Johtaja", MANAGEMENT),
    Respondent("kehitys@ostoniemi.example", "Kalle Kehityspäällikkö", MANAGEMENT),
    Respondent("hallitus@ostoniemi.example", "Hilkka Hallitus", ELECTED),
    Respondent("valtuusto@ostoniemi.example", "Veikko Valtuutettu", ELECTED),
)

#: What each area is about answered with, in the order of the questions: before and after a period of work.
BASELINE = (3, 2, 2, 3, 2, 2, 3, 3, 2, 2, 1)
END = (4, 3, 2, 3, 3, 3, 3, 3, 2, 4, 2)


def fill(places: dict[str, Organisation], *, today: dt.date | None = None) -> None:
    """Two closed rounds and an open one; what is there already is left as it is."""
    town, today = places[TOWN], today or timezone.localdate()
    by = Role.objects.on(today).filter(organisation=town, kind=RoleKind.RESPONSIBLE_PERSON).first()
    manager = by.person if by else None
    people = [_respondent(each, town, manager) for each in RESPONDENTS]
    _closed(town, "Lähtötaso", RoundKind.BASELINE, BASELINE, people, closed_on=_ago(today, 420), by=manager)
    _closed(town, "Kehittämisjakson loppu", RoundKind.END, END, people, closed_on=_ago(today, 60), by=manager)
    _open(town, people[:6], today, by=manager)


def _ago(today: dt.date, number: int) -> dt.date:
    return today - dt.timedelta(days=number)


def _respondent(each: Respondent, town: Organisation, manager: Person | None) -> Person:
    found = Person.objects.filter(email=each.email).first()
    with transaction.atomic():
        person = found or add_person(email=each.email, name=each.name, confirmed=True)
        if manager is not None and not person.roles.filter(organisation=town).exists():
            give_role(person, RoleKind.MEMBER, town, by=manager, tell=False)
    return person


def _closed(
    town: Organisation,
    name: str,
    kind: str,
    levels: Sequence[int],
    people: Sequence[Person],
    *,
    closed_on: dt.date,
    by: Person | None,
) -> None:
    if Round.objects.filter(organisation=town, kind=kind).exists():
        return
    opened = _ago(closed_on, 21)
    with transaction.atomic():
        round_ = open_round(
            organisation=town,
            kind=kind,
            name=name,
            opens_on=opened,
            closes_on=closed_on,
            groups=GROUPS,
            today=opened,
            by=by,
        )
        for number, person in enumerate(people):
            _answer(round_, number, person, levels, opened)
        close_round(round_=round_, today=closed_on, by=by)


def _open(town: Organisation, people: Sequence[Person], today: dt.date, *, by: Person | None) -> None:
    """A round that waits for the person who logs in to the demo."""
    if collecting(town) or Round.objects.filter(organisation=town, kind=RoundKind.FOLLOW_UP).exists():
        return
    with transaction.atomic():
        round_ = open_round(
            organisation=town,
            kind=RoundKind.FOLLOW_UP,
            name="Seuranta",
            opens_on=_ago(today, 7),
            closes_on=today + dt.timedelta(days=21),
            groups=GROUPS,
            today=today,
            by=by,
        )
        for number, person in enumerate(people[2:], start=2):
            _answer(round_, number, person, END, today)


def _answer(round_: Round, number: int, person: Person, levels: Sequence[int], today: dt.date) -> None:
    """People differ by a level here and there, and some don't know everything; the same people always alike."""
    answers: dict[str, int | None] = {}
    for place, (code, level) in enumerate(zip(instrument(round_.edition).codes, levels, strict=True)):
        turn = (3 * number + 5 * place) % 7
        answers[code] = None if turn == 6 and number % 3 == 0 else min(5, max(1, level + (turn == 0) - (turn == 4)))
    group = round_.groups.get(name=RESPONDENTS[number].group)
    keep_answers(round_=round_, group=group, answers=answers, send=True, seen=0, today=today, by=person)
