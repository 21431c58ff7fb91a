"""Rounds of organisations, who may answer them, and how far they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from keino.web.base.models import Person
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Organisation, Role
from keino.web.organisations.needs import of_organisations
from keino.web.organisations.peer_groups import FEWEST
from keino.web.surveys.choices import RoundState
from keino.web.surveys.models import AnswerSheet, Round
from keino.web.surveys.secrecy import sheet_key

#: Roles whose holders may answer (``surveys.answer`` in ``organisations.rules``).
ANSWER = (RoleKind.RESPONSIBLE_PERSON, RoleKind.MEMBER, RoleKind.APPROVER)


@dataclass(frozen=True)
class Progress:
    """How many answered an open round of how many who may; ``sent`` is None while they are fewer than five."""

    sent: int | None
    people: int


def collecting(organisation: Organisation) -> Round | None:
    """The round that is open for answers, or will be."""
    return Round.objects.filter(organisation=organisation, state=RoundState.COLLECTING).first()


def rounds_that_were(organisation: Organisation) -> QuerySet[Round]:
    """Closed and cancelled rounds, the newest first."""
    over = organisation.maturity_rounds.exclude(state=RoundState.COLLECTING)
    return over.select_related("organisation").order_by("-closed_on", "-pk")


def shown_rounds(organisation: Organisation) -> QuerySet[Round]:
    """Closed rounds with results that may be shown, the newest first."""
    return rounds_that_were(organisation).filter(state=RoundState.CLOSED, respondents__isnull=False)


def people_who_may_answer(organisation: Organisation, day: dt.date) -> QuerySet[Person]:
    """People with a role of the organisation itself on a day."""
    held = Role.objects.on(day).filter(organisation=organisation, kind__in=ANSWER, person=OuterRef("pk"))
    return Person.objects.filter(Exists(held), is_active=True).order_by("pk")


def progress(round_: Round, day: dt.date) -> Progress:
    """How far an open round is."""
    sent = round_.sheets.filter(is_sent=True).count()
    return Progress(sent if sent >= FEWEST else None, people_who_may_answer(round_.organisation, day).count())


def sheet_of(round_: Round, person: Person) -> AnswerSheet | None:
    """A person's own answers."""
    found: AnswerSheet | None = round_.sheets.filter(person_key=sheet_key(round_.public_id, person)).first()
    return found


def without_answer(round_: Round, people: Iterable[Person]) -> list[Person]:
    """Those of the people who haven't sent answers; only for mail to each of them, never for a page."""
    sent = set(round_.sheets.filter(is_sent=True).values_list("person_key", flat=True))
    return [person for person in people if sheet_key(round_.public_id, person) not in sent]


def waiting_for(person: Person, organisations: Sequence[Organisation], day: dt.date) -> list[Round]:
    """Rounds of these organisations that take answers on a day and have none of this person; one query."""
    found = (
        Round.objects.filter(
            organisation__in=organisations, state=RoundState.COLLECTING, opens_on__lte=day, closes_on__gte=day
        )
        .annotate(sent=FilteredRelation("sheets", condition=Q(sheets__is_sent=True)), sent_key=F("sent__person_key"))
        .order_by("closes_on", "pk")
    )
    rounds = {round_.pk: round_ for round_ in of_organisations(found, organisations)}
    answered = {each.pk for each in found if each.sent_key == sheet_key(each.public_id, person)}
    return [round_ for key, round_ in rounds.items() if key not in answered]


def ending_rounds(organisation: Organisation, day: dt.date) -> QuerySet[Round]:
    """Open rounds whose last day is still to come."""
    return Round.objects.filter(organisation=organisation, state=RoundState.COLLECTING, closes_on__gte=day)
