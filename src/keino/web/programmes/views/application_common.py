"""What an applicant's pages share: whose it is, where it stands, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from keino.web.organisations.models import Organisation
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Application
from keino.web.programmes.queries.commitments import changed_since, commitment_of, how_confirmed

if TYPE_CHECKING:
    from uuid import UUID

    from keino.web.base.models import Person
    from keino.web.programmes.queries.applications import Lack

Done = TypeVar("Done")
#: States before the application itself can be sent.
_BEFORE = frozenset({S.INTEREST, S.DISCUSSION_BOOKED})


def of_organisation(organisation: Organisation, key: UUID) -> Application:
    """One application of this organisation, or 404."""
    found = Application.objects.select_related("edition", "organisation", "procurement", "contact")
    return get_object_or_404(found, organisation=organisation, public_id=key)


def url_of(application: Application, name: str = "application", **more: Any) -> str:
    """The address of one of an application's pages."""
    place = {"slug": application.organisation.slug, "application": application.public_id, **more}
    return reverse(f"programmes:{name}", kwargs=place)


def to_application(application: Application) -> HttpResponse:
    """Lead on to the application's page."""
    return redirect(url_of(application))


def form_page(
    request: HttpRequest,
    application: Application,
    form: forms.Form,
    *,
    title: str,
    lead: str = "",
    button: str = "",
    remove_url: str = "",
) -> HttpResponse:
    """The page of a form of an application; 422 where something must be mended."""
    context = {
        "organisation": application.organisation,
        "step": "programme",
        "application": application,
        "form": form,
        "title": title,
        "lead": lead,
        "button": button or pgettext("button", "Save"),
        "cancel_url": url_of(application),
        "remove_url": remove_url,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "programmes/applications/form.html", context, status=status)


def commitment_context(application: Application) -> dict[str, Any]:
    """The management's confirmation, the way it was given, and what changed after it."""
    confirmed = commitment_of(application)
    return {
        "confirmed": confirmed,
        "how_confirmed": how_confirmed(confirmed) if confirmed else "",
        "changed_after": ", ".join(changed_since(confirmed)) if confirmed else "",
    }


# ---- where it stands


def steps(application: Application) -> list[dict[str, Any]]:
    """The way to a sent application, for the stepper."""
    names = [(S.INTEREST, _("Interest"))]
    if application.edition.needs_discussion:
        names += [(S.DISCUSSION_BOOKED, _("Discussion")), (S.DISCUSSION_HELD, _("Decision to apply"))]
    names += [(S.SUBMITTED, _("Application"))]
    here = _place(application)
    return [
        {"title": title, "url": "", "state": "done" if n < here else "current" if n == here else "todo"}
        for n, (_state, title) in enumerate(names)
    ]


def _place(application: Application) -> int:
    if not application.edition.needs_discussion:
        return 1 if application.is_writable else 2
    if application.state in _BEFORE:
        return 1
    if application.state == S.DISCUSSION_HELD:
        return 3 if application.goes_on else 2
    return 4


def next_step(application: Application, person: Person, lacks: list[Lack]) -> dict[str, str] | None:
    """The one thing to do now: text, the page that does it and its button; None where nothing waits for the reader."""
    works = person.has_perm("programmes.apply", application.organisation)
    may_commit = person.has_perm("programmes.commit", application.organisation)
    if application.is_writable and not works:
        if may_commit and any(lack.part == "commitment" for lack in lacks):
            text = _("The application needs the management's commitment, and you can confirm it.")
            return {"text": text, "url": url_of(application, "commit"), "button": _("Look at it and confirm")}
        return None
    if application.state == S.INTEREST and application.edition.needs_discussion:
        text = _("Book a discussion with the programme's experts. Without it an application can't be sent.")
        return {"text": text, "url": url_of(application, "application_book"), "button": _("Book a discussion")}
    if application.state == S.SELECTED and works:
        text = _("You are selected. Confirm that you take part.")
        return {"text": text, "url": url_of(application, "place"), "button": _("Confirm the place")}
    if application.state == S.DISCUSSION_BOOKED or not application.is_writable:
        return None
    return _next_in_writing(application, lacks)


def _next_in_writing(application: Application, lacks: list[Lack]) -> dict[str, str]:
    if application.edition.needs_discussion and application.goes_on is None:
        text = _("The discussion was held. Decide together whether you apply.")
        return {"text": text, "url": url_of(application, "application_decide"), "button": _("Tell your decision")}
    if not lacks:
        text = _("Everything is there. Look it through and send it.")
        return {"text": text, "url": url_of(application, "application_send"), "button": _("Look through and send")}
    part = lacks[0].part
    text = _("Still missing: {missing}.").format(missing=", ".join(lack.words for lack in lacks))
    return {"text": text, "url": part_url(application, part), "button": _("Go on with the application")}


def part_url(application: Application, part: str) -> str:
    """The page on which a part is written."""
    if part in {"pilot", "reasons", "consents"}:
        return url_of(application, "application_edit", part=part)
    names = {
        "questions": "application_questions",
        "team": "member_new",
        "commitment": "commitment",
        "decide": "application_decide",
    }
    return url_of(application, names.get(part, "application"))
