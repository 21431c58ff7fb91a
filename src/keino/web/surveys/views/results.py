"""A round's page: how far it is while it is open, its results once it is closed, and these as a workbook."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keino.domain.maturity.scores import LEVELS, nearest_level
from keino.report.safe_cells import XLSX
from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.surveys.charts import areas_figure
from keino.web.surveys.choices import Level
from keino.web.surveys.forms.rounds import ResultsForm
from keino.web.surveys.hidden import too_few, why_not
from keino.web.surveys.instruments import in_language
from keino.web.surveys.models import Round
from keino.web.surveys.next_steps import next_steps
from keino.web.surveys.queries.results import changed, peers_of, results_of
from keino.web.surveys.queries.rounds import progress, sheet_of, shown_rounds
from keino.web.surveys.views.common import page, round_of
from keino.web.surveys.workbook import file_name, results_workbook

if TYPE_CHECKING:
    from django.http import QueryDict

    from keino.domain.maturity.changes import Changes
    from keino.web.surveys.queries.results import GroupResult, Peers, Results

#: Earlier and later rounds that may be chosen to compare with.
MOST_TO_COMPARE = 20


@require_safe
@organisation_page("surveys.see")
def results(request: HttpRequest, organisation: Organisation, round_id: UUID) -> HttpResponse:
    """A round, wherever it stands."""
    found = round_of(organisation, round_id)
    context = page(organisation, round=found, may_manage=request.user.has_perm("surveys.manage", organisation))
    if found.is_shown:
        context |= _results(found, request.GET)
    elif found.is_collecting:
        today = timezone.localdate()
        may_answer = request.user.has_perm("surveys.answer", organisation)
        context |= {
            "progress": progress(found, today),
            "is_open": found.opens_on <= today <= found.closes_on,
            "may_answer": may_answer,
            "sheet": sheet_of(found, the_person(request)) if may_answer else None,
        }
    return render(request, "surveys/round.html", context)


def _results(round_: Round, query: QueryDict) -> dict[str, Any]:
    found, others = results_of(round_), _others(round_)
    before = _before(round_, others, query.get("compare", ""))
    change, peers = (changed(before, found) if before else None), peers_of(round_)
    asked = query.get("group", "")
    group = found.group(int(asked)) if asked.isascii() and asked.isdigit() else None
    rows = _rows(found, group, change, peers)
    means = group.means if group else found.means
    return {
        "results": found,
        "group": group,
        "shown_overall": group.overall if group else found.overall,
        "shown_respondents": group.respondents if group else round_.respondents,
        "highest_sum": LEVELS[-1] * len(found.instrument.areas),
        "form": ResultsForm(query or None, results=found, others=others),
        "before": before,
        "change": change,
        "peers": peers,
        "figure": areas_figure(
            _title(round_, group),
            rows,
            has_before=change is not None and group is None,
            has_peers=peers is not None and group is None,
        ),
        "rows": rows,
        "changes_table": _changes_table(found, change) if change else None,
        "groups_table": _groups_table(found) if found.groups else None,
        "steps": next_steps(found.instrument, means, round_.organisation),
    }


def _title(round_: Round, group: GroupResult | None) -> str:
    if group is None:
        return _("Level of each area, everyone, “{round}”").format(round=round_.name)
    return _("Level of each area, group “{group}”, “{round}”").format(group=group.group, round=round_.name)


def _others(round_: Round) -> list[Round]:
    return list(shown_rounds(round_.organisation).exclude(pk=round_.pk)[:MOST_TO_COMPARE])


def _before(round_: Round, others: list[Round], asked: str) -> Round | None:
    """The round that was asked for, else the one before this one."""
    chosen = next((each for each in others if str(each.public_id) == asked), None)
    return chosen or next((each for each in others if (each.closed_on, each.pk) < (round_.closed_on, round_.pk)), None)


def _rows(
    found: Results, group: GroupResult | None, change: Changes | None, peers: Peers | None
) -> list[SimpleNamespace]:
    """What chart and table say of each area: of the group that was chosen, else of everyone."""
    means, rows = (group.means if group else found.means), []
    for area in found.instrument.areas:
        mean = means[area.code]
        level = nearest_level(mean) if mean is not None else None
        rows.append(
            SimpleNamespace(
                name=in_language(area.name),
                mean=mean,
                hidden=why_not(group) if group else too_few(),
                level=level,
                level_name=Level(level).label if level else "",
                anchor=in_language(area.anchor(level)) if level else "",
                is_known=area.is_known,
                everyone=found.means[area.code],
                # an earlier round has no groups that would be the same people
                before=change.areas[area.code].before if change and not group else None,
                peers=peers.areas[area.code] if peers and not group else None,
            )
        )
    return rows


def _changes_table(found: Results, change: Changes) -> list[tuple[str, Any]]:
    rows = [(in_language(area.name), change.areas[area.code]) for area in found.instrument.areas]
    return [*rows, (_("Overall, areas shown in both"), change.overall)]


def _groups_table(found: Results) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            group=each.group,
            respondents=each.respondents,
            overall=each.overall if each.respondents else None,
            hidden=why_not(each),
        )
        for each in found.groups
    ]


@require_safe
@organisation_page("surveys.see")
def workbook(request: HttpRequest, organisation: Organisation, round_id: UUID) -> HttpResponse:
    """The results as the page shows them, with the same numbers left out."""
    round_ = round_of(organisation, round_id)
    if not round_.is_shown:
        raise Http404
    found = results_of(round_)
    before = _before(round_, _others(round_), request.GET.get("compare", ""))
    content = results_workbook(found, before, changed(before, found) if before else None)
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{file_name(found)}"'
    return answer
