"""Sparring, peers and alumni of the demo.

Sessions past and coming, digital sparring that ended with a purchase, a small group with its notes, the alumni of the
programme that is over, and a lesson that two other buyers started from.

Everything is done by the services that pages use. People write in their own language, so these texts are Finnish and
Swedish; days are counted from the day on which the demo is filled.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from keino.web.cohorts.choices.lessons import TemplateKind
from keino.web.cohorts.choices.peers import KnowHowKind, Shared, Topic
from keino.web.cohorts.choices.sparring import CaseEnd, SessionMode, SessionState
from keino.web.cohorts.models import AlumniEntry, DigitalCase, EditionClosing, Participation
from keino.web.cohorts.queries.closing import planned_follow_up, unfinished
from keino.web.cohorts.services.alumni import name_me, show_among_alumni
from keino.web.cohorts.services.closing import ClosingWords, close_edition
from keino.web.cohorts.services.digital_cases import CaseFields, OptionFields, add_option, begin_case, end_case
from keino.web.cohorts.services.know_how import KnowHowFields, add_know_how, may_be_asked
from keino.web.cohorts.services.lessons import (
    LessonFields,
    TemplateFields,
    offer_lesson,
    promote_lesson,
    start_from,
    write_lesson,
)
from keino.web.cohorts.services.mentors import name_mentor
from keino.web.cohorts.services.participations import take_in
from keino.web.cohorts.services.peer_groups import add_note, change_note, form_group
from keino.web.cohorts.services.sparring_actions import agree_action
from keino.web.cohorts.services.sparring_sessions import SessionFields, book_session, write_down
from keino.web.operations.demo.cast import CENTRE
from keino.web.operations.demo.programmes import COMPLETED, RUNNING
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Organisation, Role
from keino.web.plans.services.actions import ActionValues
from keino.web.programmes.models import Edition

if TYPE_CHECKING:
    from keino.web.base.models import Person

TAKE_PART = ("ostoniemi", "inkopsvik", "esimerkkivirasto")
WHY_UNFINISHED = "Suunnitelmaa jatketaan omassa johtoryhmässä; se käydään läpi seurantatapaamisessa."
LINK = "https://kokous.keino.example/sparraus"


@dataclass(frozen=True)
class Told:
    """A session of the demo: days from today, hour, and for one that was held what was said and agreed."""

    town: str
    days: int
    hour: int
    notes: str = ""
    advice: str = ""
    agreed: tuple[tuple[str, int], ...] = ()


SESSIONS = (
    Told(
        "ostoniemi", -21, 9,
        "Käytiin läpi avoimet toimenpiteet. Öljylämmityksen korvaaminen on myöhässä, koska rahaa ei varattu.",
        "Vie rahatarve talousarvioesitykseen kiinteistö kerrallaan. Pyydä toimittajilta päästötiedot jo "
        "vuoropuhelussa, niin ne voi vaatia tarjouspyynnössä.",
        (("Päästötiedot mukaan markkinavuoropuhelun kysymyksiin", 30), ("Rahatarve talousarvioesitykseen", 55)),
    ),
    Told("ostoniemi", 6, 13),
    Told(
        "inkopsvik", -18, 10,
        "Vi gick igenom måltidstjänsterna och vad som redan fungerar i skolorna.",
        "Börja med två dagar i veckan och mät vad som äts. Skriv in mätningen i avtalet.",
        (("Mätning av matsvinnet in i måltidsavtalet", 60),),
    ),
    Told("inkopsvik", 12, 9),
)  # fmt: skip


def fill(places: Mapping[str, Organisation]) -> None:
    """Add it all; what is there already is left as it is."""
    coordinator = _holder(places[CENTRE], RoleKind.COORDINATOR)
    editions = {each.slug: each for each in Edition.objects.filter(slug__in=(RUNNING, COMPLETED))}
    if coordinator is None or len(editions) < 2:
        return
    running = {slug: _part(editions[RUNNING], places[slug], coordinator) for slug in TAKE_PART}
    for told in SESSIONS:
        _session(running[told.town], told)
    _digital_case(running["ostoniemi"])
    _group(running, coordinator)
    _know_how(running)
    past = {slug: _part(editions[COMPLETED], places[slug], coordinator) for slug in TAKE_PART}
    _close(editions[COMPLETED], coordinator)
    _alumni(past)
    _lesson(past, coordinator)


def _key(*names: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("https://keino.example/sparring", *names)))


def _holder(organisation: Organisation, kind: str) -> Person | None:
    role = Role.objects.on(timezone.localdate()).filter(organisation=organisation, kind=kind).order_by("pk").first()
    return role.person if role else None


def _part(edition: Edition, organisation: Organisation, by: Person) -> Participation:
    """The organisation's part with its responsible person and its mentor."""
    there = take_in(edition, organisation, by=by, responsible=_holder(organisation, RoleKind.RESPONSIBLE_PERSON))
    if there.mentor is None:
        helper = Role.objects.on(timezone.localdate()).filter(about=organisation).order_by("pk").first()
        mentor = helper.person if helper else _holder(edition.organisation, RoleKind.MENTOR)
        if mentor is not None:
            there = name_mentor(there, mentor, by=by, seen=there.version)
    return Participation.objects.select_related("organisation", "edition", "mentor", "responsible").get(pk=there.pk)


