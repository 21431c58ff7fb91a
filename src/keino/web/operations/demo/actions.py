"""Actions of the demo towns: some late, some without money, some with moved deadlines; and what reviews saw.

People write in their own language, so these texts are Finnish and Swedish. Days are counted from the day on which the
demo is filled.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from keino.web.base.models import Person
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Organisation, Role
from keino.web.plans.models import Action
from keino.web.plans.services.action_reviews import ReviewValues, add_review
from keino.web.plans.services.actions import ActionValues, Move, add_action, change_action, move_action

_SPACE = uuid.UUID("5d0d6c0e-7f51-4c7e-9a55-3f6f1c9e7a10")
#: The actions were written down so many days ago.
AGO = 150


@dataclass(frozen=True)
class Told:
    """An action of the demo. ``due`` and ``until`` (the deadline it was moved to) are days from today."""

    title: str
    due: int
    owner: str
    values: dict[str, Any] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    until: int | None = None
    target: Decimal | None = None
    reason: str = ""


def _money(investment: int | None = None, running: int | None = None, step: str = "", year: int = 0) -> dict[str, Any]:
    return {
        "investment_eur": None if investment is None else Decimal(investment),
        "running_eur_per_year": None if running is None else Decimal(running),
        "budget_step": step,
        "budget_year": (timezone.localdate().year + year) if step else None,
    }


def _indicator(name: str, unit: str, baseline: int, target: int, latest: int | None = None) -> dict[str, Any]:
    return {
        "indicator": name,
        "indicator_unit": unit,
        "indicator_baseline": Decimal(baseline),
        "indicator_target": Decimal(target),
        "indicator_latest": None if latest is None else Decimal(latest),
        "indicator_latest_on": None if latest is None else timezone.localdate() - dt.timedelta(days=AGO),
    }


def _decided(what: str) -> dict[str, Any]:
    return {"decision": what, "decided_on": timezone.localdate() - dt.timedelta(days=AGO + 30)}


FREE: dict[str, Any] = {"has_no_budget_effect": True}
LEADER, MEMBER, APPROVER = RoleKind.RESPONSIBLE_PERSON, RoleKind.MEMBER, RoleKind.APPROVER


def _ostoniemi() -> tuple[Told, ...]:
    return (
        Told(
            "Öljylämmitteiset kiinteistöt kaukolämpöön", -20, LEADER,
            _money(310_000, -24_000, "proposal", 1) | _indicator("Öljylämmitteisiä kiinteistöjä", "kpl", 7, 0, 4)
            | {"category_code": "HEAT.OIL", "measure_code": "oil_to_district_heat", "reduction_kgco2e": 240_000.0},
            (Move("started"),),
        ),
        Told(
            "Kotihoidon autot sähköisiksi", 75, MEMBER,
            _money(180_000, -15_000, "approval", 1) | _indicator("Sähköautojen osuus", "%", 10, 80, 25)
            | _decided("Kaupunginvaltuusto § 87"),
            (Move("started"),), until=220, target=Decimal(60),
            reason="Toimittaja ilmoitti puolen vuoden viiveestä, ja latauspaikkoja ehditään rakentaa vain kolme.",
        ),
        Told(
            "Kaksi kasvisruokapäivää viikossa kouluihin", -45, MEMBER,
            FREE | _indicator("Kasvisruokapäiviä viikossa", "pv", 1, 2, 1) | {"category_code": "FOOD.CATERING"},
            (Move("started"),),
        ),
        Told(
            "Ruokahävikin mittaus kaikkiin keittiöihin", -100, MEMBER,
            FREE | _indicator("Keittiöitä, joissa hävikki mitataan", "kpl", 3, 14, 14),
            (Move("started"), Move("done", evidence="Hävikkiraportti kaikista 14 keittiöstä.")),
        ),
        Told(
            "Vähähiilinen betoni rakentamisen kriteereihin", 30, LEADER,
            _money(None, None, "proposal", 1) | {"category_code": "BUILD"},
        ),
        Told(
            "Päästötön työmaa Satamakadun saneerauksessa", 160, LEADER,
            _money(90_000, None, "frame", 1) | _indicator("Päästöttömien koneiden osuus", "%", 0, 50),
        ),
        Told(
            "Tietokoneiden käyttöikä viiteen vuoteen", 12, MEMBER,
            FREE | _indicator("Keskimääräinen käyttöikä", "vuotta", 3, 5, 4), (Move("started"),),
        ),
        Told(
            "LED-valot liikuntahalleihin", 250, MEMBER,
            _money(64_000, -9_500, "approval", 1) | _decided("Tekninen lautakunta § 41"),
        ),
        Told(
            "Hankintojen ilmastokoulutus ostajille", 5, LEADER, _money(4_500, None, "mid_year", 0),
            (Move("started"),), until=40, reason="Kouluttaja vaihtui.",
        ),
        Told(
            "Biokaasubussit koulukuljetuksiin", 90, MEMBER, _money(None, 35_000, "proposal", 1),
            (Move("cancelled", "Tarjouksia ei saatu; kuljetukset kilpailutetaan sähköbusseina keväällä."),),
        ),
    )  # fmt: skip


def _inkopsvik() -> tuple[Told, ...]:
    return (
        Told(
            "Byt oljepannan i Strandskolan mot bergvärme", -15, LEADER,
            _money(140_000, -11_000, "proposal", 1) | {"category_code": "HEAT.OIL", "reduction_kgco2e": 62_000.0},
            (Move("started"),),
        ),
        Told(
            "Växtbaserad lunch två dagar i veckan", 60, LEADER,
            FREE | _indicator("Växtbaserade luncher i veckan", "dagar", 0, 2, 1), (Move("started"),),
        ),
        Told(
            "Elbilar till hemvården", 45, APPROVER,
            _money(70_000, -6_000, "approval", 1) | _decided("Fullmäktige § 32"), until=130,
            reason="Laddplatserna blir klara först till hösten.",
        ),
    )  # fmt: skip


def fill(places: dict[str, Organisation]) -> None:
    """Write the actions of both towns, unless they are there."""
    town, coast = places["ostoniemi"], places["inkopsvik"]
    if not Action.objects.filter(organisation=town).exists():
        _write(town, _ostoniemi())
        _review_ostoniemi(town)
    if not Action.objects.filter(organisation=coast).exists():
        _write(coast, _inkopsvik())
        _review(
            coast, None, "mid_year", 70,
            "Pannbytet är försenat eftersom borrningen kräver tillstånd. De andra åtgärderna går som planerat.",
            "Sök tillstånden innan pengarna söks i budgeten.",
        )  # fmt: skip


def _write(organisation: Organisation, told: tuple[Told, ...]) -> None:
    today = timezone.localdate()
    began = today - dt.timedelta(days=AGO)
    for each in told:
        by = _holder(organisation, each.owner)
        values = ActionValues(title=each.title, deadline=today + dt.timedelta(days=each.due), owner=by, **each.values)
        action = add_action(
            organisation=organisation, key=_key(organisation, each.title), values=values, by=by, today=began
        )
        Action.objects.filter(pk=action.pk).update(created_at=timezone.now() - dt.timedelta(days=AGO))
        for number, move in enumerate(each.moves):
            on = began + dt.timedelta(days=20 + 20 * number)
            action = move_action(
                action, move=Move(move.to, move.why, move.evidence, move.evidence_link, on), seen=None, by=by
            )
        if each.until is not None:
            _change(action, values, each, by)


def _change(action: Action, values: ActionValues, told: Told, by: Person) -> None:
    """Move the deadline, and the target where it changes too."""
    later = timezone.localdate() + dt.timedelta(days=told.until or 0)
    kept = {name: getattr(values, name) for name in values.__dataclass_fields__} | {"deadline": later}
    if told.target is not None:
        kept["indicator_target"] = told.target
    change_action(action, values=ActionValues(**kept), why=told.reason, seen=action.version, by=by)


def _review_ostoniemi(town: Organisation) -> None:
    _review(
        town, None, "mid_year", 80,
        "Kymmenestä toimesta viisi on käynnissä ja yksi valmis. Öljylämmityksestä luopuminen on myöhässä, koska "
        "rahoitusta ei ole päätetty.",
        "Toimenpiteen raha haetaan talousarvioon ennen kuin määräaika asetetaan.",
    )  # fmt: skip
    vans = Action.objects.get(public_id=_key(town, "Kotihoidon autot sähköisiksi"))
    _review(
        town, vans, "mid_year", 60,
        "Ensimmäiset kahdeksan autoa on käytössä, ja kuljettajat ovat olleet tyytyväisiä.",
        "Kuljettajat kannattaa ottaa mukaan jo markkinavuoropuheluun.",
    )  # fmt: skip


def _review(organisation: Organisation, action: Action | None, kind: str, ago: int, seen: str, lessons: str) -> None:
    held_on = timezone.localdate() - dt.timedelta(days=ago)
    add_review(
        organisation=organisation, action=action, key=_key(organisation, seen[:60]),
        values=ReviewValues(kind, held_on, seen, lessons), by=_holder(organisation, LEADER),
    )  # fmt: skip


def _key(organisation: Organisation, text: str) -> uuid.UUID:
    """The same key each time, so that filling twice makes one."""
    return uuid.uuid5(_SPACE, f"{organisation.slug} {text}")


def _holder(organisation: Organisation, kind: str) -> Person:
    """Who holds a role of the organisation today; its responsible person where nobody does."""
    held = Role.objects.on(timezone.localdate()).filter(organisation=organisation).order_by("pk")
    role = held.filter(kind=kind).first() or held.get(kind=LEADER)
    return role.person
