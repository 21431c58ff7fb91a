"""Pages of rules for categories: a correction with its preview, the list, ending one, files in and out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.errors import as_data, said
from keino.web.base.who_asks import the_person
from keino.web.measurement.column_names import CORRECTION_COLUMNS, column_name
from keino.web.measurement.forms.rules import CorrectionForm, RulesFileForm
from keino.web.measurement.models import CategoryRule, Run
from keino.web.measurement.names import answer_name
from keino.web.measurement.queries.lines import filter_from, preview_of, rule_effect
from keino.web.measurement.queries.runs import changed_since, current_run, rules_in_force, run_result
from keino.web.measurement.services.rules import add_rules, end_rule, import_rules, rules_as_csv
from keino.web.measurement.store import folder_of, has_lines
from keino.web.measurement.views.lines import asked_run
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import QueryDict

    from keino.engine.stored import Filter

RULES_PER_PAGE = 50
#: A correction makes at most so many rules at once; more are better made one trait at a time.
MOST_AT_ONCE = 50
MOST_TICKED = 1_000
_TICK = re.compile(r"(?P<file>[0-9]{1,4})-(?P<row>[0-9]{1,12})")


def chosen_lines(query: QueryDict, run: Run) -> Filter:
    """The lines that were ticked, else those of the filter."""
    from keino.engine.stored import Filter

    files = [reading.path for reading in run_result(run).readings]
    found = (_TICK.fullmatch(text) for text in query.getlist("line")[:MOST_TICKED])
    places = ((int(match["file"]), int(match["row"])) for match in found if match)
    ticked = tuple((files[file - 1], row) for file, row in places if 1 <= file <= len(files))
    return Filter(lines=ticked, scope="all") if ticked else filter_from(query)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("measurement.work")
def correct(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Say where chosen lines belong. First a preview (nothing is saved), then rules."""
    run = asked_run(request, organisation)
    context: dict[str, Any] = {"organisation": organisation, "step": "footprint", "run": run}
    if run is None or not has_lines(run):
        return render(request, "measurement/rules_correct.html", context | {"run": None})
    where = chosen_lines(request.GET, run)
    given = request.POST if request.method == "POST" else request.GET if "answer" in request.GET else None
    form = CorrectionForm(given, initial={"by": _suggested(run, where)})
    context |= _chosen(run, where) | {"form": form, "query": _kept_query(request.GET)}
    if given is not None and form.is_valid():
        conditions = _conditions(run, where, form.cleaned_data["by"])
        context["problem"] = _problem(conditions)
        if not context["problem"]:
            if request.method == "POST":
                return _save(request, organisation, form, conditions)
            context |= _preview(run, form, conditions)
    return render(request, "measurement/rules_correct.html", context, status=422 if form.errors else 200)


def _kept_query(query: QueryDict) -> list[tuple[str, str]]:
    """What chose the lines, for hidden fields: the form sends it again."""
    own = {*CorrectionForm.base_fields, "page", "csrfmiddlewaretoken"}
    return [(name, value) for name in query if name not in own for value in query.getlist(name)]


def _chosen(run: Run, where: Filter) -> dict[str, Any]:
    from keino.engine.stored import lines_page, total_of

    folder = folder_of(run)
    total = total_of(folder, where)
    return {
        "result": run_result(run),
        "total": total,
        "sample": lines_page(folder, where, "-amount", 1, 5, total).rows,
        "traits": [trait for name in CORRECTION_COLUMNS if (trait := _trait(folder, where, name))],
    }


def _trait(folder: Path, where: Filter, column: str) -> dict[str, Any] | None:
    """What the chosen lines have in one column; None where they have nothing."""
    from keino.engine.stored import combinations

    found = [row[column] for row in combinations(folder, where, (column,), 4)]
    if not any(found):
        return None
    return {"name": column_name(column), "values": [text or "–" for text in found[:3]], "more": len(found) > 3}


def _suggested(run: Run, where: Filter) -> list[str]:
    """Supplier and account where the lines have them: what tells one kind of purchase best."""
    from keino.engine.stored import combinations

    folder = folder_of(run)
    wanted = ("supplier_name", "account_code")
    return [name for name in wanted if all(row[name] for row in combinations(folder, where, (name,), MOST_AT_ONCE))]


def _conditions(run: Run, where: Filter, columns: list[str]) -> list[dict[str, str]]:
    """One set of conditions for each way in which the chosen lines fill these columns."""
    from keino.engine.stored import combinations

    found = combinations(folder_of(run), where, columns, MOST_AT_ONCE + 1)
    return [{name: text for name, text in row.items() if text} for row in found]


