"""Pages of digital sparring: an organisation's cases, one case with its options, sessions and actions, its end."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.cohorts.forms.digital import CaseForm, EndForm, OptionForm
from keino.web.cohorts.forms.sparring import AgreedActionForm
from keino.web.cohorts.models import DigitalCase, DigitalOption
from keino.web.cohorts.queries.sparring import agreed_in, cases_of, is_open
from keino.web.cohorts.services.digital_cases import (
    add_option,
    begin_case,
    change_case,
    change_option,
    end_case,
    remove_option,
    reopen_case,
)
from keino.web.cohorts.services.sparring_actions import agree_action
from keino.web.cohorts.views.sparring_pages import at, form_page, page
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.views.editing import did_save, saved

if TYPE_CHECKING:
    from django.forms import Form

PER_PAGE = 25


def case_of(organisation: Organisation, case: UUID) -> DigitalCase:
    """A case of the organisation, or 404."""
    found = DigitalCase.objects.select_related("organisation", "ended_by")
    return get_object_or_404(found, organisation=organisation, public_id=case)


@require_safe
@organisation_page("cohorts.see")
def cases(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The organisation's cases, open ones first."""
    rows = Paginator(cases_of(organisation), PER_PAGE).get_page(request.GET.get("page"))
    return page(request, organisation, "digital/cases", page_obj=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("cohorts.spar")
def new(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Begin a case."""
    form = CaseForm(request.POST or None)
    by = the_person(request)
    made = saved(
        request, form, lambda: begin_case(organisation=organisation, key=form.new_key, fields=form.case_fields(), by=by)
    )
    if made is not None:
        return redirect(_url(made))
    back = at("digital_cases", organisation)
    return form_page(
        request, organisation, form, title=_("Begin digital sparring"), cancel_url=back,
        crumbs=[(str(_("Digital sparring")), back)], button=_("Begin the case"),
        lead=_("One process and its digital tool. It ends with a choice: develop, buy or leave it."),
    )  # fmt: skip


@require_safe
@organisation_page("cohorts.see")
def case(request: HttpRequest, organisation: Organisation, case: UUID) -> HttpResponse:
    """One case: where it stands, its options, its sessions, what was agreed."""
    found = case_of(organisation, case)
    return page(
        request, organisation, "digital/case", crumbs=[(str(_("Digital sparring")), at("digital_cases", organisation))],
        case=found, is_open=is_open(found), options=list(found.options.all()), agreed=list(agreed_in(case=found)),
        sessions=list(found.sessions.select_related("mentor")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("cohorts.spar")
def edit(request: HttpRequest, organisation: Organisation, case: UUID) -> HttpResponse:
    """Change what is said of a case."""
    found = case_of(organisation, case)
    form = CaseForm(request.POST or None, thing=found)
    by = the_person(request)
    if did_save(request, form, lambda: change_case(found, fields=form.case_fields(), seen=form.version_seen, by=by)):
        return redirect(_url(found))
    return _form(request, found, form, _("Change the case"))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("cohorts.spar")
def option(request: HttpRequest, organisation: Organisation, case: UUID, option: UUID | None = None) -> HttpResponse:
    """Add an option, or change one."""
    found = case_of(organisation, case)
    there = (
        get_object_or_404(DigitalOption.objects.select_related("case"), case=found, public_id=option)
        if option
        else None
    )
    form = OptionForm(request.POST or None, thing=there)
    by = the_person(request)

    def save() -> None:
        if there is None:
            add_option(found, key=form.new_key, fields=form.option_fields(), by=by)
        else:
            change_option(there, fields=form.option_fields(), seen=form.version_seen, by=by)

    if did_save(request, form, save):
        return redirect(_url(found))
    return _form(request, found, form, _("Change the option") if there else _("Add an option"))


@require_POST
@organisation_page("cohorts.spar")
def option_remove(request: HttpRequest, organisation: Organisation, case: UUID, option: UUID) -> HttpResponse:
    """Take an option out."""
    found = case_of(organisation, case)
    there = DigitalOption.objects.select_related("case").filter(case=found, public_id=option).first()
    if there is not None:  # else: pressed twice
        try:
            remove_option(there, by=the_person(request))
        except KeinoError as error:
            tell(request, error)
        else:
            messages.success(request, _("The option is taken out."))
    return redirect(_url(found))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("cohorts.spar")
def action_new(request: HttpRequest, organisation: Organisation, case: UUID) -> HttpResponse:
    """Agree an action of the case."""
    found = case_of(organisation, case)
    form = AgreedActionForm(request.POST or None, organisation=organisation)
    by = the_person(request)
    made = saved(request, form, lambda: agree_action(key=form.new_key, values=form.action_values(), by=by, case=found))
    if made is not None:
        messages.success(request, _("The action is agreed. It stands among the actions of the plan, too."))
        return redirect(_url(found))
    return _form(request, found, form, _("Agree an action"), button=_("Agree the action"))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("cohorts.work")
def end(request: HttpRequest, organisation: Organisation, case: UUID) -> HttpResponse:
    """End the case with develop, buy or leave."""
    found = case_of(organisation, case)
    form = EndForm(request.POST or None, thing=found)
    by = the_person(request)

    def save() -> None:
        given = form.values()
        end_case(found, end=given["end"], reason=given["reason"], seen=form.version_seen, by=by)

    if did_save(request, form, save):
        return redirect(_url(found))
    return _form(request, found, form, _("End digital sparring"), button=_("End it"))


@require_POST
@organisation_page("cohorts.work")
def reopen(request: HttpRequest, organisation: Organisation, case: UUID) -> HttpResponse:
    """Take an ended case up again."""
    found = case_of(organisation, case)
    try:
        seen = int(request.POST.get("seen", "0"))
    except ValueError:
        seen = 0
    try:
        reopen_case(found, seen=seen, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("The case is open again."))
    return redirect(_url(found))


def _url(case: DigitalCase) -> str:
    return at("digital_case", case.organisation, case=case.public_id)


def _form(request: HttpRequest, case: DigitalCase, form: Form, title: str, **more: str) -> HttpResponse:
    organisation = case.organisation
    crumbs = [(str(_("Digital sparring")), at("digital_cases", organisation)), (case.process, _url(case))]
    return form_page(request, organisation, form, title=title, cancel_url=_url(case), crumbs=crumbs, **more)