# ---- sparring


def _session(there: Participation, told: Told) -> None:
    """Agree a session, and write down one that was held."""
    mentor, owner = there.mentor, there.responsible
    if mentor is None or owner is None:
        return
    day = timezone.localtime() + dt.timedelta(days=told.days)
    starts_at = day.replace(hour=told.hour, minute=0, second=0, microsecond=0)
    fields = SessionFields(starts_at, starts_at + dt.timedelta(hours=2), mentor, SessionMode.ONLINE, LINK)
    name = f"{told.town} {'held' if told.notes else 'coming'}"
    session = book_session(
        organisation=there.organisation, key=_key("session", name), fields=fields, by=mentor, participation=there
    )
    if told.notes and session.state == SessionState.AGREED:
        write_down(session, notes=told.notes, advice=told.advice, seen=session.version, by=mentor)
        for title, days in told.agreed:
            agree_action(key=_key("action", title), values=_action(title, days, owner), by=mentor, session=session)


def _action(title: str, days: int, owner: Person) -> ActionValues:
    deadline = timezone.localdate() + dt.timedelta(days=days)
    return ActionValues(title=title, deadline=deadline, owner=owner, has_no_budget_effect=True)


def _digital_case(there: Participation) -> None:
    """A case that was weighed in one session and ended with buying."""
    by, mentor = there.responsible, there.mentor
    key = _key("case")
    if by is None or mentor is None or DigitalCase.objects.filter(public_id=key).exists():
        return
    words = CaseFields(
        process="Päiväkotien ateriatilaukset",
        current_tools="Taulukko ja sähköposti vuodesta 2009; 14 keittiötä tilaa eri tavoin.",
        target="Tilaukset yhdessä paikassa, ja hävikki näkyy keittiöittäin seuraavana päivänä.",
    )
    case = begin_case(organisation=there.organisation, key=key, fields=words, by=by)
    for title, way, for_it, against in (
        (
            "Oman toiminnanohjauksen moduuli", CaseEnd.DEVELOP, "Tieto pysyy omassa järjestelmässä.",
            "Valmis vasta kahden vuoden päästä.",
        ),
        (
            "Valmis tilauspalvelu", CaseEnd.BUY, "Kolme toimittajaa, käytössä puolessa vuodessa.",
            "Rajapinta on maksettava.",
        ),
        ("Nykyinen tapa", CaseEnd.LEAVE, "Ei maksa mitään.", "Hävikki jää näkymättä."),
    ):  # fmt: skip
        fields = OptionFields(title=title, way=way, speaks_for=for_it, speaks_against=against)
        add_option(case, key=_key("option", title), fields=fields, by=by)
    held = (timezone.localtime() - dt.timedelta(days=40)).replace(hour=12, minute=0, second=0, microsecond=0)
    session = book_session(
        organisation=there.organisation, key=_key("session", "digital"), by=mentor, participation=there, case=case,
        fields=SessionFields(held, held + dt.timedelta(hours=1), mentor, SessionMode.ONLINE, LINK),
    )  # fmt: skip
    advice = "Pyydä tietopyynnöllä rajapinnan hinta ja kokeile yhtä palvelua kahdessa keittiössä ennen kilpailutusta."
    write_down(session, notes="Verrattiin kolme vaihtoehtoa.", advice=advice, seen=session.version, by=mentor)
    title = "Tietopyyntö ateriatilausten palveluista"
    agree_action(key=_key("action", title), values=_action(title, 45, by), by=by, case=case)
    case.refresh_from_db()
    reason = "Valmis palvelu on käytössä ajoissa, ja hävikki saadaan mitattua kaikista keittiöistä."
    end_case(case, end=CaseEnd.BUY, reason=reason, seen=case.version, by=by)


# ---- peers


def _group(running: Mapping[str, Participation], by: Person) -> None:
    """A small group of two with a note that both wrote on."""
    first, second = running["ostoniemi"], running["inkopsvik"]
    if first.responsible is None or second.responsible is None:
        return
    group = form_group(
        edition=first.edition, key=_key("group"), name="Ruoka ja ateriapalvelut", mentor=first.mentor,
        members=[first, second], by=by,
    )  # fmt: skip
    title = "Mitä kysyä toimittajilta"
    text = "1. Mistä raaka-aineet tulevat?\n2. Miten hävikki mitataan?"
    note = add_note(
        group, key=_key("note"), title=title, text=text, organisation=first.organisation, by=first.responsible
    )
    if note.version == 1:
        text += "\n3. Kan ni leverera växtbaserade luncher två dagar i veckan?"
        change_note(note, title=title, text=text, seen=1, organisation=second.organisation, by=second.responsible)


