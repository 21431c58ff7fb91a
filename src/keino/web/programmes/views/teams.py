"""The team of an application, and the management's commitment: by log-in or by a mailed link."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.deeds import done
from keino.web.base.errors import as_data
from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.views.editing import saved
from keino.web.programmes.forms.applications import (
    CommitForm,
    CommitmentForm,
    DeclineForm,
    LinkAnswerForm,
    member_form,
)
from keino.web.programmes.models import Application, ApplicationMember, CommitmentRequest, Edition
from keino.web.programmes.queries.commitments import commitment_state, read_now
from keino.web.programmes.queries.discussions import standing
from keino.web.programmes.services.applications.commitments import (
    LINK_DAYS,
    ask_commitment,
    commit,
    confirm_by_link,
    decline_by_link,
    mail_commitment_again,
    open_request,
    withdraw_commitment_request,
)
from keino.web.programmes.services.applications.team import add_member, change_member, remove_member
from keino.web.programmes.views.application_common import (
    commitment_context,
    form_page,
    of_organisation,
    to_application,
    url_of,
)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("programmes.apply")
def member_new(request: HttpRequest, organisation: Organisation, application: UUID) -> HttpResponse:
    """Add somebody to the team."""
    found = of_organisation(organisation, application)
    if request.method != "POST" and not found.is_writable:
        return to_application(found)
    form = member_form(request.POST or None, found.edition)
    by = the_person(request)
    if saved(request, form, lambda: add_member(found, by=by, key=form.new_key, **form.values())):
        messages.success(request, _("The team was changed."))
        return to_application(found)
    return form_page(request, found, form, title=_("Add somebody to the team"), lead=_team_wanted(found.edition))


def _team_wanted(edition: Edition) -> str:
    """How large a team the edition wants, and of whom."""
    fewest, most = edition.team_min, edition.team_max
    if fewest == most:
        return ngettext(
            "%(count)s person, who answers for taking part.",
            "%(count)s people from different parts of the organisation, one of them responsible.",
            most,
        ) % {"count": most}
    said = _("{fewest}–{most} people from different parts of the organisation, one of them responsible.")
    return said.format(fewest=fewest, most=most)


def _member(found: Application, key: UUID) -> ApplicationMember:
    members = ApplicationMember.objects.select_related("application__edition", "application__organisation")
    return get_object_or_404(members, application=found, public_id=key)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("programmes.apply")
def member_edit(request: HttpRequest, organisation: Organisation, application: UUID, member: UUID) -> HttpResponse:
    """Change somebody of the team."""
    found = of_organisation(organisation, application)
    if request.method != "POST" and not found.is_writable:
        return to_application(found)
    there, by = _member(found, member), the_person(request)
    form = member_form(request.POST or None, found.edition, there)
    if saved(request, form, lambda: change_member(there, by=by, seen=form.version_seen, **form.values())):
        messages.success(request, _("The team was changed."))
        return to_application(found)
    remove_url = url_of(found, "member_remove", member=there.public_id)
    return form_page(request, found, form, title=_("Change somebody of the team"), remove_url=remove_url)


@require_POST
@organisation_page("programmes.apply")
def member_remove(request: HttpRequest, organisation: Organisation, application: UUID, member: UUID) -> HttpResponse:
    """Take somebody out of the team."""
    found = of_organisation(organisation, application)
    there = ApplicationMember.objects.filter(application=found, public_id=member).first()
    if there is not None:  # a second press finds nobody
        done(request, lambda: remove_member(there, by=the_person(request)), _("The team was changed."))
    return to_application(found)


# ---- the commitment


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("programmes.apply")
def commitment(request: HttpRequest, organisation: Organisation, application: UUID) -> HttpResponse:
    """Ask a manager for the commitment by mail; what was asked and answered."""
    found = of_organisation(organisation, application)
    by = the_person(request)
    form = CommitmentForm(request.POST or None, initial={"language": by.language})
    if saved(request, form, lambda: ask_commitment(found, by=by, **form.cleaned_data)):
        messages.success(request, _("The request is on its way by mail."))
        return redirect(url_of(found, "commitment"))
    context = {
        "organisation": organisation,
        "step": "programme",
        "application": found,
        "edition": found.edition,
        "form": form,
        "days": LINK_DAYS,
        "rows": [
            {"request": each, "state": commitment_state(each)} for each in found.commitments.select_related("asked_by")
        ],
        **commitment_context(found),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "programmes/applications/commitment.html", context, status=status)


def _request(found: Application, key: UUID) -> CommitmentRequest:
    requests = CommitmentRequest.objects.select_related("application__edition", "application__organisation")
    return get_object_or_404(requests, application=found, public_id=key)


@require_POST
@organisation_page("programmes.apply")
def commitment_again(request: HttpRequest, organisation: Organisation, application: UUID, asked: UUID) -> HttpResponse:
    """Mail a new link; the one before stops working."""
    found = of_organisation(organisation, application)
    there = _request(found, asked)
    done(request, lambda: mail_commitment_again(there, by=the_person(request)), _("A new link is on its way by mail."))
    return redirect(url_of(found, "commitment"))


@require_POST
@organisation_page("programmes.apply")
def commitment_withdraw(
    request: HttpRequest, organisation: Organisation, application: UUID, asked: UUID
) -> HttpResponse:
    """Take a request back: its link stops working."""
    found = of_organisation(organisation, application)
    there = _request(found, asked)
    done(request, lambda: withdraw_commitment_request(there, by=the_person(request)), _("The request was taken back."))
    return redirect(url_of(found, "commitment"))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("programmes.commit")
def commit_here(request: HttpRequest, organisation: Organisation, application: UUID) -> HttpResponse:
    """An approver confirms by their own log-in, after a look at what they stand behind."""
    found = of_organisation(organisation, application)
    form, seen = CommitForm(request.POST or None), request.POST.get("seen", "")
    by = the_person(request)
    if saved(request, form, lambda: commit(found, by=by, title=form.cleaned_data["title"], seen=seen)):
        messages.success(request, _("Thank you. The management's commitment is on record."))
        return to_application(found)
    context = {
        "organisation": organisation,
        "step": "programme",
        "application": found,
        "edition": found.edition,
        "discussion": standing(found),
        "members": found.members.all(),
        "form": form,
        "read_now": read_now(found),
        **commitment_context(found),
    }
    return render(request, "programmes/applications/commit.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def commitment_link(request: HttpRequest, token: str) -> HttpResponse:
    """A manager confirms by a mailed link, without an account. Looking changes nothing: mail programs open links."""
    try:
        found = open_request(token)
        declines = "decline" in request.POST
        form = LinkAnswerForm(
            request.POST if request.method == "POST" and not declines else None, initial={"name": found.name}
        )
        decline = DeclineForm(request.POST if declines else None)
        if request.method == "POST" and (decline if declines else form).is_valid():
            answered = (
                decline_by_link(token, why=decline.cleaned_data["why"])
                if declines
                else confirm_by_link(token, seen=request.POST.get("seen", ""), **form.cleaned_data)
            )
            return render(request, "programmes/applications/link_thanks.html", {"asked": answered})
    except KeinoError as error:
        refusal = {"error": as_data(error)}
        return render(
            request, "programmes/applications/link_refused.html", refusal, status=getattr(error, "status", 409)
        )
    application = found.application
    context = {
        "asked": found,
        "application": application,
        "edition": application.edition,
        "organisation_name": application.organisation.shown_name,
        "discussion": standing(application),
        "members": application.members.all(),
        "form": form,
        "decline": decline,
        "read_now": read_now(application),
    }
    return render(
        request, "programmes/applications/link.html", context, status=422 if form.errors or decline.errors else 200
    )
