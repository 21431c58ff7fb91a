"""The risk register of a procurement: adding a risk, changing it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.views.editing import saved
from keino.web.procurements.forms.records import RiskForm
from keino.web.procurements.models import Risk
from keino.web.procurements.services.risks import add_risk, change_risk
from keino.web.procurements.views.common import of_organisation, to_procurement, url_of
from keino.web.procurements.views.editing import form_answer


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def risk_new(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """Add a risk to the register."""
    found = of_organisation(organisation, procurement)
    form = RiskForm(request.POST or None, organisation=organisation)
    if saved(request, form, lambda: add_risk(found, by=the_person(request), key=form.new_key, **form.values())):
        messages.success(request, _("The risk was added."))
        return to_procurement(found, "risks")
    return form_answer(
        request,
        organisation,
        form,
        title=_("New risk"),
        button=_("Add the risk"),
        cancel_url=url_of(found, "risks"),
        procurement=found,
        lead=_("Risks of something new come from four sources. A named risk with a measure is half of the cure."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def risk_edit(request: HttpRequest, organisation: Organisation, procurement: UUID, risk: UUID) -> HttpResponse:
    """Change a risk: what was done, how likely it is now, whether it is accepted."""
    found = of_organisation(organisation, procurement)
    row = get_object_or_404(Risk.objects.select_related("procurement", "owner"), procurement=found, public_id=risk)
    form = RiskForm(request.POST or None, thing=row, organisation=organisation)
    by = the_person(request)
    if saved(request, form, lambda: change_risk(row, by=by, seen=form.version_seen, **form.values())):
        messages.success(request, _("Saved."))
        return to_procurement(found, "risks")
    back = url_of(found, "risks")
    return form_answer(request, organisation, form, title=_("Change the risk"), cancel_url=back, procurement=found)
