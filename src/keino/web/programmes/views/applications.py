"""Pages of an applicant: the list, the application with its parts, sending, withdrawing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keino.web.base.deeds import done
from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.queries.people import organisations_of_today
from keino.web.organisations.views.editing import saved
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.edition_pages import public_edition
from keino.web.programmes.forms.applications import PART_FORMS, WithdrawForm, part_form
from keino.web.programmes.models import Application
from keino.web.programmes.models.application import label_of
from keino.web.programmes.queries.application_dates import (
    application_deadline,
    takes_applications,
)
from keino.web.programmes.queries.application_questions import questions_of, shown_answers
from keino.web.programmes.queries.applications import (
    applications_of,
    lacks_of,
    roles_wanted,
)
from keino.web.programmes.queries.commitments import commitment_state
from keino.web.programmes.queries.discussions import standing
from keino.web.programmes.queries.interest_drafts import interest_drafts_of
from keino.web.programmes.services.applications.interest import decide_to_apply, withdraw_application
from keino.web.programmes.services.applications.sending import send_application, take_back_application
from keino.web.programmes.services.applications.texts import write_application
from keino.web.programmes.views.application_common import (
    commitment_context,
    form_page,
    next_step,
    of_organisation,
    steps,
    to_application,
)

PER_PAGE = 30


@require_safe
@organisation_page("programmes.see")
def applications(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """All applications of the organisation, the calls that are open, and what came late and wasn't sent."""
    page = Paginator(applications_of(organisation), PER_PAGE).get_page(request.GET.get("page"))
    may_apply = request.user.has_perm("programmes.apply", organisation)
    context = {
        "organisation": organisation,
        "step": "programme",
        "page_obj": page,
        "may_apply": may_apply,
        "drafts": interest_drafts_of([organisation]) if may_apply else [],
    }
    return render(request, "programmes/applications/list.html", context)


@require_safe
@organisation_page("programmes.see")
def application(request: HttpRequest, organisation: Organisation, application: UUID) -> HttpResponse:
    """Where the application stands, what comes next, and everything that is in it."""
    found = of_organisation(organisation, application)
    person = the_person(request)
    lacks = lacks_of(found) if found.is_writable else []
    works = person.has_perm("programmes.apply", organisation)
    context = whole_context(found) | {
        "organisation": organisation,
        "step": "programme",
        "steps": steps(found),
        "next": next_step(found, person, lacks),
        "lacks": lacks,
        "may_write": works and found.is_writable,
        "may_work": works,
        "may_commit": person.has_perm("programmes.commit", organisation),
        "may_withdraw": works and not found.has_ended and found.state not in {S.ACTIVE, S.COMPLETED},
        "may_take_back": works and found.state == S.SUBMITTED and takes_applications(found.edition, timezone.now()),
        "deadline": application_deadline(found.edition),
        "is_late": _is_late(found),
    }
    return render(request, "programmes/applications/application.html", context)


def _is_late(found: Application) -> bool:
    deadline = application_deadline(found.edition)
    return found.is_writable and deadline is not None and timezone.now() > deadline


