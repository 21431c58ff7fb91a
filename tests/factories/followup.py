"""Council reports and their numbers, in each of their states."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from keino.report.council import (
    CouncilChange,
    CouncilContent,
    CouncilHotspot,
    CouncilProgress,
    CouncilSource,
    CouncilTarget,
    YearFootprint,
)
from keino.report.names import Names
from keino.web.base.models import Person
from keino.web.followup.models import CouncilReport
from keino.web.followup.services.reports import (
    approve_report,
    begin_report,
    collect_numbers,
    publish_report,
    write_report,
)
from keino.web.organisations.models import Organisation
from tests.factories.web import someone_who_is


def council_content(**changes: Any) -> CouncilContent:
    """A year's numbers, each written here: −200 t from 2023 to 2024, the target asks for 900 t in 2024."""
    base = CouncilContent(
        organisation=Names("Esimerkkilän kaupunki", "Exempelby stad", "Town of Example"),
        year=2024,
        currency="EUR",
        footprint=YearFootprint(2024, Decimal("2500000.00"), 1_000_000.0, 800_000.0, 1_300_000.0),
        years=(
            YearFootprint(2023, Decimal("2400000.00"), 1_200_000.0, 950_000.0, 1_500_000.0),
            YearFootprint(2024, Decimal("2500000.00"), 1_000_000.0, 800_000.0, 1_300_000.0),
        ),
        population=4_000,
        classified_share=0.9,
        factor_share=0.85,
        hotspots=(
            CouncilHotspot("HEAT.DISTRICT", Names("Kaukolämpö", "Fjärrvärme", "District heat"), 4e5, 3e5, 6e5, 0.4),
            CouncilHotspot("FOOD.MEAT", Names("Liha", "Kött", "Meat"), 2e5, 1e5, 3e5, 0.2),
            CouncilHotspot("ELEC.POWER", Names("Sähkö", "El", "Electricity"), 1e5, 5e4, 2e5, 0.1),
        ),
        target=CouncilTarget(2020, 2030, 0.5, 1_125_000.0, "Kaupunginvaltuusto", "2022-05-16"),
        change=CouncilChange(
            year_from=2023,
            year_to=2024,
            footprint_from_kgco2e=1_200_000.0,
            footprint_to_kgco2e=1_000_000.0,
            price_kgco2e=10_000.0,
            volume_kgco2e=-120_000.0,
            mix_kgco2e=-60_000.0,
            intensity_kgco2e=-30_000.0,
            unsplit_kgco2e=0.0,
            edition_kgco2e=0.0,
            perimeter_kgco2e=0.0,
            intensity_half_width_kgco2e=5_000.0,
        ),
        progress=CouncilProgress(12, 5, 3, 1, 2, 40_000.0),
        sources=(CouncilSource("Example statistics (2026). Factors of an example.", "https://example.org/factors"),),
        factor_edition="2026-1",
        code_version="0.1.0",
        calculated_on="2025-03-01",
    )
    return replace(base, **changes)


def a_draft(organisation: Organisation, year: int, *, by: Person | None = None, summary: str = "") -> CouncilReport:
    """A draft with its numbers; with a summary in Finnish where one is given."""
    by = by or someone_who_is("responsible_person", organisation)
    report = begin_report(organisation=organisation, year=year, by=by)
    collect_numbers(report)
    if summary:
        report = _again(report)
        write_report(report=report, texts={"summary_fi": summary}, meeting_on=None, seen=report.version, by=by)
    return _again(report)


def an_approved_report(organisation: Organisation, year: int, *, by: Person | None = None) -> CouncilReport:
    report = a_draft(organisation, year, summary="Päästöt laskivat.")
    approve_report(report=report, seen=report.version, by=by or someone_who_is("approver", organisation))
    return _again(report)


def a_published_report(organisation: Organisation, year: int) -> CouncilReport:
    approver = someone_who_is("approver", organisation)
    report = an_approved_report(organisation, year, by=approver)
    publish_report(report=report, by=approver)
    return _again(report)


def _again(report: CouncilReport) -> CouncilReport:
    return CouncilReport.objects.select_related("organisation", "run").get(pk=report.pk)
