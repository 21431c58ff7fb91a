"""Criteria of a procurement: adding, changing, taking one out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keino.errors import KeinoError
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.procurements.forms.records import CriterionForm
from keino.web.procurements.models import ChosenCriterion, Procurement
from keino.web.procurements.services.criteria import add_criterion, change_criterion, remove_criterion
from keino.web.procurements.views.common import (
    FormPage,
    attempt,
    attempt_change,
    key_of,
    of_organisation,
    seen_of,
    sent,
    tell,
    the_person,
    to_procurement,
)


def _section(found: Procurement) -> str:
    url = reverse("procurements:procurement", args=[found.organisation.slug, found.public_id])
    return f"{url}#criteria"


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def criterion_new(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """Add a criterion."""
    found, key = of_organisation(organisation, procurement), key_of(request)
    form = CriterionForm(sent(request))
    page = FormPage(
        title=_("New criterion"),
        form=form,
        button=_("Add the criterion"),
        cancel_url=_section(found),
        procurement=found,
        lead=_("Few and verifiable ones work best. What is new or far-reaching is tried in a market dialogue first."),
        hidden={"key": key},
    )
    if attempt(form, lambda: add_criterion(found, by=the_person(request), key=key, **form.values())):
        messages.success(request, _("The criterion was added."))
        return to_procurement(found, "criteria")
    return page.answer(request, organisation)


def _criterion(found: Procurement, key: UUID) -> ChosenCriterion:
    return get_object_or_404(
        ChosenCriterion.objects.select_related("procurement__organisation"), procurement=found, public_id=key
    )


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def criterion_edit(
    request: HttpRequest, organisation: Organisation, procurement: UUID, criterion: UUID
) -> HttpResponse:
    """Change a criterion, while the tender isn't out."""
    found = of_organisation(organisation, procurement)
    row = _criterion(found, criterion)
    form = CriterionForm(sent(request), instance=row)
    page = FormPage(
        title=_("Change the criterion"),
        form=form,
        button=_("Save"),
        cancel_url=_section(found),
        procurement=found,
        hidden={"seen": seen_of(request) or row.version},
    )

    def now() -> tuple[int, dict[str, Any]]:
        row.refresh_from_db()
        return row.version, {name: getattr(row, name) for name in form.fields}

    if attempt_change(
        page,
        lambda: change_criterion(row, by=the_person(request), seen=seen_of(request), **form.values()),
        now,
    ):
        messages.success(request, _("Saved."))
        return to_procurement(found, "criteria")
    return page.answer(request, organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def criterion_remove(
    request: HttpRequest, organisation: Organisation, procurement: UUID, criterion: UUID
) -> HttpResponse:
    """Take a criterion out, after a question."""
    found = of_organisation(organisation, procurement)
    row = _criterion(found, criterion)
    if request.method == "POST":
        try:
            remove_criterion(row, by=the_person(request))
        except KeinoError as error:
            tell(request, error)
        else:
            messages.success(request, _("The criterion was taken out."))
        return to_procurement(found, "criteria")
    context = {
        "organisation": organisation,
        "step": "procurements",
        "procurement": found,
        "criterion": row,
        "cancel_url": _section(found),
    }
    return render(request, "procurements/criterion_remove.html", context)
