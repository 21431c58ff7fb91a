"""The centre's study of buyers: two years that were published, with interviews, and one that is open.

The second version of the form puts one question in other words, so that one comparison is refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from keino.domain.questionnaires.question import Choice, Condition, Kind, Question
from keino.web.base.models import Person
from keino.web.operations.demo.cast import CENTRE
from keino.web.organisations.choices import BUYERS, RoleKind
from keino.web.organisations.choices import OrganisationKind as K
from keino.web.organisations.models import Organisation, Role
from keino.web.organisations.services.organisations import create_organisation
from keino.web.surveys.choices import FormPurpose, LegalBasis
from keino.web.surveys.models import FormVersion, ObstacleCode, Study, StudyRound
from keino.web.surveys.services.form_answers import begin_answer, save_answer, send_answer
from keino.web.surveys.services.forms import (
    begin_form,
    begin_version,
    describe_version,
    publish_version,
    put_question,
)
from keino.web.surveys.services.interviews import add_obstacle, record_interview
from keino.web.surveys.services.studies import begin_study, close_year, open_year, publish_year

Texts = dict[str, str]


def _texts(fi: str, sv: str, en: str) -> Texts:
    return {"fi": fi, "sv": sv, "en": en}


TITLE = _texts("Hankintayksiköiden kysely", "Enkät till upphandlande enheter", "Survey of public buyers")
STUDY_TITLE = _texts(
    "Kestävät hankinnat hankintayksiköissä",
    "Hållbar upphandling hos upphandlande enheter",
    "Sustainable procurement among public buyers",
)
WANTS_TO_KNOW = _texts(
    "Miten hankintayksiköt suunnittelevat hankintojaan, ja mikä on tiellä?",
    "Hur planerar upphandlande enheter sin upphandling, och vad står i vägen?",
    "How do public buyers plan their procurement, and what is in the way?",
)
PURPOSE = _texts(
    "Vastauksista lasketaan määriä ja keskiarvoja. Niitä näytetään vain, kun takana on vähintään viisi organisaatiota.",
    "Av svaren räknas antal och medelvärden. De visas bara när minst fem organisationer står bakom dem.",
    "Counts and means are made of the answers. They are shown only where at least five organisations stand behind.",
)
INTRO = _texts(
    "Kysely vie noin viisi minuuttia. Organisaatio antaa yhden vastauksen, ja sitä voi kirjoittaa usea.",
    "Enkäten tar ungefär fem minuter. Organisationen ger ett svar, och flera kan skriva på det.",
    "It takes about five minutes. An organisation gives one answer, and several people may write on it.",
)
DIALOGUE = Question(
    "dialogue",
    Kind.YES_NO,
    _texts(
        "Kävittekö markkinavuoropuhelua ennen kilpailutuksia?",
        "Förde ni marknadsdialog före konkurrensutsättningar?",
        "Did you talk with the market before tendering?",
    ),
    heading=_texts("Suunnittelu", "Planering", "Planning"),
    required=True,
)
WHY_NOT = Question(
    "why_not",
    Kind.LONG_TEXT,
    _texts("Miksi ette?", "Varför inte?", "Why not?"),
    shown_if=Condition("dialogue", ("no",)),
)
PEOPLE = Question(
    "people",
    Kind.ONE_OF,
    _texts(
        "Kuinka moni kehittää hankintoja työkseen?",
        "Hur många arbetar med att utveckla upphandlingen?",
        "How many people develop procurement as their work?",
    ),
    required=True,
    choices=(
        Choice("nobody", _texts("ei kukaan", "ingen", "nobody")),
        Choice("one_or_two", _texts("yksi tai kaksi", "en eller två", "one or two")),
        Choice("more", _texts("useampi", "flera", "more")),
    ),
)
SHARE = Question(
    "climate_share",
    Kind.NUMBER,
    _texts(
        "Kuinka suuressa osassa kilpailutuksista oli ilmastokriteeri?",
        "I hur stor del av konkurrensutsättningarna fanns ett klimatkriterium?",
        "In how large a share of the tenders was there a climate criterion?",
    ),
    heading=_texts("Ilmasto", "Klimat", "Climate"),
    unit=_texts("%", "%", "%"),
)
SHARE_IN_EUROS = replace(
    SHARE,
    text=_texts(
        "Kuinka suuressa osassa hankintojen euroista oli ilmastokriteeri?",
        "I hur stor del av upphandlingarnas euro fanns ett klimatkriterium?",
        "In how large a share of the euros spent was there a climate criterion?",
    ),
)
OBSTACLES = {
    "time": _texts("Vähän aikaa ja tekijöitä", "Lite tid och få händer", "Little time and few hands"),
    "leadership": _texts("Hankintojen johtaminen", "Ledning av upphandlingen", "Leadership of procurement"),
    "market": _texts("Markkinoiden tuntemus", "Kunskap om marknaden", "Knowledge of the market"),
    "data": _texts("Tiedon puute", "Brist på data", "Lack of data"),
}
#: Buyers who only answer: with fewer, most numbers would stay hidden.
ANSWERING = (
    ("tarinamaan-hyvinvointialue", K.WELLBEING_COUNTY, "Tarinamaan hyvinvointialue"),
    ("sadunjoen-seurakunta", K.PARISH, "Sadunjoen seurakunta"),
    ("haaveharjun-seurakunta", K.PARISH, "Haaveharjun seurakunta"),
    ("luulonselan-koulutuskuntayhtyma", K.JOINT_MUNICIPAL_AUTHORITY, "Luulonselän koulutuskuntayhtymä"),
    ("arvoitusten-arkisto", K.STATE_AGENCY, "Arvoitusten arkisto"),
)
POSITIONS = ("hankintapäällikkö", "ruokapalvelujen ostaja", "toimialajohtaja", "hankinta-asiantuntija")


def fill(places: dict[str, Organisation], *, today: dt.date | None = None) -> None:
    """The form in two versions, the study with its years and interviews; what is there already is left as it is."""
    centre, today = places[CENTRE], today or timezone.localdate()
    if Study.objects.filter(organisation=centre).exists():
        return
    expert, coordinator = (_holder(centre, kind, today) for kind in (RoleKind.EXPERT, RoleKind.COORDINATOR))
    if expert is None or coordinator is None:
        return
    for slug, kind, name in ANSWERING:
        _answering(slug, kind, name, by=coordinator)
    buyers = list(Organisation.objects.filter(kind__in=BUYERS, is_example=True).exclude(pk=centre.pk).order_by("slug"))
    with transaction.atomic():
        _study(centre, buyers, today, by=expert)


def _holder(centre: Organisation, kind: str, today: dt.date) -> Person | None:
    role = Role.objects.on(today).filter(organisation=centre, kind=kind).first()
    return role.person if role else None


def _answering(slug: str, kind: str, name: str, *, by: Person) -> None:
    if not Organisation.objects.filter(slug=slug).exists():
        with transaction.atomic():
            create_organisation(
                by=by, slug=slug, kind=kind, original_language="fi", region_code="MK06", is_example=True, name_fi=name
            )


def _study(centre: Organisation, buyers: Sequence[Organisation], today: dt.date, *, by: Person) -> None:
    first = _first_version(centre, by=by)
    study = begin_study(organisation=centre, form=first.form, title=STUDY_TITLE, question=WANTS_TO_KNOW, by=by)
    obstacles = [add_obstacle(organisation=centre, text=text, by=by) for text in OBSTACLES.values()]
    _year(study, buyers, dt.date(today.year - 2, 10, 1), obstacles, by=by)
    second = begin_version(form=first.form, by=by)
    second = put_question(version=second, question=SHARE_IN_EUROS, replaces=SHARE.code, seen=second.version, by=by)
    publish_version(version=second, by=by)
    _year(study, buyers, dt.date(today.year - 1, 10, 1), obstacles, by=by)
    open_year(
        study=study,
        year=today.year,
        opens_on=today - dt.timedelta(days=10),
        closes_on=today + dt.timedelta(days=30),
        today=today,
        by=by,
    )


def _first_version(centre: Organisation, *, by: Person) -> FormVersion:
    draft = begin_form(organisation=centre, purpose=FormPurpose.STUDY, title=TITLE, by=by)
    draft = describe_version(
        version=draft,
        languages=["fi", "sv", "en"],
        intro=INTRO,
        data_purpose=PURPOSE,
        legal_basis=LegalBasis.PUBLIC_TASK,
        kept_months=36,
        seen=draft.version,
        by=by,
    )
    for question in (DIALOGUE, WHY_NOT, PEOPLE, SHARE):
        draft = put_question(version=draft, question=question, seen=draft.version, by=by)
    return publish_version(version=draft, by=by)


def _year(
    study: Study, buyers: Sequence[Organisation], opens: dt.date, obstacles: Sequence[ObstacleCode], *, by: Person
) -> None:
    """A year that everybody answered, with an interview in most places, counted and published."""
    closes = opens + dt.timedelta(days=30)
    round_ = open_year(study=study, year=opens.year, opens_on=opens, closes_on=closes, today=opens, by=by)
    for number, buyer in enumerate(buyers):
        _answer(round_, buyer, _given(number, opens.year))
        if number % 7 < 6:
            _interview(round_, buyer, number, obstacles, by=by)
    closed = close_year(round_=round_, today=closes + dt.timedelta(days=1), by=by)
    publish_year(round_=closed, by=by)


def _given(number: int, year: int) -> dict[str, Any]:
    """Buyers differ, and the later year is a little better; the same buyers always alike."""
    talks = number % 2 == 0 or (year % 2 == 0 and number % 5 == 1)
    given: dict[str, Any] = {
        "dialogue": talks,
        "people": ("nobody", "one_or_two", "one_or_two")[number % 3],
        "climate_share": str(5 + (7 * number + 3 * year) % 40),
    }
    return given if talks else given | {"why_not": "Kilpailutuksilla oli kiire."}


def _answer(round_: StudyRound, buyer: Organisation, given: dict[str, Any]) -> None:
    answer = begin_answer(round_.form_version, about=buyer, subject=round_.subject)
    send_answer(save_answer(answer, given=given, seen=answer.version, by=None), by=None)


def _interview(
    round_: StudyRound, buyer: Organisation, number: int, obstacles: Sequence[ObstacleCode], *, by: Person
) -> None:
    named = [obstacles[0].code] + [each.code for place, each in enumerate(obstacles[1:], 1) if number % 2 == place % 2]
    record_interview(
        round_=round_,
        about=buyer,
        held_on=round_.opens_on + dt.timedelta(days=7 + number),
        position=POSITIONS[number % len(POSITIONS)],
        notes="Kokemukset suunnittelusta olivat hyviä, kun yritykset olivat mukana. Aikaa oli vähän.",
        obstacles=named,
        by=by,
    )
