"""What the centre's people wrote into the engagement log of the programmes, and one report to the ministry."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from keino.web.cohorts.choices.engagement import EngagementKind as K
from keino.web.cohorts.models import EffectReport, Participation
from keino.web.cohorts.queries.effect.groups import calendar_of
from keino.web.cohorts.queries.effect.numbers import editions_told_of
from keino.web.cohorts.services.effect import approve_report, begin_report, numbers_of, work_out, write_report
from keino.web.cohorts.services.engagement import Work, log_work
from keino.web.operations.demo.cast import CENTRE
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Organisation, Role

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.programmes.models import Edition

#: (kind, days after the kick-off, quarters of an hour, note) of the work with each participant …
WITH_EACH = (
    (K.ADVICE, 6, 3, "Lähtötilanne ja lähtöaineisto"),
    (K.SPARRING, 20, 6, "Kategorioiden valinta"),
    (K.REVIEW, 34, 4, "Toimintamallin luonnos luettu"),
    (K.SPARRING, 48, 5, "Markkinavuoropuhelun valmistelu"),
    (K.MAIL, 55, 2, ""),
)
#: … and of the work with all together.
WITH_ALL = (
    (K.OTHER, -10, 10, "Ohjelman ja aineistojen valmistelu"),
    (K.EVENT, 0, 24, "Aloitustilaisuus"),
    (K.EVENT, 28, 10, "Työpaja"),
)
SUMMARY = {
    "summary_fi": (
        "Luvut kertovat, paljonko työtä ohjelmat ovat vaatineet ja keitä ne ovat tavoittaneet. Sosiaalisesti "
        "kestävien hankintojen akatemiaan osallistuneiden kypsyys nousi enemmän kuin muiden samankokoisten kaupunkien, "
        "mutta väli on leveä, ja mukaan hakeneet saattoivat alun perinkin olla muita valmiimpia kehittymään. Muista "
        "tuloksista ei voi vielä sanoa mitään. Ehdotamme, että itsearviointi tehdään samoina aikoina myös niissä "
        "organisaatioissa, jotka eivät osallistu."
    ),
    "summary_sv": (
        "Siffrorna visar hur mycket arbete programmen har krävt och vilka de har nått. Mognaden steg mer hos dem som "
        "deltog i akademin för socialt hållbar upphandling än i andra städer av samma storlek, men intervallet är "
        "brett, och de som sökte kan från början ha varit mer beredda att utvecklas. Om de andra resultaten går det "
        "ännu inte att säga något."
    ),
}


def fill(places: dict[str, Organisation]) -> None:
    """Work for every programme that runs or is over, and a report of all; where there is none, nothing."""
    centre = places[CENTRE]
    coordinator, helper = _holder(centre, RoleKind.COORDINATOR), _holder(centre, RoleKind.EXPERT)
    editions = list(editions_told_of(is_example=True))
    if coordinator is None or not editions:
        return
    for edition in editions:
        _log(edition, helper or coordinator, coordinator)
        work_out(numbers_of(edition))
    if not EffectReport.objects.filter(edition=None).exists():
        _report(coordinator)


def _holder(centre: Organisation, kind: str) -> Person | None:
    role = Role.objects.on(timezone.localdate()).filter(organisation=centre, kind=kind).first()
    return role.person if role else None


def _log(edition: Edition, helper: Person, coordinator: Person) -> None:
    """Rows of past days; their keys follow from what they are, so filling twice writes them once."""
    days = calendar_of(edition)
    if days is None:
        return
    for person, work in (*_with_all(edition, days[0], coordinator), *_with_each(edition, days[0], helper)):
        if work.day <= timezone.localdate():
            key = f"{edition.slug}:{work.organisation}:{work.kind}:{work.day}"
            log_work(work=work, made_with=uuid.uuid5(uuid.NAMESPACE_URL, key), by=person)


def _with_all(edition: Edition, kickoff: dt.date, by: Person) -> Iterator[tuple[Person, Work]]:
    for kind, after, quarters, note in WITH_ALL:
        yield by, Work(kind, kickoff + dt.timedelta(days=after), quarters, None, edition, note)


def _with_each(edition: Edition, kickoff: dt.date, helper: Person) -> Iterator[tuple[Person, Work]]:
    """By the organisation's mentor, where one is named."""
    rows = Participation.objects.filter(edition=edition).select_related("organisation", "mentor").order_by("pk")
    for row in rows:
        for kind, after, quarters, note in WITH_EACH:
            day = kickoff + dt.timedelta(days=after)
            yield row.mentor or helper, Work(kind, day, quarters, row.organisation, edition, note)


def _report(coordinator: Person) -> None:
    work_out(numbers_of(None))
    report = begin_report(edition=None, by=coordinator)
    write_report(report=report, texts=SUMMARY, seen=report.version, by=coordinator)
    report.refresh_from_db()
    approve_report(report=report, seen=report.version, by=coordinator)
