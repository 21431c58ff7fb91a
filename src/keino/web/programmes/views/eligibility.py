"""The open self-check of a call, and a question to its contact person."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keino.domain.programmes.eligibility import Verdict
from keino.web.base.who_asks import the_person
from keino.web.organisations.choices import OrganisationKind
from keino.web.organisations.views.editing import saved
from keino.web.programmes.edition_pages import public_edition
from keino.web.programmes.forms.eligibility import TRAP, QuestionForm, SelfCheckForm
from keino.web.programmes.models import Edition
from keino.web.programmes.models.texts import short_text
from keino.web.programmes.queries.application_dates import booking_deadline, interest_deadline, takes_interest
from keino.web.programmes.queries.eligibility import Result, rules_of, self_check
from keino.web.programmes.services.applications.questions import ask_contact


@require_safe
def can_we_apply(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer the call's own questions and read what follows. Nothing is kept, and nobody need be logged in."""
    found = public_edition(edition)
    rules = rules_of(found)
    form = SelfCheckForm(request.GET if "check" in request.GET else None, rules=rules)
    result = self_check(rules, form.known()) if form.is_bound else None
    context = {
        "edition": found,
        "form": form,
        "result": result,
        "rows": _rows(result, found) if result else [],
        "interest_deadline": interest_deadline(found),
        "booking_deadline": booking_deadline(found),
        "is_open": takes_interest(found, timezone.now()),
    }
    return render(request, "programmes/applications/can_we_apply.html", context)


def _rows(result: Result, found: Edition) -> list[dict[str, object]]:
    """Each rule with its verdict in words; what isn't required is never an error."""
    rows = []
    for rule, checked in result.rows:
        kind, words = {
            Verdict.MET: ("success", _("met")),
            Verdict.NOT_MET: ("error" if rule.is_required else "warning", _("not met")),
            Verdict.UNKNOWN: ("warning", _("can't be told")),
        }[checked.verdict]
        why_not = short_text(rule, "why_not", found.original_language)
        kinds = [OrganisationKind(kind).label for kind in rule.values if kind in OrganisationKind.values]
        rows.append(
            {
                "rule": rule,
                "kind": kind,
                "words": words,
                "kinds": kinds,
                "is_met": checked.verdict == Verdict.MET,
                "why_not": why_not if checked.verdict != Verdict.MET else "",
            }
        )
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, edition: str) -> HttpResponse:
    """Ask the contact person, whatever the self-check said."""
    found = public_edition(edition)
    form = QuestionForm(request.POST or None, initial=_initial(request))

    def send() -> bool:
        given = form.cleaned_data
        ask_contact(
            found,
            key=given["key"],
            question=given["question"],
            email=given["email"],
            name=given["name"],
            organisation=given["organisation"],
        )
        return True

    if saved(request, form, send):
        return redirect("programmes:asked", edition=found.slug)
    status = 422 if form.is_bound and form.errors else 200
    return render(
        request, "programmes/applications/ask.html", {"edition": found, "form": form, "trap": TRAP}, status=status
    )


def _initial(request: HttpRequest) -> dict[str, object]:
    if not request.user.is_authenticated:
        return {"key": uuid.uuid4()}
    person = the_person(request)
    return {"key": uuid.uuid4(), "email": person.email, "name": person.name}


@require_safe
def asked(request: HttpRequest, edition: str) -> HttpResponse:
    """The question is on its way."""
    found: Edition = public_edition(edition)
    return render(request, "programmes/applications/asked.html", {"edition": found})
