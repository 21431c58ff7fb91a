"""The risk register of a procurement: adding a risk, changing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.procurements.forms.records import RiskForm
from keino.web.procurements.models import Procurement, Risk
from keino.web.procurements.services.risks import add_risk, change_risk
from keino.web.procurements.views.common import (
    FormPage,
    attempt,
    attempt_change,
    key_of,
    of_organisation,
    seen_of,
    sent,
    the_person,
    to_procurement,
)


def _section(found: Procurement) -> str:
    url = reverse("procurements:procurement", args=[found.organisation.slug, found.public_id])
    return f"{url}#risks"


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def risk_new(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """Add a risk to the register."""
    found, key = of_organisation(organisation, procurement), key_of(request)
    form = RiskForm(sent(request), organisation=organisation)
    page = FormPage(
        title=_("New risk"),
        form=form,
        button=_("Add the risk"),
        cancel_url=_section(found),
        procurement=found,
        lead=_("Risks of something new come from four sources. A named risk with a measure is half of the cure."),
        hidden={"key": key},
    )
    if attempt(form, lambda: add_risk(found, by=the_person(request), key=key, **form.values())):
        messages.success(request, _("The risk was added."))
        return to_procurement(found, "risks")
    return page.answer(request, organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def risk_edit(request: HttpRequest, organisation: Organisation, procurement: UUID, risk: UUID) -> HttpResponse:
    """Change a risk: what was done, how likely it is now, whether it is accepted."""
    found = of_organisation(organisation, procurement)
    row = get_object_or_404(Risk.objects.select_related("procurement", "owner"), procurement=found, public_id=risk)
    form = RiskForm(sent(request), instance=row, organisation=organisation)
    page = FormPage(
        title=_("Change the risk"),
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
        page, lambda: change_risk(row, by=the_person(request), seen=seen_of(request), **form.values()), now
    ):
        messages.success(request, _("Saved."))
        return to_procurement(found, "risks")
    return page.answer(request, organisation)
