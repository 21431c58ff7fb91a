"""A market dialogue and two assessments of effects for Ostoniemi's procurements, as the town's people would write them.

One assessment is approved, so that its indicators come up again; the other waits for the approver.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Role
from keino.web.procurements.assessment_choices import Level, Perspective
from keino.web.procurements.dialogue_choices import DialogueWay
from keino.web.procurements.models import ImpactAssessment, MarketDialogue, Procurement
from keino.web.procurements.services.assessments import (
    EffectFields,
    add_effect,
    answer_need,
    answer_use,
    approve_assessment,
    begin_assessment,
    say_ready,
)
from keino.web.procurements.services.dialogues import StepFields, add_step, begin_dialogue, write_outcome

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

MEALS, DAY_CARE = "Koulujen ja päiväkotien ateriapalvelut", "Jokirannan päiväkodin rakentaminen"

#: How, how many days ago, who was invited, who came, what was asked, what was answered.
STEPS: dict[str, tuple[tuple[str, int, str, str, str, str], ...]] = {
    MEALS: (
        (
            DialogueWay.INFORMATION_REQUEST,
            45,
            "Kaikki, ilmoituksella 45 päivää sitten",
            "Keksityt Keittiöt Oy\nKuviteltu Catering Oy\nSatumaan Ateriat Oy",
            "Millä ruokalistalla päästöt puolittuvat, ja mitä se maksaa?\nVoiko maksu perustua syötyihin aterioihin?",
            "Kasvisruokaa kolmena päivänä viikossa; hinta nousee 2–4 %. Maksu syödyistä aterioista käy kahdelle.",
        ),
        (
            DialogueWay.EVENT,
            20,
            "Tietopyyntöön vastanneet ja kaikki ilmoittautuneet",
            "Keksityt Keittiöt Oy\nKuviteltu Catering Oy",
            "Miten lautashävikki punnitaan luotettavasti? Sopiiko jako kahteen osaan?",
            "Punnitus onnistuu viikoittain. Jako kouluihin ja päiväkoteihin tuo mukaan pienempiä tarjoajia.",
        ),
    ),
    DAY_CARE: (
        (
            DialogueWay.MEETING,
            10,
            "Puurunko Kuvitelma Oy",
            "Puurunko Kuvitelma Oy",
            "Mikä hiilijalanjäljen katto on mahdollinen 150 lapsen päiväkodille?",
            "Puurungolla 12 kg CO₂e/m²/vuosi on mahdollinen, kun katto kerrotaan jo hankesuunnitelmassa.",
        ),
    ),
}

#: What the dialogue about meals changed, and how everyone got the same information.
CHANGES = "Hankinta jaetaan kahteen osaan, ja lautashävikin punnitus siirtyy kuukausittaisesta viikoittaiseksi."
EQUAL = "Kysymykset, vastausten yhteenveto ja tilaisuuden esitys ovat tietopyynnön sivulla kaikkien luettavissa."

#: Whom it affects; the effects that are wished for; where they stand in the tender.
NEEDS = {
    MEALS: "Aterioita syö joka päivä 2 400 lasta. Muutos koskee heitä, keittiöiden väkeä ja kaupungin päästöjä.",
    DAY_CARE: "Päiväkoti palvelee 150 lasta yli 50 vuotta. Se koskee naapureita, jokirantaa ja päästöjä.",
}
EFFECTS = {
    MEALS: (
        EffectFields(
            Perspective.ENVIRONMENTAL,
            "Aterioiden ilmastopäästöt puolittuvat",
            3,
            "Aterian keskimääräinen hiilijalanjälki",
            "kg CO₂e",
            "1,6",
            "0,8",
        ),
        EffectFields(
            Perspective.CUSTOMER,
            "Lapset syövät ruoan eivätkä jätä sitä lautaselle",
            1,
            "Lautashävikki ateriaa kohden",
            "g",
            "38",
            "25",
        ),
    ),
    DAY_CARE: (
        EffectFields(
            Perspective.ENVIRONMENTAL,
            "Rakennuksen elinkaaren päästöt jäävät pieniksi",
            2,
            "Hiilijalanjälki 50 vuoden ajalta",
            "kg CO₂e/m²/vuosi",
            "17",
            "12",
        ),
    ),
}
USES = {
    MEALS: "Hiilijalanjälki on vertailuperuste (20 %), hävikin punnitus sopimusehto, jota seuraa sanktio.",
    DAY_CARE: "Katto on vähimmäisvaatimus; sen alittamisesta saa lisäpisteitä.",
}


def fill(places: dict[str, Organisation]) -> None:
    """Add what was asked of the market and assessed beforehand; what is there already stays as it is."""
    town = places["ostoniemi"]
    by, approver = _holder(town, RoleKind.MEMBER), _holder(town, RoleKind.APPROVER)
    if by is None or approver is None:
        return
    for procurement in Procurement.objects.filter(organisation=town, title__in=(MEALS, DAY_CARE)).order_by("pk"):
        with transaction.atomic():
            _talk(procurement, by)
            _assess(procurement, by, approver)


def _talk(procurement: Procurement, by: Person) -> None:
    if MarketDialogue.objects.filter(procurement=procurement).exists():
        return
    dialogue, today = begin_dialogue(procurement), timezone.localdate()
    for way, days_ago, invited, took_part, asked, answers in STEPS[procurement.title]:
        step = StepFields(way, today - dt.timedelta(days=days_ago), invited, asked, took_part, answers)
        add_step(dialogue, step, by=by, key=uuid.uuid4())
    if procurement.title == MEALS:
        seen = dialogue.version
        write_outcome(dialogue, changes=CHANGES, equal_information=EQUAL, all_got_the_same=True, by=by, seen=seen)


def _assess(procurement: Procurement, by: Person, approver: Person) -> None:
    if ImpactAssessment.objects.filter(procurement=procurement).exists():
        return
    title, assessment = procurement.title, begin_assessment(procurement)
    answer_need(assessment, level=Level.PROCUREMENT, legal_bases=[], need=NEEDS[title], by=by, seen=assessment.version)
    for effect in EFFECTS[title]:
        add_effect(assessment, effect, by=by, key=uuid.uuid4())
    assessment.refresh_from_db()
    answer_use(assessment, use=USES[title], by=by, seen=assessment.version)
    say_ready(assessment, by=by)
    if title == MEALS:
        assessment.refresh_from_db()
        approve_assessment(assessment, by=approver, seen=assessment.version)


def _holder(organisation: Organisation, kind: str) -> Person | None:
    role = Role.objects.on(timezone.localdate()).filter(organisation=organisation, kind=kind).first()
    return role.person if role else None
