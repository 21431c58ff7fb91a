"""Follow-up in the demo: changes explained, one council report published, one still being written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from keino.web.base.jobs import run_waiting_jobs
from keino.web.followup.models import CouncilReport
from keino.web.followup.queries.answers import usual_question
from keino.web.followup.queries.reports import years_to_report
from keino.web.followup.services.answers import ask
from keino.web.followup.services.reports import approve_report, begin_report, publish_report, write_report
from keino.web.followup.tasks import start_answer, start_numbers
from keino.web.measurement.queries.runs import current_run
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Organisation, Role

if TYPE_CHECKING:
    from keino.web.base.models import Person

FINNISH = {
    "summary_fi": (
        "Hankintojen ilmastovaikutus on nyt laskettu samalla tavalla viideltä vuodelta. Tärkein tulos on suunta ja se, "
        "mihin päästöt keskittyvät: niihin kolmeen lähteeseen kannattaa vaikuttaa ensin."
    ),
    "next_steps_fi": (
        "Suurimpien lähteiden sopimukset käydään läpi ennen seuraavaa kilpailutusta.\n"
        "Jokaiselle toimenpiteelle nimetään vastuuhenkilö ja budjettipäätös."
    ),
    "summary_sv": (
        "Upphandlingarnas klimatpåverkan har nu räknats på samma sätt för fem år. Det viktigaste är riktningen och var "
        "utsläppen uppstår: de tre största källorna är de som lönar sig att påverka först."
    ),
    "next_steps_sv": "Avtalen bakom de största källorna gås igenom före nästa konkurrensutsättning.",
}
SWEDISH = {
    "summary_sv": (
        "Kommunens upphandlingar har för första gången ett klimatbokslut på en sida. Utkastet väntar på ekonomichefens "
        "godkännande före fullmäktiges möte."
    ),
    "next_steps_sv": "Måltiderna och värmen tas upp i nästa års budgetram.",
}


def fill(places: dict[str, Organisation]) -> None:
    """Explain the newest change of the towns; publish a report of one, leave a draft of the other."""
    for slug in ("ostoniemi", "inkopsvik"):
        _explain(places[slug])
    published = _report(places["ostoniemi"], FINNISH)
    if published is not None and published.is_draft:
        _decide(published)
    _report(places["inkopsvik"], SWEDISH)


def _explain(organisation: Organisation) -> None:
    run = current_run(organisation)
    question = usual_question(run) if run else None
    if run is not None and question is not None:
        start_answer(ask(run=run, question=question), by=_holder(organisation, RoleKind.RESPONSIBLE_PERSON))
        run_waiting_jobs()


def _report(organisation: Organisation, texts: dict[str, str]) -> CouncilReport | None:
    """The report of the newest year, with its words; the one that is there, however far it is."""
    by = _holder(organisation, RoleKind.RESPONSIBLE_PERSON)
    years = years_to_report(organisation)
    found = CouncilReport.objects.filter(organisation=organisation).order_by("-year", "-edition").first()
    if found is not None or by is None or not years:
        return found
    report = begin_report(organisation=organisation, year=years[0], by=by)
    start_numbers(report, by=by)
    run_waiting_jobs()
    report.refresh_from_db()
    write_report(report=report, texts=texts, meeting_on=None, seen=report.version, by=by)
    report.refresh_from_db()
    return report


def _decide(report: CouncilReport) -> None:
    approver = _holder(report.organisation, RoleKind.APPROVER)
    publisher = _holder(report.organisation, RoleKind.RESPONSIBLE_PERSON)
    if approver is not None and publisher is not None:
        approve_report(report=report, seen=report.version, by=approver)
        publish_report(report=report, by=publisher)


def _holder(organisation: Organisation, kind: str) -> Person | None:
    role = Role.objects.on(timezone.localdate()).filter(organisation=organisation, kind=kind).first()
    return role.person if role else None