def _problem(conditions: list[dict[str, str]]) -> str:
    if len(conditions) > MOST_AT_ONCE:
        return _(
            "The chosen lines differ in more than {most} ways in these traits. Tick fewer traits or choose fewer lines."
        ).format(most=MOST_AT_ONCE)
    if not all(conditions):
        return _(
            "Some of the chosen lines have none of these traits, so a rule would take every line. Tick another trait."
        )
    return "" if conditions else _("No line is chosen.")


def _preview(run: Run, form: CorrectionForm, conditions: list[dict[str, str]]) -> dict[str, Any]:
    chosen = form.chosen()
    preview = preview_of(run, conditions, chosen["category"])
    return {
        "preview": preview,
        "answer": answer_name(**chosen),
        "moved": [(answer_name(part.category, part.exclusion_reason), part.part) for part in preview.moved],
        "overruled": [
            (_words(rule["conditions"]), answer_name(rule["category"], rule["exclusion_reason"]), part)
            for rule, part in preview.overruled
        ],
        "rules": [_words(each) for each in conditions],
    }


def _words(conditions: dict[str, str]) -> list[tuple[str, str]]:
    return [(column_name(name), text) for name, text in conditions.items()]


def _save(
    request: HttpRequest, organisation: Organisation, form: CorrectionForm, conditions: list[dict[str, str]]
) -> HttpResponse:
    note, by = form.cleaned_data["note"], the_person(request)
    try:
        made = add_rules(owner=organisation, conditions=conditions, note=note, by=by, **form.chosen())
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(
            request,
            ngettext(
                "{count} rule is saved. It counts from the next calculation.",
                "{count} rules are saved. They count from the next calculation.",
                len(made),
            ).format(count=len(made))
            if made
            else _("These rules were there already."),
        )
    return redirect("measurement:rules", slug=organisation.slug)


@require_GET
@organisation_page("measurement.see_lines")
def rules(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The organisation's rules with what each decided in the current result, and those that were ended."""
    run = current_run(organisation)
    ended = request.GET.get("ended") == "1"
    found = CategoryRule.objects.filter(organisation=organisation, ended_at__isnull=not ended)
    ordered = found.select_related("made_by", "ended_by").order_by("-made_at", "-pk")
    page = Paginator(ordered, RULES_PER_PAGE).get_page(request.GET.get("page"))
    effects = rule_effect(run)
    context = {
        "organisation": organisation,
        "step": "footprint",
        "run": run,
        "result": run_result(run) if run else None,
        "page_obj": page,
        "rows": [
            {
                "rule": rule,
                "conditions": _words(rule.conditions),
                "answer": answer_name(rule.category, rule.exclusion_reason),
                "effect": effects.get(rule.pk),
            }
            for rule in page
        ],
        "ended": ended,
        "is_open": run is not None and "rules" in changed_since(run),
        "may_work": request.user.has_perm("measurement.work", organisation),
    }
    return render(request, "measurement/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("measurement.work")
def rule_end(request: HttpRequest, organisation: Organisation, rule: UUID) -> HttpResponse:
    """Stop using a rule, after a question."""
    found = get_object_or_404(CategoryRule, organisation=organisation, public_id=rule)
    if request.method == "POST":
        end_rule(rule=found, by=the_person(request))
        messages.success(request, _("The rule is ended. It counts until the next calculation."))
        return redirect("measurement:rules", slug=organisation.slug)
    context = {
        "organisation": organisation,
        "step": "footprint",
        "rule": found,
        "conditions": _words(found.conditions),
        "answer": answer_name(found.category, found.exclusion_reason),
    }
    return render(request, "measurement/rules_end.html", context)


@require_GET
@organisation_page("measurement.see_lines")
def rules_csv(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The rules in force as a file that the command line and this site read."""
    text = rules_as_csv(rules_in_force(organisation))
    response = HttpResponse(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rules-{organisation.slug}.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("measurement.work")
def rules_import(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Add the rules of a file; every mistake in it is named at once and nothing is saved."""
    sent = request.method == "POST"
    form = RulesFileForm(request.POST if sent else None, request.FILES if sent else None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = import_rules(owner=organisation, content=form.cleaned_data["file"].read(), by=the_person(request))
        except KeinoError as error:
            problem = said(as_data(error))
        else:
            messages.success(
                request,
                ngettext("{count} rule was added.", "{count} rules were added.", len(made)).format(count=len(made)),
            )
            return redirect("measurement:rules", slug=organisation.slug)
    context = {"organisation": organisation, "step": "footprint", "form": form, "problem": problem}
    return render(request, "measurement/rules_import.html", context, status=422 if problem or form.errors else 200)
