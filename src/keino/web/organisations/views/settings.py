"""Adding an organisation, its settings, its log-in."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keino.errors import KeinoError
from keino.web.accounts.models import LogInProvider
from keino.web.accounts.services import set_provider
from keino.web.base.errors import Conflict
from keino.web.base.who_asks import the_person
from keino.web.organisations.forms.fields import refuse
from keino.web.organisations.forms.organisations import LoginForm, OrganisationForm, ProviderForm
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page, permitted_page
from keino.web.organisations.queries.organisations import by_public_id
from keino.web.organisations.services.organisations import (
    KEPT_FIELDS,
    LOGIN,
    OWN_FIELDS,
    change_organisation,
    create_organisation,
    fields_of,
)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page("organisations.create")
def create(request: HttpRequest) -> HttpResponse:
    """Add an organisation. The page carries the new one's key, so that pressing twice adds one."""
    form = OrganisationForm(request.POST or None, allowed=OWN_FIELDS | KEPT_FIELDS)
    key = request.POST.get("key") or str(uuid.uuid4())
    there = by_public_id(key)
    if request.method == "POST" and there is not None:
        return redirect("organisations:people", slug=there.slug)
    if request.method == "POST" and form.is_valid():
        try:
            values = {name: value for name, value in form.values().items() if value is not None}
            made = create_organisation(by=the_person(request), public_id=uuid.UUID(key), **values)
        except (KeinoError, ValueError) as error:
            if not isinstance(error, KeinoError):
                key = str(uuid.uuid4())
            else:
                refuse(form, error)
        else:
            messages.success(request, _("The organisation was added. Invite its first responsible person."))
            return redirect("organisations:people", slug=made.slug)
    return render(request, "organisations/create.html", {"form": form, "key": key})


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("organisations.edit")
def settings(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Names, texts, codes, who sees what; each person changes what is theirs to change."""
    allowed = fields_of(the_person(request), organisation) - LOGIN
    form = OrganisationForm(request.POST or None, instance=organisation, allowed=allowed)
    changed_meanwhile: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data.get("seen") or 0
        try:
            change_organisation(organisation, by=the_person(request), seen=seen, **form.values())
        except Conflict as error:
            form, changed_meanwhile = _form_after_conflict(request, organisation, allowed)
            refuse(form, error)
        except KeinoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("organisations:settings", slug=organisation.slug)
        organisation.refresh_from_db()
    return render(
        request,
        "organisations/settings.html",
        {
            "form": form,
            "organisation": organisation,
            "step": "settings",
            "changed_meanwhile": changed_meanwhile,
            "sees_audit": the_person(request).has_perm("organisations.see_audit", organisation),
        },
    )


def _form_after_conflict(
    request: HttpRequest, organisation: Organisation, allowed: frozenset[str]
) -> tuple[OrganisationForm, list[dict[str, Any]]]:
    """The form with the person's own text and the newest version, and what differs from it in the database."""
    organisation.refresh_from_db()
    data = request.POST.copy()
    data["seen"] = str(organisation.version)
    form = OrganisationForm(data, instance=organisation, allowed=allowed)
    form.is_valid()
    differences = [
        {"label": form.fields[name].label, "now": getattr(organisation, name), "yours": value}
        for name, value in form.values().items()
        if getattr(organisation, name) != value
    ]
    return form, differences


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("organisations.edit")
def login(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """How the organisation's people log in; the provider itself is entered by the centre, who vouches for domains."""
    provider = LogInProvider.objects.filter(provider_id=organisation.slug).first()
    keeps = the_person(request).has_perm("organisations.create")
    asked = request.POST.get("form")
    form = LoginForm(request.POST if asked == "method" else None, instance=organisation, has_provider=bool(provider))
    provider_form = ProviderForm(request.POST if asked == "provider" else None, initial=_shown(provider, organisation))
    if request.method == "POST" and _save(request, organisation, form, provider_form if keeps else None):
        messages.success(request, _("Saved."))
        return redirect("organisations:login", slug=organisation.slug)
    organisation.refresh_from_db()
    return render(
        request,
        "organisations/login.html",
        {
            "form": form,
            "provider_form": provider_form if keeps else None,
            "provider": provider,
            "organisation": organisation,
            "step": "settings",
        },
    )


def _shown(provider: LogInProvider | None, organisation: Organisation) -> dict[str, Any]:
    if provider is None:
        return {"name": organisation.shown_name}
    domains = " ".join(provider.domains.order_by("domain").values_list("domain", flat=True))
    fields = ("name", "issuer", "client_id", "vouches_without_claim", "is_required", "is_active")
    return {name: getattr(provider, name) for name in fields} | {"domains": domains, "seen": provider.version}


def _save(
    request: HttpRequest, organisation: Organisation, form: LoginForm, provider_form: ProviderForm | None
) -> bool:
    """Save whichever form was sent; False when it must be shown again."""
    sent: LoginForm | ProviderForm | None = provider_form if request.POST.get("form") == "provider" else form
    if sent is None or not sent.is_valid():
        return False
    try:
        if isinstance(sent, ProviderForm):
            values = dict(sent.cleaned_data)
            values["domains"] = values["domains"].replace(",", " ").split()
            values["secret"] = values["secret"] or None
            set_provider(provider_id=organisation.slug, by=the_person(request), **values)
        else:
            method = sent.cleaned_data["login_method"]
            seen = sent.cleaned_data.get("seen") or 0
            change_organisation(organisation, by=the_person(request), seen=seen, login_method=method)
    except KeinoError as error:
        refuse(sent, error)
        return False
    return True
