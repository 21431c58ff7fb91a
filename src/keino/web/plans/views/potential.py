"""Pages of the potential: the ranking with its range, what is not assessed, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from keino.report.safe_cells import XLSX
from keino.web.measurement.names import category_name
from keino.web.measurement.queries.runs import current_run
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.plans.charts import potential_curve
from keino.web.plans.potential_file import measure_name, potential_workbook
from keino.web.plans.queries.measures import measures_edition, publications
from keino.web.plans.queries.potential import potential_of
from keino.web.plans.queries.targets import last_target, newest_year, standing
from keino.web.plans.reduction_words import ASSUMPTIONS, BASES, CATEGORY_REASONS

if TYPE_CHECKING:
    from keino.domain.plans.potential import CategoryPotential, Potential


@require_GET
@organisation_page("plans.see")
def potential(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What procurement could still take away, the largest first."""
    run = current_run(organisation)
    context: dict[str, Any] = {"organisation": organisation, "step": "plan", "run": run}
    if run is None:
        return render(request, "plans/potential.html", context)
    found = potential_of(run)
    target = last_target(organisation)
    context |= {
        "found": found,
        "year": newest_year(run),
        "target": target,
        "standing": standing(target, run) if target else None,
        "assessed": [_row(row) for row in found.rows if row.potential_kgco2e is not None],
        "others": [
            {
                "rank": row.rank,
                "name": category_name(row.category),
                "kgco2e": row.footprint_kgco2e.mid if row.footprint_kgco2e else None,
                "reason": CATEGORY_REASONS[row.not_assessed],
            }
            for row in found.rows
            if row.potential_kgco2e is None
        ],
        "assessed_share": _share(found),
        "curve": potential_curve(found),
        "assumptions": _assumptions(found),
        "sources": publications(key for row in found.rows for key in row.sources),
        "edition": measures_edition(),
    }
    return render(request, "plans/potential.html", context)


def _share(found: Potential) -> float | None:
    whole = found.footprint_kgco2e.mid
    return found.assessed_footprint_kgco2e.mid / whole if whole > 0 else None


def _row(row: CategoryPotential) -> dict[str, Any]:
    assert row.reach is not None
    basis = row.reach.influence_basis
    return {
        "row": row,
        "name": category_name(row.category),
        "measures": [measure_name(code) for code in row.measures],
        "open": row.reach.influence.mid * row.reach.timing.mid,
        "basis": BASES.get(basis, basis),
        "basis_code": basis,
    }


def _assumptions(found: Potential) -> list[tuple[str, list[str]]]:
    """General ones first, then by category; a sentence that many categories share stands once."""
    general = [str(ASSUMPTIONS[each.code]) for each in found.assumptions if not each.category]
    shared: dict[str, list[str]] = {}
    for each in found.assumptions:
        if each.category:
            text = str(ASSUMPTIONS[each.code]).format(measure=measure_name(each.measure))
            shared.setdefault(text, []).append(category_name(each.category))
    return [(text, []) for text in general] + list(shared.items())


@require_GET
@organisation_page("plans.see")
def potential_xlsx(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The same as a workbook, with exact numbers."""
    run = current_run(organisation)
    if run is None:
        raise Http404
    title = f"{_('Potential')}: {organisation}"
    response = HttpResponse(potential_workbook(potential_of(run), title=title), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="potential-{organisation.slug}.xlsx"'
    return response