def _know_how(running: Mapping[str, Participation]) -> None:
    """What they can help with and look for."""
    for town, kind, topic, text in (
        ("ostoniemi", KnowHowKind.OFFERS, Topic.DIALOGUE, "Kaksi markkinavuoropuhelua pidetty; kerromme mielellämme."),
        ("ostoniemi", KnowHowKind.ASKS, Topic.LIFE_CYCLE, "Miten elinkaarikustannukset lasketaan kalustohankinnassa?"),
        ("inkopsvik", KnowHowKind.OFFERS, Topic.LOW_CARBON, "Vi har växtbaserad lunch i alla skolor."),
    ):
        there = running[town]
        if there.responsible is None:
            continue
        fields = KnowHowFields(kind=kind, topic=topic, text=text, shared=Shared.ALUMNI)
        known = add_know_how(there, key=_key("know-how", text), fields=fields, by=there.responsible)
        if kind == KnowHowKind.OFFERS:
            may_be_asked(known, is_so=True, by=there.responsible)


# ---- alumni and lessons


def _close(edition: Edition, by: Person) -> None:
    """Close the programme that is over: its follow-up falls into the next year."""
    if EditionClosing.objects.filter(edition=edition).exists():
        return
    year = planned_follow_up(edition, timezone.localdate()).year
    why = {each.public_id: WHY_UNFINISHED for each in unfinished(edition)}
    close_edition(edition, words=ClosingWords(year=year, why_unfinished=why), by=by)


def _alumni(past: Mapping[str, Participation]) -> None:
    """Two of the three want to be found, and one person lets herself be named."""
    for town, text in (
        ("ostoniemi", "Työllistimme siivouspalvelujen sopimuksella neljä pitkään työttömänä ollutta."),
        ("inkopsvik", "Vi skrev ett sysselsättningsvillkor för parkskötseln."),
    ):
        there = past[town]
        there.refresh_from_db()
        is_there = AlumniEntry.objects.filter(participation=there).exists()
        if there.responsible is not None and not is_there:
            show_among_alumni(there, is_public=True, text=text, seen=0, by=there.responsible)
    if past["ostoniemi"].responsible is not None:
        name_me(past["ostoniemi"], is_so=True, by=past["ostoniemi"].responsible)


def _lesson(past: Mapping[str, Participation], coordinator: Person) -> None:
    """A lesson of Ostoniemi that became a template, and two buyers who started from it; one more waits."""
    there = past["ostoniemi"]
    by = there.responsible
    if by is None:
        return
    words = LessonFields(
        title="Työllistämisehto toimii, kun siitä puhutaan ajoissa",
        what_happened="Ehto tuli tarjouspyyntöön viime hetkellä, ja kaksi kolmesta toimittajasta jätti tarjoamatta.",
        advice="Kerro ehdosta jo vuoropuhelussa, sovi työllisyyspalvelujen kanssa rekrytoinnista ja seuraa ehtoa "
        "sopimuskokouksissa.",
        may_name_us=True,
    )
    lesson = write_lesson(there, key=_key("lesson"), fields=words, by=by)
    offer_lesson(lesson, by=by)
    template = promote_lesson(
        lesson,
        fields=TemplateFields(
            kind=TemplateKind.ACTION_LIST,
            title="Työllistämisehto palveluhankintaan",
            text="Näin työllistämisehto saadaan sopimukseen niin, että tarjouksia tulee ja ehto toteutuu.",
            actions="Kerro ehdosta markkinavuoropuhelussa\nSovi rekrytoinnista työllisyyspalvelujen kanssa\n"
            "Kirjaa ehdon seuranta sopimuskokouksiin",
        ),
        by=coordinator,
    )
    for town in ("esimerkkivirasto", "inkopsvik"):
        user = past[town].responsible
        if user is not None:
            start_from(
                template, organisation=past[town].organisation, key=_key("reuse", town), owner=user, by=user,
                deadline=timezone.localdate() + dt.timedelta(days=90),
            )  # fmt: skip
    other = past["inkopsvik"]
    if other.responsible is not None:
        fields = LessonFields(
            title="Små kommuner vinner på att fråga grannen",
            what_happened="Vi skrev villkoren ensamma och fick skriva om dem två gånger.",
            advice="Be om grannkommunens villkor innan ni skriver egna.",
        )
        waiting = write_lesson(other, key=_key("lesson", "other"), fields=fields, by=other.responsible)
        offer_lesson(waiting, by=other.responsible)
