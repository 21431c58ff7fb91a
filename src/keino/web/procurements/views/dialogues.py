"""Pages of a procurement's market dialogue."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.views.editing import did_save, saved
from keino.web.procurements.forms.dialogues import DialogueOutcomeForm, DialogueStepForm
from keino.web.procurements.models import DialogueStep, MarketDialogue, Procurement
from keino.web.procurements.queries.dialogues import dialogue_of, lacks_of, steps_of
from keino.web.procurements.services.dialogues import (
    add_step,
    begin_dialogue,
    change_step,
    finish_dialogue,
    open_dialogue_again,
    write_outcome,
)
from keino.web.procurements.views.common import of_organisation
from keino.web.procurements.views.editing import form_answer


@require_GET
@organisation_page("procurements.see")
def dialogue(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """Who was asked what, what they answered, what changed, and that all got the same information."""
    found = of_organisation(organisation, procurement)
    there = dialogue_of(found)
    context = _context(request, found, there) | {
        "steps": list(steps_of(there)) if there else [],
        "lacks": lacks_of(there) if there else [],
    }
    return render(request, "procurements/dialogue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def step_new(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """Add a request, meeting or event."""
    found = of_organisation(organisation, procurement)
    form = DialogueStepForm(request.POST or None)
    by = the_person(request)
    if saved(request, form, lambda: add_step(begin_dialogue(found), form.step_fields(), by=by, key=form.new_key)):
        messages.success(request, _("Saved."))
        return _to_dialogue(found)
    return _form_answer(request, found, form, _("New request, meeting or event"))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def step_edit(request: HttpRequest, organisation: Organisation, procurement: UUID, step: UUID) -> HttpResponse:
    """Change a step."""
    found = of_organisation(organisation, procurement)
    steps = DialogueStep.objects.select_related("dialogue__procurement")
    there = get_object_or_404(steps, dialogue__procurement=found, public_id=step)
    form = DialogueStepForm(request.POST or None, thing=there)
    by = the_person(request)
    if did_save(request, form, lambda: change_step(there, form.step_fields(), by=by, seen=form.version_seen)):
        return _to_dialogue(found)
    return _form_answer(request, found, form, _("Change the request, meeting or event"))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("procurements.work")
def outcome(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """What the dialogue changed, and how everyone was told the same."""
    found = of_organisation(organisation, procurement)
    there = dialogue_of(found)
    form = DialogueOutcomeForm(request.POST or None, thing=there)
    by = the_person(request)

    def write() -> None:
        write_outcome(there or begin_dialogue(found), by=by, seen=form.version_seen or 1, **form.values())

    if did_save(request, form, write):
        return _to_dialogue(found)
    return _form_answer(request, found, form, _("What the dialogue changed"))


@require_POST
@organisation_page("procurements.work")
def finish(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """End the dialogue: its record becomes the procurement's report."""
    found = of_organisation(organisation, procurement)
    try:
        finish_dialogue(begin_dialogue(found), by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("The dialogue is reported. The report is among the procurement's records."))
    return _to_dialogue(found)


@require_POST
@organisation_page("procurements.work")
def reopen(request: HttpRequest, organisation: Organisation, procurement: UUID) -> HttpResponse:
    """Go on with a dialogue that was reported."""
    found = of_organisation(organisation, procurement)
    open_dialogue_again(begin_dialogue(found), by=the_person(request))
    return _to_dialogue(found)


def _form_answer(request: HttpRequest, procurement: Procurement, form: forms.Form, title: str) -> HttpResponse:
    cancel_url = reverse("procurements:dialogue", args=[procurement.organisation.slug, procurement.public_id])
    return form_answer(
        request, procurement.organisation, form, title=title, cancel_url=cancel_url, procurement=procurement
    )


def _to_dialogue(procurement: Procurement) -> HttpResponse:
    return redirect("procurements:dialogue", slug=procurement.organisation.slug, procurement=procurement.public_id)


def _context(request: HttpRequest, procurement: Procurement, dialogue: MarketDialogue | None) -> dict[str, Any]:
    may_work = the_person(request).has_perm("procurements.work", procurement.organisation)
    return {
        "organisation": procurement.organisation,
        "step": "procurements",
        "procurement": procurement,
        "dialogue": dialogue,
        "may_work": may_work,
        "may_write": may_work and (dialogue is None or dialogue.finished_at is None),
    }
