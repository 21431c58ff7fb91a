"""``/me/``: what the site knows of a person, and what they may do about it."""

from __future__ import annotations

from allauth.account.internal.flows.logout import logout
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keino.web.accounts import services
from keino.web.accounts.devices import device_name
from keino.web.accounts.errors import ErasureBlocked
from keino.web.accounts.forms import EraseForm, MeForm, TokenForm
from keino.web.accounts.models import LogInProvider
from keino.web.accounts.queries import required_provider_for, sessions_of, tokens_of
from keino.web.accounts.second_factor import has_second_factor, needs_second_factor
from keino.web.base.errors import as_data
from keino.web.base.middleware import set_language_cookie
from keino.web.base.models import Person
from keino.web.base.personal_data import registers
from keino.web.base.who_asks import the_person

TOKENS_SHOWN = 100


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Name, language; and the way to everything else of one's own."""
    person = Person.objects.get(pk=the_person(request).pk)
    form = MeForm(request.POST if request.method == "POST" else None, instance=person)
    if form.is_valid():
        services.change_me(**form.cleaned_data, by=person)
        with override(person.language):
            messages.success(request, gettext("Saved."))
        response = redirect("accounts:me")
        set_language_cookie(response, person.language)
        return response
    return render(request, "accounts/me.html", {"form": form, "person": the_person(request)})


@never_cache
@login_required
@require_GET
def log_in_methods(request: HttpRequest) -> HttpResponse:
    """By what the person can log in, and where to change it."""
    person = the_person(request)
    connected = SocialAccount.objects.filter(user=person).values_list("provider", flat=True)
    return render(
        request,
        "accounts/log_in_methods.html",
        {
            "person": person,
            "has_second_factor": has_second_factor(person),
            "needs_second_factor": needs_second_factor(person),
            "connected": LogInProvider.objects.filter(provider_id__in=connected).order_by("name"),
            "required": required_provider_for(person.email),
        },
    )


# ---- sessions


@never_cache
@login_required
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the person is logged in."""
    found = [(session, device_name(session.user_agent)) for session in sessions_of(the_person(request))]
    here = request.session.session_key
    return render(request, "accounts/sessions.html", {"sessions": found, "here": here})


@login_required
@require_POST
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """Log out there."""
    if not services.end_session(number, by=the_person(request)):
        raise Http404
    messages.success(request, gettext("That session was ended."))
    return redirect("accounts:sessions")


@login_required
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Log out everywhere but here."""
    ended = services.end_other_sessions(but=request.session.session_key or "", by=the_person(request))
    messages.success(
        request,
        ngettext("%(count)s other session was ended.", "%(count)s other sessions were ended.", ended)
        % {"count": ended},
    )
    return redirect("accounts:sessions")


@login_required
@require_POST
def end_all_sessions(request: HttpRequest) -> HttpResponse:
    """Log out everywhere, here too."""
    services.end_all_sessions(the_person(request))
    logout(request)
    messages.success(request, gettext("You are logged out everywhere."))
    return redirect("base:front")


# ---- tokens


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """A person's tokens, and a form for a new one, whose text is on the answer's page and nowhere else."""
    person = the_person(request)
    form = TokenForm(request.POST if request.method == "POST" else None)
    made, raw = None, ""
    if form.is_valid():
        made, raw = services.make_token(**form.cleaned_data, by=person)
        form = TokenForm()
    shown = tokens_of(person)[:TOKENS_SHOWN]
    return render(request, "accounts/tokens.html", {"form": form, "tokens": shown, "made": made, "raw": raw})


@login_required
@require_POST
def revoke_token(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stop a token."""
    person = the_person(request)
    services.revoke_token(get_object_or_404(tokens_of(person), public_id=public_id), by=person)
    messages.success(request, gettext("The token was stopped; programs that have it no longer get in."))
    return redirect("accounts:tokens")


# ---- one's own data


@never_cache
@login_required
@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything that is held of the person, as a file."""
    person = the_person(request)
    data = {
        "made_at": timezone.now().isoformat(),
        "registers": {
            register.key: {
                "title": str(register.title),
                "purpose": str(register.purpose),
                "legal_ground": str(register.legal_ground),
                "kept_for": str(register.kept_for),
                "data": register.export(person),
            }
            for register in registers()
        },
    }
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="keino-{timezone.localdate().isoformat()}.json"'
    return response


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """What erasing would do; with the address typed again it is done."""
    person = the_person(request)
    form = EraseForm(request.POST if request.method == "POST" else None, person=person)
    error = None
    if form.is_valid():
        try:
            services.erase_person(person, by=person)
        except ErasureBlocked as blocked:
            error = as_data(blocked)
        else:
            logout(request)
            messages.success(request, gettext("Your data was erased and you were logged out."))
            return redirect("base:front")
    preview = services.erasure_preview(person)
    status = 409 if error else 200
    return render(request, "accounts/erase.html", {"form": form, "preview": preview, "error": error}, status=status)
