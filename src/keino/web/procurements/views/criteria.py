"""Criteria of a procurement: adding, changing, taking one out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.views.editing import saved
from keino.web.procurements.forms.records import CriterionForm
from keino.web.procurements.models import ChosenCriterion, Procurement
from keino.web.procurements.services.criteria import add_criterion, change_criterion, remove_criterion
from keino.web.procurements.views.common import of_organisation, to_procurement, url_of
from keino.web.procurements.views.editing import form_answer


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def criterion_new(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """Add a criterion."""
    found = of_organisation(organisation, procurement)
    form = CriterionForm(request.POST or None)
    if saved(request, form, lambda: add_criterion(found, by=the_person(request), key=form.new_key, **form.values())):
        messages.success(request, _("The criterion was added."))
        return to_procurement(found, "criteria")
    return form_answer(
        request,
        organisation,
        form,
        title=_("New criterion"),
        button=_("Add the criterion"),
        cancel_url=url_of(found, "criteria"),
        procurement=found,
        lead=_("Few and verifiable ones work best. What is new or far-reaching is tried in a market dialogue first."),
    )


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
    form = CriterionForm(request.POST or None, thing=row)
    by = the_person(request)
    if saved(request, form, lambda: change_criterion(row, by=by, seen=form.version_seen, **form.values())):
        messages.success(request, _("Saved."))
        return to_procurement(found, "criteria")
    back = url_of(found, "criteria")
    return form_answer(request, organisation, form, title=_("Change the criterion"), cancel_url=back, procurement=found)


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
        "cancel_url": url_of(found, "criteria"),
    }
    return render(request, "procurements/criterion_remove.html", context)
