"""Inviting people, and accepting an invitation."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.errors import as_data
from keino.web.base.models import Person
from keino.web.base.translated import reader_language
from keino.web.base.who_asks import the_person
from keino.web.organisations.codes import region_name
from keino.web.organisations.errors import InvitationError
from keino.web.organisations.forms.fields import refuse
from keino.web.organisations.forms.people import InvitationForm
from keino.web.organisations.models import Invitation, Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.rules import roles_to_give
from keino.web.organisations.services.invitations import accept, accept_as_new, mail_again, open_invitation, withdraw
from keino.web.organisations.services.invitations import invite as send_invitation


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("organisations.manage_people")
def invite(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Invite an address to a role."""
    form = InvitationForm(request.POST or None, kinds=roles_to_give(the_person(request), organisation))
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = dict(form.cleaned_data)
        try:
            sent = send_invitation(
                values.pop("email"), values.pop("kind"), organisation, by=the_person(request), **values
            )
        except KeinoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("An invitation is on its way to {email}.").format(email=sent.email))
            return redirect("organisations:people", slug=organisation.slug)
    return render(request, "organisations/invite.html", {"organisation": organisation, "step": "people", "form": form})


def _invitation(organisation: Organisation, public_id: str) -> Invitation:
    found = organisation.invitations.select_related("organisation", "invited_by", "about")
    return get_object_or_404(found, public_id=public_id)


@require_POST
@organisation_page("organisations.manage_people")
def invitation_again(request: HttpRequest, organisation: Organisation, public_id: str) -> HttpResponse:
    """Mail the link again; the one before stops working."""
    found = _invitation(organisation, public_id)
    try:
        mail_again(found, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("A new link is on its way to {email}.").format(email=found.email))
    return redirect("organisations:people", slug=organisation.slug)


@require_POST
@organisation_page("organisations.manage_people")
def invitation_withdraw(request: HttpRequest, organisation: Organisation, public_id: str) -> HttpResponse:
    """Take an invitation back."""
    found = _invitation(organisation, public_id)
    try:
        withdraw(found, by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("The invitation to {email} was withdrawn.").format(email=found.email))
    return redirect("organisations:people", slug=organisation.slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Look at an invitation and accept it. Looking changes nothing: mail programs open links before people do."""
    try:
        found = open_invitation(token)
        if request.method == "POST":
            return _accept(request, token, found)
    except KeinoError as error:
        return _refused(request, error)
    has_account = Person.objects.filter(email__iexact=found.email, erased_at=None).exists()
    return render(request, "organisations/invitation.html", _context(request, token, found, has_account=has_account))


def _context(request: HttpRequest, token: str, found: Invitation, *, has_account: bool) -> dict[str, Any]:
    is_theirs = request.user.is_authenticated and the_person(request).email.lower() == found.email
    here = reverse("organisations:invitation", args=[token])
    return {
        "invitation": found,
        "regions": [region_name(code, reader_language()) for code in found.regions],
        "is_theirs": is_theirs,
        "is_anothers": request.user.is_authenticated and not is_theirs,
        "has_account": has_account,
        "log_in_url": f"{reverse('account_login')}?{urlencode({'next': here})}",
    }


def _accept(request: HttpRequest, token: str, found: Invitation) -> HttpResponse:
    home = reverse("organisations:people", kwargs={"slug": found.organisation.slug})
    if request.user.is_authenticated:
        accept(token, by=the_person(request))
        messages.success(request, _("Welcome. Your role is in force from today on."))
        return redirect(home)
    if Person.objects.filter(email__iexact=found.email, erased_at=None).exists():
        return redirect(_context(request, token, found, has_account=True)["log_in_url"])
    name = request.POST.get("name", "").strip()[:200]
    if not name:
        context = _context(request, token, found, has_account=False)
        return render(request, "organisations/invitation.html", {**context, "name_missing": True}, status=400)
    person = accept_as_new(token, name=name, language=reader_language())
    messages.success(request, _("Welcome. Your account is made and your role is in force from today on."))
    record_authentication(request, person, method="code", email=person.email)
    return perform_login(request, Login(user=person, redirect_url=home, email=person.email))


def _refused(request: HttpRequest, error: KeinoError) -> HttpResponse:
    status = error.status if isinstance(error, InvitationError) else 409
    return render(request, "organisations/invitation_refused.html", {"error": as_data(error)}, status=status)
