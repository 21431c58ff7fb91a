"""An academy in selection: three applicants, two reviewers each, a disagreement, a declared tie, a proposal that waits.

The expert helps Ostoniemi and the mentor Inköpsvik, so each is barred from that town without declaring anything.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.web.base.models import Mail
from keino.web.operations.demo.applying import (
    EXPERT,
    FIRST,
    MENTOR,
    SECOND,
    Applicant,
    apply,
    holder,
    interview,
    of_centre,
    score,
)
from keino.web.operations.demo.cast import CENTRE
from keino.web.operations.demo.clock import clock_at, in_office
from keino.web.organisations.choices import RoleKind
from keino.web.programmes.choices import EditionPersonKind, EditionState, ProgrammeTheme
from keino.web.programmes.choices.selection import ScoreMiddle
from keino.web.programmes.models import Application, Criterion, Edition
from keino.web.programmes.services.decisions import begin_decision
from keino.web.programmes.services.editions import change_edition, create_edition
from keino.web.programmes.services.interviews import add_question
from keino.web.programmes.services.parts import change_part
from keino.web.programmes.services.people import name_person
from keino.web.programmes.services.reviews import assign, change_selection, declare_tie, save_review
from keino.web.programmes.services.states import move_edition

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

SLUG = "vahahiilisen-rakentamisen-akatemia"
#: Its kick-off comes in so many weeks; the applications were sent so long ago, some two weeks before the deadline. The
#: day by which participants are chosen is still to come.
KICK_OFF_IN, CALL_WAS = 13, dt.timedelta(weeks=4)
#: What it says of itself: it is made from a programme on record, and is about building with fewer emissions.
NAMES = {
    "fi": "Vähähiilisen rakentamisen akatemia {year}",
    "sv": "Akademin för koldioxidsnålt byggande {year}",
    "en": "Low-carbon construction academy {year}",
}
TEXTS = {
    "summary_fi": "Kehittämisohjelma julkisille ostajille, jotka rakentavat ja korjaavat pienemmin päästöin ja vievät "
    "läpi oman pilottihankinnan.",
    "summary_sv": "Ett utvecklingsprogram för offentliga köpare som bygger och renoverar med mindre utsläpp och "
    "genomför en egen pilotupphandling.",
    "summary_en": "A development programme for public buyers who build and renovate with fewer emissions and carry "
    "out a pilot procurement of their own.",
    "how_to_apply_fi": "Täytä hakulomake määräaikaan mennessä. Kaikki hakijat haastatellaan.",
    "how_to_apply_sv": "Fyll i ansökan före tidsfristens slut. Alla sökande intervjuas.",
    "how_to_apply_en": "Fill in the application before the deadline. Every applicant is interviewed.",
}
PILOT = {
    "guidance_fi": "Ohjelman aikana valmisteltava rakentamisen tai suunnittelun hankinta, jolla on merkitystä "
    "päästöille.",
    "guidance_sv": "En upphandling av byggande eller planering som bereds under programmet och har betydelse för "
    "utsläppen.",
    "guidance_en": "A procurement of construction or of its design that is prepared during the programme and matters "
    "for emissions.",
}
QUESTIONS = (
    ("Mikä pilottihankinta olisi, ja missä vaiheessa se on nyt?", "Onko aikataulu realistinen?"),
    ("Miten johto on mukana, ja kuka päättää?", ""),
    ("Mitä teette opituilla asioilla ohjelman jälkeen?", "Kuka kertoo muille toimialoille?"),
)


APPLICANTS = (
    Applicant(
        "ostoniemi",
        "fi",
        "Haluamme oppia vaatimaan pieniä päästöjä päiväkotien rakentamisessa.",
        "Jokirannan päiväkodin rakentaminen: puurunko, vähähiilinen betoni ja purkumateriaalien käyttö pihassa.",
        "Kaupungin ilmastotavoite koskee rakentamista, mutta hankintojen toimintamalli puuttuu.",
        "Kolme ihmistä, kaksi päivää kuukaudessa. Johtoryhmä käsittelee tulokset.",
        "Olimme mukana aiemmassa hankintojen kehittämishankkeessa.",
        "Tilapalvelut kertoo opit kaikille toimialoille neljännesvuosittain.",
        (
            ("Oona Ostoniemi", "vastuu@ostoniemi.example", "hankintapäällikkö"),
            ("Jari Jäsen", "jasen@ostoniemi.example", "ympäristöasiantuntija"),
            ("Taina Talouspäällikkö", "talous@ostoniemi.example", "talouspäällikkö"),
        ),
        (
            "Suunnittelu alkaa keväällä.",
            "Kaupunginjohtaja ajaa asiaa.",
            "Malli viedään kaikkiin rakennushankkeisiin.",
        ),
        {FIRST: (4, 4, 4, 3, 3), SECOND: (3, 3, 1, 3, 3)},
    ),
    Applicant(
        "inkopsvik",
        "sv",
        "Vi är en liten kommun och vill lära oss av andra.",
        "Renovering av biblioteket med återbrukade byggdelar och mindre utsläpp.",
        "Vi bygger mycket, men vet inte hur utsläppsmål skrivs in i avtalen.",
        "Tre personer, en dag i månaden. Kommundirektören har lovat tiden.",
        "Vi har räknat utsläppen av våra byggnader.",
        "Vi berättar för grannkommunerna i vårt samarbete.",
        (
            ("Ingrid Inköpare", "ansvarig@inkopsvik.example", "upphandlingsansvarig"),
            ("Edvin Ekonom", "ekonomi@inkopsvik.example", "ekonomichef"),
            ("Britta Bygg", "bygg@inkopsvik.example", "byggledare"),
        ),
        ("Renoveringen börjar i höst.", "Kommundirektören deltar själv.", "En gemensam mall med grannarna."),
        {FIRST: (2, 3, 3, 3, 2), EXPERT: (2, 3, 3, 4, 2)},
    ),
    Applicant(
        "esimerkkivirasto",
        "fi",
        "Toimitilojen muutto on tulossa, ja haluamme korjata uudet tilat pienin päästöin.",
        "Toimitilojen peruskorjaus, jossa väliseinät ja kalusteet käytetään uudelleen.",
        "Virastolla on ohjelma, mutta hankinnoissa se ei vielä näy.",
        "Kolme ihmistä. Muutto vie osan ajasta.",
        "Emme ole olleet mukana aiemmissa ohjelmissa.",
        "Kerromme muille virastoille yhteishankintojen verkostossa.",
        (
            ("Vesa Virasto", "vastuu@virasto.example", "hankintajohtaja"),
            ("Helmi Hyväksyjä", "hyvaksyja@virasto.example", "hallintojohtaja"),
            ("Kalle Kaluste", "kaluste@virasto.example", "toimitila-asiantuntija"),
        ),
        ("Kilpailutus alkaa vuoden päästä.", "Hallintojohtaja päättää.", "Ei vielä mietitty."),
        {FIRST: (1, 2, 2, 2, 1)},
    ),
)


def fill(places: dict[str, Organisation]) -> None:
    """Make the edition and everything up to the proposal; nothing where it is there."""
    centre = places.get(CENTRE)
    coordinator = holder(centre, RoleKind.COORDINATOR) if centre else None
    if centre is None or coordinator is None or Edition.objects.filter(slug=SLUG).exists():
        return
    with transaction.atomic():
        last = Mail.objects.order_by("pk").last()
        edition = _edition(centre, coordinator)
        with clock_at(in_office(timezone.now() - CALL_WAS)):
            edition = move_edition(edition, to=EditionState.OPEN, by=coordinator)
            applications = {
                each.slug: apply(edition, places[each.slug], each) for each in APPLICANTS if each.slug in places
            }
            move_edition(edition, to=EditionState.CLOSED, by=coordinator)
        _select(edition, applications, coordinator)
        Mail.objects.filter(pk__gt=last.pk if last else 0).delete()  # nobody is told of what is past


def _edition(centre: Organisation, by: Person) -> Edition:
    first_day = timezone.localdate() + dt.timedelta(weeks=KICK_OFF_IN)
    edition = create_edition(organisation=centre, template="circular-2023", by=by, first_day=first_day, slug=SLUG)
    edition = change_edition(
        edition,
        by=by,
        seen=edition.version,
        theme=ProgrammeTheme.LOW_CARBON,
        needs_discussion=False,  # the next edition shows the booking
        places_max=2,
        contact_email="koordinaattori@keino.example",
        appeal_email="koordinaattori@keino.example",
        **TEXTS,
        **{f"name_{language}": name.format(year=_year()) for language, name in NAMES.items()},
    )
    pilot = Criterion.objects.get(edition=edition, code="pilot_pipeline")
    change_part(pilot, by=by, seen=edition.version, **PILOT)
    for email in (FIRST, SECOND, EXPERT, MENTOR):
        if (person := of_centre(email, centre)) is not None:
            name_person(edition, person=person, kind=EditionPersonKind.REVIEWER, by=by, tell=False)
    name_person(edition, person=by, kind=EditionPersonKind.DECIDER, by=by, tell=False)
    edition.refresh_from_db()
    return edition


def _year() -> int:
    """The year of the kick-off."""
    return (timezone.localdate() + dt.timedelta(weeks=KICK_OFF_IN)).year


# ---- the selection


def _select(edition: Edition, applications: dict[str, Application | None], by: Person) -> None:
    due_on = timezone.localdate() - dt.timedelta(days=2)
    change_selection(edition, reviews_due_on=due_on, middle=ScoreMiddle.MEAN, by=by, seen=0)
    for text, hint in QUESTIONS:
        add_question(edition, text=text, hint=hint, by=by, key=uuid.uuid4())
    for number, said in enumerate(APPLICANTS):
        application = applications.get(said.slug)
        if application is not None:
            day = timezone.localtime() - dt.timedelta(days=7 - number)
            at = day.replace(hour=9 + number, minute=0, second=0, microsecond=0)
            interview(application, said.said, at=at, by=by)
            score(edition, application, said, by)
    # Raili knows somebody at Inköpsvik: she says so. Her part at the agency is still a draft.
    known, second = applications.get("inkopsvik"), of_centre(SECOND, edition.organisation)
    if known is not None and second is not None:
        declare_tie(known, reason="Puolisoni työskentelee kunnassa.", by=second)
    last = applications.get("esimerkkivirasto")
    if last is not None and second is not None:
        review = assign(last, second, by=by)
        save_review(review, {}, remark="Kesken: haluan lukea pilotin vielä kerran.", by=second, seen=1)
    begin_decision(edition, by=by)