def whole_context(found: Application) -> dict[str, Any]:
    """Everything that is in an application, for the applicant's page and the desk's."""
    roles = {role.code: role.shown_name for role in roles_wanted(found.edition)}
    return {
        "application": found,
        "edition": found.edition,
        "questions": questions_of(found.edition),
        "answers": shown_answers(found, is_anonymous=False)[0],
        "discussion": standing(found),
        "members": [{"member": each, "role": roles.get(each.role, "")} for each in found.members.all()],
        "commitments": [
            {"request": each, "state": commitment_state(each)} for each in found.commitments.select_related("asked_by")
        ],
        **commitment_context(found),
        "texts": [
            (label_of(name), getattr(found, name)) for name in ("motivation", "groundwork", "sharing", "capacity")
        ],
        "timeline": [
            {
                "date": move.moved_at,
                "title": capfirst(move.get_to_state_display()),
                "text": " ".join(filter(None, [str(move.moved_by or ""), f"– {move.why}" if move.why else ""])),
            }
            for move in found.moves.select_related("moved_by")
        ],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("programmes.apply")
def application_decide(request: HttpRequest, organisation: Organisation, application: UUID) -> HttpResponse:
    """After the discussion the organisation decides whether it applies."""
    found = of_organisation(organisation, application)
    if request.method == "POST":
        goes_on = request.POST.get("goes_on") == "yes"
        said_then = _("Noted: you apply.") if goes_on else _("Noted: you don't apply this time. You can change it.")
        done(request, lambda: decide_to_apply(found, by=the_person(request), goes_on=goes_on), said_then)
        return to_application(found)
    context = {
        "organisation": organisation,
        "step": "programme",
        "application": found,
        "edition": found.edition,
        "discussion": standing(found),
        "deadline": application_deadline(found.edition),
    }
    return render(request, "programmes/applications/decide.html", context)


_TITLES = {
    "pilot": gettext_lazy("Pilot"),
    "reasons": gettext_lazy("Motivation, groundwork, sharing and capacity"),
    "consents": gettext_lazy("Consents"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("programmes.apply")
def application_edit(request: HttpRequest, organisation: Organisation, application: UUID, part: str) -> HttpResponse:
    """Write one part. What is half written can be saved, too."""
    if part not in PART_FORMS:
        raise Http404
    found = of_organisation(organisation, application)
    if request.method != "POST" and not found.is_writable:
        return to_application(found)
    form, by = part_form(part, request.POST or None, found), the_person(request)
    if saved(request, form, lambda: write_application(found, by=by, seen=form.version_seen, **form.values())):
        messages.success(request, _("Saved as a draft."))
        return to_application(found)
    lead = _("Saving sends nothing: you can go on at any time, and so can your colleagues.")
    return form_page(request, found, form, title=str(_TITLES[part]), lead=lead, button=_("Save the draft"))


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("programmes.apply")
def application_send(request: HttpRequest, organisation: Organisation, application: UUID) -> HttpResponse:
    """Look the whole through, and send it."""
    found = of_organisation(organisation, application)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        number = int(seen) if seen.isascii() and seen.isdecimal() else 0
        said_then = _("The application was sent. A receipt is on its way by mail.")
        done(request, lambda: send_application(found, by=the_person(request), seen=number), said_then)
        return to_application(found)
    if not found.is_writable:
        return to_application(found)
    lacks = lacks_of(found)
    context = whole_context(found) | {
        "organisation": organisation,
        "step": "programme",
        "lacks": lacks,
        "deadline": application_deadline(found.edition),
        "is_late": _is_late(found),
    }
    return render(request, "programmes/applications/send.html", context)


@require_POST
@organisation_page("programmes.apply")
def application_take_back(request: HttpRequest, organisation: Organisation, application: UUID) -> HttpResponse:
    """Make a sent application a draft again while there is time."""
    found = of_organisation(organisation, application)
    said_then = _("The application is a draft again. Send it before the deadline.")
    done(request, lambda: take_back_application(found, by=the_person(request), seen=found.version), said_then)
    return to_application(found)


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("programmes.apply")
def application_withdraw(request: HttpRequest, organisation: Organisation, application: UUID) -> HttpResponse:
    """Withdraw the application, after a look at what that means."""
    found = of_organisation(organisation, application)
    form = WithdrawForm(request.POST or None, initial={"seen": found.version})
    given: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
    by = the_person(request)
    if saved(
        request, form, lambda: withdraw_application(found, by=by, seen=given.get("seen", 0), why=given.get("why", ""))
    ):
        messages.success(request, _("The application was withdrawn. What you wrote stays here for you to read."))
        return to_application(found)
    lead = _("A booked discussion is cancelled and open requests to the management are taken back. Nothing is deleted.")
    button = _("Withdraw the application")
    return form_page(request, found, form, title=_("Withdraw the application?"), lead=lead, button=button)


@require_safe
def apply(request: HttpRequest, edition: str) -> HttpResponse:
    """From the call to the applicant's own organisation: the only one at once, else a choice."""
    found = public_edition(edition)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    person = the_person(request)
    theirs = [each for each, _roles in organisations_of_today(person, helped=False)]
    able = [each for each in theirs if person.has_perm("programmes.apply", each)]
    if len(able) == 1:
        return redirect("programmes:interest_new", slug=able[0].slug, edition=found.slug)
    rows = [(each, reverse("programmes:interest_new", args=[each.slug, found.slug])) for each in able]
    return render(request, "programmes/applications/whose.html", {"edition": found, "rows": rows})
